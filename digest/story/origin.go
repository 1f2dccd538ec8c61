package story

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Origins tells who first published what the items say, the earliest first. An
// item that copies another (copyOf: copy's id to original's) counts for the
// original's origin, one with a Via for the outlet that it names; what is left is
// counted by outlet, one vote each.
func Origins(items []Item, copyOf map[int64]int64) []Origin {
	byID := make(map[int64]*Item, len(items))
	for i := range items {
		byID[items[i].ID] = &items[i]
	}
	var origins []Origin
	place := map[string]int{}
	for _, i := range byTime(items) {
		it := &items[i]
		source, absent := sourceOf(it, byID, copyOf)
		name := cmp.Or(source.Via, source.Outlet)
		key := strings.ToLower(name)
		if absent != 0 && source.Via == "" {
			key = fmt.Sprint("#", absent)
		}
		n, ok := place[key]
		if !ok {
			n = len(origins)
			place[key] = n
			origins = append(origins, Origin{Name: name, First: it.ID})
		}
		o := &origins[n]
		if !strings.EqualFold(it.Outlet, source.Outlet) || it.Via != "" || absent != 0 && o.First != it.ID {
			o.Copies = append(o.Copies, it.ID)
		}
		if !slices.ContainsFunc(o.Outlets, func(s string) bool { return strings.EqualFold(s, it.Outlet) }) {
			o.Outlets = append(o.Outlets, it.Outlet)
		}
	}
	return origins
}

// sourceOf follows an item's copies back to the one that is no copy. Where that
// one is not among the items, the last that is stands for it, and absent is the
// id of the article that it copies: what copies one text has one origin, also
// when nobody knows whose.
func sourceOf(it *Item, byID map[int64]*Item, copyOf map[int64]int64) (source *Item, absent int64) {
	for range len(byID) { // a ring of copies, which should not be, ends too
		of, ok := copyOf[it.ID]
		if !ok {
			return it, 0
		}
		if byID[of] == nil {
			return it, of
		}
		it = byID[of]
	}
	return it, 0
}
