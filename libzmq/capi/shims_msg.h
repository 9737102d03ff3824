/* Shims of messages. msg is initialised unless a comment says otherwise: the Go side has
   looked, because libzmq ends the process when it has not been. */
#ifndef GOZMQ_SHIMS_MSG_H
#define GOZMQ_SHIMS_MSG_H

#include "loan.h"
#include "shims_wait.h"

/* msg is not initialised before the three inits, and is after them. */
static inline int gozmq_msg_init(zmq_msg_t *msg)
{
    GOZMQ_CALL(zmq_msg_init, (msg));
}

static inline int gozmq_msg_init_size(zmq_msg_t *msg, size_t size)
{
    GOZMQ_CALL(zmq_msg_init_size, (msg, size));
}

/* Copies buf. */
static inline int gozmq_msg_init_buffer(zmq_msg_t *msg, const void *buf, size_t size)
{
    GOZMQ_CALL(zmq_msg_init_buffer, (msg, buf, size));
}

/* Keeps data, which is pinned, until libzmq lets go of it; id comes out of gozmq_loan_next then.
   When it fails, data is free at once and id never comes. */
static inline int gozmq_msg_init_data(zmq_msg_t *msg, void *data, size_t size, uintptr_t id)
{
    struct gozmq_loan *r;
    GOZMQ_NEED(zmq_msg_init_data);
    r = gozmq_loan_new(id);
    if (r == NULL)
        return -ENOMEM;
    if (gozmq_fn.zmq_msg_init_data(msg, data, size, gozmq_loan_free, r) < 0) {
        const int rc = gozmq_failed();
        gozmq_loan_drop(r);
        return rc;
    }
    return 0;
}

static inline int gozmq_msg_close(zmq_msg_t *msg)
{
    GOZMQ_CALL(zmq_msg_close, (msg));
}

/* Takes the content of src; frees that of dest. */
static inline int gozmq_msg_move(zmq_msg_t *dest, zmq_msg_t *src)
{
    GOZMQ_CALL(zmq_msg_move, (dest, src));
}

/* Shares the content of src when it is long; frees that of dest. */
static inline int gozmq_msg_copy(zmq_msg_t *dest, zmq_msg_t *src)
{
    GOZMQ_CALL(zmq_msg_copy, (dest, src));
}

/* Takes the content of msg when it succeeds. */
static inline int gozmq_msg_send(zmq_msg_t *msg, void *s, int flags)
{
    GOZMQ_CALL_BLOCKING(s, flags, GOZMQ_SENDING, zmq_msg_send, (msg, s, flags));
}

/* Replaces the content of msg when it succeeds. */
static inline int gozmq_msg_recv(zmq_msg_t *msg, void *s, int flags)
{
    GOZMQ_CALL_BLOCKING(s, flags, GOZMQ_RECEIVING, zmq_msg_recv, (msg, s, flags));
}

/* Where the content is. Short content lies inside msg, whose address only the Go side may
   remember: then *inside is the offset and *data NULL. Otherwise *inside is -1 and *data
   C memory that lives as long as the content. */
static inline int gozmq_msg_data(zmq_msg_t *msg, void **data, size_t *size, int *inside)
{
    char *p;
    GOZMQ_NEED(zmq_msg_data);
    GOZMQ_NEED(zmq_msg_size);
    p = gozmq_fn.zmq_msg_data(msg);
    *size = gozmq_fn.zmq_msg_size(msg);
    *inside = -1;
    *data = p;
    if ((uintptr_t)p >= (uintptr_t)msg && (uintptr_t)p < (uintptr_t)(msg + 1)) {
        *inside = (int)(p - (char *)msg);
        *data = NULL;
    }
    return 0;
}

static inline int gozmq_msg_size(const zmq_msg_t *msg, size_t *size)
{
    GOZMQ_NEED(zmq_msg_size);
    *size = gozmq_fn.zmq_msg_size(msg);
    return 0;
}

static inline int gozmq_msg_more(const zmq_msg_t *msg)
{
    GOZMQ_CALL(zmq_msg_more, (msg));
}

static inline int gozmq_msg_get(const zmq_msg_t *msg, int property)
{
    GOZMQ_CALL(zmq_msg_get, (msg, property));
}

static inline int gozmq_msg_set(zmq_msg_t *msg, int property, int value)
{
    GOZMQ_CALL(zmq_msg_set, (msg, property, value));
}

/* *value receives a string that belongs to msg. */
static inline int gozmq_msg_gets(const zmq_msg_t *msg, const char *property, const char **value)
{
    GOZMQ_CREATE(value, zmq_msg_gets, (msg, property));
}

static inline int gozmq_msg_set_routing_id(zmq_msg_t *msg, uint32_t id)
{
    GOZMQ_CALL(zmq_msg_set_routing_id, (msg, id));
}

static inline int gozmq_msg_routing_id(zmq_msg_t *msg, uint32_t *id)
{
    GOZMQ_NEED(zmq_msg_routing_id);
    *id = gozmq_fn.zmq_msg_routing_id(msg);
    return 0;
}

static inline int gozmq_msg_set_group(zmq_msg_t *msg, const char *group)
{
    GOZMQ_CALL(zmq_msg_set_group, (msg, group));
}

/* Copies the group into buf, with a NUL, because it may lie inside msg; returns its length. */
static inline int gozmq_msg_group(zmq_msg_t *msg, char *buf, size_t len)
{
    const char *g;
    size_t i = 0;
    GOZMQ_NEED(zmq_msg_group);
    g = gozmq_fn.zmq_msg_group(msg);
    if (g != NULL)
        for (; g[i] != 0 && i + 1 < len; i++)
            buf[i] = g[i];
    buf[i] = 0;
    return (int)i;
}

#endif
