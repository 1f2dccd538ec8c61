package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOutline(t *testing.T) {
	tests := []struct{ name, data, want string }{
		{"text", `"Ferry fares rise.\n\nBy a tenth, the port's owner said on Monday."`, "Ferry fares rise.\n\nBy a tenth, the port's owner\nsaid on Monday.\n"},
		{"in its order", `{"z":1,"a":{"b":[true,null,"x"],"c":{}},"t":"By a tenth, the port's owner said."}`,
			"z: 1\na:\n  b:\n    - true\n    - null\n    - x\n  c:\nt:\n  By a tenth, the port's owner\n  said.\n"},
		{"what a terminal would obey", `{"a\u001b[2J":"\u001b]0;x\u0007b"}`, "a[2J: ]0;xb\n"},
		{"no JSON", "Ferry fares rise.", "Ferry fares rise.\n"},
		{"broken", `{"a":[1,`, `{"a":[1,` + "\n"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, outline(json.RawMessage(tt.data), 30)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzOutline(f *testing.F) {
	for _, seed := range []string{`{"a":[1,"b\nc",{"d":null}]}`, `[[[`, `"x`, "\x00", `{"a":1}{"b":2}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data string) {
		if out := outline(json.RawMessage(data), 40); strings.ContainsAny(out, "\x1b\x07\r\x00") {
			t.Errorf("%q", out)
		}
	})
}

func TestPlainest(t *testing.T) {
	files := `{"version":1,"files":{"index.html":"<p>Fares</p>","brief.txt":"Fares rise.\n\n[1] Harbour Post","brief.json":"{}"}}`
	for payload, want := range map[string]string{
		files: "Fares rise.\n\n[1] Harbour Post\n", `{"text":"a"}`: "text: a\n", `[1]`: "- 1\n",
	} {
		if got := outline(plainest(json.RawMessage(payload)), 60); got != want {
			t.Errorf("%s: %q; want %q", payload, got, want)
		}
	}
}
