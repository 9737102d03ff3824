/* bench PATTERN=... KEY=VALUE...: measures one figure in C. */

#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct work work = {.pattern = "", .transport = "inproc", .via = "", .io = 1};

char **arguments;

void check(int ok, const char *what)
{
    if (!ok) {
        fprintf(stderr, "C: %s: %s\n", what, zmq_strerror(zmq_errno()));
        exit(1);
    }
}

double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void pause_ms(long ms)
{
    struct timespec t = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}

static const struct {
    const char *key;
    size_t offset;
} numbers[] = {
    {"size", offsetof(struct work, size)},       {"chunk", offsetof(struct work, chunk)},
    {"hwm", offsetof(struct work, hwm)},         {"subs", offsetof(struct work, subs)},
    {"window", offsetof(struct work, window)},   {"sockets", offsetof(struct work, sockets)},
    {"io", offsetof(struct work, io)},           {"curve", offsetof(struct work, curve)},
    {"ends", offsetof(struct work, ends)},
    {"warm_ms", offsetof(struct work, warm_ms)}, {"time_ms", offsetof(struct work, time_ms)},
};

/* Keys that only Go knows, such as the size of batches, are passed over. */
static void set(const char *key, char *value)
{
    size_t i;
    if (strcmp(key, "pattern") == 0)
        work.pattern = value;
    else if (strcmp(key, "transport") == 0)
        work.transport = value;
    else if (strcmp(key, "via") == 0)
        work.via = value;
    else if (strcmp(key, "front") == 0)
        work.front = value;
    else if (strcmp(key, "back") == 0)
        work.back = value;
    for (i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (strcmp(key, numbers[i].key) == 0)
            *(long *)((char *)&work + numbers[i].offset) = atol(value);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(void);
    } patterns[] = {
        {"stream", stream}, {"roundtrip", roundtrip}, {"fanout", fanout}, {"broker", broker}, {"parked", parked},
    };
    int i;
    arguments = argv;
    for (i = 1; i < argc; i++) {
        char *equals = strchr(argv[i], '=');
        if (equals == NULL) {
            fprintf(stderr, "C: %s is not KEY=VALUE\n", argv[i]);
            return 2;
        }
        *equals = '\0';
        set(argv[i], equals + 1);
        *equals = '=';
    }
    for (i = 0; i < (int)(sizeof patterns / sizeof *patterns); i++)
        if (strcmp(work.pattern, patterns[i].name) == 0) {
            patterns[i].run();
            return 0;
        }
    fprintf(stderr, "C: there is no pattern \"%s\"\n", work.pattern);
    return 2;
}
