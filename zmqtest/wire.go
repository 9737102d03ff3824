package zmqtest

// Section Y: what goes over the wire, and garbage.
var overTheWire = versions
