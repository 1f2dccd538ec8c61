// Package theme knows the fixed subjects that news is sorted by, and tells which
// of them a text has.
//
// Begin with [All], the list, and [Tagger.Tag].
package theme

// Theme is one of the fixed subjects.
type Theme struct {
	ID    string // "arms-trade"
	Name  string // "arms trade"
	Group string // the coarser subject it belongs to, "arms"; a group's own name finds all of its themes
	IPTC  string // IPTC Media Topic code, "medtop:20000001"; empty where none fits
	GDELT string // GDELT GKG theme, "ARMS_TRADE"; empty where none fits
}

// Other is the id that stands for no theme.
const Other = "other"

// Tag is a theme that a text has, and why.
type Tag struct {
	Theme  string  // id
	Weight float64 // in (0, 1], the largest first
	Why    string  // the words that made it so, for people
}
