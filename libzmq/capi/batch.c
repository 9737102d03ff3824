#include "batch.h"

int64_t gozmq_held_count;

/* Messages of more frames than this need memory for their descriptors. */
enum { FEW_FRAMES = 16 };

struct reader {
    const char *at, *end;
};

/* The next record and its bytes; 0 at the end of the buffer. */
static int read_record(struct reader *r, struct gozmq_record *rec, const char **data)
{
    if ((size_t)(r->end - r->at) < sizeof *rec)
        return 0;
    memcpy(rec, r->at, sizeof *rec);
    r->at += sizeof *rec;
    if (rec->flags & GOZMQ_REC_BORROWED) {
        memcpy(data, r->at, sizeof *data);
        r->at += 8;
    } else {
        *data = r->at;
        r->at += gozmq_pad8(rec->len);
    }
    return 1;
}

static void close_all(zmq_msg_t *msgs, int n)
{
    for (int i = 0; i < n; i++)
        gozmq_fn.zmq_msg_close(&msgs[i]);
}

/* Makes messages of the frames in r. All memory is there before the first is sent. */
static int build(struct reader *r, zmq_msg_t *msgs, int n, const char *group)
{
    for (int i = 0; i < n; i++) {
        struct gozmq_record rec;
        const char *data;
        int err = 0;

        if (!read_record(r, &rec, &data)) {
            close_all(msgs, i);
            return -EINVAL;
        }
        err = gozmq_msg_copy(&msgs[i], data, rec.len);
        if (err < 0) {
            close_all(msgs, i);
            return err;
        }
        if (rec.routing_id != 0) {
            if (gozmq_fn.zmq_msg_set_routing_id == NULL)
                err = -GOZMQ_EMISSING;
            else if (gozmq_fn.zmq_msg_set_routing_id(&msgs[i], rec.routing_id) < 0)
                err = gozmq_failed();
        }
        if (group != NULL && err == 0) {
            if (gozmq_fn.zmq_msg_set_group == NULL)
                err = -GOZMQ_EMISSING;
            else if (gozmq_fn.zmq_msg_set_group(&msgs[i], group) < 0)
                err = gozmq_failed();
        }
        if (err < 0) {
            close_all(msgs, i + 1);
            return err;
        }
    }
    return 0;
}

/* Ends a message whose peer went away in the middle. libzmq has taken back what it had of it,
   and drops frames up to and including the next one without MORE: this sends that one. */
static void send_end(struct gozmq_socket *s)
{
    zmq_msg_t end;

    gozmq_fn.zmq_msg_init(&end);
    gozmq_send_msg(s, &end, GOZMQ_DONTWAIT);
}

int gozmq_send_frames(struct gozmq_socket *s, zmq_msg_t *msgs, int n, unsigned kind)
{
    int i, err = 0;

    for (i = 0; i < n && err == 0; i++)
        err = gozmq_send_msg(s, &msgs[i], GOZMQ_DONTWAIT | (i + 1 < n ? GOZMQ_SNDMORE : 0));
    if (err == 0)
        return 0;
    close_all(msgs + i, n - i);
    i--; /* the one that was refused */
    if (i == 0 || err != -EAGAIN)
        return err;
    if (kind & GOZMQ_KIND_REQUEST) {
        /* REQ counts the request as begun: it must end, and is lost as one that its
           peer never answers. */
        send_end(s);
        return 0;
    }
    if ((kind & GOZMQ_KIND_BALANCED) && i + 1 < n)
        send_end(s);
    return -EAGAIN;
}

/* Sends the message at r, or leaves nothing of it behind. */
static int send_message(struct gozmq_socket *s, struct reader *r, unsigned kind)
{
    zmq_msg_t few[FEW_FRAMES], *msgs = few;
    struct reader ahead = *r;
    struct gozmq_record rec;
    const char *data, *group = NULL;
    int n = 0, err;

    do {
        if (!read_record(&ahead, &rec, &data))
            return -EINVAL;
        if (rec.flags & GOZMQ_REC_GROUP) {
            group = data;
            *r = ahead;
            continue;
        }
        n++;
    } while (rec.flags & (GOZMQ_REC_MORE | GOZMQ_REC_GROUP));

    if (n > FEW_FRAMES && (msgs = malloc(n * sizeof *msgs)) == NULL)
        return -ENOMEM;
    err = build(r, msgs, n, group);
    if (err == 0)
        err = gozmq_send_frames(s, msgs, n, kind);
    if (msgs != few)
        free(msgs);
    return err;
}

