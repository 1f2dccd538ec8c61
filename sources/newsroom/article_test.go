package newsroom

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestParseArticle(t *testing.T) {
	o := &outlet{lang: "en"}
	a, err := parseArticle(o, "/a/1\ntitle: One: two\npublished: 23 Nov 18:40\nlang: tr\nchange: 24 Nov 10:20 | 5 men => 6 men\n\nFirst\nline of 5 men.\n\nSecond.\n")
	if err != nil {
		t.Fatal(err)
	}
	if a.path != "/a/1" || a.title != "One: two" || a.lang != "tr" || !slices.Equal(a.text, []string{"First line of 5 men.", "Second."}) {
		t.Errorf("read %+v", a)
	}
	if got := a.published.UTC().Format(time.RFC3339); got != "2026-11-23T14:40:00Z" {
		t.Errorf("published %s", got)
	}
	changed := a.changes[0].when
	if got := a.at(changed.Add(-time.Second)); got.Text[0] != "First line of 5 men." || !got.Changed.Equal(a.published) {
		t.Errorf("before the change: %+v", got)
	}
	if got := a.at(changed); got.Text[0] != "First line of 6 men." || !got.Changed.Equal(changed) {
		t.Errorf("after the change: %+v", got)
	}
	for _, x := range []struct{ block, want string }{
		{"/a/1\ntitle: T\npublished: 23 Nov 18:40\n", "missing"},
		{"/a/1\npublished: 23 Nov 18:40\n\nText.", "missing"},
		{"/a/1\ntitle: T\n\nText.", "missing"},
		{"/a/1\ntitle: T\nauthor: A\n\nText.", "unknown key"},
		{"/a/1\nno key\n\nText.", "no key"},
		{"/a/1\ntitle: T\npublished: yesterday\n\nText.", "cannot parse"},
		{"/a/1\ntitle: T\nedit: a -> b\n\nText.", "no"},
		{"/a/1\ntitle: T\nchange: 24 Nov 10:20 | a -> b\n\nText.", "no"},
	} {
		if _, err := parseArticle(o, x.block); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%q: error %v, want %q", x.block, err, x.want)
		}
	}
}

func TestCopiesCarryTheText(t *testing.T) {
	of := &article{outlet: &outlet{Outlet: Outlet{Host: "a.example"}}, path: "/1", text: []string{"One man.", "Two men.", "Three men."}}
	all := map[string]*article{"https://a.example/1": of}
	a := &article{outlet: &outlet{}, copyOf: "a.example/1 1 3", edits: []change{{old: "Three", new: "3"}}}
	a.resolve(all)
	if want := []string{"One man.", "3 men."}; !slices.Equal(a.text, want) {
		t.Errorf("got %q, want %q", a.text, want)
	}
	for _, bad := range []*article{
		{outlet: &outlet{}, copyOf: "a.example/2 1"},
		{outlet: &outlet{}, copyOf: "a.example/1 4"},
		{outlet: &outlet{}, copyOf: "a.example/1 1", edits: []change{{old: "Three", new: "3"}}},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%q was taken", bad.copyOf)
				}
			}()
			bad.resolve(all)
		}()
	}
}
