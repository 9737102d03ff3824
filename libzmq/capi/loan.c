//go:build cgo

#include "loan.h"

#include <errno.h>
#include <stdlib.h>

#ifdef _WIN32
#include <windows.h>
#else
#include <unistd.h>
#endif

struct gozmq_loan {
    struct gozmq_loan *next;
    uintptr_t id;
};

/* Pushed one at a time and taken all at once, which needs no protection against reuse. */
static struct gozmq_loan *list;
static uintptr_t pipe_end;

struct gozmq_loan *gozmq_loan_new(uintptr_t id)
{
    struct gozmq_loan *r = malloc(sizeof *r);
    if (r != NULL) {
        r->next = NULL;
        r->id = id;
    }
    return r;
}

void gozmq_loan_drop(struct gozmq_loan *r)
{
    free(r);
}

void gozmq_loan_pipe(uintptr_t fd)
{
    __atomic_store_n(&pipe_end, fd, __ATOMIC_RELEASE);
}

/* At most a few bytes are ever in the pipe: one for each time the list stops being empty, and
   the reader takes a byte before it empties the list. So the write cannot block. */
static void ring(void)
{
    const uintptr_t fd = __atomic_load_n(&pipe_end, __ATOMIC_ACQUIRE);
#ifdef _WIN32
    DWORD n;
    WriteFile((HANDLE)fd, "", 1, &n, NULL);
#else
    while (write((int)fd, "", 1) < 0 && errno == EINTR)
        ;
#endif
}

void gozmq_loan_free(void *data, void *hint)
{
    struct gozmq_loan *r = hint;
    struct gozmq_loan *head = __atomic_load_n(&list, __ATOMIC_RELAXED);
#ifndef _WIN32
    const int e = errno; /* libzmq may be about to report an error of its own */
#endif
    (void)data;
    do
        r->next = head;
    while (!__atomic_compare_exchange_n(&list, &head, r, 1, __ATOMIC_RELEASE, __ATOMIC_RELAXED));
    if (head == NULL)
        ring();
#ifndef _WIN32
    errno = e;
#endif
}

struct gozmq_loan *gozmq_loan_take(void)
{
    return __atomic_exchange_n(&list, NULL, __ATOMIC_ACQUIRE);
}

struct gozmq_loan *gozmq_loan_next(struct gozmq_loan *r, uintptr_t *id)
{
    struct gozmq_loan *next = r->next;
    *id = r->id;
    free(r);
    return next;
}
