/* Many sockets that nothing comes to, all in one zmq_poll: what they cost in
   memory, threads and CPU. */

#include "bench.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static zmq_pollitem_t *items;

static void *wait_for_all(void *unused)
{
    (void)unused;
    zmq_poll(items, (int)work.sockets, -1);
    return NULL;
}

/* status is a number of /proc/self/status, or 0 where there is none. */
static double status(const char *key)
{
    char line[256];
    double value = 0;
    FILE *f = fopen("/proc/self/status", "r");
    while (f != NULL && fgets(line, sizeof line, f) != NULL)
        if (strncmp(line, key, strlen(key)) == 0)
            value = atof(line + strlen(key));
    if (f != NULL)
        fclose(f);
    return value;
}

static double cpu_seconds(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

/* allow_files makes room for the descriptors, beyond the hard limit when the
   program may. */
static void allow_files(void)
{
    struct rlimit files;
    rlim_t want = (rlim_t)work.sockets * 4 + 256;
    check(getrlimit(RLIMIT_NOFILE, &files) == 0, "limit of files");
    if (files.rlim_max < want) {
        struct rlimit more = {want, want};
        if (setrlimit(RLIMIT_NOFILE, &more) == 0)
            return;
    }
    files.rlim_cur = files.rlim_max;
    check(setrlimit(RLIMIT_NOFILE, &files) == 0, "limit of files");
}

void parked(void)
{
    pthread_t waiter;
    long i;
    allow_files();
    items = calloc((size_t)work.sockets, sizeof *items);
    check(items != NULL, "memory");
    void *first = bound(ZMQ_PULL, "first"); /* the context and its threads are not counted */
    double before = status("VmRSS:");
    for (i = 0; i < work.sockets; i++) {
        char name[32];
        snprintf(name, sizeof name, "parked-%ld", i);
        items[i].socket = bound(ZMQ_PULL, name);
        items[i].events = ZMQ_POLLIN;
    }
    check(pthread_create(&waiter, NULL, wait_for_all, NULL) == 0, "thread");
    pause_ms(work.warm_ms);
    double began = now(), cpu = cpu_seconds();
    pause_ms(work.time_ms);
    printf("{\"threads\": %.0f, \"cpu\": %.5f, \"memory\": %.3f}\n", status("Threads:"),
           100 * (cpu_seconds() - cpu) / (now() - began), (status("VmRSS:") - before) / (double)work.sockets);
    fflush(stdout);
    (void)first;
    _Exit(0); /* closing so many listeners takes seconds */
}
