package zmqtest

// Section O: NULL, PLAIN, CURVE and ZAP.
var security = []row{}
