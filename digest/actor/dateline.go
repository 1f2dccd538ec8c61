package actor

import "strings"

// dateline gives where the text begins after its dateline ("BAKU, March 5 - ",
// "TEL AVIV (Levant Wire) - "), 0 where there is none, and adds the state that a
// region's short name stands for ("GALVESTON, Tex.").
func (c *Catalogue) dateline(s string, p *part) int {
	end := datelineEnd(s)
	if end == 0 {
		return 0
	}
	for i, word := range strings.Split(s[:end], ",") {
		if i == 0 {
			continue
		}
		word, _, _ = strings.Cut(word, " - ")
		word, _, _ = strings.Cut(word, " (")
		state := region(strings.Trim(strings.TrimSpace(word), "."))
		if state == "" {
			continue
		}
		at := strings.Index(s, word)
		at += len(word) - len(strings.TrimLeft(word, " "))
		h := hit{start: at, end: at + len(strings.TrimSpace(word)), pattern: c.regions[state], actor: c.index[state]}
		for n := range p.hits {
			if p.hits[n].start >= h.start {
				if p.hits[n].start >= h.end {
					p.hits = append(p.hits[:n:n], append([]hit{h}, p.hits[n:]...)...)
				}
				return end
			}
			if p.hits[n].end > h.start {
				return end
			}
		}
		p.hits = append(p.hits, h)
		return end
	}
	return end
}

func datelineEnd(s string) int {
	head := s[:min(len(s), 90)]
	for _, dash := range []string{" - ", " -- ", " – ", " — "} {
		i := strings.Index(head, dash)
		if i < 2 || strings.ContainsAny(head[:i], "\n\"“") {
			continue
		}
		word := head[:i]
		if j := strings.IndexAny(word, ",("); j > 0 {
			word = word[:j]
		}
		word = strings.TrimSpace(word)
		if len(word) > 1 && strings.ToUpper(word) == word || strings.Count(head[:i], " ") <= 3 {
			return i + len(dash)
		}
	}
	return 0
}

// region gives the state of a region's short name as datelines have it.
func region(short string) string {
	switch strings.ToUpper(short) {
	case "ALA", "ALASKA", "ARIZ", "ARK", "CALIF", "CAL", "COLO", "CONN", "DEL", "FLA", "GA", "HAWAII", "IDA", "IDAHO", "ILL", "IND", "IOWA",
		"KAN", "KANS", "KY", "LA", "ME", "MAINE", "MD", "MASS", "MICH", "MINN", "MISS", "MO", "MONT", "NEB", "NEBR", "NEV", "N.H", "N.J", "N.M", "N.Y",
		"N.C", "N.D", "OHIO", "OKLA", "ORE", "OREG", "PA", "PENN", "R.I", "S.C", "S.D", "TENN", "TEX", "UTAH", "VT", "VA", "WASH", "W.VA", "W. VA",
		"WIS", "WISC", "WYO", "DELAWARE", "MARYLAND", "VERMONT", "GEORGIA":
		return "USA"
	case "ONT", "QUE", "ALTA", "B.C", "SASK", "MAN", "N.S", "N.B", "P.E.I", "NFLD":
		return "CAN"
	case "N.S.W", "VIC", "QLD", "W.A":
		return "AUS"
	}
	return ""
}
