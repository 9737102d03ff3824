/* The C types that libzmq's functions take, declared here so that building needs no zmq.h.
   When zmq.h was included before, its own declarations are used: that is how a test
   compares the list in functions.h with the real header. */
#ifndef GOZMQ_TYPES_H
#define GOZMQ_TYPES_H

#include <stddef.h>
#include <stdint.h>

#ifdef _WIN32
/* A SOCKET is as wide as a pointer; winsock itself is not needed here. */
typedef uintptr_t gozmq_fd;
typedef void gozmq_sigset;
struct iovec {
    void *iov_base;
    size_t iov_len;
};
#else
#include <signal.h>
#include <sys/uio.h>
typedef int gozmq_fd;
typedef sigset_t gozmq_sigset;
#endif

#ifndef __ZMQ_H_INCLUDED__

/* 64 opaque bytes since libzmq 4.1.2; older libraries are refused when they are loaded. */
typedef struct zmq_msg_t {
    unsigned char _[64] __attribute__((aligned(sizeof(void *))));
} zmq_msg_t;

typedef struct zmq_pollitem_t {
    void *socket;
    gozmq_fd fd;
    short events;
    short revents;
} zmq_pollitem_t;

typedef void(zmq_free_fn)(void *data, void *hint);
typedef void(zmq_timer_fn)(int timer_id, void *arg);
typedef void(zmq_thread_fn)(void *arg);

#endif /* __ZMQ_H_INCLUDED__ */

/* zmq.h declares the poller only for drafts, and says so with this macro. */
#ifndef ZMQ_HAVE_POLLER
typedef struct zmq_poller_event_t {
    void *socket;
    gozmq_fd fd;
    void *user_data;
    short events;
} zmq_poller_event_t;
#endif

#endif
