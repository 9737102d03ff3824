package zmqtest

// Section J: IMMEDIATE.
var immediate = []row{}
