package summary

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// flat is a figure with its span as text, to be compared.
type flat struct {
	Text     string
	Value    float64
	Unit, Of string
	Approx   bool
}

func flatten(s string) []flat {
	var out []flat
	for _, f := range Figures(s) {
		out = append(out, flat{f.Span.In(s), f.Value, f.Unit, f.Of, f.Approx})
	}
	return out
}

func TestFigures(t *testing.T) {
	tests := []struct {
		in   string
		want []flat
	}{
		{"The order is worth 220 million dollars.", []flat{{"220 million dollars", 220e6, "USD", "price", false}}},
		{"The deal cost about $1.5bn, a broker said.", []flat{{"$1.5bn", 1.5e9, "USD", "price", true}}},
		{"A fine of €30,000 was imposed.", []flat{{"€30,000", 30000, "EUR", "fine", false}}},
		{"The lender gave 12 million Canadian dollars in aid.", []flat{{"12 million Canadian dollars", 12e6, "CAD", "aid", false}}},
		{"They trade goods worth nine billion manats a year.", []flat{{"nine billion manats a year", 9e9, "AZN a year", "price", false}}},
		{"Inflation slowed to 7.4 percent.", []flat{{"7.4 percent", 7.4, "percent", "inflation", false}}},
		{"Turnout was nearly 61 per cent.", []flat{{"61 per cent", 61, "percent", "turnout", true}}},
		{"Exports rose to 92,000 barrels a day.", []flat{{"92,000 barrels a day", 92000, "barrels a day", "barrels a day", false}}},
		{"The field gives three billion cubic metres of gas a year.", []flat{{"three billion cubic metres", 3e9, "cubic metres", "cubic metres", false}}},
		{"The base lies 40km from the border.", []flat{{"40km", 40, "kilometres", "kilometres", false}}},
		{"The ministry ordered four batteries.", []flat{{"four batteries", 4, "", "batteries", false}}},
		{"Six self-propelled howitzers were shown.", []flat{{"Six self-propelled howitzers", 6, "", "howitzers", false}}},
		{"The port counted twenty-one cargoes.", []flat{{"twenty-one cargoes", 21, "", "cargoes", false}}},
		{"Police detained eleven people.", []flat{{"eleven people", 11, "people", "detained", false}}},
		{"The clerk said that six people had been arrested.", []flat{{"six people", 6, "people", "detained", false}}},
		{"A fire in which 12 people died was put out.", []flat{{"12 people", 12, "people", "killed", false}}},
		{"The minister wanted that one too.", nil},
		{"Seven people had been arrested, he said.", []flat{{"Seven people", 7, "people", "detained", false}}},
		{"The blast killed at least 12 and wounded 30.", []flat{{"12", 12, "people", "killed", true}, {"30", 30, "people", "wounded", false}}},
		{"Two soldiers were killed and four wounded.", []flat{{"Two soldiers", 2, "people", "killed", false}, {"four", 4, "people", "wounded", false}}},
		{"The death toll rose to 45.", []flat{{"45", 45, "people", "killed", false}}},
		{"Nine people, including two children, were killed.", []flat{{"Nine people", 9, "people", "killed", false}, {"two children", 2, "people", "children", false}}},
		{"Some two thousand people marched.", []flat{{"two thousand people", 2000, "people", "people", true}}},
		{"More than 5m people live there.", []flat{{"5m people", 5e6, "people", "people", true}}},
		{"Output rose from 88,000 to 92,000 barrels.", []flat{{"92,000 barrels", 92000, "barrels", "barrels", false}}},
		{"He was jailed for six years.", []flat{{"six years", 6, "years", "sentence", false}}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, flatten(tt.in)); diff != "" {
			t.Errorf("Figures(%q): (-want +got)\n%s", tt.in, diff)
		}
	}
}

// What counts nothing is no figure.
func TestFiguresNone(t *testing.T) {
	for _, in := range []string{
		"The treaty of 14 September 2024 holds.",
		"It was signed on November 27.",
		"They met in 2026 and in 1998.",
		"The pilots flew an F-16 over the S-400.",
		"Resolution 2231 ended in October.",
		"The home side won 104-98.",
		"Talks began at 10:30 and ended at 5 p.m.",
		"The 17-year-old was released from the two-day visit.",
		"It was the 14th round.",
		"The two ministers met.",
		"One of them left.",
		"No one was hurt.",
		"Between ten and twenty boats sank.",
	} {
		if got := flatten(in); got != nil {
			t.Errorf("Figures(%q) = %v, want none", in, got)
		}
	}
}

func FuzzFigures(f *testing.F) {
	for _, s := range []string{"", "$", "$410m", "half a million dollars", "1,2,3", "9.9.9 %", "from 5 to", "a dozen", "twenty-", "killed 12, including", "५ people", "\xff5%", "1e999 km"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, g := range Figures(s) {
			if g.Span.Start < 0 || g.Span.End > len(s) || g.Span.Len() <= 0 {
				t.Fatalf("span %v of %d bytes", g.Span, len(s))
			}
			if g.Span.End < end {
				t.Fatalf("figures out of order at %v", g.Span)
			}
			end = g.Span.End
		}
	})
}
