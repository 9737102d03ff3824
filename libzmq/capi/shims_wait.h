/* Sends and receives that wait. libzmq measures SNDTIMEO and RCVTIMEO from the start of each
   call, so a call that is simply repeated after a signal would wait too long. */
#ifndef GOZMQ_SHIMS_WAIT_H
#define GOZMQ_SHIMS_WAIT_H

#include "shims.h"

enum {
    GOZMQ_DONTWAIT = 1,
    GOZMQ_OPT_RCVTIMEO = 27,
    GOZMQ_OPT_SNDTIMEO = 28,
    GOZMQ_POLLIN = 1,
    GOZMQ_POLLOUT = 2
};

/* The option that limits the wait, and the event it waits for. */
#define GOZMQ_SENDING GOZMQ_OPT_SNDTIMEO, GOZMQ_POLLOUT
#define GOZMQ_RECEIVING GOZMQ_OPT_RCVTIMEO, GOZMQ_POLLIN

struct gozmq_wait {
    int64_t start;    /* when the call began, in microseconds */
    int64_t deadline; /* start and the limit; known after the first interruption */
    int interrupted;  /* from then on attempts do not wait, polling does */
    int ready;        /* polling has said so before this attempt */
    int last;         /* the time is up: this attempt is the last */
};

/* Looks at the errno of a failed attempt. 0: try again, with *flags. Negative: the result. */
static inline int gozmq_wait_again(struct gozmq_wait *w, void *s, int *flags, int option, short event)
{
    const int e = gozmq_fn.zmq_errno();

    if (e != EINTR && !(e == EAGAIN && w->interrupted && !w->last))
        return gozmq_failed();
    if (!w->interrupted) {
        int limit = -1;
        size_t len = sizeof limit;
        if ((*flags & GOZMQ_DONTWAIT) || gozmq_fn.zmq_getsockopt == NULL || gozmq_fn.zmq_poll == NULL)
            return 0; /* does not wait, or nothing better can be done */
        while (gozmq_fn.zmq_getsockopt(s, option, &limit, &len) < 0)
            if (gozmq_fn.zmq_errno() != EINTR)
                return gozmq_failed();
        if (limit < 0)
            return 0; /* without a limit, waiting once more is right */
        w->interrupted = 1;
        w->deadline = w->start + (int64_t)limit * 1000;
        *flags |= GOZMQ_DONTWAIT;
    } else if (w->ready && e == EAGAIN) {
        /* Ready for somebody, as a ROUTER may be, but not for this message: do not spin. */
        gozmq_fn.zmq_poll(NULL, 0, 1);
    }
    for (;;) {
        zmq_pollitem_t item = {s, 0, event, 0};
        const long left = gozmq_left(w->deadline);
        int rc;
        if (left == 0) {
            w->last = 1;
            return 0;
        }
        rc = gozmq_fn.zmq_poll(&item, 1, left);
        if (rc >= 0) {
            w->ready = rc > 0;
            return 0;
        }
        if (gozmq_fn.zmq_errno() != EINTR)
            return gozmq_failed();
    }
}

/* Calls fn until it succeeds, fails, or its time is up. direction is GOZMQ_SENDING or
   GOZMQ_RECEIVING; flags is a variable that args use. */
#define GOZMQ_CALL_BLOCKING(s, flags, direction, fn, args)                                     \
    do {                                                                                       \
        struct gozmq_wait w_ = {0, 0, 0, 0, 0};                                                \
        int rc_;                                                                               \
        GOZMQ_NEED(fn);                                                                        \
        if (!((flags)&GOZMQ_DONTWAIT))                                                         \
            w_.start = gozmq_now();                                                            \
        while ((rc_ = gozmq_fn.fn args) < 0)                                                   \
            if ((rc_ = gozmq_wait_again(&w_, s, &flags, direction)) < 0)                       \
                break;                                                                         \
        return rc_;                                                                            \
    } while (0)

#endif
