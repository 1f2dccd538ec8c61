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
ancak ayrıca böyle bunu bunun buna bunlar şu şöyle çünkü değil diye diğer eğer hem hep hiç içinde ile ilgili ise
kendi kez konusunda nasıl neden olan olması önce ona onu onun onlar orada pek rağmen sadece söyledi şekilde şimdi tüm
veya yani yapılan yaptığı yer yine zaman belirtti açıkladı ifade bildirdi kaydetti bin milyon milyar yüzde üç beş bugün
dün yarın pazartesi salı çarşamba perşembe cuma cumartesi pazar ocak şubat mart nisan mayıs haziran temmuz ağustos eylül
ekim kasım aralık haber kadarki alan alındı ediyor edecek olacak yapacak vardı bulunan

və bu ilə üçün olan olub edib bir ki isə də də daha çox ən sonra qədər görə iki yeni deyib kimi hər o
var yox onun bunu edilib edən arasında tərəfindən barədə həmin ilk gün il
ancaq amma artıq ayrıca başqa belə bəzi bir bizim bundan bununla buna burada çünki deyil digər dair edən edəcək edir
etdi etmək etmişdir əlavə əgər əsasən eyni hansı hər heç həm indi isə ilə kimi lakin lazım məhz müəyyən nə necə niyə o
olaraq olan olduğu olacaq olmuşdur olunub onlar ona ondan onu öz özünün sonrakı sonra şəkildə tam tək üzrə və ya yalnız
yəni yenə zaman bildirib bildirdi qeyd vurğulayıb məlumat verib xəbər min milyon milyard faiz üç beş bu gün dünən sabah
bazar ertəsi çərşənbə axşamı cümə şənbə yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr

и в во не на что с со по к у за из от до о об для это как так но а он она они его ее их был была было
были быть также после при или же мы вы я если уже еще более который которые том этом году года лет
бы будет будут вот время все всех всего где два день для до другие его ей ему если есть ещё здесь из-за именно их каждый
когда кто лишь может можно между много мог могут нет них ним ней ни ничего однако около пока поэтому под перед потом
почти про раз сам сама сами сейчас себя свою свои своих себе сказал сказала сообщил сообщила сообщает сообщили заявил
заявила заявили отметил отметила добавил словам данным составил три пять тысяч тыс млн млрд процентов процента так там
такой такие такого также тем тоже только тот та те ту тут уже хотя чем через чтобы эта этот эти этого этих сегодня
вчера завтра понедельник вторник среду четверг пятницу субботу воскресенье января февраля марта апреля мая июня июля
августа сентября октября ноября декабря

і й та в у на що з із до за від про як але це цей ця ці той та його її їх був була було були бути також після при або
ми ви я якщо вже ще більш який яка які які року років сказав заявив повідомив

في من على إلى عن مع أن إن هذا هذه ذلك التي الذي كان كانت قد قال بعد قبل بين كما لم لا ما أو ثم حتى كل غير وفي ومن
و در به از که را با این آن برای است بود شد می شود کرد کرده گفت یک تا هم نیز بر پس خود آنها وی هر یا اما اگر
של על את לא הוא היא זה זו עם כי גם או אך אל מן בין אחרי לפני היה היו הם יש אין רק עוד כל אמר

և է են ի որ այս այն մի էր էին համար մասին հետ նաև կամ բայց ու
და არის რომ ეს ამ იყო რომელიც თუ არ მისი მათი შემდეგ

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
