// Package house holds the tests that keep the repository in order: what may
// import what, and what must be said about it. It has no code.
package house
