package text

import (
	"strings"
	"time"
)

// months tells the month of its name or short name, folded, in the languages that
// feeds and pages write dates in.
var months = monthTable(`
	january jan januar janvier janv enero ene gennaio gen janeiro januari ocak oca yanvar yan январь января янв ιανουαριος ιανουαριου ιαν januar stycznia styczen sty jan siječnja januari sijecnja ianuarie januar يناير جانفي ינואר בינואר
	february feb februar fevrier fevr fev febrero febbraio fevereiro februari subat sub fevral февраль февраля фев φεβρουαριος φεβρουαριου φεβ februar lutego luty lut febr فبراير شباط فيفري פברואר בפברואר
	march mar marz maerz mars marzo março marco maart mrt mart март марта мар μαρτιος μαρτιου μαρ μαρτ marcius marc marca marzec martie مارس اذار מרץ במרץ מרס במרס
	april apr avril avr abril abr aprile nisan nis aprel апрель апреля апр απριλιος απριλιου απρ aprilis kwietnia kwiecien kwi ابريل نيسان افريل אפריל באפריל
	may mai mayo maggio mag maio mei mayis май мая μαιος μαιου μαι μαϊ majus maj maja مايو ايار ماي מאי במאי
	june jun juni juin junio giugno giu junho haziran haz iyun июнь июня июн ιουνιος ιουνιου ιουν junius czerwca czerwiec cze iunie يونيو يونيه حزيران جوان יוני ביוני
	july jul juli juillet juil julio luglio lug julho temmuz tem iyul июль июля июл ιουλιος ιουλιου ιουλ julius lipca lipiec lip iulie يوليو يوليه تموز جويلية יולי ביולי
	august aug aout agosto ago augustus agustos agu avqust avq август августа авг αυγουστος αυγουστου αυγ augusztus sierpnia sierpien sie اغسطس اب اوت אוגוסט באוגוסט
	september sep sept septembre septiembre settembre set setembro eylul eyl sentyabr sen сентябрь сентября сен сент σεπτεμβριος σεπτεμβριου σεπ σεπτ szeptember szept wrzesnia wrzesien wrz septembrie سبتمبر ايلول ספטמבר בספטמבר
	october oct oktober okt octobre octubre ottobre ott outubro out ekim eki oktyabr октябрь октября окт οκτωβριος οκτωβριου οκτ pazdziernika pazdziernik paz octombrie اكتوبر אוקטובר באוקטובר
	november nov novembre noviembre novembro kasim kas noyabr noy ноябрь ноября ноя νοεμβριος νοεμβριου νοε listopada listopad lis noiembrie نوفمبر נובמבר בנובמבר
	december dec dezember dez decembre diciembre dic dicembre dezembro aralik ara dekabr dek декабрь декабря дек δεκεμβριος δεκεμβριου δεκ grudnia grudzien gru decembrie des desember ديسمبر דצמבר בדצמבר`)

func monthTable(lines string) map[string]time.Month {
	table := make(map[string]time.Month)
	month := time.January
	for line := range strings.SplitSeq(strings.TrimSpace(lines), "\n") {
		for name := range strings.FieldsSeq(line) {
			table[Fold(name)] = month
		}
		month++
	}
	return table
}

// zones are minutes east of Greenwich by the names that dates are written with:
// RFC 822's, and what newsrooms add. Where one name stands for several zones it
// is the one most written in news feeds.
var zones = map[string]int{
	"z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 60, "bst": 60,
	"est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
	"akst": -540, "akdt": -480, "hst": -600, "ast": -240, "adt": -180, "nst": -210, "ndt": -150,
	"cet": 60, "cest": 120, "met": 60, "mest": 120, "mez": 60, "mesz": 120,
	"eet": 120, "eest": 180, "msk": 180, "msd": 240, "trt": 180, "samt": 240,
	"azt": 240, "get": 240, "gst": 240, "irst": 210, "irdt": 270, "aft": 270, "idt": 180,
	"pkt": 300, "uzt": 300, "tmt": 300, "ist": 330, "npt": 345, "bdt": 360, "almt": 360,
	"ict": 420, "wib": 420, "sgt": 480, "hkt": 480, "pht": 480, "awst": 480, "jst": 540, "kst": 540,
	"aest": 600, "aedt": 660, "acst": 570, "acdt": 630, "nzst": 720, "nzdt": 780,
	"sast": 120, "cat": 120, "eat": 180, "wat": 60, "brt": -180, "art": -180, "clt": -240,
}

// clocks are the names of zones that have summer time in the United States.
var clocks = map[string]int{"et": -300, "ct": -360, "mt": -420, "pt": -480}

// summer reports whether a local day in the United States has summer time: from
// the second Sunday in March to the first one in November (Energy Policy Act
// of 2005; before 2007 from the first one in April to the last one in October).
func summer(day time.Time) bool {
	sunday := func(month time.Month, from int) time.Time {
		d := time.Date(day.Year(), month, from, 2, 0, 0, 0, day.Location())
		return d.AddDate(0, 0, (7-int(d.Weekday()))%7)
	}
	begin, end := sunday(time.March, 8), sunday(time.November, 1)
	if day.Year() < 2007 {
		begin, end = sunday(time.April, 1), sunday(time.October, 25)
	}
	return !day.Before(begin) && day.Before(end)
}
