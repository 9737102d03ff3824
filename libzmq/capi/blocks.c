//go:build cgo

#include "blocks.h"

#include <stdint.h>
#include <stdlib.h>

enum {
    SMALLEST = 12, /* 4 KiB */
    LARGEST = 23,  /* 8 MiB */
    CLASSES = LARGEST - SMALLEST + 1
};

/* All kept blocks together. */
static const int64_t most = (int64_t)8 << 20;

struct gozmq_block {
    struct gozmq_block *next;
    uint32_t class;
    char pad[64 - sizeof(void *) - sizeof(uint32_t)]; /* the bytes begin on a cache line's border, if the block does */
};

/* Blocks of a power of two bytes. Whoever finds one busy goes to malloc instead of waiting. */
static struct class {
    struct gozmq_block *first;
    char busy;
    char pad[64 - sizeof(void *) - 1];
} classes[CLASSES];

static int64_t kept;

static int enter(struct class *c) { return !__atomic_test_and_set(&c->busy, __ATOMIC_ACQUIRE); }
static void leave(struct class *c) { __atomic_clear(&c->busy, __ATOMIC_RELEASE); }

static size_t size_of(uint32_t class) { return (size_t)1 << (SMALLEST + class); }

struct gozmq_block *gozmq_block_get(size_t n)
{
    struct gozmq_block *b = NULL;
    uint32_t class = 0;

    while (class < CLASSES && size_of(class) < n)
        class++;
    if (class == CLASSES)
        return NULL;
    if (enter(&classes[class])) {
        b = classes[class].first;
        if (b != NULL)
            classes[class].first = b->next;
        leave(&classes[class]);
    }
    if (b != NULL) {
        __atomic_sub_fetch(&kept, (int64_t)size_of(class), __ATOMIC_RELAXED);
        return b;
    }
    b = malloc(sizeof *b + size_of(class));
    if (b != NULL)
        b->class = class;
    return b;
}

void *gozmq_block_data(struct gozmq_block *b) { return b + 1; }

void gozmq_block_put(void *data, void *hint)
{
    struct gozmq_block *b = hint;
    const int64_t size = (int64_t)size_of(b->class);
    struct class *c = &classes[b->class];

    (void)data;
    if (__atomic_add_fetch(&kept, size, __ATOMIC_RELAXED) <= most && enter(c)) {
        b->next = c->first;
        c->first = b;
        leave(c);
        return;
    }
    __atomic_sub_fetch(&kept, size, __ATOMIC_RELAXED);
    free(b);
}

void gozmq_blocks_free(void)
{
    for (uint32_t i = 0; i < CLASSES; i++) {
        struct gozmq_block *b = NULL;

        if (enter(&classes[i])) {
            b = classes[i].first;
            classes[i].first = NULL;
            leave(&classes[i]);
        }
        while (b != NULL) {
            struct gozmq_block *next = b->next;
            __atomic_sub_fetch(&kept, (int64_t)size_of(i), __ATOMIC_RELAXED);
            free(b);
            b = next;
        }
    }
}
