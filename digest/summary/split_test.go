package summary

import (
	"errors"
	"strings"
	"testing"

	"attache/sources"

	"github.com/google/go-cmp/cmp"
)

func TestSplit(t *testing.T) {
	a := &sources.Article{
		ID: 7, Version: 2, Title: "Port opens new berth", Lang: "en",
		Text: "Port opens new berth\n\nBy Leyla Aliyeva, Caspian Ledger.\n\n" +
			"BAKU (Levant Wire) - The port of Alat opened a new berth on Monday, its director said. It cost 40 million manats. " +
			"READ MORE: Five islands to visit.\n\nPhoto: A crane at dusk.\n\nSign up for our newsletter.",
	}
	var got []string
	for i, s := range Split(a) {
		got = append(got, s.Text)
		if s.Order != i || s.Article != 7 || s.Version != 2 {
			t.Errorf("sentence %d is cited as %+v, order %d", i, s.Citation, s.Order)
		}
		if s.Span.In(a.Text) != s.Text {
			t.Errorf("span %v holds %q, not %q", s.Span, s.Span.In(a.Text), s.Text)
		}
		if err := Verify(s.Citation, a.Text); err != nil {
			t.Error(err)
		}
	}
	want := []string{"The port of Alat opened a new berth on Monday, its director said.", "It cost 40 million manats."}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sentences (-want +got)\n%s", diff)
	}
}

func TestSplitOpening(t *testing.T) {
	for in, want := range map[string]string{
		"WASHINGTON — The minister left.":                    "The minister left.",
		"TEL AVIV, Nov 24 (Levant Wire) - The firm sold it.": "The firm sold it.",
		"BAKU - The bank closed.":                            "The bank closed.",
		"(Corrects cargoes to six from nine.) A ship left.":  "A ship left.",
		"NATO troops - all of them - left.":                  "NATO troops - all of them - left.",
		"The law - a new one - passed.":                      "The law - a new one - passed.",
		"BAKU - ":                                            "BAKU -",
	} {
		got := Split(&sources.Article{Text: in})
		if len(got) != 1 || got[0].Text != want {
			t.Errorf("Split(%q) = %v, want %q", in, got, want)
		}
	}
}

func TestLead(t *testing.T) {
	a := &sources.Article{Text: "He left at noon. But why? The ministry was silent. Georgia opened the tunnel on Friday."}
	if s, ok := Lead(a); !ok || s.Text != "Georgia opened the tunnel on Friday." {
		t.Errorf("lead is %q, %v", s.Text, ok)
	}
	if s, ok := Lead(&sources.Article{Text: "He left at noon."}); ok {
		t.Errorf("lead is %q, want none", s.Text)
	}
}

func TestVerify(t *testing.T) {
	a := &sources.Article{Text: "Georgia opened the tunnel on Friday."}
	c := Split(a)[0].Citation
	for _, stored := range []string{"", "Georgia closed the tunnel on Friday.", a.Text[:20]} {
		if err := Verify(c, stored); !errors.Is(err, ErrChanged) {
			t.Errorf("Verify against %q: %v", stored, err)
		}
	}
	c.Span.Start = -1
	if err := Verify(c, a.Text); !errors.Is(err, ErrChanged) {
		t.Errorf("Verify of a span before the text: %v", err)
	}
}

func TestAlone(t *testing.T) {
	for _, s := range []string{
		`"A second air-defence battery will arrive before March," Azerbaijan's defence ministry said on Monday.`,
		"Turkey's foreign minister will travel to Baku on Thursday, his office announced.",
		"Gas flows through the southern line resumed late on Sunday, the line's operator said.",
		"The contract between Azerbaijan and a shipyard is worth 90 million dollars.",
		"The state of New Mexico rejected a plan.",
		"Some two thousand people marched to the port of Ceyhan.",
		"In its report, Amnesty counted 40 cases.",
		"Two soldiers were killed on Monday, Yerevan said.",
		"Turkey's pipeline company BOTAS extended its contract until 2033, it said on Friday.",
		"Turkey says that it has no say over oil in the pipeline.",
		"Meanwhile, Georgia opened the tunnel to trucks.",
	} {
		if why := dependence(s, "en"); why != "" {
			t.Errorf("%q does not stand alone: %s", s, why)
		}
	}
}

func TestNotAlone(t *testing.T) {
	for _, s := range []string{
		"The ministry put the price at 410 million dollars.",
		"He said that exports would go on.",
		"It's the sixth such cargo since June.",
		"That is well above the first figure.",
		"But Armenia rejected the plan.",
		`"This is a defensive system," chief executive Noa Levi told reporters.`,
		"The deal was signed on Monday.",
		"The two sides agreed to keep a telephone line open.",
		"Meanwhile, he went to Ankara.",
		"Analyst Kaisa Lind said that the purchase was large.",
		"Who will pay for the tunnel in Georgia?",
		"A quiet day in Baku",
		`"We will come, Georgia's minister said.`,
		"Our region follows the market closely.",
		`"No contract was signed in Baku," she said on Monday.`,
		"In addition, Georgia opened a tunnel.",
		"A fourth round is planned for October.",
		"Police say the attack killed five.",
		"Azerbaijani soldiers did not fire back, it said.",
		"Israel had asked for that.",
		"Azerbaijan will pay it in three years.",
		"Most were used up by September.",
		"A further 60 will leave for the course in January.",
		"The other articles have been agreed since spring.",
		"The families received pictures of the hills.",
		"Georgia's minister said of the plan that…",
	} {
		if dependence(s, "en") == "" {
			t.Errorf("%q is said to stand alone", s)
		}
	}
}

// In other languages a sentence is judged by its signs and its first word.
func TestAloneForeign(t *testing.T) {
	for _, tt := range []struct {
		lang, in string
		alone    bool
	}{
		{"az", "İsrail və Azərbaycan nazirləri Bakıda bağlı qapılar arxasında görüşüblər.", true},
		{"az", "Onlar qaz barədə danışıblar.", false},
		{"tr", "Ancak bakanlık açıklama yapmadı.", false},
		{"ru", "Он сказал, что граница закрыта.", false},
		{"ru", "Граница будет открыта для грузовиков?", false},
	} {
		if why := dependence(tt.in, tt.lang); (why == "") != tt.alone {
			t.Errorf("%q: %q", tt.in, why)
		}
	}
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{"", "BAKU - ", "(Corrects it", "A (B) - C - D.", "“Said.” he", "…\n\n\n—", "\xff - \xfe", "The the the of the", "it's", "'s"} {
		f.Add(s, "en")
	}
	f.Fuzz(func(t *testing.T, s, lang string) {
		a := &sources.Article{Text: s, Lang: lang}
		end := 0
		for _, x := range Split(a) {
			if x.Span.Start < end || x.Text != x.Span.In(s) || strings.TrimSpace(x.Text) == "" {
				t.Fatalf("sentence %q at %v after %d", x.Text, x.Span, end)
			}
			if err := Verify(x.Citation, s); err != nil {
				t.Fatal(err)
			}
			if x.Alone != (x.Why == "") {
				t.Fatalf("alone %v, but %q", x.Alone, x.Why)
			}
			end = x.Span.End
		}
	})
}
