/* Shims of the two features that call Go: timers and threads. The functions that C calls are
   defined in Go (timers.go and thread.go); what they are given is a number, never a pointer
   into Go. */
#ifndef GOZMQ_SHIMS_CALLBACK_H
#define GOZMQ_SHIMS_CALLBACK_H

#include "shims.h"

extern void gozmqTimerFired(int id, uintptr_t handle);
extern void gozmqThreadMain(uintptr_t handle);

/* What libzmq calls. The handle becomes a number again before Go sees it: a Go pointer that
   points nowhere would upset the garbage collector. */
static void gozmq_timer_fired(int id, void *arg)
{
    gozmqTimerFired(id, (uintptr_t)arg);
}

static void gozmq_thread_main(void *arg)
{
    gozmqThreadMain((uintptr_t)arg);
}

/* *timers receives a new set of timers, the caller's until gozmq_timers_destroy. */
static inline int gozmq_timers_new(void **timers)
{
    GOZMQ_CREATE(timers, zmq_timers_new, ());
}

static inline int gozmq_timers_destroy(void *timers)
{
    GOZMQ_CALL(zmq_timers_destroy, (&timers));
}

/* Returns the timer's id. */
static inline int gozmq_timers_add(void *timers, size_t interval, uintptr_t handle)
{
    GOZMQ_CALL(zmq_timers_add, (timers, interval, gozmq_timer_fired, (void *)handle));
}

static inline int gozmq_timers_cancel(void *timers, int id)
{
    GOZMQ_CALL(zmq_timers_cancel, (timers, id));
}

static inline int gozmq_timers_set_interval(void *timers, int id, size_t interval)
{
    GOZMQ_CALL(zmq_timers_set_interval, (timers, id, interval));
}

static inline int gozmq_timers_reset(void *timers, int id)
{
    GOZMQ_CALL(zmq_timers_reset, (timers, id));
}

/* *ms receives the time until the next timer, -1 when there is none. */
static inline int gozmq_timers_timeout(void *timers, long *ms)
{
    GOZMQ_NEED(zmq_timers_timeout);
    *ms = gozmq_fn.zmq_timers_timeout(timers);
    return 0;
}

/* Calls Go: the functions of the timers that are due, on this thread. */
static inline int gozmq_timers_execute(void *timers)
{
    GOZMQ_CALL(zmq_timers_execute, (timers));
}

/* *thread receives a new thread, the caller's until gozmq_threadclose. That thread calls Go;
   this one does not. */
static inline int gozmq_threadstart(void **thread, uintptr_t handle)
{
    GOZMQ_CREATE(thread, zmq_threadstart, (gozmq_thread_main, (void *)handle));
}

/* Waits for the thread to end. */
static inline int gozmq_threadclose(void *thread)
{
    GOZMQ_NEED(zmq_threadclose);
    gozmq_fn.zmq_threadclose(thread);
    return 0;
}

#endif
