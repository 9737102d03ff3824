package zmqtest

import (
	"os"
	"path/filepath"
	"syscall"
	"unsafe"

	"gozmq/internal/testkit"
)

// Private is Isolated with a network and mounts that are the process's own: it
// has loopback only, and may do with it and with files in /etc what it likes.
// Where the system does not allow that, the test is skipped.
func (t *T) Private() bool {
	t.Helper()
	if !testkit.IsolatedIn(t.T, &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}) {
		return false
	}
	// From here on mounts are seen by this process alone.
	t.allowed(syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""))
	t.allowed(loopbackUp())
	return true
}

// loopbackUp does what `ip link set lo up` does.
func loopbackUp() error {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer syscall.Close(fd)
	var request struct { // struct ifreq
		name  [syscall.IFNAMSIZ]byte
		flags uint16
		_     [22]byte
	}
	copy(request.name[:], "lo")
	request.flags = syscall.IFF_UP
	_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), syscall.SIOCSIFFLAGS, uintptr(unsafe.Pointer(&request)))
	if errno != 0 {
		return errno
	}
	return nil
}

// replace gives a file of the system another content, for a private process,
// and returns the path by which that can be changed.
func (t *T) replace(path, content string) (changeable string) {
	t.Helper()
	changeable = filepath.Join(t.TempDir(), "replaced")
	t.OK(os.WriteFile(changeable, []byte(content), 0o644))
	t.allowed(syscall.Mount(changeable, path, "", syscall.MS_BIND, ""))
	return changeable
}
