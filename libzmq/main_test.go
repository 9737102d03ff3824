package libzmq_test

import (
	"testing"

	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }
