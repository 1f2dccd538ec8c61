package story

import (
	"strings"
	"testing"
	"time"
)

const dredging = `The port authority of Harbour City will dredge the northern channel before winter, its director Anna Kalender said on Monday after a meeting with pilots. Two cutters and a survey ship are to begin work next week. The channel silted up after the spring floods, and 34 larger vessels have had to wait for the tide since April. Shipowners had asked for the work since May and offered to pay 12 million dollars of the cost. They expect that waiting times will fall by a third once the channel is back to a depth of 11.5 metres. The regional council has organised a hearing for fishermen, who fear for their nets. A decision on the southern channel is to follow in the new year, the director said, when the survey of the seabed off Lighthouse Point is complete.`

func forecast(place, date, high, low, wind, chance string) string {
	return "Forecasters expect a high of " + high + " degrees and a low of " + low + " degrees in " + place + " on " + date + ". Winds from the north will reach " + wind + " kilometres an hour in the afternoon. The chance of rain is put at " + chance + " percent. Drivers are advised to check the latest bulletins before they set out. The next bulletin follows in the evening."
}

func at(hours int) time.Time {
	return time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC).Add(time.Duration(hours) * time.Hour)
}

func TestCompare(t *testing.T) {
	sentences := strings.SplitAfter(dredging, ". ")
	original := Item{ID: 1, Outlet: "Harbour Post", Title: "Port to dredge northern channel", Text: dredging, Published: at(0)}
	frame := "Readers of this page know the trouble that ships have had. "
	for name, c := range map[string]struct {
		a, b Item
		want bool
	}{
		"another headline": {original, Item{Title: "Ships wait no more", Text: dredging, Published: at(5)}, true},
		"shortened":        {original, Item{Title: "Channel", Text: strings.Join(sentences[:3], ""), Published: at(5)}, true},
		"in a frame":       {original, Item{Title: "Channel", Text: frame + dredging + " Subscribe to our letter from the harbour.", Published: at(5)}, true},
		"paragraphs moved": {original, Item{Title: "Channel", Text: strings.Join(sentences[4:], "") + " " + strings.Join(sentences[:4], ""), Published: at(5)}, true},
		"house style":      {original, Item{Title: "Channel", Text: strings.NewReplacer("metres", "meters", "organised", "organized", "Two cutters", "2 cutters", "12 million dollars", "12 mln dlrs").Replace(dredging), Published: at(5)}, true},
		"weeks later":      {original, Item{Title: "Channel", Text: dredging, Published: at(24 * 40)}, true},
		"own words":        {original, Item{Title: "Dredgers to come", Text: "Before the winter comes, dredgers will clear the channel in the north of the harbour, according to the head of the port. She met pilots on Monday. Ships have been waiting for high water since floods filled the channel with silt in spring.", Published: at(5)}, false},
		"new lead, old background": {original, Item{Title: "Fishermen walk out of hearing", Text: "Fishermen left a hearing on Thursday in protest against plans that they say would ruin them. Their speaker told the council that nobody had asked them when the works were planned and that boats would block the harbour mouth if nets were lost. The council adjourned for an hour and then went on without them, with shipowners and two scientists as the only guests left in the room. Shipowners had asked for the work since May. " +
			strings.Join(sentences[4:], ""), Published: at(50)}, false},
		"weather, another place": {Item{ID: 1, Title: "Weather in Amber Bay", Text: forecast("Amber Bay", "9 March", "19", "3", "34", "10"), Published: at(0)},
			Item{ID: 2, Title: "Weather in Cedar Hill", Text: forecast("Cedar Hill", "9 March", "21", "8", "20", "60"), Published: at(1)}, false},
		"weather, another day": {Item{ID: 1, Title: "Weather in Amber Bay", Text: forecast("Amber Bay", "9 March", "19", "3", "34", "10"), Published: at(0)},
			Item{ID: 2, Title: "Weather in Amber Bay", Text: forecast("Amber Bay", "10 March", "14", "1", "50", "80"), Published: at(24)}, false},
		"two headlines":       {Item{Title: "Ferry fares to rise in March"}, Item{Title: "Ferry fares to rise in March"}, true},
		"two other headlines": {Item{Title: "Ferry fares to rise in March"}, Item{Title: "Ferry fares to rise in April"}, false},
		"nothing":             {Item{}, Item{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := judge(&c.a), judge(&c.b)
			for _, l := range []likeness{compare(&a, &b), compare(&b, &a)} {
				if l.copied != c.want {
					t.Errorf("copied is %t: %+v", l.copied, l)
				}
			}
		})
	}
}

