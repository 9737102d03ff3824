/* Shims of sockets. */
#ifndef GOZMQ_SHIMS_SOCKET_H
#define GOZMQ_SHIMS_SOCKET_H

#include "shims_wait.h"

/* *s receives a new socket, the caller's until gozmq_close. */
static inline int gozmq_socket(void **s, void *ctx, int type)
{
    GOZMQ_CREATE(s, zmq_socket, (ctx, type));
}

/* Ends s: libzmq goes on sending in the background. */
static inline int gozmq_close(void *s)
{
    GOZMQ_CALL(zmq_close, (s));
}

static inline int gozmq_setsockopt(void *s, int option, const void *value, size_t len)
{
    GOZMQ_CALL(zmq_setsockopt, (s, option, value, len));
}

/* *len is the room in value, and then how much of it was filled. */
static inline int gozmq_getsockopt(void *s, int option, void *value, size_t *len)
{
    GOZMQ_CALL(zmq_getsockopt, (s, option, value, len));
}

static inline int gozmq_bind(void *s, const char *endpoint)
{
    GOZMQ_CALL(zmq_bind, (s, endpoint));
}

static inline int gozmq_connect(void *s, const char *endpoint)
{
    GOZMQ_CALL(zmq_connect, (s, endpoint));
}

static inline int gozmq_unbind(void *s, const char *endpoint)
{
    GOZMQ_CALL(zmq_unbind, (s, endpoint));
}

static inline int gozmq_disconnect(void *s, const char *endpoint)
{
    GOZMQ_CALL(zmq_disconnect, (s, endpoint));
}

/* A NULL address stops the monitor. */
static inline int gozmq_socket_monitor(void *s, const char *addr, int events)
{
    GOZMQ_CALL(zmq_socket_monitor, (s, addr, events));
}

static inline int gozmq_socket_monitor_versioned(void *s, const char *addr, uint64_t events,
                                                 int version, int type)
{
    GOZMQ_CALL(zmq_socket_monitor_versioned, (s, addr, events, version, type));
}

static inline int gozmq_socket_monitor_pipes_stats(void *s)
{
    GOZMQ_CALL(zmq_socket_monitor_pipes_stats, (s));
}

static inline int gozmq_socket_get_peer_state(void *s, const void *id, size_t len)
{
    GOZMQ_CALL(zmq_socket_get_peer_state, (s, id, len));
}

static inline int gozmq_join(void *s, const char *group)
{
    GOZMQ_CALL(zmq_join, (s, group));
}

static inline int gozmq_leave(void *s, const char *group)
{
    GOZMQ_CALL(zmq_leave, (s, group));
}

/* *id receives the peer's routing id, which is never 0. */
static inline int gozmq_connect_peer(void *s, const char *endpoint, uint32_t *id)
{
    GOZMQ_NEED(zmq_connect_peer);
    *id = gozmq_fn.zmq_connect_peer(s, endpoint);
    return *id == 0 ? gozmq_failed() : 0;
}

static inline int gozmq_disconnect_peer(void *s, uint32_t id)
{
    GOZMQ_CALL(zmq_disconnect_peer, (s, id));
}

/* Copies buf; returns len (INT_MAX at most). */
static inline int gozmq_send(void *s, const void *buf, size_t len, int flags)
{
    GOZMQ_CALL_BLOCKING(s, flags, GOZMQ_SENDING, zmq_send, (s, buf, len, flags));
}

/* Keeps buf, which must be C memory that is never freed or changed. */
static inline int gozmq_send_const(void *s, const void *buf, size_t len, int flags)
{
    GOZMQ_CALL_BLOCKING(s, flags, GOZMQ_SENDING, zmq_send_const, (s, buf, len, flags));
}

/* Fills buf with at most len bytes; returns how many the frame had. */
static inline int gozmq_recv(void *s, void *buf, size_t len, int flags)
{
    GOZMQ_CALL_BLOCKING(s, flags, GOZMQ_RECEIVING, zmq_recv, (s, buf, len, flags));
}

/* Takes the content of msg when it succeeds. */
static inline int gozmq_sendmsg(void *s, zmq_msg_t *msg, int flags)
{
    GOZMQ_CALL_BLOCKING(s, flags, GOZMQ_SENDING, zmq_sendmsg, (s, msg, flags));
}

static inline int gozmq_recvmsg(void *s, zmq_msg_t *msg, int flags)
{
    GOZMQ_CALL_BLOCKING(s, flags, GOZMQ_RECEIVING, zmq_recvmsg, (s, msg, flags));
}

/* Copies the buffers. An interrupted call is repeated as a whole, which is right only because
   nothing but the first frame of a message can wait: callers pass several buffers only with
   the flag SNDMORE, which makes them one message. */
static inline int gozmq_sendiov(void *s, struct iovec *iov, size_t n, int flags)
{
    GOZMQ_CALL_BLOCKING(s, flags, GOZMQ_SENDING, zmq_sendiov, (s, iov, n, flags));
}

/* Receives the frames of one message, *n at most; *n is then how many there are. The caller
   frees each iov_base with free, also those that came before an error. Only the first frame
   can wait, so an interrupted call has received nothing. */
static inline int gozmq_recviov(void *s, struct iovec *iov, size_t *n, int flags)
{
    const size_t room = *n;
    GOZMQ_CALL_BLOCKING(s, flags, GOZMQ_RECEIVING, zmq_recviov, (s, iov, (*n = room, n), flags));
}

#endif
