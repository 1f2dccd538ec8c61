package bot

import "context"

// Verdict is how well something is, as far as a morning needs it.
type Verdict string

// The verdicts.
const (
	Well     Verdict = "ok"
	Doubtful Verdict = "warn" // worth a look; a morning goes on all the same
	Broken   Verdict = "fail" // would stop a morning
)

// Checkup is one thing that was looked at, for people.
type Checkup struct {
	Verdict Verdict
	What    string // what was found, without a dot at its end
	Remedy  string // what to do about it, a sentence; empty where all is well
}

// Checker is an adapter that can look whether a place would take a post, without
// posting.
type Checker interface {
	Check(ctx context.Context, place Place) []Checkup
}
