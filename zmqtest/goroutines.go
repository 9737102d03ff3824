package zmqtest

// Section Z: stress, concurrency, Go.
var goroutines = []row{}
