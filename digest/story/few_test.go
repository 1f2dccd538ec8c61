package story_test

import (
	"testing"
	"time"

	"attache/digest/story"
)

// few are articles of a desk's first morning, when a window knows little of what
// is rare: each line is an event of its own but for those of one letter.
var few = []struct{ event, outlet, title, text string }{
	{"rail", "Kura Wire", "Armenia reopens rail link to the north",
		"Armenia reopened its rail link with Georgia on Monday after two weeks of repairs. Trains will run twice a day, the state railway said. The line was closed in October when a bridge was damaged."},
	{"storm", "Levant Post", "Storm closes port of Haifa",
		"A storm closed the port of Haifa on Monday and eleven ships were waiting outside, the harbour master said. The port will reopen on Tuesday if the wind falls, he said."},
	{"chess", "Kura Wire", "Chess cup opens in Batumi",
		"The women's chess cup opened in Batumi on Monday with players from eighteen countries. The first round was played in the city theatre and will go on until Friday, the organisers said."},
	{"ferry", "Black Sea Shipping", "Ferries from Batumi run again",
		"Ferries between Batumi and Burgas run again from Monday after a strike of nine days, the operator said. Two ships will leave each week with trucks and rail cars."},
	{"kazakh", "Caspian Energy", "Kazakhstan to send more crude through Baku",
		"Kazakhstan will send 2.2 million tonnes of crude through the Baku pipeline next year, its energy ministry said on Monday. It sent 1.4 million tonnes this year, by tanker across the Caspian."},
	{"opec", "Gulf Energy", "Opec+ puts off rise in output",
		"Opec+ ministers agreed on Monday to put off a rise in crude output until April, two delegates said. Members including Kazakhstan had asked for another 130,000 barrels a day next year."},
	{"aliaga", "Caspian Energy", "SOCAR to widen its plant at Aliaga",
		"SOCAR, the state oil company of Azerbaijan, will spend 900 million dollars to widen its plant at Aliaga in western Turkey, it said on Monday. Work will begin in the spring."},
	{"import", "Anatolia Markets", "Turkey's gas imports from Azerbaijan rise",
		"Turkey bought 11 percent more gas from Azerbaijan in September than a year ago, the energy regulator said on Monday. Imports from Russia fell for a third month."},
	{"quake", "Kura Wire", "Earthquake near Gyumri damages houses",
		"An earthquake of magnitude 4.7 damaged some sixty houses near Gyumri early on Monday, rescuers said. Nobody was hurt. Schools in Gyumri were closed for the day."},
	{"quake", "Levant Post", "Sixty houses damaged by quake in Armenia",
		"A quake of magnitude 4.7 shook Gyumri in north-western Armenia on Monday and cracked the walls of about sixty houses, the rescue service said. Schools were closed."},
	{"hospital", "Xezer", "Gəncədə yeni xəstəxana açılıb",
		"Gəncə şəhərində yeni xəstəxana açılıb və burada iki yüz çarpayı var, deyə nazirlik bildirib. Açılışda həkimlər və şəhər sakinləri iştirak ediblər."},
	{"duty", "Ege Haber", "Çelikte yeni gümrük vergisi",
		"Ticaret bakanlığı çelik için yeni gümrük vergisi getirdi ve bu karar ocak ayında yürürlüğe girecek. Bakanlık üreticiler ile görüştü, yeni oranlar için iki ay var."},
}

func fewItems() []story.Item {
	monday := time.Date(2026, 10, 5, 6, 0, 0, 0, time.UTC)
	var items []story.Item
	for i, a := range few {
		items = append(items, story.Item{
			ID: int64(i + 1), Outlet: a.outlet, Title: a.title, Text: a.text, Published: monday.Add(time.Duration(i) * 40 * time.Minute),
		})
	}
	return items
}

// Where little is known of what is rare, words that all news share make no story.
func TestFewArticles(t *testing.T) {
	groups, why := story.Stories(fewItems())
	for i, a := range few {
		for j, b := range few[:i] {
			if same := groups[i] == groups[j]; same != (a.event == b.event) {
				t.Errorf("%q and %q in one story: %v (%s)", a.title, b.title, same, why[i])
			}
		}
	}
}
