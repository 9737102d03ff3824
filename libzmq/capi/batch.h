/* Whole messages in one crossing, for callers that cannot afford a call per frame.

   Messages travel as records in one buffer: a header, then the frame's bytes, padded to 8.
   A frame marked BORROWED has a pointer in place of its bytes. Nothing here waits. */
#ifndef GOZMQ_BATCH_H
#define GOZMQ_BATCH_H

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "blocks.h"
#include "table.h"

#define GOZMQ_DONTWAIT 1
#define GOZMQ_SNDMORE 2
#define GOZMQ_EVENTS 15
#define GOZMQ_POLLIN 1
#define GOZMQ_POLLOUT 2
#define GOZMQ_GROUP_MAX 255

struct gozmq_record {
    uint64_t len;
    uint32_t flags;
    uint32_t routing_id; /* of the message; 0: none */
};

/* Flags of a record. */
#define GOZMQ_REC_MORE 1u     /* another frame of the same message follows */
#define GOZMQ_REC_BORROWED 2u /* sending: {data}, Go's, pinned; receiving: {held message, data} */
#define GOZMQ_REC_GROUP 4u    /* not a frame: the group of the message that follows */
#define GOZMQ_REC_PEER 8u     /* not a frame: {held message}, whose metadata is that of the peer
                                 numbered routing_id from here on */
#define GOZMQ_REC_PEER_SHIFT 16 /* from this bit on, on a last frame: its peer's number + 1, or 0 */

/* What a socket's type makes of messages. */
#define GOZMQ_KIND_BALANCED 1u /* PUSH, DEALER, REQ: sends go round among peers */
#define GOZMQ_KIND_REQUEST 2u  /* REQ */
#define GOZMQ_KIND_ROUTED 4u   /* SERVER, PEER: messages carry a routing id */
#define GOZMQ_KIND_GROUPED 8u  /* DISH: messages carry a group */
#define GOZMQ_KIND_PEERS 16u   /* tell which peer a message is from; see gozmq_peers */

/* Which connections' metadata the caller has seen.

   A connection's messages share one metadata object, to which the first word of zmq_msg_t
   points (libzmq 4.2.5 to 4.3.x; the caller sets GOZMQ_KIND_PEERS only for those). The word
   is compared and never followed. The caller keeps a copy of one message of each peer in
   the table, and with it the object alive, so no other can take its address. */
#define GOZMQ_PEERS 32

struct gozmq_peers {
    uint64_t word[GOZMQ_PEERS];
};

/* When a batch call reads ZMQ_EVENTS. FIRST is for receiving: libzmq does its housekeeping, and
   only if there is a message is one looked for. */
#define GOZMQ_EVENTS_AFTER 1
#define GOZMQ_EVENTS_FIRST 2

/* One socket's memory between batch calls. Go owns it; C uses it during calls only. */
struct gozmq_io {
    uint64_t used;       /* bytes of the buffer that hold records */
    uint64_t spare;      /* a malloc'ed zmq_msg_t in waiting, or 0; gozmq_io_free frees it */
    uint64_t peers;      /* a malloc'ed struct gozmq_peers, or 0; likewise */
    int32_t events;      /* ZMQ_EVENTS, or -1; only when want_events */
    int32_t want_events; /* set by Go: 0 or GOZMQ_EVENTS_... */
    int32_t partial;     /* the last message in the buffer is not complete */
    uint32_t kind;       /* set by Go: GOZMQ_KIND_... */
};

/* A zmq socket. Its own type, never complete, because Go looks through a void pointer at every
   call for what it may point to, and not through this. */
struct gozmq_socket;

/* Messages lent to Go at this moment, for leak checks. */
extern int64_t gozmq_held_count;

static inline size_t gozmq_pad8(size_t n) { return (n + 7) & ~(size_t)7; }

static inline void gozmq_report_events(void *s, struct gozmq_io *io)
{
    int events;
    size_t len = sizeof events;
    int rc;

    do
        rc = gozmq_fn.zmq_getsockopt(s, GOZMQ_EVENTS, &events, &len);
    while (rc < 0 && gozmq_failed() == -EINTR);
    io->events = rc < 0 ? -1 : events;
}

/* Makes a message of a frame, copying it. 0 or -errno. */
static inline int gozmq_msg_copy(zmq_msg_t *msg, const char *data, size_t len)
{
    struct gozmq_block *block = len >= GOZMQ_BLOCK_MIN ? gozmq_block_get(len) : NULL;
    int err;

    if (block != NULL) {
        memcpy(gozmq_block_data(block), data, len);
        if (gozmq_fn.zmq_msg_init_data(msg, gozmq_block_data(block), len, gozmq_block_put, block) == 0)
            return 0;
        err = gozmq_failed();
        gozmq_block_put(NULL, block);
        return err;
    }
    if (gozmq_fn.zmq_msg_init_size(msg, len) < 0)
        return gozmq_failed();
    if (len > 0)
        memcpy(gozmq_fn.zmq_msg_data(msg), data, len);
    return 0;
}

