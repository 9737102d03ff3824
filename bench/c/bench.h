/* What all patterns share. Each pattern is one file with one function, the
   same loop as in Go (bench/internal/loop), written as a C program would. */

#ifndef BENCH_H
#define BENCH_H

#include <stddef.h>
#include <zmq.h>

/* What one process is asked to do: key=value arguments, as in
   bench/internal/work. */
struct work {
    char *pattern, *transport, *via;
    char *front, *back; /* endpoints of a proxy that runs elsewhere */
    long ends;    /* 1: the ends of a proxy are a process of their own */
    long size;    /* bytes of a message */
    long chunk;   /* messages between two looks at the clock */
    long hwm;     /* both high-water marks; 0 leaves the default */
    long subs;    /* SUBs of a fanout */
    long window;  /* requests in flight of a broker */
    long sockets; /* that are parked */
    long io;      /* I/O threads */
    long curve;   /* 1: encrypted */
    long warm_ms, time_ms;
};
extern struct work work;
extern char **arguments; /* main's */

/* The patterns. Each prints its values as one line of JSON. */
void stream(void);
void roundtrip(void);
void fanout(void);
void broker(void);
void parked(void);

/* check ends the program with an error unless ok. */
void check(int ok, const char *what);
double now(void);
void pause_ms(long ms);

/* The context of the program, and its sockets. */
extern void *ctx;
void *bound(int type, const char *name);
void *connected(int type, void *to);
void *connected_at(int type, const char *endpoint);

/* A proxy of zmq_proxy between two bound sockets, in a thread of its own. */
void *proxy_between(void *front, void *back);

/* measure_ends runs this program again, with the ends of the proxy that runs between the two
   sockets; what that prints is the result. */
void measure_ends(void *front, void *back);

/* finish ends the proxy, if there is one, and the context. All other sockets
   are closed by then. */
void finish(void);

#endif
