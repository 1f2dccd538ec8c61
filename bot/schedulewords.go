package bot

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// weekdays are the days as schedules name them: Sunday is 0.
func weekdays() []string { return []string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"} }

var (
	simpleCron  = regexp.MustCompile(`^(\d{1,2}) (\d{1,2}) \* \* ([0-6](?:[-,][0-6])*|\*)$`)
	dayNumber   = regexp.MustCompile(`[0-6]`)
	plainHour   = regexp.MustCompile(`^([01]?\d|2[0-3]):([0-5]\d)(?:\s+(.+))?$`)
	daysBetween = regexp.MustCompile(`\s*[-–]\s*`)
	daysAfter   = regexp.MustCompile(`\s*,\s*|\s+and\s+|\s+`)
)

// scheduleWords writes a cron expression as people say it where that is short:
// "Mon–Fri 07:30"; else as it is.
func scheduleWords(cron string) string {
	m := simpleCron.FindStringSubmatch(cron)
	if m == nil {
		return cron
	}
	minute, _ := strconv.Atoi(m[1]) // two digits
	hour, _ := strconv.Atoi(m[2])
	days := "every day"
	if m[3] != "*" {
		days = dayNumber.ReplaceAllStringFunc(m[3], func(d string) string { return weekdays()[d[0]-'0'] })
		days = strings.NewReplacer("-", "–", ",", ", ").Replace(days)
	}
	return fmt.Sprintf("%s %02d:%02d", days, hour, minute)
}

// readSchedule reads "07:30 Mon-Fri" into cron; false where it is not of that form.
func readSchedule(s string) (string, bool) {
	m := plainHour.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return "", false
	}
	hour, _ := strconv.Atoi(m[1]) // two digits
	minute, _ := strconv.Atoi(m[2])
	days := "*"
	switch strings.ToLower(m[3]) {
	case "", "daily", "every day":
	case "weekdays":
		days = "1-5"
	default:
		var ok bool
		if days, ok = readWeekdays(m[3]); !ok {
			return "", false
		}
	}
	return fmt.Sprintf("%d %d * * %s", minute, hour, days), true
}

// readWeekdays reads "Mon-Fri", "Mon, Wed and Fri".
func readWeekdays(s string) (string, bool) {
	var days []string
	for _, part := range daysAfter.Split(daysBetween.ReplaceAllString(s, "-"), -1) {
		var ends []int
		for end := range strings.SplitSeq(part, "-") {
			i := slices.IndexFunc(weekdays(), func(d string) bool {
				return len(end) >= len(d) && strings.EqualFold(end[:len(d)], d)
			})
			if i < 0 {
				return "", false
			}
			ends = append(ends, i)
		}
		switch {
		case len(ends) > 2:
			return "", false
		case len(ends) == 2 && ends[0] > ends[1]: // over Sunday, which cron has first
			for i := ends[0]; i <= ends[1]+7; i++ {
				days = append(days, strconv.Itoa(i%7))
			}
		case len(ends) == 2:
			days = append(days, fmt.Sprintf("%d-%d", ends[0], ends[1]))
		default:
			days = append(days, strconv.Itoa(ends[0]))
		}
	}
	return strings.Join(days, ","), true
}
