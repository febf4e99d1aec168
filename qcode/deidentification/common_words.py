"""Ordinary words of English talk: a capital on one of them says little. Written for qcode, from no other list."""

from __future__ import annotations

from typing import Final

_COMMON: Final = """
a able aboard about above absolutely accept accident according account ache across act action active actual actually
add addition address adult advice advise afford afraid after afternoon afterwards again against age agency ago agree
agreed ah ahead aid aide aim air alarm alive all allow allowed almost alone along already alright also although always
am amazing ambulance among amount an and anger angry animal announce another answer anxious any anybody anymore anyone
anything anyway anyways anywhere apart apartment apologies apparently apply appointment appreciate apron are area
argue arm arms around arrange arrive art as ash aside ask asked asking asleep assume assuming at ate attention aunt
auntie autumn available average awake away awful awkward aye baby back backs bad badly bag baker bakery ball bank
banks bar barely base based basic basically basket bath bathroom bay be bean beans bear beat beautiful became because
become bed bedroom been before began begin beginning behind being beings believe bell belong below bench benefit
benefits beside besides best bet better between beyond big bigger biggest bill bills bird birth birthday bishop bit
black blame blanket bless blessed blind block blood blow blue board boat body boiler bone book books boot border born
borrow boss both bother bottle bottom bought bowl box boy boys brain branch brave bread break breakfast breath bridge
brief bright bring british broke broken brother brothers brought brown bruise brush bucket budget bug build building
built bunch burn bus busy but butcher butter button buy by bye cab cabin cake call called calling calls calm came
camera camp can cancel cancer candle cannot cap car card cards care career careful carer carers cares carpenter carry
cart case cases cash cat catch cause ceiling center central centre certain certainly chair chance change changed
changes chapel charge charity chase chat cheap check cheer cheese cherry chicken chief child childhood children chips
choice choose chose church circle city class classes classic clay clean cleaner cleaning clear clearly clerk client
clinic clock close closed closer clothes cloud club coach coal coat coffee cold colleague colleagues college colour
come comes coming comfort comment committee common community companies company complain complaint complete completely
computer concern confidence confused consent consider contact contract control conversation cook cooking cool cop copy
corn corner correct cost costs cotton cough could council count counter country county couple courage course court
cousin cousins cover covers crazy cream credit cried cross crowd cruel cry cup cups current currently cut cuts cycle
dad daddy daily damage damp dance danger dark darling date dates daughter daughters dawn day days dead deaf deal
dealing dear death debt decent decide decided decision deep definitely degree delay delivery demand dentist department
depend depending depends deposit describe desk despite destiny detail details diary did die died difference different
difficult dignity dinner direct dirt dirty disability disagree discharge discuss dishes do doctor doctors document
does dog dogs doing dollar dollars donation done door doors dot double doubt down dozen draw dream dress drew drink
drinks drive driver drives driving drop drove drug dry due during dust duty each ear earlier early earn ease east
easter easy eat eating edge education effort egg eight eighteen eighth eighty either elder elderly elders eleven else
email emails emergency employer empty end ended ends energy enough enter entire environment equal equally equipment
especially estate even evening ever every everybody everyone everything everywhere evidence exact exactly example
except excited excuse exercise exhausted expect expected expensive experience experienced experiences experts explain
extra extremely eye eyes face faced fact factor factory facts fail failed fair fairly faith fall false families family
famous fan fancy far farm farmer farmers fast fat father fathers fault favourite fear fed fee feed feel feeling
feelings feels fees feet fell felt female fence few field fields fifteen fifth fifty fight figure fill film final
finally financial find finding fine finger finish finished fire firm first firstly fish fisher fit five fix flat flats
flood floor flower flowers flu fluid focus folks follow following food foot football for force foreman forest forever
forget forgive forgot form formal former forms fortunately forty forward fought found four fourteen fourth fox frank
free freedom fresh friday fridays friend friendly friends front frost fuel full fully fun fund funding funny further
future gain game gap garage garden gas gate gave gay general generally gentle gentleman gentlemen get gets getting
giant gift girl girls give given gives giving glad glass go goal god goes going gold gone good goodbye goodness goods
google got government grace grandchildren granddad granddaughter grandfather grandma grandmother grandpa grandparents
grandson granny grant grass grateful gray great green grew grey grief ground group groups grow growing grown grows
guard guess guest guide gun gut guy guys had hair half hall hand handle hands handy hang happen happened happening
happens happy harbor hard harder hardly harm harmony has hat hate have having he head heads health healthcare healthy
hear heard hearing heart heat heating heaven heavy held hell hello help helped helpful helping helps hence her here
hers herself hey hi hidden high higher hill him himself hire his history hit hmm hold holder holding hole holiday
holidays holy home homeless homes honest honestly honey hope hopeful hopefully hoping horrible horse hospice hospital
hospitals hot hotel hour hours house household houses housing how however huge huh human hundred hundreds hungry hunt
hunter hurry hurt hurts husband i ice idea ideal ideally ideas identity if ignore ill illness image imagine immediate
immediately immigrant immigrants immigration impact important impossible improve in incident include includes
including income increase incredible indeed independent indian individual infection influence inform information
injury inside instead insurance interest interested interesting international internet interview interviewer into
involved iris iron is island isn issue issues it item items its itself ivy job jobs join joint joke journey joy judge
juice july jump june jury just justice keep keeping keeps kept kettle key kick kid kidding kids kill kind kinda
kindness king kitchen knee knees knew knock know knowing knowledge known knows labor labour lack ladies lady laid lake
land landlord lane language large last lasted late lately later latest laugh laundry law lawyer lay layer lazy lead
leader leaders leading leads leaf learn learned learning least leave leaves leaving led left leg legal legs less
lesson lessons let lets letter letters level liberty library lie life lifting light lights like liked likely likes
lily limit limited line lines linen list listen listening lists literally little live lived lives living loads loan
lobby local lock long longer look looked looking looks loose lord lose losing loss lost lot lots loud love loved
lovely loves low lower luck luckily lucky lunch lung luxury machine mad made magic mail main mainly major make makes
making male mall mama man manage managed management manager managers managing manner many march mark marked market
marriage married mask mason mass massive master match mate material matter matters may maybe mayor me meal meals mean
meaning means meant measure meat media medical medication medicine medicines meet meeting meetings member members
memories memory men mental mention mercy mess message met middle midnight midwife might mike mile miles military milk
mill mind mine minimum minister minute minutes miss missed missing mistake mistakes mix mm mmm mobile modern mom
moment moments monday mondays money month monthly months mood moon more moreover morning mornings mosque most mostly
mother mothers mountain mouth move moved moves moving much mud mum mummy murder music must my myself nail name named
names national natural naturally nature near nearby nearly necessarily necessary neck need needed needing needs
neighbor neighborhood neighbors neighbour neighbourhood neighbours neither nerve nervous network never nevertheless
new news next nice nicer night nights nine nineteen ninety no nobody noise none nonetheless noon nope nor normal
normally north not note notes nothing notice noticed now nowadays nowhere number numbers nurse nurses nursing obvious
obviously occasion occasionally odd of off offer offered office officer officers official often oh oil ok okay old
older oldest olive on once one ones online only onto open opened opening opens opinion opportunities opportunity
option options or orange order orders ordinary organisation organise organization original originally other others
otherwise ought our ours ourselves out outcome outside over overall overnight owe own owner pack page paid pain paint
paper papers paperwork parent parents park parks part particular particularly partly partner parts party pass passed
past pastor patience patient patients pay paying payment pays peace pearl pen penny pension people pepper per perfect
perfectly perhaps period person personal personally persons pharmacy phone phones photo photos physical physically
piece place placed places plan plane planned planning plans plant plants plate play played playing please pleased
plenty plus pocket point points police policies policy polite political poor poorer poppy position positive possible
possibly post pot potential pound pounds poverty power practical practice praise pray precious prefer pregnant prepare
present president press pressure pretty prevent previous previously price pride priest primary principal prior prison
private probably problem problems process produce professional program programme programs progress project promise
proper properly property protect proud provide public pull pulled purely purpose pursue push put puts putting quality
quarter queen question questions quick quicker quickly quiet quietly quit quite race racism racist radio rain rainy
raise ran range rare rarely rate rather ray reach read reader reading ready real reality realise realize really reason
reasons receive recent recently recognise record recording red reduce refer refugee refugees refuse regarding
regardless regular regularly relationship relationships relatively relax relief religion religious remember
remembering reminds remote rent reply report request require research residence resident residents resources respect
respite respond response responsibility responsible rest restaurant result results retire retired return reverend rice
rich ride right rights ring risk river rivers road roads rob robin rock role roles room rooms rose rough round routine
row royal ruby rude rule rules run running runs rural rush sad sadly safe safety said sail saint sale salt same sand
sandy sat saturday saturdays save saved saving saw say saying says scared scene schedule school schools science screen
sea search season seat second secondly seconds secret section security see seeing seem seemed seems seen self sell
send senior seniors sense sent separate serious seriously serve service services session set setting settle seven
seventeen seventh seventy several severe shall shame shape share sharing sharp she shed sheet shelf shelter sheriff
shift shifts shirt shock shoes shop shopping short shot should shoulder shout show showed shower shown shows shut shy
sick side sight sign signed significant signs silence silly silver similar similarly simple simply since sing single
sir sister sisters sit site sitting situation situations six sixteen sixth sixty size skill skills skin skip sky slave
sleep slept slide slight slightly slow slowly small smaller smart smell smile smoke snow so soap social society soft
sold soldier solution some somebody somehow someone something sometime sometimes somewhat somewhere son song sons soon
sophisticated sorry sort sorts soul sound sounds soup source south space spanish spare speak speaker speaking speaks
special specific specifically spell spend spending spent spirit spoke spoken sport spot spring square staff stage
stairs stand standard standing star stars start started starting starts state station stay stayed staying stays steady
steal steel step steps sterling stick still stock stole stomach stone stood stop stopped stopping store stores stories
storm story straight strange stranger street streets strength stress stressful strict strike strong stronger struggle
struggling stuck student students studies study stuff stupid style subject success such suddenly suffer sugar suggest
suit summer sun sunday sundays sunny super supermarket supervisor supper supply support supported supporting suppose
supposed sure surely surgery surprise surprised surprisingly survey survive suspect swear sweet swim switch system
systems table take taken takes taking tale talk talked talking talks tall tape task taught tax taxi tea teach teacher
teachers teaching team teams tears technically technology teenager teeth telephone television tell telling tells
temper temple ten tend tenant tenants term terms terrible terrified terrifying terror test tests than thank thankfully
thanks thanksgiving that the their theirs them themselves then theoretically therapist therapy there therefore these
they thing things think thinking thinks third thirdly thirteen thirty this those though thought thoughts thousand
thousands threat three threw through throughout throw thursday thursdays thus ticket tie tied tight till time times
tiny tip tire tired title to toast today together toilet told tomorrow tone tonight too took tool top tops total
totally touch tough toward towards tower town track trade tradition traditional traditionally traffic trailer train
trained training transport trauma travel treat treated treatment treats tree trees trial tried trip trouble truck true
truly trust trusting truth try trying tuesday tuesdays turkey turn turned turning turns twelfth twelve twenty twice
two type types typical typically ugly uh ultimately um umbrella unable uncle under understand understandable
understanding unfair unfortunate unfortunately uniform union unit united university unless unlike until unusual up
upon upset upstairs us use used useful user uses using usual usually vacation value values van various vegetables
version very via victim victory video view village violence violent virtue virtually visa visit visited visiting
visitor visitors vocal voice volunteer volunteers vote vulnerable wage wages wait waited waiting wake walk walked
walker walking wall walls wanna want wanted wanting wants war ward warehouse warm warning was wash washing waste watch
watched watching water way ways we weak wealth wear weather web website wedding wednesday wednesdays week weekend
weekends weekly weeks weight weird welcome welfare well went were west wet what whatever wheel wheelchair when
whenever where whereas wherever whether which whichever while whilst white who whoever whole whom whose why wide wife
wild will willing willow win wind window windows wine winter wish with within without witness wolf woman women won
wonder wonderful wondering wood woods word words work worked worker workers working works world worried worry worrying
worse worst worth would wow write writing written wrong wrote ya yard yeah year years yellow yep yes yesterday yet you
young younger youngest your yours yourself yourselves youth zip acting adding adopting advocating allegedly anytime
appearing approximately attending backwards banning barring beating becoming begging believing bleeding blaming
booking bored boring bringing broadly burning buying calmly carefully caring carrying catching causing changing
charging checking choosing climbing clinging closing coaching collecting commuting comparing concerning constantly
continuing counting covering crossing crying cutting deciding deeply digging doubtful dragging dreaming dressed
dressing drinking driven dropping ending enjoying entering eventually explaining exploring facing failing fairness
falling farming feeding fewer fighting filling finishing firing fishing fixing folding forcing frankly frequently
gathering grabbing grieving handling hanging hating healing heading hiding hiring hitting honoring hunting hurting
importantly initially interestingly interviewing ironically joining judging juggling jumping kicking killing knitting
knocking lacking landing lasting laughing leaning lending letting lighting likewise loading locking logically loving
lying maintaining marking meanwhile mentally mixing mourning namely needless noticing offering officially packing
painting parenting parking passing picking planting praying preferably presenting presumably pretending primarily
protecting providing pulling pushing quitting raising reaching realising realistically realizing receiving recognising
reflecting refusing relying replacing reporting resting retiring returning ridiculous riding rightly rising roughly
ruling rushing sacrificing safely screaming searching secondary selling sending separately serving settling sewing
shaking shouting showing shutting signing singing sleeping smelling smiling smoking socially someday sooner sorting
spiritually spreading staring starving statistically steadily stealing sticking strangely stretching strictly stuffing
suffering supposedly surrounding surviving sweeping swimming taxing tearing temporarily tending testing thankful
throwing touching tracking trading unbelievable undoubtedly unexpectedly unlikely unsafe voting waking wandering
wasting wearing weighing whatsoever whispering whoops winning wishing yelling ain't aren't can't couldn't didn't
doesn't don't hadn't hasn't haven't he'd he'll he's how'd how's i'd i'll i'm i've isn't it'd it'll it's let's mightn't
mustn't needn't shan't she'd she'll she's shouldn't somebody's that'd that'll that's there'd there'll there's they'd
they'll they're they've wasn't we'd we'll we're we've weren't what'd what'll what're what's when's where'd where's
who'd who'll who's why'd why's won't wouldn't you'd you'll you're you've y'all ma'am o'clock til bout lemme gimme
gonna gotta sorta dunno cuz coz alas yup nah nay phew ouch oops ugh hm mhm mmhm uh-huh uhm er erm eh aw aww ooh whoa
yikes hurray hooray bravo amen hallelujah christmas eve ramadan eid passover lent hanukkah diwali halloween sabbath
new-year jesus christ allah god's bible quran koran torah christian christians muslim muslims jewish jews catholic
catholics protestant hindu hindus buddhist sikh sikhs baptist methodist mormon evangelical english french german
italian portuguese russian chinese japanese korean arabic hindi urdu polish turkish somali vietnamese punjabi bengali
swahili mandarin cantonese american americans african africans european europeans asian asians hispanic latino latina
latinos latinx mexican mexicans blacks whites native natives indigenous western eastern northern southern irish
scottish welsh australian canadian tv id ids hr icu gp gps nhs dvd cd pc usb wifi covid covid-19 adhd ptsd hiv aids
mri ct bp iv cpr pe ot pt rn cna lpn md phd ba bs ma ged gcse gcses esl ngo pta ppe faq pdf q b c d e f g h j k l m n
o p r s t u v w x y z pm ad bc uk usa eu un u.s u.k a.m p.m mr mrs ms dr madam professor prof rev senator nana nan
papa facebook youtube whatsapp zoom skype instagram twitter tiktok iphone android excel netflix amazon uber medicaid
medicare inaudible unclear crosstalk laughter laughs pause sighs sigh coughs applause unintelligible overlapping
interruption background redacted interviewee moderator facilitator participant respondent transcript transcription
"""

