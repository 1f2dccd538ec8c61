package text

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// longestDate is how many bytes of a date are looked at; what is longer is none.
const longestDate = 120

// ParseDate reads a date as feeds and pages write it: RFC 822 and its kin,
// RFC 3339 and ISO 8601, asctime, with numeric or named zones, "23 November 2026"
// and "Nov. 23, 2026, 5:30 p.m. ET" in some fifteen languages, and seconds or
// milliseconds since 1970. The zone is kept as written. Nonsense, a year left
// out, a day that no calendar has and years before 1900 or after 2200 are false.
func ParseDate(s string) (Date, bool) {
	s = Line(s)
	if s == "" || len(s) > longestDate {
		return Date{}, false
	}
	if d, ok := epoch(s); ok {
		return d, true
	}
	r := dateReader{rest: plainDate(s), zone: time.UTC}
	if strings.ContainsRune(s, '년') {
		r.zone = time.FixedZone("KST", zones["kst"]*60)
	}
	if !r.readClock() || !r.readDay() {
		return Date{}, false
	}
	return r.date()
}

// epoch reads seconds or milliseconds since 1970. Before September 2001 they have
// fewer digits, and what begins with zeros is something else.
func epoch(s string) (Date, bool) {
	if len(s) != 10 && len(s) != 13 || !digits(s) || s[0] == '0' {
		return Date{}, false
	}
	n, err := strconv.ParseInt(s[:10], 10, 64)
	if err != nil {
		return Date{}, false
	}
	at := time.Unix(n, 0).UTC()
	if at.Year() > 2200 {
		return Date{}, false
	}
	return Date{At: at}, true
}

var (
	comment    = regexp.MustCompile(`\([^)]*\)`)
	dayTime    = regexp.MustCompile(`(\d)t(\d)`)
	compact    = regexp.MustCompile(`\b((?:19|20|21)\d\d)(\d\d)(\d\d)[t ]?(\d\d)(\d\d)(\d\d|)(z?)\b`)
	spacedDash = regexp.MustCompile(`(\d) ?- +(\d)`)
	halfFirst  = regexp.MustCompile(`\b([ap]m) +(\d{1,2}:\d\d(?::\d\d)?)`)
	asian      = strings.NewReplacer("년", "-", "월", "-", "일", " ", "年", "-", "月", "-", "日", " ",
		"오전", " am ", "오후", " pm ", "上午", " am ", "下午", " pm ", "午前", " am ", "午後", " pm ")
	arabic   = strings.NewReplacer("،", " ", "تشرين الاول", "اكتوبر", "تشرين الثاني", "نوفمبر", "كانون الاول", "ديسمبر", "كانون الثاني", "يناير")
	arabicAM = regexp.MustCompile(`(:\d\d) ?ص( |$)`)
	arabicPM = regexp.MustCompile(`(:\d\d) ?م( |$)`)

	clockTime = regexp.MustCompile(`(^|[^\d:+-])(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?(?: ?([ap])\.? ?m\b\.?)?`)
	clockHour = regexp.MustCompile(`(^|[^\d:+-])(\d{1,2})()() ?([ap])\.? ?m\b\.?`)
	zoneShift = regexp.MustCompile(`^(?:gmt|utc|ut)? ?([+-])(\d{1,2}):?(\d\d|)(?: |$)`)
	zoneName  = regexp.MustCompile(`^([a-z]{1,5})\b`)
)

// plainDate brings a date to small plain letters with digits, dashes and blanks.
func plainDate(s string) string {
	s = strings.ReplaceAll(Fold(s), "−", "-")
	if c := asian.Replace(s); c != s {
		s = halfFirst.ReplaceAllString(spacedDash.ReplaceAllString(c, "$1-$2"), "$2 $1")
	}
	if c := arabic.Replace(s); c != s {
		s = arabicPM.ReplaceAllString(arabicAM.ReplaceAllString(c, "$1 am$2"), "$1 pm$2")
	}
	s = comment.ReplaceAllString(s, " ")
	s = compact.ReplaceAllString(s, "$1-$2-$3 $4:$5:$6$7")
	s = dayTime.ReplaceAllString(s, "$1 $2")
	return strings.Join(strings.Fields(strings.ReplaceAll(s, ",", " ")), " ")
}
