package story

import "strings"

// stopWords carry no subject: English function words and the words that news
// writing adds to any subject; then the function words of languages of which a
// window may hold a few articles only, so that their rarity there means nothing.
var stopWords = wordSet(`
a about above across after again against ago all almost along already also although always am
amid among an and another any anyone anything are around as at away back be became because become
been before began behind being below between both but by came can cannot cant come could did
didnt do does doesnt doing done dont down due during each early either else enough even ever every
everyone everything far few find first for found from further gave get gets getting give given go goes
going gone got had hadnt has hasnt have havent having he held her here hers herself him himself his how
however i id if ill im in including instead into is isnt it its itself ive just keep kept know known
last late later least less let like likely little long made make makes making many may maybe me mean
meanwhile might mine more most much must my myself near nearly never new next no none nor not nothing
now of off often on once one only onto or other others our ours out over own part per percent perhaps
put quite rather really said same saw say saying says see seem seen several shall she should
shouldnt show showed shows since so some someone something soon still such take taken takes than that
thats the their theirs them themselves then there these they thing things think this those though
three through thus to today together told too took toward towards tuesday two under until up upon us
use used using very via want wanted was wasnt way we well went were werent what whatever when where
whether which while who whole whom whose why will with within without wont would wouldnt yet you
your yours yesterday tomorrow monday wednesday thursday friday saturday sunday day days week weeks
month months year years time times january february march april june july august september october
november december news report reported reports reporter reporters reporting according story article
update updated read statement spokesman spokeswoman spokesperson asked added

ve ile bir bu da de için olarak olan daha çok en ki ne ya gibi kadar sonra göre iki yeni dedi ise her
o ama var yok oldu olduğu eden etti edildi üzere karşı arasında tarafından son ilk gün yıl

və bu ilə üçün olan olub edib bir ki isə də də daha çox ən sonra qədər görə iki yeni deyib kimi hər o
var yox onun bunu edilib edən arasında tərəfindən barədə həmin ilk gün il

и в во не на что с со по к у за из от до о об для это как так но а он она они его ее их был была было
были быть также после при или же мы вы я если уже еще более который которые том этом году года лет

der die das den dem des ein eine einer einem einen und oder aber nicht mit von für auf aus bei nach zu
zum zur im am ist sind war waren wird werden hat haben sich auch als wie noch nur über vor durch mehr

le la les un une des du et ou mais ne pas avec de pour sur dans par est sont été qui que quoi dont ce
cette ces il elle ils elles son sa ses leur leurs au aux en plus comme après avant sans sous entre se

el los las una unos y pero no con por para en es son fue ha han que quien su sus al del lo como más
después antes sin sobre entre se este esta esto ese esa
`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(list) {
		set[foldWord(word)] = true
	}
	return set
}
