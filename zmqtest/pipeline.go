package zmqtest

// Section D: PUSH and PULL.
var pipeline = []row{}
