package zmqtest

import "slices"

// Section Y: what goes over the wire, and garbage.
var overTheWire = slices.Concat(versions, malformed, hostile, admission, onTheWire)