/* Sends a frame, which is libzmq's afterwards, or the caller's still. 0 or -errno. */
static inline int gozmq_try_send_msg(struct gozmq_socket *s, zmq_msg_t *msg, int flags)
{
    int rc, err = 0;

    do
        rc = gozmq_fn.zmq_msg_send(msg, s, flags);
    while (rc < 0 && (err = gozmq_failed()) == -EINTR);
    return rc < 0 ? err : 0;
}

/* Sends a frame whose message is libzmq's, or closed, afterwards. 0 or -errno. */
static inline int gozmq_send_msg(struct gozmq_socket *s, zmq_msg_t *msg, int flags)
{
    int err = gozmq_try_send_msg(s, msg, flags);

    if (err < 0)
        gozmq_fn.zmq_msg_close(msg);
    return err;
}

/* Receives a frame of *len bytes without waiting. 0 or -errno. */
static inline int gozmq_recv_msg(struct gozmq_socket *s, zmq_msg_t *msg, size_t *len)
{
    int rc, err = 0;

    do
        rc = gozmq_fn.zmq_msg_recv(msg, s, GOZMQ_DONTWAIT);
    while (rc < 0 && (err = gozmq_failed()) == -EINTR);
    if (rc < 0)
        return err;
    /* It told the size as far as an int can say it. */
    *len = rc < INT_MAX ? (size_t)rc : gozmq_fn.zmq_msg_size(msg);
    return 0;
}

/* Sends one frame as a whole message, copying it. 0 or -errno. */
static inline int gozmq_send_copy(struct gozmq_socket *s, const char *data, size_t len)
{
    int rc, err = 0;

    if (len >= GOZMQ_BLOCK_MIN) {
        zmq_msg_t msg;

        err = gozmq_msg_copy(&msg, data, len);
        return err < 0 ? err : gozmq_send_msg(s, &msg, GOZMQ_DONTWAIT);
    }
    do
        rc = gozmq_fn.zmq_send(s, data, len, GOZMQ_DONTWAIT);
    while (rc < 0 && (err = gozmq_failed()) == -EINTR);
    return rc < 0 ? err : 0;
}

/* The same, as a call of its own. */
static inline int gozmq_send_one(struct gozmq_socket *s, const char *data, size_t len, struct gozmq_io *io)
{
    int rc;

    GOZMQ_NEED(zmq_send);
    rc = gozmq_send_copy(s, data, len);
    if (io->want_events)
        gozmq_report_events(s, io);
    return rc;
}

/* Sends up to count messages from buf, copying them, and stops at the first that is refused,
   of which nothing is left behind. The number sent, or -errno when that is none. */
int gozmq_send_batch(struct gozmq_socket *s, const char *buf, size_t len, int count, struct gozmq_io *io);

/* Receives whole messages into buf from io->used on, until there are max, none is there or
   buf is full. Frames of at least lend_min bytes, and those that do not fit, are lent: C
   keeps them until gozmq_give_back. The number of complete messages, or -errno when
   that is none. With io->partial set, buf was too small for the headers of the last message:
   the caller passes a larger one with the same beginning, to go on. */
int gozmq_recv_batch(struct gozmq_socket *s, char *buf, size_t cap, int max, size_t lend_min, struct gozmq_io *io);

/* Sends the frames of one message, which are closed or libzmq's afterwards. 0 or -errno: then
   nothing is left behind of it. */
int gozmq_send_frames(struct gozmq_socket *s, zmq_msg_t *msgs, int n, unsigned kind);

/* What a frame's record takes of a buffer at most, besides bytes that are copied and a group:
   its header, two pointers, and the record of its peer. */
#define GOZMQ_FRAME_ROOM (2 * sizeof(struct gozmq_record) + 3 * sizeof(uint64_t))

/* Writes the record of a frame of len bytes that was received, for which there is room, at
   buf + io->used. msg is still the caller's to close. 1 when more frames of its message follow, 0
   when it is the last, or -ENOMEM. */
int gozmq_write_frame(zmq_msg_t *msg, size_t len, char *buf, size_t cap, size_t lend_min, struct gozmq_io *io);

/* Gives lent messages back. held is emptied for the caller. */
void gozmq_give_back(uint64_t *held, size_t n);

/* A property of a held message's metadata, NULL when there is none. The text is the message's,
   and changes no more; several threads may ask at once. */
const char *gozmq_property(uint64_t held, const char *name);

/* Frees what io keeps; before the socket is forgotten. */
void gozmq_io_free(struct gozmq_io *io);

/* Waits until fd is readable, for at most ms milliseconds. 1, 0, or -errno. Touches no
   socket, so it needs no lock. */
int gozmq_wait_readable(uintptr_t fd, int ms);

#endif
