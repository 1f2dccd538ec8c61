package story

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOrigins(t *testing.T) {
	item := func(id int64, hours int, outlet, via string) Item {
		return Item{ID: id, Outlet: outlet, Via: via, Published: at(hours)}
	}
	for name, c := range map[string]struct {
		items  []Item
		copies map[int64]int64
		want   []Origin
	}{
		"none": {nil, nil, nil},
		"a reprint counts for its original": {
			[]Item{item(2, 2, "Coast Daily", ""), item(1, 1, "Harbour Post", ""), item(3, 3, "Bay News", "")},
			map[int64]int64{2: 1},
			[]Origin{{Name: "Harbour Post", First: 1, Copies: []int64{2}, Outlets: []string{"Harbour Post", "Coast Daily"}}, {Name: "Bay News", First: 3, Outlets: []string{"Bay News"}}},
		},
		"a copy of a copy too": {
			[]Item{item(1, 1, "Harbour Post", ""), item(2, 2, "Coast Daily", ""), item(3, 3, "Bay News", "")},
			map[int64]int64{2: 1, 3: 2},
			[]Origin{{Name: "Harbour Post", First: 1, Copies: []int64{2, 3}, Outlets: []string{"Harbour Post", "Coast Daily", "Bay News"}}},
		},
		"a credit names the origin": {
			[]Item{item(1, 1, "Coast Daily", "Harbour Post"), item(2, 2, "harbour post", "")},
			nil,
			[]Origin{{Name: "Harbour Post", First: 1, Copies: []int64{1}, Outlets: []string{"Coast Daily", "harbour post"}}},
		},
		"one vote an outlet": {
			[]Item{item(1, 1, "Harbour Post", ""), item(2, 2, "Harbour Post", ""), item(3, 3, "Harbour Post", "")},
			map[int64]int64{3: 1},
			[]Origin{{Name: "Harbour Post", First: 1, Outlets: []string{"Harbour Post"}}},
		},
		"copies of what is not here have one origin": {
			[]Item{item(2, 2, "Coast Daily", ""), item(3, 3, "Bay News", "")},
			map[int64]int64{2: 1, 3: 1},
			[]Origin{{Name: "Coast Daily", First: 2, Copies: []int64{3}, Outlets: []string{"Coast Daily", "Bay News"}}},
		},
		"a ring ends": {
			[]Item{item(1, 1, "Coast Daily", ""), item(2, 2, "Bay News", "")},
			map[int64]int64{1: 2, 2: 1},
			[]Origin{{Name: "Coast Daily", First: 1, Copies: nil, Outlets: []string{"Coast Daily"}}, {Name: "Bay News", First: 2, Outlets: []string{"Bay News"}}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, Origins(c.items, c.copies)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
