package capi

// defaultNames are tried in this order. The long names are what libzmq's own Windows builds
// and vcpkg produce.
var defaultNames = []string{
	"libzmq.dll",
	"libzmq-mt-4_3_6.dll",
	"libzmq-mt-4_3_5.dll",
	"libzmq-mt-4_3_4.dll",
	"libzmq-v143-mt-4_3_6.dll",
	"libzmq-v143-mt-4_3_5.dll",
	"libzmq-v143-mt-4_3_4.dll",
	"libzmq-v142-mt-4_3_5.dll",
	"libzmq-v142-mt-4_3_4.dll",
	"libzmq-v141-mt-4_3_4.dll",
	"libzmq-5.dll",
}
