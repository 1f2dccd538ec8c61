package bot

import (
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// languageName is the English name of an ISO 639-1 code; empty for none.
func languageName(code string) string {
	tag, err := language.Parse(code)
	if err != nil || code == "" {
		return ""
	}
	return display.English.Languages().Name(tag)
}
