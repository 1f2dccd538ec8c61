package actor

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func dyadIDs(as []Acting) []string {
	out := []string{}
	for _, a := range as {
		out = append(out, a.Dyad.String())
	}
	slices.Sort(out)
	return out
}

func TestDyadsOfASentence(t *testing.T) {
	c := Load()
	for _, test := range []struct {
		text string
		want []string
	}{
		{"Peru accused Ecuador of moving troops.", []string{"ECU-PER"}},
		{"Israeli and Turkish officers met in Baku.", []string{"AZE-ISR", "AZE-TUR", "ISR-TUR"}},
		{"Norway and Finland are cold.", []string{}},
		{"Norway and Finland agreed on a border post.", []string{"FIN-NOR"}},
		{"Hamas fired rockets at Israel.", []string{"ISR-PSE"}},
		{"The EU fined Russia.", []string{"EU-RUS"}},
		{"Kenya's ambassador to Uganda was recalled.", []string{"KEN-UGA"}},
		{"Relations between Armenia and Turkey are thawing.", []string{"ARM-TUR"}},
		{"Morocco would host a meeting of the Malian and Algerian ministers.", []string{"DZA-MAR", "DZA-MLI", "MAR-MLI"}},
		{"Egypt bought Russian-made jets for its own pilots.", []string{}},
		{"Chad closed its markets, Sudanese officials said.", []string{}},
		{"Poland, a close U.S. ally, warned Belarus.", []string{"BLR-POL"}},
		{"Croatian Serb farmers asked for seed.", []string{}},
		{"Nepal will take no more guests if rain falls in India.", []string{}},
		{"A tanker with Omani crude left the Turkish port of Mersin for Spain.", []string{"ESP-OMN"}},
	} {
		if diff := cmp.Diff(test.want, dyadIDs(c.Tag("", test.text).Dyads)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

func TestDyadsOfAStory(t *testing.T) {
	c := Load()
	body := "MALMO - Sweden's foreign ministry handed a note to the Danish ambassador on Monday over the sale of patrol boats to Norway. He called it groundless. The ministry added that Finland had been told."
	tags := c.Tag("Stockholm protests to Denmark", body)
	want := []string{"DNK-NOR", "DNK-SWE", "FIN-SWE", "NOR-SWE"}
	if diff := cmp.Diff(want, dyadIDs(tags.Dyads)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if best := tags.Dyads[0]; best.Dyad != Pair("DNK", "SWE") || best.Weight != 1 || !strings.Contains(best.Why, "protests to") {
		t.Errorf("best: %+v", best)
	}
}

func TestAbout(t *testing.T) {
	c := Load()
	wire := "LAGOS, May 4 - Nigeria will raise its fees for tankers, the ports authority said. " + strings.Repeat("Fees were last raised long ago. ", 12) + "A dealer in Paris shrugged."
	for _, test := range []struct {
		name, title, body string
		about             []string
		focus             string
	}{
		{"a wire names a far city in passing", "PORT FEES TO RISE", wire, []string{"NGA"}, "NGA"},
		{"without a dateline places tell where it is", "Port fees to rise", "Nigeria will raise its fees. A dealer in Paris shrugged.", []string{"NGA", "FRA"}, "NGA"},
		{"a region's short name in a dateline", "FIRM TO BUY MILL", "RENO, NEV., March 2 - The firm said it will buy a mill.", []string{"USA"}, "USA"},
		{"who acts stands first in a title", "Chile to receive Brazilian buses, maker says", "The maker told the Brazilian exchange that Chile had paid.", []string{"CHL", "BRA"}, "CHL"},
		{"a company is not its state", "Huawei names a chair", "TOKYO, May 4 - Huawei named a chair for its office here.", []string{"HUAWEI", "JPN"}, "JPN"},
		{"an institution alone stands for its state", "", "The Bundeswehr trains less.", []string{"BUNDESWEHR", "DEU"}, "DEU"},
		{"a player and a coach", "Jordan scores 31", "Marcus Jordan scored 31 points. Coach Israel Vargas smiled.", nil, ""},
		{"the bird", "Turkey prices rise", "A frozen turkey costs more, the poultry council of Minnesota said.", []string{"USA"}, "USA"},
	} {
		t.Run(test.name, func(t *testing.T) {
			tags := c.Tag(test.title, test.body)
			var got []string
			for _, a := range tags.About {
				got = append(got, a.Actor)
			}
			if diff := cmp.Diff(test.about, got); diff != "" {
				t.Errorf("about (-want +got):\n%s", diff)
			}
			if tags.Focus != test.focus {
				t.Errorf("focus %q, want %q", tags.Focus, test.focus)
			}
		})
	}
}

func TestMentionsAreSpansOfTheBody(t *testing.T) {
	body := "Ankara and Tbilisi talked. Türkiye’s minister smiled."
	var got []string
	for _, m := range Load().Tag("Talks in Tbilisi", body).Mentions {
		got = append(got, m.Actor+" "+body[m.Start:m.End])
	}
	want := []string{"TUR Ankara", "GEO Tbilisi", "TUR Türkiye"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
