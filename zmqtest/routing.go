package zmqtest

// Section B: ROUTER, DEALER and routing ids.
var routing = []row{}
