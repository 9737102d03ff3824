//go:build cgo

#include "forward.h"

/* Messages of more frames are left to the caller. */
enum { MOST_FRAMES = 16 };

/* One message on its way. */
struct message {
    zmq_msg_t frames[MOST_FRAMES];
    size_t sizes[MOST_FRAMES];
    int n;
};

static void close_frames(struct message *m)
{
    for (int i = 0; i < m->n; i++)
        gozmq_fn.zmq_msg_close(&m->frames[i]);
    m->n = 0;
}

/* Receives a message, or its first frames. 1 when there are more, 0 when there are not, or -errno. */
static int receive(struct gozmq_socket *from, struct message *m)
{
    zmq_msg_t *frame;
    int rc, more;

    m->n = 0;
    do {
        frame = &m->frames[m->n];
        gozmq_fn.zmq_msg_init(frame);
        rc = gozmq_recv_msg(from, frame, &m->sizes[m->n]);
        if (rc < 0) {
            /* The frames of a message arrive together, so it is the first, or the socket's end. */
            gozmq_fn.zmq_msg_close(frame);
            close_frames(m);
            return rc;
        }
        m->n++;
        more = gozmq_fn.zmq_msg_more(frame);
    } while (more && m->n < MOST_FRAMES);
    return more;
}

/* Sends a message. When it is refused, it is still there: of several frames, copies that share
   their bytes are sent, since libzmq may take some before it refuses the others. */
static int pass(struct gozmq_socket *to, struct message *m, unsigned kind)
{
    zmq_msg_t copies[MOST_FRAMES];
    int i, err;

    if (m->n == 1) {
        err = gozmq_try_send_msg(to, &m->frames[0], GOZMQ_DONTWAIT);
        if (err == 0)
            m->n = 0;
        return err;
    }
    for (i = 0; i < m->n; i++) {
        gozmq_fn.zmq_msg_init(&copies[i]);
        gozmq_fn.zmq_msg_copy(&copies[i], &m->frames[i]);
    }
    err = gozmq_send_frames(to, copies, m->n, kind);
    if (err == 0)
        close_frames(m);
    return err;
}

/* Writes the frames that were received into buf. 0, or -ENOMEM: then they are lost. */
static int put_back(struct message *m, char *buf, size_t cap, size_t lend_min, struct gozmq_io *in)
{
    zmq_msg_t *spare[MOST_FRAMES]; /* what frames may need that are lent */
    int i, have = 0, err = 0;

    while (have < m->n && (spare[have] = malloc(sizeof *spare[have])) != NULL)
        have++;
    if (have < m->n)
        err = -ENOMEM;
    for (i = 0; i < m->n && err == 0; i++) {
        const size_t later = (size_t)(m->n - i - 1) * GOZMQ_FRAME_ROOM;

        if (in->spare == 0)
            in->spare = (uintptr_t)spare[--have];
        in->partial = gozmq_write_frame(&m->frames[i], m->sizes[i], buf, cap - later, lend_min, in);
    }
    while (have > 0)
        free(spare[--have]);
    close_frames(m);
    return err;
}

int gozmq_forward(struct gozmq_socket *from, struct gozmq_socket *to, char *buf, size_t cap, int max, size_t lend_min,
                  struct gozmq_io *in, struct gozmq_io *out, struct gozmq_forwarded *f)
{
    struct message m;
    int n = 0, rc;

    memset(f, 0, sizeof *f);
    GOZMQ_NEED(zmq_msg_recv);
    gozmq_report_events(to, out);
    f->full = out->events >= 0 && !(out->events & GOZMQ_POLLOUT);
    rc = f->full ? -EAGAIN : 0;
    while (rc == 0 && n < max) {
        uint64_t bytes = 0;
        int frames;

        rc = receive(from, &m);
        if (rc < 0)
            break;
        frames = m.n;
        for (int i = 0; i < frames; i++)
            bytes += m.sizes[i];
        if (rc == 0)
            rc = pass(to, &m, out->kind);
        if (rc != 0) {
            rc = put_back(&m, buf, cap, lend_min, in);
            f->back = rc == 0;
            f->lost = rc != 0;
            break;
        }
        n++;
        f->frames += (uint64_t)frames;
        f->bytes += bytes;
    }
    if (in->want_events)
        gozmq_report_events(from, in);
    if (out->want_events)
        gozmq_report_events(to, out);
    return n > 0 || f->back ? n : rc;
}
