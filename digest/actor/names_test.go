package actor

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestPeople(t *testing.T) {
	c := Load()
	for _, test := range []struct {
		text string
		want []string
	}{
		{"Turkish Foreign Minister Hakan Fidan flew home.", []string{"Hakan Fidan"}},
		{"The deputy defence minister, Elnur Safarli, denied it.", []string{"Elnur Safarli"}},
		{"Analyst Kaisa Lindqvist said that prices may fall.", []string{"Kaisa Lindqvist"}},
		{`"It works," chief executive Noa Ben-Tovim told reporters.`, []string{"Noa Ben-Tovim"}},
		{"Gen. Pavel Orlov left. Orlov did not speak.", []string{"Pavel Orlov"}},
		{"Mr. Dunmore waited.", []string{"Dunmore"}},
		{"Mrs Okafor and Dr. Halvorsen agreed.", []string{"Okafor", "Halvorsen"}},
		{"Sheikh Tamim bin Faisal received the guests.", []string{"Tamim bin Faisal"}},
		{"Commissioner Willem van der Houten resigned.", []string{"Willem van der Houten"}},
		{"Finance Minister Pedro de la Rosa spoke.", []string{"Pedro de la Rosa"}},
		{"Minister of Mines and Energy Sutrisno opened the pit.", []string{"Sutrisno"}},
		{"Robert J. Whitcombe, an economist with the bank, agreed.", []string{"Robert J. Whitcombe"}},
		{"Jean-Claude Perrault met Anne O’Rourke in Lyon.", []string{"Jean-Claude Perrault", "Anne O’Rourke"}},
		{"Spokesman Olu Adeyemi-Cole declined to comment.", []string{"Olu Adeyemi-Cole"}},
		{"Trade chief Sanna Virtala said so. Virtala's plan is old.", []string{"Sanna Virtala"}},
		{"José Maldonado's lawyer, Carmen Ibáñez, appealed.", []string{"José Maldonado", "Carmen Ibáñez"}},
		{"South Korean President Moon Ki-woong called Tokyo.", []string{"Moon Ki-woong"}},
		{"Senator Thomas Gale III voted no.", []string{"Thomas Gale III"}},
		{"Ayatollah Karim Rostami led the prayer.", []string{"Karim Rostami"}},
		{"Prime Minister Anjali Deshpande visited Nepal.", []string{"Anjali Deshpande"}},
		{"Kwame Boateng, the Ghanaian trade minister, agreed.", []string{"Kwame Boateng"}},
		{"Giorgi Lomadze and Nino Beridze won in Batumi.", []string{"Giorgi Lomadze", "Nino Beridze"}},
		{"Zhang Weimin told the court that Zhang had slept.", []string{"Zhang Weimin"}},
		{"Marcus Jordan scored. Coach Israel Vargas was glad.", []string{"Marcus Jordan", "Israel Vargas"}},
		{"The ministry said on Monday that exports rose.", nil},
		{"Officials from West Bank towns met in New York.", nil},
		{"Northern Petroleum Corp said profits fell.", nil},
		{"The Turkish President arrived in Baku.", nil},
		{"In January, Western Europe bought less gas.", nil},
		{"A Tokyo-based trader sold copper on Tuesday.", nil},
		{"The Rio Grande and Lake Superior are low.", nil},
		{"", nil},
	} {
		people, _ := c.Names("", test.text)
		if diff := cmp.Diff(test.want, named(people)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

func named(list []Named) []string {
	var out []string
	for _, n := range list {
		out = append(out, n.Name)
	}
	return out
}

func TestPeopleWhoCount(t *testing.T) {
	c := Load()
	for _, test := range []struct {
		name, title, text string
		want              []string
	}{
		{"in the title", "Orlov to visit Berlin", "Some say so. The trip of Foreign Minister Pavel Orlov is planned.", []string{"Pavel Orlov"}},
		{"in a title of capitals", "ORLOV TO VISIT BERLIN", "Some say so. The trip of Foreign Minister Pavel Orlov is planned.", []string{"Pavel Orlov"}},
		{"named often", "Trip", "Foreign Minister Pavel Orlov left. Orlov will stay. Orlov likes Berlin.", []string{"Pavel Orlov"}},
		{"the one who speaks", "Trip", "Foreign Minister Pavel Orlov said that he left.", []string{"Pavel Orlov"}},
		{"an analyst", "Trip", "Analyst Pavel Orlov said that he left.", nil},
		{"a company's president", "Results", "Company president Pavel Orlov said that sales rose. Orlov was glad.", nil},
		{"a bank's spokesman", "Results", "Spokesman Pavel Orlov said that sales rose.", nil},
		{"a deputy", "Trip", "Deputy Foreign Minister Pavel Orlov said that he left.", nil},
	} {
		people, _ := c.Names(test.title, test.text)
		var got []string
		for _, p := range people {
			if !p.Passing {
				got = append(got, p.Name)
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestSurname(t *testing.T) {
	c := Load()
	n := namer{c: c}
	for name, want := range map[string]string{
		"Willem de Groot": "de Groot", "Pieter van den Berg": "van den Berg", "Javier Lopez de Haro": "Lopez de Haro",
		"Robin Carew-Pole": "Carew-Pole", "Moon Ki-woong": "", "Ann Lee": "", "Hosni al-Masri": "", "Sutrisno": "",
	} {
		if got := n.surname(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestOrgs(t *testing.T) {
	c := Load()
	for _, test := range []struct {
		title, text string
		want        []string
	}{
		{"", "The IMF lent more. The IMF is patient.", []string{"IMF"}},
		{"OPEC MEETS", "Ministers gathered in Vienna.", []string{"OPEC"}},
		{"", "The European Community (EC) met. The EC agreed, and the EC paid.", []string{"EC"}},
		{"ICO TO MEET", "Members of the International Coffee Organisation (ICO) meet.", []string{"International Coffee Organization"}},
		{"", "Leaders of the G20 met.", nil},
		{"", "Nothing was said.", nil},
	} {
		_, orgs := c.Names(test.title, test.text)
		var got []string
		for _, o := range orgs {
			if !o.Passing {
				got = append(got, o.Name)
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

func TestCoinedOrgs(t *testing.T) {
	c := Load()
	for _, test := range []struct {
		text    string
		want    []string
		passing bool
	}{
		{"Northern Dredging Corp lost money.", []string{"Northern Dredging Corp"}, true},
		{"The Harbour Workers Union (HWU) struck. The HWU wants more.", []string{"Harbour Workers Union"}, true},
		{"The Israeli manufacturer Carmel Rotors won the order.", []string{"Carmel Rotors"}, false},
		{"The manufacturer Carmel Rotors won the order.", nil, false},
		{"Minister Pavel Bank spoke.", nil, false},
	} {
		_, orgs := c.Names("", test.text)
		if diff := cmp.Diff(test.want, named(orgs)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
			continue
		}
		for _, o := range orgs {
			if o.Passing != test.passing {
				t.Errorf("%q: %s in passing: %t", test.text, o.Name, o.Passing)
			}
		}
	}
}

func FuzzNames(f *testing.F) {
	c := Load()
	for _, s := range []string{
		"Gen. Pavel Orlov of the International Coffee Organization (ICO) said", "J. ", "O'", "A-", "’s", "de la", "Mr. \xff Ö", "X de la Y", "(", "UN (",
		"Al-\u0301 Minister İ", "the EU's", "Dr.",
	} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, title, body string) {
		people, orgs := c.Names(title, body)
		for _, n := range append(people, orgs...) {
			s := body
			if n.InTitle {
				s = title
			}
			if n.Start < 0 || n.End > len(s) || n.Start >= n.End || n.Name == "" || n.Times == 0 && !n.InTitle {
				t.Fatalf("%+v is not in %q", n, s)
			}
			if utf8.ValidString(s) && (!utf8.RuneStart(s[n.Start]) || n.End < len(s) && !utf8.RuneStart(s[n.End])) {
				t.Fatalf("%+v cuts a letter of %q", n, s)
			}
		}
	})
}

func BenchmarkNames(b *testing.B) {
	c := Load()
	s := strings.Repeat(article, 3)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		c.Names("Baku and Ankara to talk about gas", s)
	}
}
