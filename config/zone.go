package config

import (
	"cmp"
	_ "embed" // of the names of the zones
	"strings"
	"time"
)

// zoneNames are the zones of the IANA database, one a line, for the nearest to a
// mistyped one. The database itself cannot be listed.
//
//go:embed zones.txt
var zoneNames string

func zoneKind() kind[*time.Location] {
	return kind[*time.Location]{
		"a time zone", schema{"type": "string"}, (*reader).zone,
		func(z *time.Location) any { return z.String() },
	}
}

func (r *reader) zone(n node) *time.Location {
	s := r.text(n)
	if s == "" {
		return time.UTC
	}
	zone, err := time.LoadLocation(s)
	if err == nil && s != "Local" {
		return zone
	}
	if near := nearestZone(s); near != "" {
		r.mistake(n, "no time zone is called %q; did you mean %q?", s, near)
		return time.UTC
	}
	r.mistake(n, "no time zone is called %q; expected one such as Asia/Baku or UTC", s)
	return time.UTC
}

// nearestZone is the zone that was meant, by its whole name or by its city alone.
func nearestZone(s string) string {
	names := strings.Fields(zoneNames)
	cities := make(map[string]string, len(names))
	var words []string
	for _, name := range names {
		city := name[strings.LastIndexByte(name, '/')+1:]
		cities[city] = cmp.Or(cities[city], name)
		words = append(words, city)
	}
	s = strings.ReplaceAll(s, " ", "_")
	if whole := Nearest(s, names); whole != "" {
		return whole
	}
	return cities[Nearest(s[strings.LastIndexByte(s, '/')+1:], words)]
}
