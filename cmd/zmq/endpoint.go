package main

import (
	"fmt"
	"strings"
)

// endpoint writes a short endpoint out: "host:5555" is tcp, ":5555" every
// interface to bind and this machine to connect to, "/path" is ipc.
func endpoint(text string, bind bool) (string, error) {
	transport, _, full := strings.Cut(text, "://")
	switch {
	case full && transport == "inproc":
		return "", usagef("%s: inproc reaches nobody outside of this process", text)
	case full:
		return text, nil
	case strings.HasPrefix(text, "/"), strings.HasPrefix(text, "./"), strings.HasPrefix(text, "../"):
		return "ipc://" + text, nil
	case strings.HasPrefix(text, ":") && bind:
		return "tcp://*" + text, nil
	case strings.HasPrefix(text, ":"):
		return "tcp://127.0.0.1" + text, nil
	case strings.Contains(text, ":"):
		return "tcp://" + text, nil
	}
	return "", usagef("%q is no endpoint, such as tcp://host:5555, host:5555, :5555, ipc:///a/path or /a/path", text)
}

// at says where a socket is bound and connected, for errors.
func at(bind, connect []string) string {
	all := append(append([]string{}, bind...), connect...)
	if len(all) > 3 {
		return fmt.Sprintf("%s and %d more", strings.Join(all[:3], " "), len(all)-3)
	}
	return strings.Join(all, " ")
}
