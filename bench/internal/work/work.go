// Package work says what one process measures, and what comes out. It travels
// as key=value arguments, which the C program reads as well.
package work

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// The patterns.
const (
	Stream    = "stream"    // messages one way
	RoundTrip = "roundtrip" // a request, a reply, and so on
	Fanout    = "fanout"    // one PUB, many SUBs
	Broker    = "broker"    // requests in flight through ROUTER and DEALER
	Parked    = "parked"    // sockets that nothing comes to
	Cancel    = "cancel"    // calls that are cancelled while they wait
	Allocs    = "allocs"    // allocations of each call
)

// What a stream may go through.
const (
	Streamer  = "streamer"  // a proxy from PULL to PUSH
	Forwarder = "forwarder" // from PUB through a proxy XSUB to XPUB, to SUB
)

// Work is what one process is to measure. What a pattern has no use for is 0.
type Work struct {
	Pattern   string `key:"pattern" json:"pattern"`
	Transport string `key:"transport" json:"transport,omitempty"` // inproc, ipc, tcp
	Via       string `key:"via" json:"via,omitempty"`
	Front     string `key:"front" json:"-"`                   // endpoints of a proxy that runs elsewhere
	Back      string `key:"back" json:"-"`                    //
	Program   string `key:"program" json:"-"`                 // the one in C, for Ends
	Size      int    `key:"size" json:"size,omitempty"`       // bytes of a message
	Batch     int    `key:"batch" json:"batch,omitempty"`     // messages of a batch; 0: one by one
	HWM       int    `key:"hwm" json:"hwm,omitempty"`         // both high-water marks; 0 leaves the default
	Senders   int    `key:"senders" json:"senders,omitempty"` // goroutines that send on one socket; 0 is 1
	Subs      int    `key:"subs" json:"subs,omitempty"`
	Window    int    `key:"window" json:"window,omitempty"`   // requests in flight
	Sockets   int    `key:"sockets" json:"sockets,omitempty"` // parked ones
	Calls     int    `key:"calls" json:"calls,omitempty"`     // to cancel, or to count allocations of
	IO        int    `key:"io" json:"io,omitempty"`           // I/O threads; 0 is 1
	Curve     int    `key:"curve" json:"curve,omitempty"`     // 1: encrypted
	Ends      int    `key:"ends" json:"ends,omitempty"`       // 1: the ends of a proxy are a process of the program in C
	WarmMS    int    `key:"warm_ms" json:"warm_ms,omitempty"` // what is not counted, at the beginning
	TimeMS    int    `key:"time_ms" json:"time_ms,omitempty"` // what is counted
}

// Warm is the time at the beginning that does not count: the connection is
// made, queues and caches fill.
func (w Work) Warm() time.Duration { return time.Duration(w.WarmMS) * time.Millisecond }

// Time is how long is measured. A time and not a number of messages, so that a
// run lasts as long for the slowest as for the fastest.
func (w Work) Time() time.Duration { return time.Duration(w.TimeMS) * time.Millisecond }

// Chunk is how many messages pass between two looks at the clock: enough of
// them that looking costs nothing, few enough to stop in time.
func (w Work) Chunk() int {
	const bytes, most = 1 << 20, 256
	n := min(max(bytes/max(w.Size, 1), 1), most)
	if w.Window > 0 {
		n = min(n, w.Window)
	}
	return max(n, w.Batch)
}

// Args are the work as arguments of a program.
func (w Work) Args() []string {
	args := []string{"chunk=" + strconv.Itoa(w.Chunk())} // for C, which need not work it out
	w.fields(func(key string, v reflect.Value) {
		if !v.IsZero() {
			args = append(args, fmt.Sprintf("%s=%v", key, v))
		}
	})
	return args
}

// Parse reads what Args wrote.
func Parse(args []string) (w Work, err error) {
	given := map[string]string{}
	for _, arg := range args {
		key, value, ok := strings.Cut(arg, "=")
		if !ok {
			return w, fmt.Errorf("%q is not key=value", arg)
		}
		given[key] = value
	}
	delete(given, "chunk")
	(&w).fields(func(key string, v reflect.Value) {
		value, ok := given[key]
		if !ok {
			return
		}
		delete(given, key)
		if v.Kind() == reflect.String {
			v.SetString(value)
			return
		}
		n, e := strconv.Atoi(value)
		if e != nil {
			err = fmt.Errorf("%s: %w", key, e)
		}
		v.SetInt(int64(n))
	})
	for key := range given {
		return w, fmt.Errorf("there is no key %q", key)
	}
	return w, err
}

func (w *Work) fields(f func(key string, v reflect.Value)) {
	v := reflect.ValueOf(w).Elem()
	for i := range v.NumField() {
		f(v.Type().Field(i).Tag.Get("key"), v.Field(i))
	}
}
