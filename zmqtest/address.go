package zmqtest

// Section K: addresses: IPv6, wildcards, LAST_ENDPOINT, unbind.
var address = []row{}
