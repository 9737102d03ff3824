module gozmq

go 1.24
