/* One PUB to many SUBs: a thread that publishes, and two that poll half of the
   SUBs each and take all that is there. Prints deliveries per second. */

#include "bench.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { RECEIVERS = 2 };

struct receiver {
    zmq_pollitem_t *items;
    int n;
    _Alignas(64) atomic_long count;
};

static atomic_int stop;
static atomic_long started; /* SUBs that have received something */

static void *publish(void *pub)
{
    char *body = calloc(1, (size_t)work.size);
    long i;
    check(body != NULL, "memory");
    while (!atomic_load_explicit(&stop, memory_order_relaxed))
        for (i = 0; i < work.chunk; i++)
            check(zmq_send(pub, body, (size_t)work.size, 0) >= 0, "send");
    check(zmq_send(pub, "", 0, 0) >= 0, "send the end");
    free(body);
    return NULL;
}

/* drain takes what a SUB has, and reports whether the end was among it. */
static int drain(void *sub, zmq_msg_t *m, long *count)
{
    while (zmq_msg_recv(m, sub, ZMQ_DONTWAIT) >= 0) {
        if (zmq_msg_size(m) == 0)
            return 1;
        ++*count;
    }
    check(zmq_errno() == EAGAIN, "recv");
    return 0;
}

static void *receive(void *arg)
{
    struct receiver *r = arg;
    char *seen = calloc((size_t)r->n, 1);
    zmq_msg_t m;
    long count = 0;
    int open = r->n, i;
    check(seen != NULL, "memory");
    check(zmq_msg_init(&m) == 0, "init");
    while (open > 0) {
        check(zmq_poll(r->items, r->n, -1) >= 0, "poll");
        for (i = 0; i < r->n; i++) {
            if (!(r->items[i].revents & ZMQ_POLLIN))
                continue;
            if (!seen[i]) {
                seen[i] = 1;
                atomic_fetch_add(&started, 1);
            }
            if (drain(r->items[i].socket, &m, &count)) {
                r->items[i].events = 0;
                open--;
            }
            atomic_store_explicit(&r->count, count, memory_order_relaxed);
        }
    }
    zmq_msg_close(&m);
    free(seen);
    return NULL;
}

static long delivered(struct receiver *r)
{
    long sum = 0;
    int i;
    for (i = 0; i < RECEIVERS; i++)
        sum += atomic_load_explicit(&r[i].count, memory_order_relaxed);
    return sum;
}

void fanout(void)
{
    static struct receiver receivers[RECEIVERS];
    pthread_t publisher, threads[RECEIVERS];
    void *pub = bound(ZMQ_PUB, "pub");
    zmq_pollitem_t *items = calloc((size_t)work.subs, sizeof *items);
    long i, before, after;
    check(items != NULL, "memory");
    for (i = 0; i < work.subs; i++) {
        items[i].socket = connected(ZMQ_SUB, pub);
        items[i].events = ZMQ_POLLIN;
    }
    for (i = 0; i < RECEIVERS; i++) {
        long from = work.subs * i / RECEIVERS, to = work.subs * (i + 1) / RECEIVERS;
        receivers[i].items = items + from;
        receivers[i].n = (int)(to - from);
        check(pthread_create(&threads[i], NULL, receive, &receivers[i]) == 0, "thread");
    }
    check(pthread_create(&publisher, NULL, publish, pub) == 0, "thread");
    while (atomic_load(&started) < work.subs)
        pause_ms(1);
    pause_ms(work.warm_ms);
    double began = now();
    before = delivered(receivers);
    do {
        pause_ms(work.time_ms);
        after = delivered(receivers);
    } while (after == before);
    double rate = (double)(after - before) / (now() - began);
    atomic_store(&stop, 1);
    check(pthread_join(publisher, NULL) == 0, "join");
    for (i = 0; i < RECEIVERS; i++)
        check(pthread_join(threads[i], NULL) == 0, "join");
    for (i = 0; i < work.subs; i++)
        zmq_close(items[i].socket);
    zmq_close(pub);
    finish();
    free(items);
    printf("{\"rate\": %.3f}\n", rate);
}
