package machine

import "syscall"

// Files raises the limit of open files to what is wanted, as far as it may,
// for this process and those that it starts. It gives the limit.
func Files(want uint64) uint64 {
	var limit syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit) != nil {
		return want // it will be seen
	}
	if limit.Max < want {
		// Only root may, and not everywhere.
		raised := syscall.Rlimit{Cur: want, Max: want}
		if syscall.Setrlimit(syscall.RLIMIT_NOFILE, &raised) == nil {
			return want
		}
	}
	limit.Cur = limit.Max
	if syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit) != nil {
		return limit.Cur
	}
	return limit.Cur
}
