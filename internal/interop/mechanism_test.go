package interop

import (
	"testing"

	"gozmq/curve"
	"gozmq/plain"
)

// A mechanism protects the connections: the options of the side that binds
// and of the one that connects. Python's authenticator knows the same client.
type mechanism struct {
	name           string
	server, client []option
}

const (
	user     = "alice" // peer.py knows them too
	password = "secret"
)

func newMechanisms(t *testing.T) []mechanism {
	t.Helper()
	server, serverSecret, err := curve.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	client, clientSecret, err := curve.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	return []mechanism{
		{name: "NULL"},
		{
			name: "PLAIN",
			server: []option{
				{"PLAIN_SERVER", 1, plain.Server(plain.Passwords(map[string]string{user: password}))},
				onlyPython("ZAP_DOMAIN", "global"),
			},
			client: []option{
				{"PLAIN_USERNAME", []byte(user), plain.Client(user, password)},
				onlyPython("PLAIN_PASSWORD", password),
			},
		},
		{
			name: "CURVE",
			server: []option{
				{"CURVE_SERVER", 1, curve.Server(serverSecret, curve.Allow(client))},
				onlyPython("CURVE_SECRETKEY", serverSecret.Reveal()),
			},
			client: []option{
				{"CURVE_SERVERKEY", []byte(server.String()), curve.Client(server, clientSecret)},
				onlyPython("CURVE_PUBLICKEY", client.String()),
				onlyPython("CURVE_SECRETKEY", clientSecret.Reveal()),
			},
		},
	}
}

// onlyPython is an option that Go has as a part of another one.
func onlyPython(name, value string) option { return option{name: name, value: []byte(value)} }
