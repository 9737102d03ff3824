package zmqtest

// Section V: the draft socket types.
var drafts = []row{}
