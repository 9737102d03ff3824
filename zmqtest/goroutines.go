package zmqtest

// Section Z: stress, concurrency, and what is about Go.
var goroutines = []row{}
