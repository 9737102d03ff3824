/* Messages one way: PUSH to PULL, directly or through a proxy, or PUB to SUB
   through one. Prints messages per second. */

#include "bench.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static atomic_int stop;

/* send_all sends until it is told to stop, and an empty message last.
   zmq_send copies the bytes once, into a message of that size. */
static void *send_all(void *sock)
{
    char *body = calloc(1, (size_t)work.size);
    long i;
    check(body != NULL, "memory");
    while (!atomic_load_explicit(&stop, memory_order_relaxed))
        for (i = 0; i < work.chunk; i++)
            check(zmq_send(sock, body, (size_t)work.size, 0) >= 0, "send");
    check(zmq_send(sock, "", 0, 0) >= 0, "send the end");
    free(body);
    return NULL;
}

/* look reads what a program reads of every message: its length and its first
   byte. */
static void look(zmq_msg_t *m)
{
    check(zmq_msg_size(m) == (size_t)work.size, "size of a message");
    (void)*(volatile char *)zmq_msg_data(m);
}

/* receive_for receives for so many milliseconds, and gives the rate. */
static double receive_for(void *sock, zmq_msg_t *m, long ms)
{
    double began = now(), took = 0;
    long n = 0, i;
    while (n == 0 || took < (double)ms / 1e3) {
        for (i = 0; i < work.chunk; i++) {
            check(zmq_msg_recv(m, sock, 0) >= 0, "recv");
            look(m);
        }
        n += work.chunk;
        took = now() - began;
    }
    return (double)n / took;
}

void stream(void)
{
    void *in, *out;
    pthread_t sender;
    zmq_msg_t m;
    if (*work.via != '\0') {
        const int pipeline = strcmp(work.via, "streamer") == 0;
        const int receiver = pipeline ? ZMQ_PULL : ZMQ_SUB, sender = pipeline ? ZMQ_PUSH : ZMQ_PUB;
        if (work.front != NULL) {
            in = connected_at(receiver, work.back);
            out = connected_at(sender, work.front);
        } else {
            void *front = bound(pipeline ? ZMQ_PULL : ZMQ_XSUB, "front");
            void *back = bound(pipeline ? ZMQ_PUSH : ZMQ_XPUB, "back");
            if (work.ends) {
                measure_ends(front, back);
                return;
            }
            in = connected(receiver, back);
            out = connected(sender, front);
            proxy_between(front, back);
        }
    } else {
        in = bound(ZMQ_PULL, "pull");
        out = connected(ZMQ_PUSH, in);
    }
    check(pthread_create(&sender, NULL, send_all, out) == 0, "thread");
    check(zmq_msg_init(&m) == 0, "init");
    check(zmq_msg_recv(&m, in, 0) >= 0, "recv");
    receive_for(in, &m, work.warm_ms);
    double rate = receive_for(in, &m, work.time_ms);
    atomic_store(&stop, 1);
    do
        check(zmq_msg_recv(&m, in, 0) >= 0, "recv the end");
    while (zmq_msg_size(&m) > 0);
    check(pthread_join(sender, NULL) == 0, "join");
    zmq_msg_close(&m);
    zmq_close(in);
    zmq_close(out);
    finish();
    printf("{\"rate\": %.3f}\n", rate);
}
