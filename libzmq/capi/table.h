/* The table of libzmq's functions: one pointer for each, NULL where the loaded library has
   none. Everything in this package calls libzmq through gozmq_fn and nothing else.

   Invariant: gozmq_fn is written once, by gozmq_open, before any handle (context, socket,
   message) can exist. Who holds a handle may therefore read it without a lock. */
#ifndef GOZMQ_TABLE_H
#define GOZMQ_TABLE_H

#include "types.h"

struct gozmq_table {
#define GOZMQ_FN(ret, name, args) ret(*name) args;
#include "functions.h"
};

extern struct gozmq_table gozmq_fn;

/* What a shim returns, negated, when the library lacks the function it needs. Far above
   every errno, libzmq's own numbers (from 156384712) included. */
#define GOZMQ_EMISSING 0x40000000

/* Makes a shim return when the library lacks fn, so that nothing is called through NULL. */
#define GOZMQ_NEED(fn)                                                                         \
    do {                                                                                       \
        if (__builtin_expect(gozmq_fn.fn == NULL, 0))                                          \
            return -GOZMQ_EMISSING;                                                            \
    } while (0)

/* The result of a failed call: -errno, never 0. Valid right after the call, on its thread. */
static inline int gozmq_failed(void)
{
    int e = gozmq_fn.zmq_errno();
    return e > 0 ? -e : -1;
}

/* How gozmq_open ends. */
enum {
    GOZMQ_OPEN_OK = 0,
    GOZMQ_OPEN_FAILED = 1,   /* the system could not load the file; why holds its words */
    GOZMQ_OPEN_NOT_ZMQ = 2,  /* loaded, but not a libzmq */
    GOZMQ_OPEN_TOO_OLD = 3   /* a libzmq whose ABI is not the one of functions.h */
};

/* Loads the library at path (UTF-8) and fills gozmq_fn, or leaves everything as it was.
   version receives major, minor, patch when a libzmq was found. Call it once: the caller
   holds a lock and does not call again after GOZMQ_OPEN_OK. Linked builds ignore path. */
int gozmq_open(const char *path, int version[3], char *why, size_t why_len);

/* 1 when path names the library in gozmq_fn, without loading anything. */
int gozmq_is_open(const char *path);

/* Writes the file gozmq_fn was loaded from, as UTF-8 with a NUL; "" when unknown. */
void gozmq_path(char *buf, size_t len);

#endif
