package summary

import "testing"

func TestSpeaker(t *testing.T) {
	tests := []struct{ in, want string }{
		{`"A second battery will come before March," Azerbaijan's defence ministry said on Monday.`, "Azerbaijan's defence ministry"},
		{"The contract is worth 640 million dollars, two Israeli officials told Levant Wire.", "two Israeli officials"},
		{"The order is worth 220 million dollars, according to a person who has read it.", "a person who has read it"},
		{"According to the central bank on Friday, prices rose.", "the central bank"},
		{"Deputy minister Elnur Safarli said that the gap was closed.", "Deputy minister Elnur Safarli"},
		{"On Tuesday the interior ministry said that five were held.", "the interior ministry"},
		{"But Iran's foreign ministry denied on Friday that it knew them.", "Iran's foreign ministry"},
		{`"We are ready," said Rauf Gasimli, a presidential adviser.`, "Rauf Gasimli"},
		{"Rauf Gasimli, a presidential adviser, said that talks go on.", "Rauf Gasimli, a presidential adviser"},
		{"The plan was dropped, the regulator, which licenses ports, said.", "the regulator"},
		{"The agency reported that ships were turned back, Ankara's transport ministry said.", "Ankara's transport ministry"},
		{"Turkey's foreign minister will travel to Baku on Thursday, his office announced.", "his office"},
		{"The customs committee also said that trucks wait.", "The customs committee"},
	}
	for _, tt := range tests {
		span, ok := Speaker(tt.in)
		if got := ""; !ok || span.In(tt.in) != tt.want {
			if ok {
				got = span.In(tt.in)
			}
			t.Errorf("Speaker(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestSpeakerNone(t *testing.T) {
	for _, in := range []string{
		"He said that talks go on.",
		`"We said so," they wrote.`,
		"Neither side announced the visit.",
		"Turkey buys gas from the United States.",
		"Armenia recalled its ambassador from Israel.",
		"The bridge is said to be safe.",
		"The price was higher than what was reported.",
		"Two thousand people marched to the port and demanded that ships stop.",
		"The work goes on according to plan.",
		`Nobody spoke of "what the ministry said" there.`,
	} {
		if span, ok := Speaker(in); ok {
			t.Errorf("Speaker(%q) = %q, want none", in, span.In(in))
		}
	}
}

func FuzzSpeaker(f *testing.F) {
	for _, s := range []string{"", "said", "according to", `" said`, ", , said", "X, who, said on Monday", "said said said"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if span, ok := Speaker(s); ok && (span.Start < 0 || span.End > len(s) || span.Len() <= 0) {
			t.Fatalf("span %v of %d bytes", span, len(s))
		}
	})
}
