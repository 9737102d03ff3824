package zmqtest

// Section E: PAIR.
var pair = []row{}
