package zmqtest

// Section G: high-water marks.
var hwm = []row{}
