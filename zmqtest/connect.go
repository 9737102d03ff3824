package zmqtest

// Section H: connecting, reconnecting, backing off.
var connect = []row{}