/* Whether the message at r is one frame and nothing else, which then lies at *data. */
static int is_plain(struct reader *r, struct gozmq_record *rec, const char **data)
{
    struct reader ahead = *r;

    if (!read_record(&ahead, rec, data) || (rec->flags & ~GOZMQ_REC_BORROWED) || rec->routing_id != 0)
        return 0;
    *r = ahead;
    return 1;
}

int gozmq_send_batch(struct gozmq_socket *s, const char *buf, size_t len, int count, struct gozmq_io *io)
{
    struct reader r = {buf, buf + len};
    struct gozmq_record rec;
    const char *data;
    int sent, err = 0;

    GOZMQ_NEED(zmq_msg_send);
    for (sent = 0; sent < count; sent++) {
        if (is_plain(&r, &rec, &data))
            err = gozmq_send_copy(s, data, rec.len);
        else
            err = send_message(s, &r, io->kind);
        if (err < 0)
            break;
    }
    if (io->want_events)
        gozmq_report_events(s, io);
    return sent > 0 ? sent : err;
}

/* Writes the group of a message that came to a DISH as a record of its own. */
static void write_group(zmq_msg_t *msg, char *buf, struct gozmq_io *io)
{
    const char *group = gozmq_fn.zmq_msg_group ? gozmq_fn.zmq_msg_group(msg) : "";
    struct gozmq_record rec = {strnlen(group, GOZMQ_GROUP_MAX) + 1, GOZMQ_REC_GROUP, 0};
    char *at = buf + io->used;

    memcpy(at, &rec, sizeof rec);
    memcpy(at + sizeof rec, group, rec.len - 1);
    at[sizeof rec + rec.len - 1] = 0;
    io->used += sizeof rec + gozmq_pad8(rec.len);
}

/* The number + 1 of the peer that msg came from, or 0 when it has no metadata. A peer that is
   not in the table takes the place of another, and gets a record of its own. */
static uint32_t find_peer(zmq_msg_t *msg, char *buf, struct gozmq_io *io)
{
    struct gozmq_record rec = {8, GOZMQ_REC_PEER, 0};
    struct gozmq_peers *peers;
    zmq_msg_t *kept;
    uint64_t word, handle;

    memcpy(&word, msg, sizeof word);
    if (word == 0)
        return 0;
    if (io->peers == 0)
        io->peers = (uintptr_t)calloc(1, sizeof *peers);
    peers = (struct gozmq_peers *)(uintptr_t)io->peers;
    if (peers == NULL)
        return 0;
    rec.routing_id = (word >> 4 ^ word >> 9) % GOZMQ_PEERS;
    if (peers->word[rec.routing_id] == word)
        return rec.routing_id + 1;
    kept = malloc(sizeof *kept);
    if (kept == NULL)
        return 0;
    gozmq_fn.zmq_msg_init(kept);
    if (gozmq_fn.zmq_msg_copy(kept, msg) < 0) {
        gozmq_fn.zmq_msg_close(kept);
        free(kept);
        return 0;
    }
    __atomic_add_fetch(&gozmq_held_count, 1, __ATOMIC_RELAXED);
    peers->word[rec.routing_id] = word;
    handle = (uintptr_t)kept;
    memcpy(buf + io->used, &rec, sizeof rec);
    memcpy(buf + io->used + sizeof rec, &handle, sizeof handle);
    io->used += sizeof rec + sizeof handle;
    return rec.routing_id + 1;
}

/* A malloc'ed zmq_msg_t in io->spare, for a frame that is lent. 0 or -ENOMEM. */
static int have_spare(struct gozmq_io *io)
{
    if (io->spare == 0)
        io->spare = (uintptr_t)malloc(sizeof(zmq_msg_t));
    return io->spare == 0 ? -ENOMEM : 0;
}

