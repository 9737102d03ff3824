/* REQ and REP. Prints microseconds of a round trip, and round trips per
   second. */

#include "bench.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void *answer(void *rep)
{
    zmq_msg_t m;
    size_t size;
    check(zmq_msg_init(&m) == 0, "init");
    do {
        check(zmq_msg_recv(&m, rep, 0) >= 0, "recv");
        size = zmq_msg_size(&m);
        check(zmq_msg_send(&m, rep, 0) >= 0, "send");
    } while (size > 0); /* the last request is empty */
    return NULL;
}

static double ask(void *req, const void *body, size_t size, zmq_msg_t *reply)
{
    double began = now();
    check(zmq_send(req, body, size, 0) >= 0, "send");
    check(zmq_msg_recv(reply, req, 0) >= 0, "recv");
    return now() - began;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void roundtrip(void)
{
    void *rep = bound(ZMQ_REP, "rep"), *req = connected(ZMQ_REQ, rep);
    pthread_t other;
    zmq_msg_t m;
    char *body = calloc(1, (size_t)work.size);
    size_t n = 0, room = 1 << 16;
    double *took = malloc(room * sizeof *took);
    check(body != NULL && took != NULL, "memory");
    check(zmq_msg_init(&m) == 0, "init");
    check(pthread_create(&other, NULL, answer, rep) == 0, "thread");

    double began = now();
    do
        ask(req, body, (size_t)work.size, &m);
    while (now() - began < (double)work.warm_ms / 1e3);
    began = now();
    double all = 0;
    while (n == 0 || all < (double)work.time_ms / 1e3) {
        if (n == room) {
            room *= 2;
            took = realloc(took, room * sizeof *took);
            check(took != NULL, "memory");
        }
        took[n++] = ask(req, body, (size_t)work.size, &m);
        all = now() - began;
    }
    ask(req, body, 0, &m);
    check(pthread_join(other, NULL) == 0, "join");
    zmq_msg_close(&m);
    zmq_close(req);
    zmq_close(rep);
    finish();
    qsort(took, n, sizeof *took, by_value);
    printf("{\"median\": %.3f, \"p99\": %.3f, \"rate\": %.3f}\n", took[n / 2] * 1e6, took[n * 99 / 100] * 1e6,
           (double)n / all);
    free(took);
    free(body);
}
