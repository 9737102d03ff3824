package zap_test

import (
	"testing"

	"gozmq/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
