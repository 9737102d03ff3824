package zmqtest

// Section M: ipc.
var ipc = []row{}
