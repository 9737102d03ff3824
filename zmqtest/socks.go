package zmqtest

// Section R: SOCKS5.
var socks = []row{}
