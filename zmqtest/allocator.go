package zmqtest

// What follows is for the environment of an isolated row. ASAN_OPTIONS replaces
// what is there, so detect_leaks=0 is repeated: to the address sanitizer what
// Go holds to the end is a leak.

// noAbortOfASan has the address sanitizer let malloc fail, as it does without,
// and at sizes whose shadow it would take seconds to paint.
const noAbortOfASan = "ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1:max_allocation_size_mb=2048"

// freesAtOnce has the allocator reuse freed memory, or give it back, so that
// the process's size tells what is left behind. glibc does so for each thread
// by itself; the address sanitizer keeps what is freed to see who uses it.
var freesAtOnce = []string{
	"MALLOC_ARENA_MAX=1",
	noAbortOfASan + ":quarantine_size_mb=0:thread_local_quarantine_size_kb=0",
}
