/* Messages from one socket to another without a copy, as a proxy passes them on. */
#ifndef GOZMQ_FORWARD_H
#define GOZMQ_FORWARD_H

#include "batch.h"

/* What was passed on. Go owns it; C uses it during calls only. */
struct gozmq_forwarded {
    uint64_t frames, bytes;
    int32_t back; /* the last message that was received is in the buffer, whole or in part */
    int32_t lost; /* it is lost: it was refused, and there was no memory to keep it in */
    int32_t full; /* to is not ready to send */
    int32_t pad;
};

/* Receives messages from from, and sends each to to, until there are max, none is there, or to
   cannot take one: that one is written into buf, as gozmq_recv_batch would have, and so is the
   beginning of one that has very many frames. Nothing is received unless to is ready to send. The
   caller may use both sockets; in, whose used is 0, and out are theirs. The number of messages
   passed on, or -errno when that is none and nothing is in buf. */
int gozmq_forward(struct gozmq_socket *from, struct gozmq_socket *to, char *buf, size_t cap, int max, size_t lend_min,
                  struct gozmq_io *in, struct gozmq_io *out, struct gozmq_forwarded *f);

#endif
