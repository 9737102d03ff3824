// Package after holds the programs of the guides as gozmq has them. The guides
// show them word for word.
package after
