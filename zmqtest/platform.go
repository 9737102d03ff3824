package zmqtest

// Section X: options of the system's sockets.
var platform = []row{}
