package zmqtest

// Section P: heartbeats.
var heartbeat = []row{}
