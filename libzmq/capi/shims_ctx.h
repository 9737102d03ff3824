/* Shims of the library and of contexts. */
#ifndef GOZMQ_SHIMS_CTX_H
#define GOZMQ_SHIMS_CTX_H

#include "shims.h"

/* 1 or 0. */
static inline int gozmq_has(const char *capability)
{
    GOZMQ_NEED(zmq_has);
    return gozmq_fn.zmq_has(capability) == 1;
}

/* libzmq's words for an errno, static or valid until this thread's next call; may be NULL. */
static inline const char *gozmq_strerror(int e)
{
    return gozmq_fn.zmq_strerror == NULL ? NULL : gozmq_fn.zmq_strerror(e);
}

static inline int gozmq_errno(void)
{
    return gozmq_fn.zmq_errno();
}

/* *ctx receives a new context, the caller's until gozmq_ctx_term. */
static inline int gozmq_ctx_new(void **ctx)
{
    GOZMQ_CREATE(ctx, zmq_ctx_new, ());
}

static inline int gozmq_init(void **ctx, int io_threads)
{
    GOZMQ_CREATE(ctx, zmq_init, (io_threads));
}

static inline int gozmq_ctx_shutdown(void *ctx)
{
    GOZMQ_CALL(zmq_ctx_shutdown, (ctx));
}

/* Blocks until the sockets are closed; ends ctx when it succeeds. */
static inline int gozmq_ctx_term(void *ctx)
{
    GOZMQ_CALL(zmq_ctx_term, (ctx));
}

static inline int gozmq_term(void *ctx)
{
    GOZMQ_CALL(zmq_term, (ctx));
}

static inline int gozmq_ctx_destroy(void *ctx)
{
    GOZMQ_CALL(zmq_ctx_destroy, (ctx));
}

static inline int gozmq_ctx_set(void *ctx, int option, int value)
{
    GOZMQ_CALL(zmq_ctx_set, (ctx, option, value));
}

/* *value receives the option. libzmq returns -1 both as a value and for an error; only an
   error sets errno. */
static inline int gozmq_ctx_get(void *ctx, int option, int *value)
{
    GOZMQ_NEED(zmq_ctx_get);
    errno = 0;
    *value = gozmq_fn.zmq_ctx_get(ctx, option);
    return *value == -1 && gozmq_fn.zmq_errno() != 0 ? gozmq_failed() : 0;
}

static inline int gozmq_ctx_set_ext(void *ctx, int option, const void *value, size_t len)
{
    GOZMQ_CALL(zmq_ctx_set_ext, (ctx, option, value, len));
}

/* *len is the room in value, and then how much of it was filled. */
static inline int gozmq_ctx_get_ext(void *ctx, int option, void *value, size_t *len)
{
    GOZMQ_CALL(zmq_ctx_get_ext, (ctx, option, value, len));
}

#endif
