/* Shims of the small tools: keys, Z85, counters, stopwatches, sleep. */
#ifndef GOZMQ_SHIMS_UTIL_H
#define GOZMQ_SHIMS_UTIL_H

#include "shims.h"

/* dest has room for size * 5 / 4 + 1 characters. */
static inline int gozmq_z85_encode(char *dest, const uint8_t *data, size_t size)
{
    GOZMQ_NEED(zmq_z85_encode);
    return gozmq_fn.zmq_z85_encode(dest, data, size) == NULL ? gozmq_failed() : 0;
}

/* dest has room for strlen(s) * 4 / 5 bytes. */
static inline int gozmq_z85_decode(uint8_t *dest, const char *s)
{
    GOZMQ_NEED(zmq_z85_decode);
    return gozmq_fn.zmq_z85_decode(dest, s) == NULL ? gozmq_failed() : 0;
}

/* Both have room for 41 characters. */
static inline int gozmq_curve_keypair(char *public_key, char *secret_key)
{
    GOZMQ_CALL(zmq_curve_keypair, (public_key, secret_key));
}

static inline int gozmq_curve_public(char *public_key, const char *secret_key)
{
    GOZMQ_CALL(zmq_curve_public, (public_key, secret_key));
}

/* *counter receives a new counter, the caller's until gozmq_atomic_counter_destroy. */
static inline int gozmq_atomic_counter_new(void **counter)
{
    GOZMQ_CREATE(counter, zmq_atomic_counter_new, ());
}

static inline int gozmq_atomic_counter_set(void *counter, int value)
{
    GOZMQ_NEED(zmq_atomic_counter_set);
    gozmq_fn.zmq_atomic_counter_set(counter, value);
    return 0;
}

/* The three results may be any int, and so need a place of their own. */
static inline int gozmq_atomic_counter_inc(void *counter, int *old)
{
    GOZMQ_NEED(zmq_atomic_counter_inc);
    *old = gozmq_fn.zmq_atomic_counter_inc(counter);
    return 0;
}

static inline int gozmq_atomic_counter_dec(void *counter, int *more)
{
    GOZMQ_NEED(zmq_atomic_counter_dec);
    *more = gozmq_fn.zmq_atomic_counter_dec(counter);
    return 0;
}

static inline int gozmq_atomic_counter_value(void *counter, int *value)
{
    GOZMQ_NEED(zmq_atomic_counter_value);
    *value = gozmq_fn.zmq_atomic_counter_value(counter);
    return 0;
}

static inline int gozmq_atomic_counter_destroy(void *counter)
{
    GOZMQ_NEED(zmq_atomic_counter_destroy);
    gozmq_fn.zmq_atomic_counter_destroy(&counter);
    return 0;
}

/* *watch receives a new stopwatch, the caller's until gozmq_stopwatch_stop. */
static inline int gozmq_stopwatch_start(void **watch)
{
    GOZMQ_CREATE(watch, zmq_stopwatch_start, ());
}

static inline int gozmq_stopwatch_intermediate(void *watch, unsigned long *us)
{
    GOZMQ_NEED(zmq_stopwatch_intermediate);
    *us = gozmq_fn.zmq_stopwatch_intermediate(watch);
    return 0;
}

static inline int gozmq_stopwatch_stop(void *watch, unsigned long *us)
{
    GOZMQ_NEED(zmq_stopwatch_stop);
    *us = gozmq_fn.zmq_stopwatch_stop(watch);
    return 0;
}

/* libzmq's sleep ends at the first signal, so signals wait until it is over. */
static inline int gozmq_sleep(int seconds)
{
    gozmq_sigstate old;
    GOZMQ_NEED(zmq_sleep);
    gozmq_signals_off(&old);
    gozmq_fn.zmq_sleep(seconds);
    gozmq_signals_back(&old);
    return 0;
}

#endif
