package ask

import (
	"testing"
	"time"
)

func TestWhoseSpeakerIt(t *testing.T) {
	f := &findings{inquiry: &inquiry{Engine: engine(t)}}
	for phrase, want := range map[string]bool{
		"Azerbaijan's foreign ministry":         true,
		"the foreign ministry in Baku":          true,
		"an Azerbaijani official":               true,
		"Turkey's ambassador in Baku, Dr. Kaya": false,
		"a diplomat in Baku":                    false,
		"two traders in Baku":                   false,
		"Iran's foreign ministry":               false,
		"Azerbaijan's ambassador in Tehran":     true,
		"the statement":                         false,
	} {
		if got := f.isOf(phrase, []string{"AZE"}); got != want {
			t.Errorf("%q speaks for Azerbaijan: %t", phrase, got)
		}
	}
}

func TestWhoSaidOn(t *testing.T) {
	e := engine(t)
	who := Asker{Now: time.Date(2026, 11, 18, 9, 40, 0, 0, time.UTC)}
	for q, want := range map[string]string{
		"Iran on Azerbaijan":            "Iran",
		"the Iranian army about Turkey": "Iranian army",
		"Iran":                          "",
		"arms sales on the Caspian":     "",
		"Iran and Turkey on Azerbaijan": "",
	} {
		got := ""
		if s := e.Understand(Question{Text: q, Mode: WhoSaid}, who).Slots.Speaker; s != nil {
			got = s.Typed
		}
		if got != want {
			t.Errorf("%q: statements of %q, want %q", q, got, want)
		}
	}
}
