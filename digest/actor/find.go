package actor

// Find gives all mentions of actors in s, in order, without overlap. Names are
// told by their capitals; a line in capitals is read as such. Weak names count
// only beside a strong one of the same state, and phrases that merely hold a
// name ("New Mexico") are left out or mean what they mean.
func (c *Catalogue) Find(s string) []Mention {
	return c.mentions(s, reading{})
}

// FindTyped is Find for what people type: small letters are as good as capitals,
// except for words that are seldom meant as names ("us", "who", "turkey" beside
// the bird's words).
func (c *Catalogue) FindTyped(s string) []Mention {
	return c.mentions(s, reading{typed: true})
}

func (c *Catalogue) mentions(s string, how reading) []Mention {
	parts := []part{{text: s, hits: c.trie.scan(s, how, nil)}}
	if how.typed {
		c.typed(&parts[0])
	}
	c.settle(parts)
	out := make([]Mention, 0, len(parts[0].hits))
	for _, h := range parts[0].hits {
		out = append(out, Mention{Actor: c.actors[h.actor].ID, Start: h.start, End: h.end})
	}
	return out
}

// typed drops hits in small letters on words that people type for themselves.
func (c *Catalogue) typed(p *part) {
	for i := range p.hits {
		h := &p.hits[i]
		if plainWord(p.text[h.start:h.end]) {
			h.drop = true
		}
	}
}

// plainWord knows the words that are names only when written with capitals.
func plainWord(s string) bool {
	switch s {
	case "us", "who", "it", "is", "au", "ice", "sec", "mit", "hal", "fed", "saf", "adf", "eco", "pace", "coe", "mend", "car", "let", "ec", "imo", "gm", "pan", "bis", "raf", "moi",
		"nice", "rif", "fez", "hue", "perm", "bari", "kos", "java", "batman", "polish", "pole", "poles", "meta", "apple", "shell", "amazon", "vale", "vox", "diet", "quad", "amal", "capitol",
		"solidarity", "congress", "republican", "republicans", "democrat", "democrats", "community", "common market", "lae", "kati", "jos", "ford", "surat", "lyman", "natal", "kent", "dover",
		"victoria", "darwin", "blue line", "general assembly", "old square", "medina", "tyre", "intel", "mobil", "essex", "devon", "reunion", "jersey", "sandu", "fiame", "number 10", "midwest", "morena":
		return true
	}
	return false
}
