/* A DEALER that always has so many requests in flight, a ROUTER/DEALER proxy,
   and a DEALER that sends them back. Prints replies per second. */

#include "bench.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* echo sends every message back as it came, the client's name first, and ends
   after one whose last frame is empty. */
static void *echo(void *sock)
{
    zmq_msg_t m;
    int more;
    size_t size;
    check(zmq_msg_init(&m) == 0, "init");
    do {
        do {
            check(zmq_msg_recv(&m, sock, 0) >= 0, "recv");
            more = zmq_msg_more(&m);
            size = zmq_msg_size(&m);
            check(zmq_msg_send(&m, sock, more ? ZMQ_SNDMORE : 0) >= 0, "send");
        } while (more);
    } while (size > 0);
    return NULL;
}

static void *client;
static char *body;
static zmq_msg_t reply;

static void ask(void) { check(zmq_send(client, body, (size_t)work.size, 0) >= 0, "send"); }
static void get(void) { check(zmq_msg_recv(&reply, client, 0) >= 0, "recv"); }

static double exchange_for(long ms)
{
    double began = now(), took = 0;
    long n = 0, i;
    while (n == 0 || took < (double)ms / 1e3) {
        for (i = 0; i < work.chunk; i++) {
            get();
            ask();
        }
        n += work.chunk;
        took = now() - began;
    }
    return (double)n / took;
}

void broker(void)
{
    void *worker;
    pthread_t other;
    long i;
    if (work.front != NULL) {
        worker = connected_at(ZMQ_DEALER, work.back);
        client = connected_at(ZMQ_DEALER, work.front);
    } else {
        void *front = bound(ZMQ_ROUTER, "front"), *back = bound(ZMQ_DEALER, "back");
        if (work.ends) {
            measure_ends(front, back);
            return;
        }
        worker = connected(ZMQ_DEALER, back);
        client = connected(ZMQ_DEALER, front);
        proxy_between(front, back);
    }
    body = calloc(1, (size_t)work.size);
    check(body != NULL, "memory");
    check(zmq_msg_init(&reply) == 0, "init");
    check(pthread_create(&other, NULL, echo, worker) == 0, "thread");
    for (i = 0; i < work.window; i++)
        ask();
    exchange_for(work.warm_ms);
    double rate = exchange_for(work.time_ms);
    for (i = 0; i < work.window; i++)
        get();
    check(zmq_send(client, "", 0, 0) >= 0, "send the end");
    get();
    check(pthread_join(other, NULL) == 0, "join");
    zmq_msg_close(&reply);
    zmq_close(client);
    zmq_close(worker);
    finish();
    free(body);
    printf("{\"rate\": %.3f}\n", rate);
}
