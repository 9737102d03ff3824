//go:build czmq

package goczmq

import (
	"github.com/zeromq/goczmq/v4"
)

// Forward takes news from publishers and passes it on to subscribers, until
// stop is closed.
func Forward(stop <-chan struct{}, publishers, subscribers string) error {
	proxy := goczmq.NewProxy()
	defer proxy.Destroy()
	if err := proxy.SetFrontend(goczmq.XSub, publishers); err != nil {
		return err
	}
	if err := proxy.SetBackend(goczmq.XPub, subscribers); err != nil {
		return err
	}
	<-stop
	return errStopped
}
