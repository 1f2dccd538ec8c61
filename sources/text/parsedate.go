package text

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// zones are the named zones that publishers write, in hours and minutes east of
// UTC (RFC 822 and common use). Ambiguous names stand for what feeds mean by them.
var zones = map[string]int{
	"UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0,
	"EST": -500, "EDT": -400, "CST": -600, "CDT": -500, "MST": -700, "MDT": -600, "PST": -800, "PDT": -700,
	"AKST": -900, "AKDT": -800, "HST": -1000, "AST": -400, "ADT": -300, "NST": -330, "NDT": -230,
	"BST": 100, "WEST": 100, "CET": 100, "CEST": 200, "MET": 100, "MEST": 200, "EET": 200, "EEST": 300,
	"IST": 530, "MSK": 300, "TRT": 300, "AZT": 400, "GST": 400, "PKT": 500, "SGT": 800, "HKT": 800,
	"JST": 900, "KST": 900, "AEST": 1000, "AEDT": 1100, "ACST": 930, "AWST": 800, "NZST": 1200, "NZDT": 1300,
}

// months are the names of months, and their beginnings, in the languages in
// which feeds are known to write dates.
var months = monthNames(map[string]string{
	"en": "january february march april may june july august september october november december",
	"de": "januar februar märz april mai juni juli august september oktober november dezember",
	"fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
	"es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
	"hu": "január február március április május június július augusztus szeptember október november december",
	"tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
	"az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
	"ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
	"el": "Ιαν Φεβ Μαρ Απρ Μαι Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ",
	"e2": "Ιαν Φεβ Μάρ Απρ Μάι Ιον Ιολ Αύγ Σεπ Οκτ Νοέ Δεκ",
	"hs": "jan febr márc ápr maj jún júl aug szept okt nov dec",
})

func monthNames(lists map[string]string) map[string]time.Month {
	names := map[string]time.Month{}
	for lang, list := range lists {
		for i, name := range strings.Fields(list) {
			folded := Fold(name)
			names[folded] = time.Month(i + 1)
			if lang == "en" {
				names[folded[:3]] = time.Month(i + 1)
			}
		}
	}
	names["sept"] = time.September
	return names
}

var (
	isoDate   = regexp.MustCompile(`^([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:$|[T\s_]+(.*)$)`)
	isoMonth  = regexp.MustCompile(`^([0-9]{4})(?:-([0-9]{2}))?$`)
	isoYDay   = regexp.MustCompile(`^([0-9]{4})-?([0-9]{3})(?:$|T(.*)$)`)
	hangul    = regexp.MustCompile(`^([0-9]{4})[-년]\s*([0-9]{1,2})[-월]\s*([0-9]{1,2})일?\s*(오전|오후)?\s*(.*)$`)
	slashDate = regexp.MustCompile(`^([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})(?:$|[T\s]+(.*)$)`)
	hungarian = regexp.MustCompile(`^([0-9]{4})-(\p{L}+)-([0-9]{1,2})T?(.*)$`)
	dayFirst  = regexp.MustCompile(`^(?:\p{L}+\.?,?\s+)?([0-9]{1,2})(?:st|nd|rd|th)?[\s./-]+(\p{L}+)\.?,?[\s./-]+([0-9]{4}|[0-9]{2})(?:$|,?\s+(.*)$)`)
	monthDay  = regexp.MustCompile(`^(?:\p{L}+\.?,?\s+)?(\p{L}+)\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})(?:$|,?\s+(.*)$)`)
	asctime   = regexp.MustCompile(`^(?:\p{L}+,?\s+)?(\p{L}+)\s+([0-9]{1,2})\s+([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)\s+(.*?)\s*([0-9]{4})$`)
	clockTime = regexp.MustCompile(`^(?:at\s+)?([0-9]{1,2})(?::?([0-9]{2}))?(?::?([0-9]{2}))?(?:[.,]([0-9]{1,9}))?\s*([AaPp]\.?[Mm]\.?)?\s*(.*)$`)
	zoneShift = regexp.MustCompile(`^(?:GMT|UTC)?\s*([+-])\s*([0-9]{1,2}):?([0-9]{2})?$`)
)

// ParseDate reads a date as feeds and pages write it: RFC 822 and 850, asctime,
// RFC 3339 and the other profiles of ISO 8601 (the W3C's among them), written
// dates with the month's name, and the forms of Greek, Hungarian and Korean
// publishers. It reports false for what is no date; it never guesses a year.
func ParseDate(s string) (Date, bool) {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" || len(s) > 80 {
		return Date{}, false
	}
	for _, parse := range []func(string) (Date, bool){numericDate, writtenDate} {
		if d, ok := parse(s); ok {
			return d, d.At.Year() > 0
		}
	}
	return Date{}, false
}

