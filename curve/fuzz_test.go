package curve_test

import (
	"testing"

	"gozmq/curve"
)

func FuzzCertificate(f *testing.F) {
	f.Add("#  comment\n\nmetadata\n    name = \"value\"\ncurve\n    public-key = \"Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID\"\n" +
		"    secret-key = \"D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs\"\n")
	f.Add("curve\n\tpublic-key = 'Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID'\n")
	f.Add("curve\n public-key=\n =\n secret-key\n")
	f.Fuzz(func(t *testing.T, file string) {
		again, err := curve.Certificate(file)
		if err != nil {
			return
		}
		if third, err := curve.Certificate(again); err != nil || third != again {
			t.Fatalf("%q became %q, %v", again, third, err)
		}
	})
}
