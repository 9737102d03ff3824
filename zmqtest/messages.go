package zmqtest

// Section S: messages, metadata, options, capabilities.
var messages = []row{}
