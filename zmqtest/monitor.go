package zmqtest

// Section N: monitors.
var monitor = []row{}
