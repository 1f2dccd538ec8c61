package text

import "testing"

func TestSlips(t *testing.T) {
	for _, tt := range []struct {
		a, b        string
		limit, want int
	}{
		{"baku", "baku", 2, 0},
		{"baku", "bakuu", 2, 1},
		{"bku", "baku", 2, 1},
		{"beku", "baku", 2, 1},
		{"israel", "isreal", 2, 1},
		{"azerbaijan", "azerbajan", 2, 1},
		{"şuşa", "susa", 2, 2},
		{"", "ab", 2, 2},
		{"iran", "peru", 2, 3},
		{"kazakhstan", "chad", 2, 3},
	} {
		if got := Slips(tt.a, tt.b, tt.limit); got != tt.want {
			t.Errorf("Slips(%q, %q, %d) = %d; want %d", tt.a, tt.b, tt.limit, got, tt.want)
		}
		if got := Slips(tt.b, tt.a, tt.limit); got != tt.want {
			t.Errorf("Slips(%q, %q, %d) = %d; want %d", tt.b, tt.a, tt.limit, got, tt.want)
		}
	}
}
