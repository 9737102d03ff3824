//go:build cgo

package capi_test

import (
	"fmt"
	"log"
	"runtime"

	"gozmq/libzmq/capi"
)

// A server and a client in one process, written as in C. LockOSThread is not needed, but it keeps
// each socket on one thread for code that wants that.
func Example() {
	ctx, err := capi.CtxNew()
	if err != nil {
		log.Fatal(err)
	}
	rep, err := capi.SocketNew(ctx, capi.REP)
	if err != nil {
		log.Fatal(err)
	}
	if err := rep.Bind("inproc://greeter"); err != nil {
		log.Fatal(err)
	}
	done := make(chan bool)
	go func() { // from here on rep belongs to this goroutine
		defer close(done)
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer rep.Close()
		buf := make([]byte, 64)
		n, err := rep.Recv(buf, 0)
		if err != nil {
			log.Fatal(err)
		}
		if _, err := rep.Send([]byte("Hello, "+string(buf[:min(n, len(buf))])), 0); err != nil {
			log.Fatal(err)
		}
	}()

	req, err := capi.SocketNew(ctx, capi.REQ)
	if err != nil {
		log.Fatal(err)
	}
	if err := req.Connect("inproc://greeter"); err != nil {
		log.Fatal(err)
	}
	if _, err := req.Send([]byte("World"), 0); err != nil {
		log.Fatal(err)
	}
	buf := make([]byte, 64)
	n, err := req.Recv(buf, 0)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(buf[:n]))

	<-done
	req.Close()
	if err := ctx.Term(); err != nil {
		log.Fatal(err)
	}
	// Output: Hello, World
}
