package zmqtest

// Section C: PUB, SUB, XPUB and XSUB.
var pubsub = []row{}
