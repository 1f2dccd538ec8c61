package actor

import (
	"regexp"
	"strings"
	"testing"
)

func TestActorsAreSound(t *testing.T) {
	c := Load()
	id := regexp.MustCompile(`^[A-Z0-9]+$`)
	seen := map[string]bool{}
	states := 0
	for _, a := range c.All() {
		if !id.MatchString(a.ID) {
			t.Errorf("%q: an id is of capitals and digits", a.ID)
		}
		if seen[a.ID] {
			t.Errorf("%s stands twice", a.ID)
		}
		seen[a.ID] = true
		if a.Name == "" {
			t.Errorf("%s has no name", a.ID)
		}
		if a.Kind == State {
			states++
			if len(a.ID) != 3 || a.Country != a.ID {
				t.Errorf("%s counts as %q", a.ID, a.Country)
			}
		}
		if a.Country != "" {
			if s, ok := c.Actor(a.Country); !ok || s.Kind != State {
				t.Errorf("%s counts as %q, which is no state", a.ID, a.Country)
			}
		}
	}
	for code := range strings.FieldsSeq(alpha3) {
		if a, ok := c.Actor(code); !ok || a.Kind != State {
			t.Errorf("%s is no state of the catalogue", code)
		}
	}
	if want := len(strings.Fields(alpha3)); states != want {
		t.Errorf("%d states, want ISO 3166's and Kosovo, %d", states, want)
	}
}

// alpha3 are the codes of ISO 3166-1 and Kosovo's.
const alpha3 = `
ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR
BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL
COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK
FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV
HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO
LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG
MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN
PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE
SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO
TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM XKX YEM ZAF ZMB ZWE`

// Two actors may not bear one name: the first would hide the second.
func TestNoNameOfTwoActors(t *testing.T) {
	c := Load()
	for _, ends := range c.trie.ends {
		for i, p := range ends {
			for _, q := range ends[:i] {
				a, b := c.trie.patterns[p], c.trie.patterns[q]
				switch {
				case a.actor != b.actor && c.names[p] == c.names[q]:
					t.Errorf("%q stands for %s and for %s", c.names[p], c.nameOf(b.actor), c.nameOf(a.actor))
				case c.names[p] == c.names[q]:
					t.Errorf("%q stands twice for %s", c.names[p], c.nameOf(a.actor))
				}
			}
		}
	}
}

func (c *Catalogue) nameOf(actor int32) string {
	if actor < 0 {
		return "nobody"
	}
	return c.actors[actor].ID
}
