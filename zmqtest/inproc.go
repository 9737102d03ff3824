package zmqtest

// Section L: inproc.
var inproc = []row{}
