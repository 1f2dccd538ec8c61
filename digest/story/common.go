package story

import (
	_ "embed"
	"strconv"
	"strings"
)

//go:embed common.txt
var commonList string

// commonness is the part of all news that has a common word, by its stem. It
// stands for what a window of a few articles can't tell.
var commonness = readCommon(commonList)

func readCommon(list string) map[string]float64 {
	of, part := map[string]float64{}, 0.0
	for line := range strings.Lines(list) {
		if n, ok := strings.CutPrefix(line, "="); ok {
			thousandth, err := strconv.ParseFloat(strings.TrimSpace(n), 64)
			if err != nil {
				panic("common.txt: " + err.Error())
			}
			part = thousandth / 1000
			continue
		}
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, stem := range strings.Fields(line) {
			of[stem] = part
		}
	}
	return of
}
