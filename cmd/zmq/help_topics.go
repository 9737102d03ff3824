package main

import "github.com/spf13/cobra"

const formatsHelp = `--format says how messages look, both those that are read and those that are
printed; --in-format and --out-format are for one direction.

  text     A message is a line, its frames have tabs in between. Text that is read
           is one frame, unless --sep says what to split at. --delimiter is what
           ends a message instead of a newline. On a terminal, bytes that do not
           print are shown as \xHH.
  escaped  Text in which such bytes, tabs, newlines and backslashes are always
           written as \xHH, \t, \n, \\. What is printed can be read again, byte
           for byte. The format of types whose frames are binary.
  hex      Frames in hexadecimal, spaces in between, a message a line.
  base64   The same in base64.
  json     A message is an array of strings, a line each; a frame that is not
           UTF-8 is {"base64": "..."}. What is read may also be a string, which
           is one frame. With --meta, {"time": ..., "peer": ..., "frames": [...]}.
  msgpack  A message is an array of binaries of MessagePack.
  zmtp     Frames with their length in front, as they are on the wire: a byte of
           flags (1: more frames follow, 2: long), the length in 1 byte, or 8 when
           long, high byte first, the bytes. (ZeroMQ's RFC 23.)
  raw      Bytes and nothing else. The whole input is one message, or --block 1MiB
           cuts it. Printed messages have nothing in between.

For arguments, an argument is a message in the format; with --multipart it is a
frame, and all of them are one message.

To carry a stream of bytes, see zmq help streams.`

const optionsHelp = `--set name=value sets an option of the socket, or of its context, by the name
that libzmq has for it, without ZMQ_, in any case: --set sndhwm=100.

  times     250ms, 1m30s, forever, or a number in libzmq's unit, as its manual
            has it: --set linger=1000 is a second
  switches  on, off, true, false, yes, no, 1, 0
  numbers   100, 0xff, 64KiB
  others    as they are; hex:00ff for bytes; @path for the content of a file,
            which secrets have to come from

zmq info options lists all of them with their defaults.`

// helpTopics are pages of help that are not about one command.
func helpTopics() []*cobra.Command {
	topics := []*cobra.Command{
		{Use: "formats", Short: "How messages look: --format", Long: formatsHelp},
		{Use: "streams", Short: "Carry a stream of bytes: --stream", Long: streamHelp},
		{Use: "security", Short: "CURVE and PLAIN: who may talk to whom", Long: securityHelp},
		{Use: "options", Short: "Options of sockets: --set", Long: optionsHelp},
		{Use: "exit-codes", Short: "What scripts can rely on", Long: exitHelp},
	}
	for _, t := range topics {
		t.SetHelpTemplate("{{.Long}}\n")
	}
	return topics
}
