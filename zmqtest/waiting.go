package zmqtest

// Section Q: timeouts, non-blocking calls, cancellation.
var waiting = []row{}