_ALSO_NAMES: Final = """
abbey amber angel april art ash aspen august austin autumn basil bay bear beau belle berry bill blake blanche bliss
blossom bob booker brandy brook brooke buck bud buddy candy carol cash chad chance charity chase chastity chip
christian chuck clay cliff cole colt constance coral crystal curt daisy dale dan dawn dean destiny diamond dick dolly
don dot drew duke earl ebony eden ember eve faith fern flora forest frank gale gary gene gil ginger glen grace grant
gray guy hank hazel heath heather heaven henna herb holly honor hope hunter iris ivory ivy jack jade jasmine jay jean
jerry jewel jill jimmy john jordan joy june justice ken kit lance lane laurel lee liberty lily lotus lucky mack major
marina mark marsh marshall mary mason matt maverick max may melody mercy merry mike miles misty mo nick noble norm
olive opal otter page pam pansy pat patience patsy patty paul pearl peg penny pepper peter petunia phoenix pierce
piper poppy precious prince princess prudence queenie rain randy ray reed rex rich rick river rob robin rock rod rose
rowan royal ruby rusty sable sage sally sandy savanna scarlett sherry sienna sierra skip sky skye sonny stormy star
sterling stew stone storm summer sunny sue tad tanner temperance tiger tom tony trinity tripp troy tucker unity van
vera verity victor victory violet virtue wade walker ward warren wes will willow winter wolf woody wren young zion
bell coach doc chief
"""

COMMON: Final = frozenset(_COMMON.split())
"""In small letters; contractions with a straight apostrophe."""

ALSO_NAMES: Final = frozenset(_ALSO_NAMES.split())
"""Ordinary words that are first names as well; in small letters."""
