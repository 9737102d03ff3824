package zmqtest

// Section U: proxies.
var proxy = []row{}
