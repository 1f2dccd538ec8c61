package newsroom

import "time"

// Outlet is a publisher of the world, as a config would describe it.
type Outlet struct {
	Name        string
	Host        string
	Country     string   // ISO 3166 alpha-3
	Rating      string   // Admiralty letter, A to F
	StateLinked bool     // on the list of state-linked outlets
	Kind        string   // "feed", "sitemap" or "site": what Feeds are
	Feeds       []string // URLs to poll
}

// outlet is an Outlet with what it takes to serve it.
type outlet struct {
	Outlet
	file     string        // its files' name: articles/FILE.txt, pages/FILE.html
	format   string        // of its feed: a name in feeds, or "json"
	feedPath string        // where the feed is
	zone     time.Duration // east of UTC, in November
	lang     string
	slogan   string
	slow     bool         // its feed takes the world's delay
	down     [2]time.Time // answers 503 from the first to before the second
	articles []*article   // oldest first
}

// robots is what every outlet asks of robots: that path isn't to be read.
const robots = "User-agent: *\nDisallow: /live/\n"

func (o *outlet) location() *time.Location {
	return time.FixedZone("", int(o.zone/time.Second))
}

func (o *outlet) isDown(now time.Time) bool {
	return !now.Before(o.down[0]) && now.Before(o.down[1])
}

// allOutlets lists the outlets. Levant Wire is the one that fails on the first
// day; Bosphorus Daily and Levant Wire are found through their front pages.
func allOutlets() []*outlet {
	const h, m = time.Hour, time.Minute
	list := []*outlet{
		{
			Outlet: Outlet{Name: "Caspian Ledger", Host: "caspian-ledger.example", Country: "AZE", Rating: "B"},
			file:   "caspian-ledger", format: "rss", feedPath: "/rss", zone: 4 * h, lang: "en",
			slogan: "Business and politics from Baku",
		},
		{
			Outlet: Outlet{Name: "Baku Energy Review", Host: "baku-energy-review.example", Country: "AZE", Rating: "B"},
			file:   "baku-energy-review", format: "atom", feedPath: "/feeds/all.atom", zone: 4 * h, lang: "en",
			slogan: "Oil, gas and power of the Caspian",
		},
		{
			Outlet: Outlet{Name: "Xezer TV", Host: "xezer-tv.example", Country: "AZE", Rating: "D", StateLinked: true},
			file:   "xezer-tv", format: "rss", feedPath: "/rss.xml", zone: 4 * h, lang: "en",
			slogan: "Xəbərlər",
		},
		{
			Outlet: Outlet{Name: "Bosphorus Daily", Host: "bosphorus-daily.example", Country: "TUR", Rating: "B", Kind: "site"},
			file:   "bosphorus-daily", format: "atom", feedPath: "/syndication/latest", zone: 3 * h, lang: "en",
			slogan: "Istanbul’s newspaper in English",
		},
		{
			Outlet: Outlet{Name: "Ankara Bulletin", Host: "ankara-bulletin.example", Country: "TUR", Rating: "C", StateLinked: true},
			file:   "ankara-bulletin", format: "rss", feedPath: "/rss/english.xml", zone: 3 * h, lang: "en",
			slogan: "News of the capital",
		},
		{
			Outlet: Outlet{Name: "Ararat Post", Host: "ararat-post.example", Country: "ARM", Rating: "B"},
			file:   "ararat-post", format: "json", feedPath: "/feed.json", zone: 4 * h, lang: "en",
			slogan: "Independent, from Yerevan",
		},
		{
			Outlet: Outlet{Name: "Carmel Dispatch", Host: "carmel-dispatch.example", Country: "ISR", Rating: "B", Kind: "sitemap"},
			file:   "carmel-dispatch", format: "sitemap", feedPath: "/sitemap-news.xml", zone: 2 * h, lang: "en",
			slogan: "Haifa and the world",
		},
		{
			Outlet: Outlet{Name: "Levant Wire", Host: "levant-wire.example", Country: "ISR", Rating: "C", Kind: "site"},
			file:   "levant-wire", format: "rss", feedPath: "/wire.xml", zone: 2 * h, lang: "en",
			slogan: "The region, first",
			down: [2]time.Time{
				time.Date(2026, time.November, 24, 4, 10, 0, 0, Baku()),
				time.Date(2026, time.November, 24, 11, 0, 0, 0, Baku()),
			},
		},
		{
			Outlet: Outlet{Name: "Tehran Courier", Host: "tehran-courier.example", Country: "IRN", Rating: "D", StateLinked: true},
			file:   "tehran-courier", format: "rdf", feedPath: "/index.rdf", zone: 3*h + 30*m, lang: "en",
			slogan: "Iran’s English morning paper", slow: true,
		},
		{
			Outlet: Outlet{Name: "Meridian Times", Host: "meridian-times.example", Country: "GBR", Rating: "A"},
			file:   "meridian-times", format: "rss", feedPath: "/world/rss", zone: 0, lang: "en",
			slogan: "London and the world since 1871",
		},
	}
	for _, o := range list {
		poll := o.feedPath
		switch o.Kind {
		case "":
			o.Kind = "feed"
		case "site":
			poll = "/"
		}
		o.Feeds = []string{"https://" + o.Host + poll}
	}
	return list
}
