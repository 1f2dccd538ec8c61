package actor

import "testing"

func TestPlace(t *testing.T) {
	c := Load()
	for name, want := range map[string]bool{
		"Ceyhan": true, "astara": true, "Naxçıvan": true, "Istanbul": true, "Darfur": true, "Gaza": true, "Haifa": true,
		"Baku": false, "Bakı": false, "Tel Aviv": false, "the Hague": false, "London": false, "Kiev": false, "Washington": false,
		"Turkey": false, "Azeri": false, "Kremlin": false, "Zembla": false,
	} {
		if got := c.Place(name); got != want {
			t.Errorf("Place(%q) = %v, want %v", name, got, want)
		}
	}
}
