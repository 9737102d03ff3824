package zmqtest

import "slices"

// Section O: NULL, PLAIN, CURVE and ZAP.
var security = slices.Concat(passwords, encryption, authentication)
