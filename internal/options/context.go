package options

// context has a row for each context option, in the order of the numbers.
var context = map[int]Spec{
	1:  {Name: "ZMQ_IO_THREADS", Min: 0, Max: maxInt},
	2:  {Name: "ZMQ_MAX_SOCKETS", Min: 1, Max: 65535},
	3:  {Name: "ZMQ_SOCKET_LIMIT"},
	42: {Name: "ZMQ_IPV6", Min: 0, Max: 1},
	70: {Name: "ZMQ_BLOCKY", Min: 0, Max: 1},
}
