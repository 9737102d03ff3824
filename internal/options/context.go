package options

// context has a row for each context option, in the order of the numbers. 3 is
// ZMQ_SOCKET_LIMIT when it is read, ZMQ_THREAD_PRIORITY when it is set.
var context = map[int]Spec{
	1:  {Name: "ZMQ_IO_THREADS", Min: 0, Max: maxInt, Since: 30200},
	2:  {Name: "ZMQ_MAX_SOCKETS", Min: 1, Max: 65535, Since: 30200},
	3:  {Name: "ZMQ_SOCKET_LIMIT and ZMQ_THREAD_PRIORITY", Min: 0, Max: maxInt, Since: 40100},
	4:  {Name: "ZMQ_THREAD_SCHED_POLICY", Min: 0, Max: maxInt, Since: 40100},
	5:  {Name: "ZMQ_MAX_MSGSZ", Min: 0, Max: maxInt, Since: 40200},
	6:  {Name: "ZMQ_MSG_T_SIZE", Since: 40300},
	7:  {Name: "ZMQ_THREAD_AFFINITY_CPU_ADD", Min: 0, Max: maxInt, Since: 40300},
	8:  {Name: "ZMQ_THREAD_AFFINITY_CPU_REMOVE", Min: 0, Max: maxInt, Since: 40300},
	9:  {Name: "ZMQ_THREAD_NAME_PREFIX", Wire: ThreadName, Min: 1, Max: 16, Since: 40300},
	10: {Name: "ZMQ_ZERO_COPY_RECV", Min: 0, Max: 1, Since: 40204},
	42: {Name: "ZMQ_IPV6", Min: 0, Max: 1, Since: 40000},
	70: {Name: "ZMQ_BLOCKY", Min: 0, Max: 1, Since: 40200},
}
