// Command filetransfer moves files from a server to clients, in pieces that the
// clients ask for: flow control by credit.
//
//	go run ./examples/filetransfer -name go.mod              # both in one process
//	go run ./examples/filetransfer -dir . server
//	go run ./examples/filetransfer -name go.mod -o /tmp/copy client
//
// A server that just sends would fill its memory for a slow client. Here the
// client says what it can take: some pieces are asked for ahead, and for each
// that comes another one. Nothing waits for a round trip, and no more than the
// credit is ever under way. The server keeps nothing about its clients.
//
// From the guide, chapter 7: "Transferring Files" (fileio3).
// What is different in Go: a large frame is written to the file from where
// libzmq has received it, without a copy. os.Root keeps clients inside of the
// folder.
package main

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/opt"
)

func main() {
	endpoint := flag.String("endpoint", "tcp://127.0.0.1:6000", "where the server is")
	dir := flag.String("dir", ".", "the folder that the server serves")
	name := flag.String("name", "go.mod", "the file that the client wants")
	output := flag.String("o", os.DevNull, "where the client writes it")
	piece := flag.Int("piece", 256<<10, "bytes of a piece")
	credit := flag.Int("credit", 10, "how many pieces are asked for ahead")
	run.Main(
		run.Forever("server", func(ctx context.Context, zctx *zmq.Context) error {
			return server(ctx, zctx, *endpoint, *dir)
		}),
		run.Once("client", func(ctx context.Context, zctx *zmq.Context) error {
			return client(ctx, zctx, *endpoint, *name, *output, *piece, *credit, os.Stdout)
		}),
	)
}

// The messages. A request is [offset, size, name], an answer [offset, bytes] or
// [offset, nothing, what is wrong]. Numbers have 8 bytes.

// maxPiece is the largest piece that the server gives.
const maxPiece = 16 << 20

// server gives pieces of the files in a folder, until ctx ends.
func server(ctx context.Context, zctx *zmq.Context, endpoint, dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	router, err := socket.Bind(zctx, zmq.ROUTER, endpoint, opt.Linger.To(0))
	if err != nil {
		return err
	}
	defer router.Close()
	var buf []byte
	for {
		m, err := router.Recv(ctx) // [client, offset, size, name]
		if err != nil {
			return err
		}
		if len(m) != 4 || len(m[1]) != 8 || len(m[2]) != 8 {
			continue // that is no client
		}
		size := min(binary.BigEndian.Uint64(m[2]), maxPiece)
		if uint64(len(buf)) < size {
			buf = make([]byte, size)
		}
		answer := [][]byte{m[0], m[1]}
		n, err := readAt(root, string(m[3]), buf[:size], int64(binary.BigEndian.Uint64(m[1])))
		if err != nil {
			answer = append(answer, nil, []byte(err.Error()))
		} else {
			answer = append(answer, buf[:n])
		}
		if err := router.Send(ctx, answer...); err != nil {
			return err
		}
	}
}

// readAt reads a piece of a file; at its end less than was asked for.
func readAt(root *os.Root, name string, buf []byte, offset int64) (int, error) {
	f, err := root.Open(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	n, err := f.ReadAt(buf, offset)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}

// client writes a file of the server to a file here.
func client(ctx context.Context, zctx *zmq.Context, endpoint, name, output string, piece, credit int, w io.Writer) error {
	f, err := os.Create(output)
	if err != nil {
		return err
	}
	sum := sha256.New()
	n, err := fetch(ctx, zctx, endpoint, name, io.MultiWriter(f, sum), piece, credit)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	fmt.Fprintf(w, "%s: %d bytes, sha256 %x\n", name, n, sum.Sum(nil))
	return nil
}

// fetch writes a file of the server to w, and returns its size.
func fetch(ctx context.Context, zctx *zmq.Context, endpoint, name string, w io.Writer, piece, credit int) (n int64, err error) {
	dealer, err := socket.Connect(zctx, zmq.DEALER, endpoint, opt.Linger.To(0))
	if err != nil {
		return 0, err
	}
	defer dealer.Close()

	asked := uint64(0) // where the next request begins
	ask := func() error {
		offset := binary.BigEndian.AppendUint64(nil, asked)
		asked += uint64(piece)
		return dealer.Send(ctx, offset, binary.BigEndian.AppendUint64(nil, uint64(piece)), []byte(name))
	}
	for range credit {
		if err := ask(); err != nil {
			return 0, err
		}
	}
	// The server answers in the order of the requests.
	for m, err := range dealer.Messages(ctx) {
		if err != nil {
			return n, err
		}
		if m.Len() == 3 {
			return n, fmt.Errorf("fetch %q: %s", name, m.Frame(2))
		}
		if m.Len() != 2 || len(m.Frame(0)) != 8 || binary.BigEndian.Uint64(m.Frame(0)) != uint64(n) || len(m.Frame(1)) > piece {
			return n, fmt.Errorf("fetch %q: the answer is not to the request", name)
		}
		written, err := w.Write(m.Frame(1))
		n += int64(written)
		if err != nil || written < piece {
			return n, err
		}
		if err := ask(); err != nil {
			return n, err
		}
	}
	return n, nil
}
