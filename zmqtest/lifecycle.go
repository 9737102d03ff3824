package zmqtest

// Section I: contexts, LINGER, the end.
var lifecycle = []row{}
