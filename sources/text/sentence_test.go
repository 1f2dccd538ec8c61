package text

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSentences reads testdata/sentences/*.txt: each case is a text on lines that
// each hold one sentence, and a blank line where the text has one. The text is
// the lines of a paragraph joined by blanks.
func TestSentences(t *testing.T) {
	files, err := filepath.Glob("testdata/sentences/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			source := strings.TrimSpace(string(data))
			want := strings.FieldsFunc(source, func(r rune) bool { return r == '\n' })
			blocks := strings.Split(source, "\n\n")
			for i, block := range blocks {
				blocks[i] = strings.ReplaceAll(block, "\n", " ")
			}
			s := strings.Join(blocks, "\n\n")
			if diff := cmp.Diff(want, in(s, Sentences(s))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func FuzzSentences(f *testing.F) {
	for _, s := range []string{"One. Two.", "“a. b” c", `"x!" Y said.`, "No. 5. U.S. \n\n.", "…。»", "a.B"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at := 0
		for _, p := range Sentences(s) {
			if p.Start < at || p.End > len(s) || p.Len() <= 0 {
				t.Fatalf("%q: span %v after %d", s, p, at)
			}
			if strings.TrimSpace(s[at:p.Start]) != "" {
				t.Fatalf("%q: %q is in no sentence", s, s[at:p.Start])
			}
			if part := p.In(s); strings.TrimSpace(part) != part || strings.Contains(part, "\n\n") {
				t.Fatalf("%q: sentence %q", s, part)
			}
			at = p.End
		}
		if strings.TrimSpace(s[at:]) != "" {
			t.Fatalf("%q: %q is in no sentence", s, s[at:])
		}
	})
}
