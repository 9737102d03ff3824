/* Memory for large frames on their way out.

   malloc returns the pages of large blocks to the system when they are freed, and a stream of
   large messages pays for every page of every message with a page fault; the more so as
   goroutines move from thread to thread, and with them from one of malloc's arenas to the next.
   So freed blocks are kept, up to a bound, for the next frame of their size. */
#ifndef GOZMQ_BLOCKS_H
#define GOZMQ_BLOCKS_H

#include <stddef.h>

/* Frames of fewer bytes are malloc's. */
#define GOZMQ_BLOCK_MIN ((size_t)4 << 10)

struct gozmq_block;

/* A block with room for n bytes, the caller's until gozmq_block_put; NULL when there is no
   memory, or n is too large for blocks. */
struct gozmq_block *gozmq_block_get(size_t n);

/* Where its bytes are. */
void *gozmq_block_data(struct gozmq_block *b);

/* Takes the block in hint back. Made for zmq_msg_init_data: any thread, never waits. */
void gozmq_block_put(void *data, void *hint);

/* Frees what is kept. */
void gozmq_blocks_free(void);

#endif