func TestRelation(t *testing.T) {
	original := Item{ID: 1, Story: 7, Outlet: "Harbour Post", Title: "Port to dredge northern channel", Text: dredging, Published: at(0)}
	fewer := strings.Replace(dredging, "34 larger", "43 larger", 1)
	for name, c := range map[string]struct {
		item Item
		want Relation
		of   int64
	}{
		"reprint":                   {Item{Outlet: "Coast Daily", Text: dredging}, Reprint, 1},
		"sent again":                {Item{Outlet: "Harbour Post", Text: dredging}, Reprint, 1},
		"figure changed, same":      {Item{Outlet: "Harbour Post", Text: fewer}, Correction, 1},
		"figure changed, other":     {Item{Outlet: "Coast Daily", Text: fewer}, Reprint, 1},
		"note in the title":         {Item{Outlet: "Harbour Post", Title: "CORRECTED: Port to dredge northern channel", Text: fewer}, Correction, 1},
		"note in the text":          {Item{Outlet: "Harbour Post", Text: "(Corrects number of vessels in third sentence to 43 from 34.) " + fewer}, Correction, 1},
		"note at the end":           {Item{Outlet: "Harbour Post", Text: fewer + " An earlier version of this article gave a wrong number of vessels."}, Correction, 1},
		"wire corrected, elsewhere": {Item{Outlet: "Coast Daily", Text: "CORRECTION: an earlier report gave 34 vessels. " + fewer}, Correction, 1},
	} {
		t.Run(name, func(t *testing.T) {
			w := NewWindow()
			w.Add(original)
			c.item.ID, c.item.Published = 2, at(6)
			cp := w.Copy(c.item)
			if cp == nil || cp.Relation != c.want || cp.Of != c.of || cp.Why == "" {
				t.Fatalf("copy %+v", cp)
			}
			c.item.CopyOf = cp.Of
			w.Add(c.item)
			if w.Regroup(); w.Story(2) != 7 {
				t.Errorf("it is in story %d, not in that of its original", w.Story(2))
			}
		})
	}
}

// An outlet's daily report has the same words each day and other figures: that is
// neither a correction nor a copy.
func TestDailyReport(t *testing.T) {
	report := func(day, price, change string) string {
		return "The price of Harbour Blend crude rose on the northern exchange on " + day + " by " + change + " dollars to " + price + " dollars a barrel. Harbour Blend is sold mostly to refineries of the southern coast and is shipped from the terminal of Lighthouse Point. The lowest price of the blend was noted in April 2020, at 15.81 dollars, and the highest in July 2008, at 149.66 dollars a barrel."
	}
	w := NewWindow()
	w.Add(Item{ID: 1, Outlet: "Harbour Post", Title: "Harbour Blend price rises", Text: report("Monday", "74.20", "0.61"), Published: at(9)})
	w.Add(Item{ID: 2, CopyOf: 1, Outlet: "Coast Daily", Title: "Blend rises", Text: report("Monday", "74.20", "0.61"), Published: at(10)})
	for _, hours := range []int{20, 24, 48} {
		it := Item{ID: 3, Outlet: "Harbour Post", Title: "Harbour Blend price rises", Text: report("Tuesday", "75.00", "0.80"), Published: at(9 + hours)}
		if c := w.Copy(it); c != nil {
			t.Errorf("%d hours later: %+v", hours, c)
		}
	}
}

// A reprint stands to the text that it has: the corrected one where it has that,
// and the credited one where several are the same.
func TestOriginal(t *testing.T) {
	w := NewWindow()
	w.Add(Item{ID: 1, Story: 1, Outlet: "Harbour Post", Title: "Port to dredge", Text: dredging, Published: at(0)})
	w.Add(Item{ID: 2, Story: 1, Outlet: "Coast Daily", Title: "Dredgers come", Text: dredging, Published: at(1)})
	w.Add(Item{ID: 3, Story: 1, Outlet: "Harbour Post", Title: "CORRECTED: Port to dredge", Text: strings.Replace(dredging, "34", "43", 1), Published: at(2)})
	for name, c := range map[string]struct {
		item Item
		of   int64
	}{
		"the earliest":       {Item{Outlet: "Bay News", Text: dredging}, 1},
		"the credited":       {Item{Outlet: "Bay News", Via: "Coast Daily", Text: dredging}, 2},
		"the corrected":      {Item{Outlet: "Bay News", Text: strings.Replace(dredging, "34", "43", 1)}, 3},
		"a new correction":   {Item{Outlet: "Harbour Post", Title: "CORRECTED: Port to dredge", Text: strings.Replace(dredging, "34", "44", 1)}, 3},
		"its own correction": {Item{Outlet: "Coast Daily", Title: "Correction: Dredgers come", Text: strings.Replace(dredging, "34", "43", 1)}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			c.item.ID, c.item.Published = 9, at(3)
			if got := w.Copy(c.item); got == nil || got.Of != c.of {
				t.Errorf("copy is %+v, want of %d", got, c.of)
			}
		})
	}
}

func TestNote(t *testing.T) {
	for _, c := range []struct {
		title, rest string
		noted       bool
	}{
		{"CORRECTED: Port to dredge", "Port to dredge", true},
		{"Correction - Port to dredge", "Port to dredge", true},
		{"CORRECTED-Port to dredge", "Port to dredge", true},
		{"[Correction] Port to dredge", "Port to dredge", true},
		{"CORRECTED (OFFICIAL)-Port to dredge", "Port to dredge", true},
		{"Port to dredge (corrected)", "Port to dredge", true},
		{"Corrections officers go on strike", "Corrections officers go on strike", false},
		{"Market correction: what follows", "Market correction: what follows", false},
		{"", "", false},
	} {
		rest, noted := cutNote(c.title)
		if rest != c.rest || noted != c.noted {
			t.Errorf("note of %q: %q, %t", c.title, rest, noted)
		}
	}
	for text, want := range map[string]note{
		"(Corrects date in paragraph 2) The port":                       true,
		"CORRECTION (Nov. 3): The report gave a wrong name. The port":   true,
		"This story corrects the name of the director. The port":        true,
		"The director corrects the pilots when they call it a channel":  false,
		"The department of correction said on Monday that three guards": false,
	} {
		if got := noteOf("Port", text); got != want {
			t.Errorf("note of %q is %t", text, got)
		}
	}
}
