package capi

// defaultNames are tried in this order. Homebrew's folder on Apple silicon is not on the
// loader's default path, so it is named.
var defaultNames = []string{
	"libzmq.5.dylib",
	"libzmq.dylib",
	"/opt/homebrew/lib/libzmq.5.dylib",
	"/usr/local/lib/libzmq.5.dylib",
	"/opt/local/lib/libzmq.5.dylib",
}
