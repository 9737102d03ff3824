/* What all shims share. A shim makes one call through the table and returns >= 0, or -errno,
   or -GOZMQ_EMISSING; errno never crosses into Go, where the goroutine may run on another
   thread by the time it looks.

   Unless a shim says otherwise it borrows its pointers for the length of the call and calls
   nothing in Go, which is what the "#cgo noescape" and "nocallback" lines promise. Handles are
   not NULL: the Go side has looked. */
#ifndef GOZMQ_SHIMS_H
#define GOZMQ_SHIMS_H

#include "table.h"

#include <errno.h>

#ifdef _WIN32
#include <windows.h>
#else
#include <signal.h>
#include <time.h>
#endif

/* Calls fn again as long as a signal interrupts it. Only for functions without a time limit. */
#define GOZMQ_CALL(fn, args)                                                                   \
    do {                                                                                       \
        int rc_;                                                                               \
        GOZMQ_NEED(fn);                                                                        \
        do                                                                                     \
            rc_ = gozmq_fn.fn args;                                                            \
        while (rc_ < 0 && gozmq_fn.zmq_errno() == EINTR);                                      \
        return rc_ < 0 ? gozmq_failed() : rc_;                                                 \
    } while (0)

/* For functions that return a new handle: *out receives it. */
#define GOZMQ_CREATE(out, fn, args)                                                            \
    do {                                                                                       \
        GOZMQ_NEED(fn);                                                                        \
        *(out) = gozmq_fn.fn args;                                                             \
        return *(out) == NULL ? gozmq_failed() : 0;                                            \
    } while (0)

/* A monotonic clock in microseconds. */
static inline int64_t gozmq_now(void)
{
#ifdef _WIN32
    return (int64_t)GetTickCount64() * 1000;
#else
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
#endif
}

/* The milliseconds until deadline, rounded up so that a wait never ends early; 0 when past. */
static inline long gozmq_left(int64_t deadline)
{
    int64_t left = deadline - gozmq_now();
    return left <= 0 ? 0 : (long)((left + 999) / 1000);
}

/* For waits with a time limit in milliseconds (timeout < 0: none): calls fn again with the
   time that is left as long as a signal interrupts it. args use the variable timeout. */
#define GOZMQ_CALL_TIMED(timeout, fn, args)                                                    \
    do {                                                                                       \
        int rc_;                                                                               \
        int64_t deadline_;                                                                     \
        GOZMQ_NEED(fn);                                                                        \
        deadline_ = timeout > 0 ? gozmq_now() + (int64_t)timeout * 1000 : 0;                   \
        while ((rc_ = gozmq_fn.fn args) < 0 && gozmq_fn.zmq_errno() == EINTR)                  \
            if (timeout > 0)                                                                   \
                timeout = gozmq_left(deadline_);                                               \
        return rc_ < 0 ? gozmq_failed() : rc_;                                                 \
    } while (0)

/* Keeps signals off this thread, for the calls that a signal would damage and not only
   interrupt. The synchronous ones stay: blocking them would be undefined. */
#ifdef _WIN32
typedef int gozmq_sigstate;
static inline void gozmq_signals_off(gozmq_sigstate *old) { *old = 0; }
static inline void gozmq_signals_back(const gozmq_sigstate *old) { (void)old; }
#else
typedef sigset_t gozmq_sigstate;
static inline void gozmq_signals_off(gozmq_sigstate *old)
{
    sigset_t all;
    sigfillset(&all);
    sigdelset(&all, SIGSEGV);
    sigdelset(&all, SIGBUS);
    sigdelset(&all, SIGFPE);
    sigdelset(&all, SIGILL);
    sigdelset(&all, SIGTRAP);
    sigdelset(&all, SIGABRT);
    pthread_sigmask(SIG_BLOCK, &all, old);
}
static inline void gozmq_signals_back(const gozmq_sigstate *old)
{
    pthread_sigmask(SIG_SETMASK, old, NULL);
}
#endif

#endif
