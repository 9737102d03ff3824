package zmqtest

import "gozmq/curve"

// keys are a key pair of CURVE.
type keys struct {
	curve.Public
	secret curve.Secret
}

func newKeys(t *T) keys {
	t.Helper()
	p, s, err := curve.NewKeys()
	t.OK(err)
	return keys{p, s}
}
