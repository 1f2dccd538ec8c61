package actor

import (
	"strings"
	"testing"
)

// article is plain news text for measuring: in our own words, some names in it.
const article = `BAKU - Azerbaijan's foreign minister will travel to Ankara on Thursday for talks on gas supplies, his office said.
Officials who follow the matter said that the visit had been planned for weeks and that both sides wanted to agree on prices before the winter begins. They declined to be named because the talks were private.

A spokesman for the energy regulator told reporters that households would notice no change in their bills. "We have enough in store for the cold months," he said, adding that repairs at two compressor stations would be finished by the end of October. Analysts in London called the timing unusual, since the present contract runs for another three years and neither side has asked for a review. Shares of the two largest traders fell by less than one percent.
`

func BenchmarkFind(b *testing.B) {
	c := Load()
	s := strings.Repeat(article, 20)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		c.Find(s)
	}
}

func BenchmarkTag(b *testing.B) {
	c := Load()
	s := strings.Repeat(article, 3)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		c.Tag("Baku and Ankara to talk about gas", s)
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Load()
	}
}
