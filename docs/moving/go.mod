module gozmq/docs/moving

go 1.24.0

require (
	github.com/alecthomas/gozmq v0.0.0-20140622232202-d1b01a2df6b2
	github.com/go-zeromq/zmq4 v0.17.0
	github.com/pebbe/zmq4 v1.4.0
	github.com/zeromq/goczmq/v4 v4.2.1-0.20210413114303-4e50cfc0edc9
	golang.org/x/sync v0.7.0
	gopkg.in/zeromq/goczmq.v4 v4.1.0
	gozmq v0.0.0
)

require (
	github.com/go-zeromq/goczmq/v4 v4.2.2 // indirect
	golang.org/x/text v0.15.0 // indirect
)

replace gozmq => ../..
