// Package model plays random sequences of calls, legal and illegal, against
// models of socket types: small descriptions of what each call must answer.
// A fuzz target chooses the calls; what a model and the sockets do not agree
// on fails with the sequence that led there.
package model
