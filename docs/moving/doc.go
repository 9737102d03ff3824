// Package moving holds the tests of the guides in this folder: that their code
// is the code of the packages below, that their tables have every name of the
// old libraries and no other, and that the names of gozmq in them exist. It has
// no code.
package moving
