/* How memory that libzmq borrowed comes back to Go.

   libzmq calls a message's free function on whatever thread drops the last reference: an I/O
   thread, or a thread inside another shim that has promised not to call Go. So the free
   function calls nothing in Go. It puts a number on a list and, when the list was empty,
   writes one byte into a pipe that a goroutine reads. */
#ifndef GOZMQ_LOAN_H
#define GOZMQ_LOAN_H

#include <stddef.h>
#include <stdint.h>

struct gozmq_loan;

/* NULL when there is no memory. The caller owns the result until libzmq has it. */
struct gozmq_loan *gozmq_loan_new(uintptr_t id);

/* Takes back one that libzmq never got. */
void gozmq_loan_drop(struct gozmq_loan *r);

/* The zmq_free_fn; takes hint. Any thread. */
void gozmq_loan_free(void *data, void *hint);

/* Says where to write the byte: a file descriptor, or a HANDLE on Windows. Before the first
   gozmq_loan_new. */
void gozmq_loan_pipe(uintptr_t fd);

/* Takes all numbers off the list as a chain, in no order; NULL when there are none. */
struct gozmq_loan *gozmq_loan_take(void);

/* Frees the first of a chain and returns the rest; *id receives its number. */
struct gozmq_loan *gozmq_loan_next(struct gozmq_loan *r, uintptr_t *id);

#endif
