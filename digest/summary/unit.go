package summary

import "strings"

// currency gives the ISO 4217 code of the words and signs that news uses for
// money. "pounds" is left out: it is a weight as often.
var currency = pairs(`
	$ USD, dollar USD, dollars USD, dlr USD, dlrs USD, usd USD, us$ USD,
	€ EUR, euro EUR, euros EUR, eur EUR, £ GBP, gbp GBP, sterling GBP,
	¥ JPY, yen JPY, jpy JPY, yuan CNY, renminbi CNY, cny CNY, ₼ AZN, manat AZN, manats AZN, azn AZN,
	₺ TRY, lira TRY, liras TRY, try TRY, ₽ RUB, rouble RUB, roubles RUB, ruble RUB, rubles RUB, rub RUB,
	₪ ILS, shekel ILS, shekels ILS, ils ILS, nis ILS, ₹ INR, rupee INR, rupees INR, inr INR,
	₴ UAH, hryvnia UAH, hryvnias UAH, ₾ GEL, lari GEL, ֏ AMD, dram AMD, drams AMD,
	₸ KZT, tenge KZT, ₩ KRW, won KRW, zloty PLN, zlotys PLN, franc CHF, francs CHF,
	riyal SAR, riyals SAR, rial IRR, rials IRR, toman IRT, tomans IRT, dirham AED, dirhams AED,
	dinar IQD, dinars IQD, forint HUF, forints HUF, krona SEK, kronor SEK`)

// dollars are the currencies that share a name, by the word before it.
var dollars = pairs(`u.s. USD, us USD, american USD, canadian CAD, australian AUD, zealand NZD,
	singapore SGD, taiwan TWD, kong HKD, a AUD, c CAD, hk HKD, nz NZD`)

// measures are units that are not money, by the word that stands after the
// number; those of two words by both.
var measures = pairs(`
	percent percent, pct percent, % percent, percentage percentage points,
	barrel barrels, barrels barrels, bpd barrels a day, bcm cubic metres, bcf cubic feet,
	tonne tonnes, tonnes tonnes, ton tons, tons tons, kg kilograms, kilogram kilograms, kilograms kilograms,
	km kilometres, kilometre kilometres, kilometres kilometres, kilometer kilometres, kilometers kilometres,
	mile miles, miles miles, metre metres, metres metres, meter metres, meters metres, feet feet,
	hectare hectares, hectares hectares, acre acres, acres acres, litre litres, litres litres, liters litres,
	gallon gallons, gallons gallons, ounce ounces, ounces ounces,
	mw megawatts, megawatt megawatts, megawatts megawatts, gw gigawatts, gigawatt gigawatts, gigawatts gigawatts,
	kwh kilowatt-hours, degree degrees, degrees degrees,
	second seconds, seconds seconds, minute minutes, minutes minutes, hour hours, hours hours,
	day days, days days, week weeks, weeks weeks, month months, months months, year years, years years`)

// people are the words for persons; each counts as a unit of its own kind of
// them, and "people" as all.
var people = set(`people persons person men man women woman children child civilians civilian soldiers soldier
	troops servicemen serviceman servicemembers militants militant fighters fighter rebels rebel gunmen gunman
	officers officer policemen policeman migrants migrant refugees refugee protesters protester protestors
	demonstrators demonstrator marchers workers worker passengers passenger students student pupils pilgrims
	journalists journalist reporters activists activist prisoners prisoner hostages hostage captives detainees
	victims victim patients patient doctors nurses citizens citizen residents resident voters voter delegates
	suspects suspect villagers sailors sailor crew miners miner employees staff lawmakers deputies officials
	official diplomats diplomat tourists tourist terrorists terrorist insurgents attackers inmates fishermen
	farmers teachers bystanders others personnel recruits conscripts reservists peacekeepers survivors
	inhabitants adults infants babies teenagers boys girls boy girl nationals foreigners members supporters`)

// vague are the words for persons that tell nothing of who they are.
var vague = set("people persons person others men man women woman victims victim members")

// scales are the words that multiply the number before them.
var scales = map[string]float64{
	"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12,
}

// shortScales multiply too where they are joined to the number or it is money.
var shortScales = map[string]float64{
	"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "b": 1e9, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12,
}

// spelled are the numbers that news spells out.
var spelled = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
	"seventy": 70, "eighty": 80, "ninety": 90,
}

// fates are what happens to the persons that a figure counts, in fixed words.
var fates = pairs(`
	killed killed, kill killed, kills killed, killing killed, dead killed, died killed, dying killed, deaths killed,
	death killed, fatalities killed, slain killed, perished killed,
	wounded wounded, wounding wounded, wounds wounded, injured wounded, injuring wounded, injures wounded, injuries wounded, hurt wounded,
	detained detained, detains detained, detaining detained, arrested detained, arrests detained, arresting detained, arrest detained,
	held detained, custody detained, detention detained,
	missing missing, displaced displaced, displacing displaced, evacuated displaced, evacuating displaced, fled displaced,
	released freed, freed freed, freeing freed, releasing freed`)

// purposes are what a sum of money is, in fixed words, by the word nearest it.
var purposes = pairs(`
	worth price, cost price, costs price, costing price, price price, priced price, order price, contract price,
	deal price, valued price, purchase price, sale price, bought price, sold price, paid price,
	aid aid, loan loan, loans loan, credit loan, fine fine, fined fine, fines fine, damage damage, damages damage,
	investment investment, invest investment, invested investment, budget budget, spending spending,
	revenue revenue, revenues revenue, profit profit, profits profit, loss loss, losses loss, debt debt,
	trade trade, exports exports, imports imports, ransom ransom, bond bond, bonds bond, eurobond bond,
	bill bill, package package, tax tax, taxes tax, reserves reserves, stake stake, salary pay, wages pay`)

// rates are what a percentage is of, where a fixed word says it.
var rates = pairs(`
	inflation inflation, unemployment unemployment, turnout turnout, vote votes, votes votes, support support,
	growth growth, grew growth, shrank growth, contracted growth, gdp growth, tariff tariff, tariffs tariff,
	duty tariff, duties tariff, interest interest, shares shares, stock shares, stake stake, deficit deficit,
	exports exports, imports imports, output output, prices prices, price prices, trade trade, sales sales`)

// pairs reads "word meaning, word meaning, …"; a meaning may be of several words.
func pairs(s string) map[string]string {
	m := make(map[string]string)
	for entry := range strings.SplitSeq(s, ",") {
		key, value, _ := strings.Cut(strings.TrimSpace(entry), " ")
		m[key] = value
	}
	return m
}
