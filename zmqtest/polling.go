package zmqtest

// Section T: Poller and descriptors.
var polling = []row{}
