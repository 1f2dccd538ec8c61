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
		if s.link != nil {
			link = strconv.FormatBool(*s.link)
		}
		r.agree(s, "rating", s.Rating, &o.rating, &o.ratingAt)
		r.agree(s, "country", s.Country, &o.country, &o.countryAt)
		r.agree(s, "state-linked", link, &o.link, &o.linkAt)
	}
	for i := range all {
		s := &all[i]
		if o := known[s.Outlet]; o != nil {
			s.Rating, s.Country = o.rating, o.country
			linked := o.link == "true"
			s.link = &linked
		}
		s.Rating = cmp.Or(s.Rating, "F")
		s.StateLinked = s.link != nil && *s.link
	}
}

// agree compares what a source says with what was said before.
func (r *reader) agree(s *Source, what, value string, said *string, at *Pos) {
	switch {
	case value == "" || value == *said:
	case *said == "":
		*said, *at = value, s.Pos
	default:
		r.wrong(s.Pos, what+" of "+quote(s.Outlet)+" is "+*said+" by "+at.where()+" and "+value+" here")
	}
}
