package summary

import (
	"testing"

	"attache/sources"
)

// split makes the sentences of an article with this id and text.
func split(id int64, s string) []Sentence {
	return Split(&sources.Article{ID: id, Version: 1, Text: s, Lang: "en"})
}

func TestChoose(t *testing.T) {
	docs := [][]Sentence{
		split(1, "A bakery in Tbilisi won a prize. Georgia opened the mountain tunnel to trucks on Friday."),
		split(2, "Georgia opened the mountain tunnel to trucks on Friday, the roads agency said. Repairs of the tunnel took four years."),
		split(3, "Georgia opened a mountain tunnel to trucks on Friday. Hauliers from Armenia had waited for the mountain tunnel since spring."),
	}
	got := Choose(docs, 2)
	if len(got) != 2 || got[0].Text != docs[2][0].Text {
		t.Fatalf("chosen %q, want the lead of the report nearest to all first", texts(got))
	}
	if got[1].Text == docs[0][1].Text || got[1].Text == docs[1][0].Text {
		t.Errorf("the second sentence says the first again: %q", got[1].Text)
	}
}

func texts(sentences []Sentence) []string {
	var out []string
	for _, s := range sentences {
		out = append(out, s.Text)
	}
	return out
}

func TestChooseLittle(t *testing.T) {
	if got := Choose(nil, 3); got != nil {
		t.Errorf("chosen of nothing: %q", texts(got))
	}
	if got := Choose([][]Sentence{nil, split(1, "Georgia opened a tunnel.")}, 0); got != nil {
		t.Errorf("none was asked for: %q", texts(got))
	}
	got := Choose([][]Sentence{nil, split(1, "He left. It rained in the hills.")}, 3)
	if len(got) != 1 || got[0].Text != "He left." {
		t.Errorf("where none stands alone, the first does: %q", texts(got))
	}
}

func TestDiffer(t *testing.T) {
	tests := []struct {
		name, a, b string
		want       string // "of: figure | figure"; empty for none
	}{
		{"price", "The order is worth 220 million dollars, a source said.", "The contract with the yard is worth 340 million dollars.", "price: 220 million dollars | 340 million dollars"},
		{"quoted", "The yard put the price at 220 million dollars.", "The contract is worth 340 million dollars, the clerk said. The yard had put the price at 220 million dollars.", "price: 220 million dollars | 340 million dollars"},
		{"no deal", "The line will cost Norland 2.4 billion dollars.", "Trade between the two was worth 6.1 billion dollars.", ""},
		{"disputed", "The police detained five people after the march.", "Seven people were detained after the march, the lawyers said. The ministry has spoken of five.", "detained: five people | Seven people"},
		{"detained", "The agency had detained five people in Baku.", "Seven people had been arrested in Baku, Tehran said.", "detained: five people | Seven people"},
		{"counted", "The port of Ceyhan loaded six cargoes of crude for Ashkelon.", "The port of Ceyhan loaded nine cargoes of crude for Ashkelon.", "cargoes: six cargoes | nine cargoes"},
		{"same", "The order is worth 220 million dollars.", "The contract is worth $220m.", ""},
		{"rounded", "The budget package is worth 1.2 trillion dollars.", "The package is worth 1 trillion dollars.", ""},
		{"about", "The order is worth about 220 million dollars.", "The order is worth 235 million dollars.", ""},
		{"at least", "The blast killed at least 12 people.", "The blast killed 14 people.", ""},
		{"other currency", "The order is worth 220 million dollars.", "The order is worth 340 million manats.", ""},
		{"other persons", "Two soldiers were killed at the border.", "Three civilians were killed at the border.", ""},
		{"other fate", "Two people were killed.", "Three people were wounded.", ""},
		{"other month", "The line carried 92,000 barrels a day of crude in October.", "The line carried 88,000 barrels a day of crude in September.", ""},
		{"other subject", "The farm near Ganja sold six cargoes of wool.", "Ceyhan loaded nine cargoes of crude for Ashkelon.", ""},
		{"both on both sides", "The blast killed 5 people on Monday. By Tuesday 7 people were killed.", "The blast killed 7 people, not 5.", ""},
		{"quoted price", "The ministry put the price at 220 million dollars.", "The contract is worth 340 million dollars, two officials said. The ministry gave a price of 220 million dollars.", "price: 220 million dollars | 340 million dollars"},
		{"both quoted", "The ministry put the price at 220 million dollars. The contract is worth 340 million dollars, officials said.", "The contract is worth 340 million dollars, officials said. The ministry gave a price of 220 million dollars.", ""},
		{"another price", "The ministry put the price at 220 million dollars.", "The contract is worth 340 million dollars, officials said. The yard has sold weapons worth 3 billion dollars.", "price: 220 million dollars | 340 million dollars"},
		{"costs of other things", "The railway in Syunik will cost 220 million dollars.", "A line from Kars will cost 340 million dollars.", ""},
		{"speakers", "Prices fell, two traders in Baku told reporters.", "Prices fell, five traders in Baku told reporters.", ""},
		{"those who are left", "Seven people were detained after the march.", "Four remain in custody until Friday.", ""},
		{"some of them", "Seven people were detained after the march.", "Three of those detained were freed.", ""},
		{"more of them", "Police detained seven people on Monday.", "Another four people were detained on Tuesday.", ""},
		{"the base named", "The camp holds 4,000 people in tents for 250.", "The camp is built for 250 people in tents.", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			for _, d := range Differ(split(1, tt.a), split(2, tt.b)) {
				got += d.Of + ": " + d.FigureA.Span.In(d.A.Text) + " | " + d.FigureB.Span.In(d.B.Text)
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