func numericDate(s string) (Date, bool) {
	if m := hangul.FindStringSubmatch(s); m != nil && (m[4] != "" || strings.Contains(s, "년")) {
		clock := m[5]
		if m[4] == "오후" && clock != "" {
			clock += " PM"
		}
		return dateOf(m[1], m[2], m[3], clock)
	}
	if m := isoDate.FindStringSubmatch(s); m != nil {
		return dateOf(m[1], m[2], m[3], m[4])
	}
	if m := slashDate.FindStringSubmatch(s); m != nil {
		return dateOf(m[1], m[2], m[3], m[4])
	}
	if m := isoYDay.FindStringSubmatch(s); m != nil {
		year, yday := number(m[1]), number(m[2])
		day := time.Date(year, 1, yday, 0, 0, 0, 0, time.UTC)
		if yday == 0 || day.Year() != year {
			return Date{}, false
		}
		return withClock(day, m[3])
	}
	if m := isoMonth.FindStringSubmatch(s); m != nil {
		month := "1"
		if m[2] != "" {
			month = m[2]
		}
		return dateOf(m[1], month, "1", "")
	}
	return Date{}, false
}

func writtenDate(s string) (Date, bool) {
	if m := hungarian.FindStringSubmatch(s); m != nil {
		return dateOf(m[1], m[2], m[3], m[4])
	}
	if m := asctime.FindStringSubmatch(s); m != nil {
		return dateOf(m[5], m[1], m[2], strings.TrimSpace(m[3]+" "+m[4]))
	}
	if m := dayFirst.FindStringSubmatch(s); m != nil {
		return dateOf(m[3], m[2], m[1], m[4])
	}
	if m := monthDay.FindStringSubmatch(s); m != nil {
		return dateOf(m[3], m[1], m[2], m[4])
	}
	return Date{}, false
}

// dateOf puts a date together; the month is a number or a name.
func dateOf(year, month, day, clock string) (Date, bool) {
	y, d := number(year), number(day)
	if len(year) == 2 { // as RFC 2822 reads two digits
		y += map[bool]int{true: 2000, false: 1900}[y < 50]
	}
	m := months[Fold(strings.TrimSuffix(month, "."))]
	if m == 0 {
		if m = time.Month(number(month)); m < 1 || m > 12 {
			return Date{}, false
		}
	}
	at := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	if d < 1 || at.Month() != m {
		return Date{}, false
	}
	return withClock(at, clock)
}

// withClock adds the time of day and the zone to a day.
func withClock(day time.Time, clock string) (Date, bool) {
	clock = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(clock), "-"))
	if clock == "" {
		return Date{At: day, Day: true}, true
	}
	m := clockTime.FindStringSubmatch(clock)
	if m == nil {
		zone, ok := zoneOf(clock)
		return Date{At: time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone), Day: true}, ok
	}
	hour, minute, second := number(m[1]), number(m[2]), number(m[3])
	switch strings.ToLower(strings.ReplaceAll(m[5], ".", "")) {
	case "pm":
		hour = hour%12 + 12
	case "am":
		hour %= 12
	}
	zone, ok := zoneOf(m[6])
	if !ok || hour > 24 || minute > 59 || second > 60 || hour == 24 && minute+second > 0 {
		return Date{}, false
	}
	nanos := number((m[4] + "000000000")[:9])
	return Date{At: time.Date(day.Year(), day.Month(), day.Day(), hour, minute, second, nanos, zone)}, true
}

// zoneOf reads a zone: a shift, a name, or nothing, which is UTC.
func zoneOf(s string) (*time.Location, bool) {
	s = strings.TrimSpace(s)
	if i := strings.IndexByte(s, '('); i > 0 { // "+0200 (CEST)"
		s = strings.TrimSpace(s[:i])
	}
	if s == "" {
		return time.UTC, true
	}
	if m := zoneShift.FindStringSubmatch(s); m != nil {
		hours, minutes := number(m[2]), number(m[3])
		if hours > 14 || minutes > 59 {
			return time.UTC, true
		}
		seconds := hours*3600 + minutes*60
		if m[1] == "-" {
			seconds = -seconds
		}
		return fixed(seconds), true
	}
	hm, ok := zones[strings.ToUpper(strings.Trim(s, "()."))]
	return fixed((hm/100*60 + hm%100) * 60), ok
}

func fixed(seconds int) *time.Location {
	if seconds == 0 {
		return time.UTC
	}
	return time.FixedZone("", seconds)
}

// number reads digits; 0 where there are none. Its callers match digits first.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
