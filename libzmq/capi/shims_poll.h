/* Shims of polling and proxies. */
#ifndef GOZMQ_SHIMS_POLL_H
#define GOZMQ_SHIMS_POLL_H

#include "shims.h"

/* Fills the revents of items; returns how many are not 0. */
static inline int gozmq_poll(zmq_pollitem_t *items, int n, long timeout)
{
    GOZMQ_CALL_TIMED(timeout, zmq_poll, (items, n, timeout));
}

/* Waits with the nsigs signals blocked, or with the thread's own mask when nsigs < 0. Returns
   -EINTR: to be interrupted is what it is for. */
static inline int gozmq_ppoll(zmq_pollitem_t *items, int n, long timeout, const int *sigs, int nsigs)
{
    int rc;
    GOZMQ_NEED(zmq_ppoll);
#ifdef _WIN32
    (void)sigs, (void)nsigs;
    rc = gozmq_fn.zmq_ppoll(items, n, timeout, NULL);
#else
    {
        sigset_t mask;
        int i;
        sigemptyset(&mask);
        for (i = 0; i < nsigs; i++)
            if (sigaddset(&mask, sigs[i]) < 0)
                return -EINVAL;
        rc = gozmq_fn.zmq_ppoll(items, n, timeout, nsigs < 0 ? NULL : &mask);
    }
#endif
    return rc < 0 ? gozmq_failed() : rc;
}

/* The proxies run until an error. They give up on a signal, even between the frames of a
   message, so signals are kept away from the thread. */
#define GOZMQ_CALL_PROXY(fn, args)                                                             \
    do {                                                                                       \
        gozmq_sigstate old_;                                                                   \
        int rc_;                                                                               \
        GOZMQ_NEED(fn);                                                                        \
        gozmq_signals_off(&old_);                                                              \
        while ((rc_ = gozmq_fn.fn args) < 0 && gozmq_fn.zmq_errno() == EINTR)                  \
            ;                                                                                  \
        if (rc_ < 0)                                                                           \
            rc_ = gozmq_failed();                                                              \
        gozmq_signals_back(&old_);                                                             \
        return rc_;                                                                            \
    } while (0)

/* capture may be NULL. */
static inline int gozmq_proxy(void *front, void *back, void *capture)
{
    GOZMQ_CALL_PROXY(zmq_proxy, (front, back, capture));
}

/* capture and control may be NULL. */
static inline int gozmq_proxy_steerable(void *front, void *back, void *capture, void *control)
{
    GOZMQ_CALL_PROXY(zmq_proxy_steerable, (front, back, capture, control));
}

static inline int gozmq_device(int type, void *front, void *back)
{
    GOZMQ_CALL_PROXY(zmq_device, (type, front, back));
}

/* *poller receives a new poller, the caller's until gozmq_poller_destroy. */
static inline int gozmq_poller_new(void **poller)
{
    GOZMQ_CREATE(poller, zmq_poller_new, ());
}

static inline int gozmq_poller_destroy(void *poller)
{
    GOZMQ_CALL(zmq_poller_destroy, (&poller));
}

static inline int gozmq_poller_size(void *poller)
{
    GOZMQ_CALL(zmq_poller_size, (poller));
}

/* Keeps s until it is removed. libzmq's user data is left empty: Go has its own. */
static inline int gozmq_poller_add(void *poller, void *s, short events)
{
    GOZMQ_CALL(zmq_poller_add, (poller, s, NULL, events));
}

static inline int gozmq_poller_modify(void *poller, void *s, short events)
{
    GOZMQ_CALL(zmq_poller_modify, (poller, s, events));
}

static inline int gozmq_poller_remove(void *poller, void *s)
{
    GOZMQ_CALL(zmq_poller_remove, (poller, s));
}

static inline int gozmq_poller_add_fd(void *poller, gozmq_fd fd, short events)
{
    GOZMQ_CALL(zmq_poller_add_fd, (poller, fd, NULL, events));
}

static inline int gozmq_poller_modify_fd(void *poller, gozmq_fd fd, short events)
{
    GOZMQ_CALL(zmq_poller_modify_fd, (poller, fd, events));
}

static inline int gozmq_poller_remove_fd(void *poller, gozmq_fd fd)
{
    GOZMQ_CALL(zmq_poller_remove_fd, (poller, fd));
}

static inline int gozmq_poller_wait(void *poller, zmq_poller_event_t *event, long timeout)
{
    GOZMQ_CALL_TIMED(timeout, zmq_poller_wait, (poller, event, timeout));
}

/* Fills at most n events; returns how many. */
static inline int gozmq_poller_wait_all(void *poller, zmq_poller_event_t *events, int n, long timeout)
{
    GOZMQ_CALL_TIMED(timeout, zmq_poller_wait_all, (poller, events, n, timeout));
}

static inline int gozmq_poller_fd(void *poller, gozmq_fd *fd)
{
    GOZMQ_CALL(zmq_poller_fd, (poller, fd));
}

#endif