int gozmq_write_frame(zmq_msg_t *msg, size_t len, char *buf, size_t cap, size_t lend_min, struct gozmq_io *io)
{
    struct gozmq_record rec = {len, gozmq_fn.zmq_msg_more(msg) ? GOZMQ_REC_MORE : 0, 0};
    const int more = rec.flags != 0;
    size_t left;
    char *at;
    uint32_t peer = 0;

    if (io->kind & GOZMQ_KIND_GROUPED)
        write_group(msg, buf, io);
    /* The last frame speaks for the message: the first may be a routing id, whose metadata
       libzmq before 4.3.5 can lose. One that is lent speaks for itself. */
    if ((io->kind & GOZMQ_KIND_PEERS) && !more && len < lend_min)
        peer = find_peer(msg, buf, io);
    rec.flags |= peer << GOZMQ_REC_PEER_SHIFT;
    at = buf + io->used;
    left = cap - io->used - sizeof rec;
    if ((io->kind & GOZMQ_KIND_ROUTED) && gozmq_fn.zmq_msg_routing_id != NULL)
        rec.routing_id = gozmq_fn.zmq_msg_routing_id(msg);
    if (len < lend_min && gozmq_pad8(len) <= left) {
        memcpy(at, &rec, sizeof rec);
        memcpy(at + sizeof rec, gozmq_fn.zmq_msg_data(msg), len);
        io->used += sizeof rec + gozmq_pad8(len);
    } else {
        zmq_msg_t *held;
        uint64_t lent[2];

        if (have_spare(io) < 0)
            return -ENOMEM;
        held = (zmq_msg_t *)(uintptr_t)io->spare;
        io->spare = 0;
        gozmq_fn.zmq_msg_init(held);
        gozmq_fn.zmq_msg_move(held, msg);
        __atomic_add_fetch(&gozmq_held_count, 1, __ATOMIC_RELAXED);
        rec.flags |= GOZMQ_REC_BORROWED;
        lent[0] = (uintptr_t)held;
        lent[1] = (uintptr_t)gozmq_fn.zmq_msg_data(held);
        memcpy(at, &rec, sizeof rec);
        memcpy(at + sizeof rec, lent, sizeof lent);
        io->used += sizeof rec + sizeof lent;
    }
    return more;
}

/* Receives one frame into msg and writes its record at buf + io->used. The caller has made sure
   of room for a header and two pointers, and for a group where there are groups. What msg held
   before is libzmq's to free: one zmq_msg_t serves a whole batch. */
static int recv_frame(struct gozmq_socket *s, zmq_msg_t *msg, char *buf, size_t cap, size_t lend_min, struct gozmq_io *io)
{
    size_t len;
    int rc;

    /* A message that has arrived cannot be put back, so what it may need comes first. */
    if (have_spare(io) < 0)
        return -ENOMEM;
    rc = gozmq_recv_msg(s, msg, &len);
    return rc < 0 ? rc : gozmq_write_frame(msg, len, buf, cap, lend_min, io);
}

int gozmq_recv_batch(struct gozmq_socket *s, char *buf, size_t cap, int max, size_t lend_min, struct gozmq_io *io)
{
    /* Enough for any frame's record, copied or lent, and its peer's. A new message is begun only with room
       for a first frame of any size that is copied. */
    const size_t group_room =
        io->kind & GOZMQ_KIND_GROUPED ? sizeof(struct gozmq_record) + gozmq_pad8(GOZMQ_GROUP_MAX + 1) : 0;
    const size_t message_room = GOZMQ_FRAME_ROOM + group_room + gozmq_pad8(lend_min);
    zmq_msg_t msg;
    int n = 0, rc = 0;

    GOZMQ_NEED(zmq_msg_recv);
    if (io->want_events == GOZMQ_EVENTS_FIRST) {
        gozmq_report_events(s, io);
        if (io->events >= 0 && !(io->events & GOZMQ_POLLIN))
            return -EAGAIN;
    }
    gozmq_fn.zmq_msg_init(&msg);
    while (n < max) {
        if (cap - io->used < (io->partial ? GOZMQ_FRAME_ROOM : message_room))
            break;
        rc = recv_frame(s, &msg, buf, cap, lend_min, io);
        if (rc < 0)
            break;
        io->partial = rc;
        if (!io->partial)
            n++;
    }
    gozmq_fn.zmq_msg_close(&msg);
    if (io->want_events == GOZMQ_EVENTS_AFTER)
        gozmq_report_events(s, io);
    return n > 0 || rc >= 0 ? n : rc;
}

void gozmq_give_back(uint64_t *held, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        zmq_msg_t *msg = (zmq_msg_t *)(uintptr_t)held[i];
        gozmq_fn.zmq_msg_close(msg);
        free(msg);
        held[i] = 0;
    }
    __atomic_sub_fetch(&gozmq_held_count, (int64_t)n, __ATOMIC_RELAXED);
}

void gozmq_io_free(struct gozmq_io *io)
{
    free((void *)(uintptr_t)io->spare);
    free((void *)(uintptr_t)io->peers);
    io->spare = io->peers = 0;
}

const char *gozmq_property(uint64_t held, const char *name)
{
    if (gozmq_fn.zmq_msg_gets == NULL)
        return NULL;
    return gozmq_fn.zmq_msg_gets((zmq_msg_t *)(uintptr_t)held, name);
}

int gozmq_wait_readable(uintptr_t fd, int ms)
{
    zmq_pollitem_t item = {NULL, (gozmq_fd)fd, 1, 0};
    int rc;

    GOZMQ_NEED(zmq_poll);
    rc = gozmq_fn.zmq_poll(&item, 1, ms);
    return rc < 0 ? gozmq_failed() : rc;
}
