/* Contexts and sockets, set up as the Go programs set up theirs. */

#include "bench.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *ctx;

static char server_public[41], server_secret[41];

static void *opened(int type)
{
    int zero = 0, one = 1, hwm = (int)work.hwm;
    if (ctx == NULL) {
        ctx = zmq_ctx_new();
        check(ctx != NULL, "context");
        check(zmq_ctx_set(ctx, ZMQ_IO_THREADS, (int)work.io) == 0, "I/O threads");
        if (work.sockets + work.subs + 16 > 1023)
            check(zmq_ctx_set(ctx, ZMQ_MAX_SOCKETS, (int)(work.sockets + work.subs + 16)) == 0, "max sockets");
        if (work.curve)
            check(zmq_curve_keypair(server_public, server_secret) == 0, "keys");
    }
    void *sock = zmq_socket(ctx, type);
    check(sock != NULL, "socket");
    check(zmq_setsockopt(sock, ZMQ_LINGER, &zero, sizeof zero) == 0, "linger");
    if (hwm > 0) {
        check(zmq_setsockopt(sock, ZMQ_SNDHWM, &hwm, sizeof hwm) == 0, "send HWM");
        check(zmq_setsockopt(sock, ZMQ_RCVHWM, &hwm, sizeof hwm) == 0, "receive HWM");
    }
    /* A publisher waits for slow subscribers instead of dropping: what is
       counted is what everybody delivers. */
    if (type == ZMQ_PUB || type == ZMQ_XPUB)
        check(zmq_setsockopt(sock, ZMQ_XPUB_NODROP, &one, sizeof one) == 0, "no drop");
    if (type == ZMQ_SUB)
        check(zmq_setsockopt(sock, ZMQ_SUBSCRIBE, "", 0) == 0, "subscribe");
    return sock;
}

/* bound makes a socket that is the server, of CURVE too. The name tells inproc
   endpoints apart. */
void *bound(int type, const char *name)
{
    char endpoint[64];
    int one = 1;
    void *sock = opened(type);
    if (work.curve) {
        check(zmq_setsockopt(sock, ZMQ_CURVE_SERVER, &one, sizeof one) == 0, "curve server");
        check(zmq_setsockopt(sock, ZMQ_CURVE_SECRETKEY, server_secret, 40) == 0, "secret key");
    }
    if (strcmp(work.transport, "tcp") == 0)
        snprintf(endpoint, sizeof endpoint, "tcp://127.0.0.1:*");
    else if (strcmp(work.transport, "ipc") == 0)
        snprintf(endpoint, sizeof endpoint, "ipc://*");
    else
        snprintf(endpoint, sizeof endpoint, "inproc://%s", name);
    check(zmq_bind(sock, endpoint) == 0, "bind");
    return sock;
}

void *connected(int type, void *to)
{
    char endpoint[256];
    size_t len = sizeof endpoint;
    check(zmq_getsockopt(to, ZMQ_LAST_ENDPOINT, endpoint, &len) == 0, "endpoint");
    return connected_at(type, endpoint);
}

void *connected_at(int type, const char *endpoint)
{
    char own_public[41], own_secret[41];
    void *sock = opened(type);
    if (work.curve) {
        check(zmq_curve_keypair(own_public, own_secret) == 0, "keys");
        check(zmq_setsockopt(sock, ZMQ_CURVE_SERVERKEY, server_public, 40) == 0, "server key");
        check(zmq_setsockopt(sock, ZMQ_CURVE_PUBLICKEY, own_public, 40) == 0, "public key");
        check(zmq_setsockopt(sock, ZMQ_CURVE_SECRETKEY, own_secret, 40) == 0, "secret key");
    }
    check(zmq_connect(sock, endpoint) == 0, "connect");
    return sock;
}

static pthread_t proxy_thread;
static void *proxied[2];

static void *run_proxy(void *unused)
{
    (void)unused;
    check(zmq_proxy(proxied[0], proxied[1], NULL) == -1 && zmq_errno() == ETERM, "proxy");
    zmq_close(proxied[0]);
    zmq_close(proxied[1]);
    return NULL;
}

void *proxy_between(void *front, void *back)
{
    proxied[0] = front;
    proxied[1] = back;
    check(pthread_create(&proxy_thread, NULL, run_proxy, NULL) == 0, "thread");
    return back;
}

void finish(void)
{
    check(zmq_ctx_shutdown(ctx) == 0, "shutdown");
    if (proxied[0] != NULL)
        check(pthread_join(proxy_thread, NULL) == 0, "join");
    check(zmq_ctx_term(ctx) == 0, "term");
}
