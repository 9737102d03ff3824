package zmqtest

// Section W: HELLO_MSG, DISCONNECT_MSG, HICCUP_MSG.
var hello = []row{}
