//go:build cgo

#ifndef _WIN32
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* dladdr */
#endif
#endif

#include "table.h"

#include <stdio.h>
#include <string.h>

#ifdef _WIN32
#include <windows.h>
#else
#include <dlfcn.h>
#endif

struct gozmq_table gozmq_fn;

/* The name of every function, in the order of the table's fields. */
static const char *const names[] = {
#define GOZMQ_FN(ret, name, args) #name,
#include "functions.h"
};

_Static_assert(sizeof(struct gozmq_table) == sizeof(names) / sizeof(names[0]) * sizeof(void *),
               "the table holds function pointers and nothing else");

/* The system's part: open, look up, close, say what went wrong. */
#if defined GOZMQ_STATIC

/* Draft functions are weak: an archive built without them links too and leaves NULL. */
#define GOZMQ_FN(ret, name, args) extern ret name args;
#define GOZMQ_DRAFT_FN(ret, name, args) extern ret name args __attribute__((weak));
#include "functions.h"

static const struct gozmq_table linked = {
#define GOZMQ_FN(ret, name, args) .name = name,
#include "functions.h"
};

static void *lib_open(const char *path, char *why, size_t why_len)
{
    (void)path, (void)why, (void)why_len;
    return (void *)&linked;
}

static void *lib_symbol(void *lib, size_t i)
{
    void *p;
    memcpy(&p, (const char *)lib + i * sizeof p, sizeof p);
    return p;
}

static void lib_close(void *lib)
{
    (void)lib;
}

int gozmq_is_open(const char *path)
{
    (void)path;
    return 0;
}

#elif defined _WIN32

static int wide(const char *path, wchar_t *out, int len)
{
    return MultiByteToWideChar(CP_UTF8, 0, path, -1, out, len) > 0;
}

static void *lib_open(const char *path, char *why, size_t why_len)
{
    wchar_t name[1024];
    HMODULE lib = NULL;
    if (!wide(path, name, 1024)) {
        snprintf(why, why_len, "the name is not valid");
        return NULL;
    }
    /* With a folder in the name, the libraries libzmq needs are looked for there too. */
    lib = LoadLibraryExW(name, NULL,
                         strpbrk(path, "\\/") ? LOAD_WITH_ALTERED_SEARCH_PATH : 0);
    if (lib == NULL)
        snprintf(why, why_len, "Windows error %lu", GetLastError());
    return (void *)lib;
}

static void *lib_symbol(void *lib, size_t i)
{
    return (void *)GetProcAddress((HMODULE)lib, names[i]);
}

static void lib_close(void *lib)
{
    FreeLibrary((HMODULE)lib);
}

static HMODULE opened;

int gozmq_is_open(const char *path)
{
    wchar_t name[1024];
    return opened != NULL && wide(path, name, 1024) && GetModuleHandleW(name) == opened;
}

#else

static void *lib_open(const char *path, char *why, size_t why_len)
{
    /* NOW: a library with missing dependencies fails here and not in the middle of a call.
       LOCAL: its C++ symbols stay out of the way of other libraries. */
    int flags = RTLD_NOW | RTLD_LOCAL;
#ifdef RTLD_DEEPBIND
    /* A binding that was linked with a libzmq of its own has put it before this one. */
    if (dlsym(RTLD_DEFAULT, "zmq_version") != NULL)
        flags |= RTLD_DEEPBIND;
#endif
    void *lib = dlopen(path, flags);
    if (lib == NULL) {
        const char *e = dlerror();
        snprintf(why, why_len, "%s", e != NULL ? e : "unknown error");
    }
    return lib;
}

static void *lib_symbol(void *lib, size_t i)
{
    return dlsym(lib, names[i]);
}

static void lib_close(void *lib)
{
    dlclose(lib);
}

static void *opened;

int gozmq_is_open(const char *path)
{
    void *lib = opened != NULL ? dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NOLOAD) : NULL;
    if (lib != NULL)
        dlclose(lib); /* only the count that dlopen raised */
    return lib != NULL && lib == opened;
}

#endif

/* zmq_msg_t has 64 bytes since 4.1.2; a library with another idea of it would write past
   the end of ours. A major version 5 may change anything. */
static int known_abi(const int v[3])
{
    return v[0] == 4 && (v[1] > 1 || (v[1] == 1 && v[2] >= 2));
}

int gozmq_open(const char *path, int version[3], char *why, size_t why_len)
{
    struct gozmq_table t;
    size_t i;
    void *lib = lib_open(path, why, why_len);

    if (lib == NULL)
        return GOZMQ_OPEN_FAILED;
    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        void *p = lib_symbol(lib, i);
        memcpy((char *)&t + i * sizeof p, &p, sizeof p);
    }
    if (t.zmq_version == NULL || t.zmq_errno == NULL || t.zmq_ctx_new == NULL) {
        lib_close(lib);
        return GOZMQ_OPEN_NOT_ZMQ;
    }
    t.zmq_version(&version[0], &version[1], &version[2]);
    if (!known_abi(version)) {
        lib_close(lib);
        return GOZMQ_OPEN_TOO_OLD;
    }
#ifndef GOZMQ_STATIC
    opened = lib;
#endif
    gozmq_fn = t;
    return GOZMQ_OPEN_OK;
}

void gozmq_path(char *buf, size_t len)
{
    buf[0] = 0;
#if defined _WIN32
    wchar_t name[1024];
    HMODULE lib = NULL;
    if (GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS |
                               GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                           (LPCWSTR)(void *)gozmq_fn.zmq_version, &lib) &&
        GetModuleFileNameW(lib, name, 1024) > 0 &&
        WideCharToMultiByte(CP_UTF8, 0, name, -1, buf, (int)len, NULL, NULL) <= 0)
        buf[0] = 0;
#else
    Dl_info info;
    void *p;
    memcpy(&p, &gozmq_fn.zmq_version, sizeof p);
    if (p != NULL && dladdr(p, &info) && info.dli_fname != NULL)
        snprintf(buf, len, "%s", info.dli_fname);
#endif
}
