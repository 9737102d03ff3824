package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"

	zmq "gozmq"
)

const (
	loss      = 0.02 // of all packets
	delay     = 10 * time.Millisecond
	jitter    = 5 * time.Millisecond // at most, each way, so that packets overtake
	mtu       = 1500
	tunName   = "gozmq0"
	tunSetIFF = 0x400454ca // TUNSETIFF
	tunPlain  = 0x0001 | 0x1000
)

// A line joins two namespaces, packet by packet: at each end a process that
// has a tun device there, and between them this one, which loses some packets,
// delays all, and can be dead.
type line struct {
	f    *figures
	ends [2]*exec.Cmd
	in   [2]io.WriteCloser
	dead atomic.Bool
	all  sync.WaitGroup
	lost atomic.Int64
}

func newLine(f *figures, namespaces, addresses [2]string) (*line, error) {
	l := &line{f: f}
	var out [2]io.Reader
	for i := range l.ends {
		cmd, err := start("tun", []string{"ip", "netns", "exec", namespaces[i]}, addresses[i])
		if err != nil {
			return nil, err
		}
		if l.in[i], err = cmd.StdinPipe(); err != nil {
			return nil, err
		}
		if out[i], err = cmd.StdoutPipe(); err != nil {
			return nil, err
		}
		if err := cmd.Start(); err != nil {
			return nil, err
		}
		l.ends[i] = cmd
	}
	for i := range out {
		l.all.Add(1)
		go l.carry(out[i], l.in[1-i])
	}
	return l, nil
}

func (l *line) close() error {
	var err error
	for _, cmd := range l.ends {
		err = errors.Join(err, kill(cmd))
	}
	l.all.Wait()
	return err
}

// carry takes packets from one end to the other, until that ends.
func (l *line) carry(from io.Reader, to io.Writer) {
	defer l.all.Done()
	packets := bufio.NewReader(from)
	var writes sync.Mutex // a packet is written whole
	var late sync.WaitGroup
	defer late.Wait()
	for {
		p, err := readPacket(packets)
		if err != nil {
			return
		}
		if l.dead.Load() || rand.Float64() < loss {
			l.lost.Add(1)
			continue
		}
		late.Add(1)
		time.AfterFunc(delay+rand.N(2*jitter)-jitter, func() {
			defer late.Done()
			writes.Lock()
			defer writes.Unlock()
			_, _ = to.Write(p) // fails at the end, as it may
		})
	}
}

// readPacket reads a packet with its length before it.
func readPacket(r io.Reader) ([]byte, error) {
	p := make([]byte, 2+mtu)
	if _, err := io.ReadFull(r, p[:2]); err != nil {
		return nil, err
	}
	n := int(binary.BigEndian.Uint16(p))
	if n > mtu {
		return nil, fmt.Errorf("a packet of %d bytes", n)
	}
	_, err := io.ReadFull(r, p[2:2+n])
	return p[:2+n], err
}

// tun is the process at one end: packets of the device go to its output, those
// of its input to the device.
func tun(_ context.Context, _ *zmq.Context, addresses []string) error {
	dev, err := openTun()
	if err != nil {
		return err
	}
	for _, c := range []string{"ip addr add " + addresses[0] + "/24 dev " + tunName, "ip link set " + tunName + " up"} {
		if err := command(c); err != nil {
			return err
		}
	}
	failed := make(chan error, 2)
	go func() {
		p := make([]byte, 2+mtu)
		for {
			n, err := dev.Read(p[2:])
			if err == nil {
				binary.BigEndian.PutUint16(p, uint16(n))
				_, err = os.Stdout.Write(p[:2+n])
			}
			if err != nil {
				failed <- err
				return
			}
		}
	}()
	go func() {
		for in := bufio.NewReader(os.Stdin); ; {
			p, err := readPacket(in)
			if err == nil {
				_, err = dev.Write(p[2:])
			}
			if err != nil {
				failed <- err
				return
			}
		}
	}()
	return <-failed
}

// openTun makes the device, which is there while the file is open.
func openTun() (*os.File, error) {
	fd, err := syscall.Open("/dev/net/tun", syscall.O_RDWR|syscall.O_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("open /dev/net/tun: %w", err)
	}
	var request struct { // struct ifreq
		name  [16]byte
		flags uint16
		_     [22]byte
	}
	copy(request.name[:], tunName)
	request.flags = tunPlain
	if _, _, e := syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), tunSetIFF, uintptr(unsafe.Pointer(&request))); e != 0 {
		return nil, fmt.Errorf("make %s: %w", tunName, e)
	}
	return os.NewFile(uintptr(fd), tunName), nil
}
