package archive_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
)

// TestLongTexts holds that no length of an article keeps it from the index: what
// PostgreSQL has no room for is left out at the end, of both databases.
func TestLongTexts(t *testing.T) {
	distinct := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	tests := []struct{ name, title, text string }{
		{"distinct words", "Harbour", "beginning " + distinct("w%d ", 160_000) + "ending"},
		{"the shortest distinct words", "Harbour", "beginning " + distinct("%03x ", 4096) + distinct("%04x ", 65536) + distinct("%05x ", 100_000) + "ending"},
		{"one word", "Harbour", "beginning " + strings.Repeat("gas ", 400_000) + "ending"},
		{"no space", "Harbour", "beginning " + strings.Repeat("g", 2_000_000) + " ending"},
		{"a long title", "Harbour beginning " + distinct("w%d ", 160_000), "there is no room for the ending"},
	}
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		for i, tt := range tests {
			keep(t, a, found(fmt.Sprint("long-", i), tt.title, tt.text, noon))
			indexAll(t, a, "v1", nil)
			if left, err := a.Unindexed(ctx, "v1", 10); err != nil || len(left) > 0 {
				t.Errorf("%s: %d left, %v", tt.name, len(left), err)
			}
			if n := len(search(t, a, archive.Query{Words: []string{"beginning"}})); n != i+1 {
				t.Errorf("%s: not found by its beginning: %d", tt.name, n)
			}
		}
		if got := search(t, a, archive.Query{Words: []string{"ending"}}); len(got) != 0 {
			t.Errorf("%d articles found by what no index has room for", len(got))
		}
	})
}
