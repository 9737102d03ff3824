/* A proxy whose ends are a process of their own: this program again, told
   where the proxy is. What that prints is the result of both. */

#include "bench.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

extern char **environ;

static char *at(const char *key, void *sock)
{
    char endpoint[256];
    size_t len = sizeof endpoint;
    char *arg = malloc(sizeof endpoint + 8);
    check(arg != NULL, "memory");
    check(zmq_getsockopt(sock, ZMQ_LAST_ENDPOINT, endpoint, &len) == 0, "endpoint");
    snprintf(arg, sizeof endpoint + 8, "%s=%s", key, endpoint);
    return arg;
}

void measure_ends(void *front, void *back)
{
    int n = 0, status;
    pid_t child;
    while (arguments[n] != NULL)
        n++;
    char **args = calloc((size_t)n + 3, sizeof *args);
    check(args != NULL, "memory");
    memcpy(args, arguments, (size_t)n * sizeof *args);
    args[n] = at("front", front);
    args[n + 1] = at("back", back);
    proxy_between(front, back);
    check(posix_spawn(&child, args[0], NULL, NULL, args, environ) == 0, "start the ends");
    check(waitpid(child, &status, 0) == child, "wait for the ends");
    free(args[n]);
    free(args[n + 1]);
    free(args);
    finish();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        exit(1); /* the ends have said why */
}
