package curve

// Certificate reads a certificate and writes it again, for the fuzz target.
func Certificate(file string) (again string, err error) {
	c, err := parseCertificate(file)
	if err != nil {
		return "", err
	}
	if _, err := c.publicKey(); err != nil {
		return "", err
	}
	if _, err := c.secretKey(); err != nil {
		return "", err
	}
	return c.format("comment")
}
