package zmqtest

// Section F: STREAM.
var stream = []row{}
