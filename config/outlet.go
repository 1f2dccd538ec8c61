package config

import (
	"cmp"
	"strconv"
)

// outlet is what the sources of one outlet say of it together, and which source
// said it first.
type outlet struct {
	rating, country, link       string
	ratingAt, countryAt, linkAt Pos
}

// agreeOutlets gives each source what any source of its outlet says of the
// outlet. Two that disagree are a mistake.
func (r *reader) agreeOutlets(all []Source) {
	known := make(map[string]*outlet)
	for i := range all {
		s := &all[i]
		if s.Outlet == "" {
			continue
		}
		o := known[s.Outlet]
		if o == nil {
			o = new(outlet)
			known[s.Outlet] = o
		}
		link := ""
		if s.linkGiven {
			link = strconv.FormatBool(s.StateLinked)
		}
		r.agree(s, "rating", s.Rating, &o.rating, &o.ratingAt)
		r.agree(s, "country", s.Country, &o.country, &o.countryAt)
		r.agree(s, "state-linked", link, &o.link, &o.linkAt)
	}
	for i := range all {
		s := &all[i]
		if o := known[s.Outlet]; o != nil {
			s.Rating, s.Country, s.StateLinked = o.rating, o.country, o.link == "true"
		}
		s.Rating = cmp.Or(s.Rating, "F")
	}
}

// agree compares what a source says with what was said before.
func (r *reader) agree(s *Source, what, value string, said *string, at *Pos) {
	switch {
	case value == "" || value == *said:
	case *said == "":
		*said, *at = value, s.Pos
	default:
		r.mistakes = append(r.mistakes, &Mistake{r.file, s.Pos,
			what + " of " + strconv.Quote(s.Outlet) + " is " + *said + " by " + at.Path + " and " + value + " here"})
	}
}
