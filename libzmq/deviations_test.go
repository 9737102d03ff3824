package libzmq_test

import (
	"slices"
)

// deviations are the rows to which libzmq is known not to hold, and gozmq on
// it cannot or does not mend.
var deviations = slices.Concat(deviationsOnWire, deviationsConnecting, deviationsPublishing, deviationsOfQueues, deviationsOverUDP, deviationsWithSOCKS)
