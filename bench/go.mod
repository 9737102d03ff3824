module gozmq/bench

go 1.24.0

require gozmq v0.0.0

require github.com/pebbe/zmq4 v1.4.0

replace gozmq => ..
