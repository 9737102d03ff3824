/* The same loops as in one.go, in C: loop push|req tcp|inproc SIZE MESSAGES
   prints messages per second, or the median microseconds of a round trip. */

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zmq.h>

static void *back; /* the socket of the second thread */
static size_t size;
static long first, messages;

static void check(int ok, const char *what)
{
    if (!ok) {
        fprintf(stderr, "loop: %s: %s\n", what, zmq_strerror(zmq_errno()));
        exit(1);
    }
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void *push(void *body)
{
    long i;
    for (i = 0; i < first + messages; i++)
        check(zmq_send(back, body, size, 0) >= 0, "send");
    return NULL;
}

static void *answer(void *unused)
{
    zmq_msg_t m;
    long i;
    (void)unused;
    check(zmq_msg_init(&m) == 0, "init");
    for (i = 0; i < first + messages; i++) {
        check(zmq_msg_recv(&m, back, 0) >= 0, "recv");
        check(zmq_msg_send(&m, back, 0) >= 0, "send");
    }
    return NULL;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    char endpoint[256] = "inproc://bench";
    size_t len = sizeof endpoint;
    pthread_t other;
    zmq_msg_t m;
    long i;

    check(argc == 5, "usage: loop push|req tcp|inproc SIZE MESSAGES");
    int req = strcmp(argv[1], "req") == 0;
    size = (size_t)atol(argv[3]);
    messages = atol(argv[4]);
    first = req ? 1000 : 1024;
    char *body = calloc(1, size);
    double *took = calloc((size_t)(first + messages), sizeof *took);
    check(body != NULL && took != NULL, "memory");

    void *ctx = zmq_ctx_new();
    void *here = zmq_socket(ctx, req ? ZMQ_REP : ZMQ_PULL);
    back = zmq_socket(ctx, req ? ZMQ_REQ : ZMQ_PUSH);
    check(here != NULL && back != NULL, "socket");
    if (strcmp(argv[2], "tcp") == 0)
        strcpy(endpoint, "tcp://127.0.0.1:*");
    check(zmq_bind(here, endpoint) == 0, "bind");
    check(zmq_getsockopt(here, ZMQ_LAST_ENDPOINT, endpoint, &len) == 0, "endpoint");
    check(zmq_connect(back, endpoint) == 0, "connect");
    check(zmq_msg_init(&m) == 0, "init");

    if (req) { /* the one that binds answers, in its own thread */
        void *asks = back;
        back = here;
        check(pthread_create(&other, NULL, answer, NULL) == 0, "thread");
        for (i = 0; i < first + messages; i++) {
            double began = now();
            check(zmq_send(asks, body, size, 0) >= 0, "send");
            check(zmq_msg_recv(&m, asks, 0) >= 0, "recv");
            took[i] = now() - began;
        }
        qsort(took + first, (size_t)messages, sizeof *took, by_value);
        printf("%f\n", took[first + messages / 2] * 1e6);
    } else {
        check(pthread_create(&other, NULL, push, body) == 0, "thread");
        for (i = 0; i < first; i++)
            check(zmq_msg_recv(&m, here, 0) >= 0, "recv");
        double began = now();
        for (i = 0; i < messages; i++)
            check(zmq_msg_recv(&m, here, 0) >= 0, "recv");
        printf("%f\n", (double)messages / (now() - began));
    }
    pthread_join(other, NULL);
    return 0;
}
