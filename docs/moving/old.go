//go:build never

package moving

// These are the versions that the tables are about. No program here imports
// them, or only one that needs a build tag or another library in C.
import (
	_ "github.com/alecthomas/gozmq"
	_ "github.com/go-zeromq/zmq4"
	_ "github.com/pebbe/zmq4"
	_ "github.com/zeromq/goczmq/v4"
	_ "gopkg.in/zeromq/goczmq.v4"
)
