package capi

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// checkC compares the types and the list with a zmq.h that was included before. The second
// inclusion of types.h is done under other names, to have both declarations side by side.
const checkC = `
#include <zmq.h>
#undef __ZMQ_H_INCLUDED__
#ifdef ZMQ_HAVE_POLLER
#define HEADER_HAS_POLLER 1
#undef ZMQ_HAVE_POLLER
#endif
#define zmq_msg_t our_msg_t
#define zmq_pollitem_t our_pollitem_t
#define zmq_poller_event_t our_poller_event_t
#include "types.h"
#undef zmq_msg_t
#undef zmq_pollitem_t
#undef zmq_poller_event_t

#define SAME(what) _Static_assert(what, #what)
#define FIELD(s, f) \
    SAME(offsetof(zmq_##s, f) == offsetof(our_##s, f)); \
    SAME(sizeof(((zmq_##s *)0)->f) == sizeof(((our_##s *)0)->f))

SAME(sizeof(zmq_msg_t) == 64 && sizeof(our_msg_t) == 64);
SAME(_Alignof(zmq_msg_t) == _Alignof(our_msg_t));
SAME(sizeof(zmq_pollitem_t) == sizeof(our_pollitem_t));
FIELD(pollitem_t, socket);
FIELD(pollitem_t, fd);
FIELD(pollitem_t, events);
FIELD(pollitem_t, revents);
#ifdef HEADER_HAS_POLLER
SAME(sizeof(zmq_poller_event_t) == sizeof(our_poller_event_t));
FIELD(poller_event_t, socket);
FIELD(poller_event_t, fd);
FIELD(poller_event_t, user_data);
FIELD(poller_event_t, events);
#else
#define zmq_poller_event_t our_poller_event_t
#endif

#define GOZMQ_FN(ret, name, args) \
    _Static_assert(__builtin_types_compatible_p(__typeof__(&name), ret(*) args), #name);
#include "functions.h"

SAME(EFSM == @EFSM@ && ENOCOMPATPROTO == @ENOCOMPATPROTO@ && ETERM == @ETERM@ && EMTHREAD == @EMTHREAD@);
`

// TestHeader compiles the list of functions against the zmq.h of this machine. CGO_CFLAGS may
// name the folder of another.
func TestHeader(t *testing.T) {
	skip := func(reason string) {
		if os.Getenv("GOZMQ_REQUIRE_HEADER") == "1" {
			t.Fatal(reason)
		}
		t.Skip(reason)
	}
	cc := os.Getenv("CC")
	if cc == "" {
		cc = "cc"
	}
	if _, err := exec.LookPath(cc); err != nil {
		skip("no C compiler: " + err.Error())
	}
	stable, draft := listed(t)
	for _, define := range []string{"-DSTABLE", "-DZMQ_BUILD_DRAFT_API"} {
		t.Run(define[2:], func(t *testing.T) {
			args := append([]string{"-std=gnu11", "-Wall", "-Werror", "-I.", define}, strings.Fields(os.Getenv("CGO_CFLAGS"))...)
			probe := exec.Command(cc, append(args, "-E", "-x", "c", "-")...)
			probe.Stdin = strings.NewReader("#include <zmq.h>\n")
			header, err := probe.Output()
			if err != nil {
				skip("no zmq.h: " + err.Error())
			}
			// What this header does not declare is declared as listed, and only drafts may be.
			var missing []string
			for name, decl := range draft {
				if !regexp.MustCompile(`\b` + name + `\b\s*\(`).Match(header) {
					missing = append(missing, decl)
				}
			}
			for name := range stable {
				if !regexp.MustCompile(`\b` + name + `\b\s*\(`).Match(header) {
					t.Errorf("zmq.h does not declare %s", name)
				}
			}
			t.Logf("%d functions of %d are compared", len(stable)+len(draft)-len(missing), len(stable)+len(draft))
			src := strings.NewReplacer("@EFSM@", num(EFSM), "@ENOCOMPATPROTO@", num(ENOCOMPATPROTO),
				"@ETERM@", num(ETERM), "@EMTHREAD@", num(EMTHREAD)).Replace(checkC)
			// The declarations need our types, so they stand right before the comparison.
			src = strings.Replace(src, "#define GOZMQ_FN", strings.Join(missing, "\n")+"\n#define GOZMQ_FN", 1)
			file := filepath.Join(t.TempDir(), "check.c")
			if err := os.WriteFile(file, []byte(src), 0o600); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.Command(cc, append(args, "-fsyntax-only", file)...).CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

func num(e Errno) string { return strconv.Itoa(int(e)) }
