package libzmq_test

import (
	"fmt"
	"log"

	"gozmq/libzmq"
	"gozmq/opt"
)

func ExampleNewContext() {
	zctx, err := libzmq.NewContext(opt.MaxSockets.To(100))
	if err != nil {
		log.Fatal(err) // it says which package to install
	}
	defer zctx.Close()
	fmt.Println("4.1.2 or later:", zctx.Version() >= 40102)
	// Output: 4.1.2 or later: true
}
