"""Small lists of words by what they say about a capital beside them, in small letters. Written for qcode."""

from __future__ import annotations

from typing import Final

_TITLES_WORDS: Final = """
mr mrs ms miss mx dr doctor prof professor rev reverend pastor father sister brother officer sergeant sgt captain capt
lieutenant lt judge senator mayor nurse sheriff chief uncle aunt auntie tía tia tío tio abuela abuelo grandma grandpa
nana nan granny coach mama papa mami papi pa ma big little old sir dame lady lord imam rabbi elder deacon principal
detective deputy mister missus don doña señor señora
"""
TITLES: Final = frozenset(_TITLES_WORDS.split())
"""What stands before a name, in small letters."""

_ABBREVIATIONS_WORDS: Final = """
mr mrs ms dr st mt ft prof rev sgt lt capt jr sr no vs gen gov sen hon pres
"""
ABBREVIATIONS: Final = frozenset(_ABBREVIATIONS_WORDS.split())
"""Words whose full stop ends no sentence."""

_NEVER_WORDS: Final = """
english spanish french german italian portuguese russian chinese japanese korean arabic hindi urdu polish turkish
somali vietnamese punjabi bengali swahili mandarin cantonese hmong navajo cherokee yoruba igbo hausa amharic farsi
pashto tagalog samoan creole states greek dutch hebrew latin american americans african africans european europeans
asian asians hispanic hispanics latino latina latinos latinas latinx mexican mexicans british irish scottish welsh
australian canadian indian indians christians muslim muslims jewish jews jew catholic catholics protestant
hindu hindus buddhist sikh sikhs black white brown native indigenous western eastern northern southern islam
christianity english-speaking spanish-speaking african-american christmas thanksgiving ramadan eid passover lent
hanukkah diwali halloween easter sabbath monday tuesday wednesday thursday friday saturday sunday mondays tuesdays
wednesdays thursdays fridays saturdays sundays god gods jesus christ lord allah bible quran koran mom mum mama mommy
mummy dad daddy papa grandma grandpa nana nan granny auntie uncle aunt grandmother grandfather gran mam ma pa tv id
ids hr er icu gp gps nhs dvd cd pc usb wifi wi-fi covid covid-19 covid19 adhd ptsd hiv aids mri ct bp iv cpr pe ot pt
rn rns cna cnas lpn md phd ba bs ged gcse gcses esl ngo ngos pta ppe faq pdf uk us usa eu un u.s america ok okay
o'clock mr mrs ms dr facebook youtube whatsapp zoom skype internet instagram twitter tiktok iphone android excel email
netflix medicaid medicare wic snap ssi dmv irs cdc fbi cia fema ac diy cv ceo cfo it ai ar vr america's pm am ad bc
a&e er's ed ok's covid's spanglish bluetooth windows powerpoint linux python
"""
NEVER: Final = frozenset(_NEVER_WORDS.split())
"""Words that have their capital everywhere and identify nobody: languages, peoples, feasts, kin, abbreviations."""

_FUNCTION_LIST: Final = """
a about above across after again against all almost alone along already also although always am an and another any
anybody anyone anything anyway are aren't around as at away back be because been before behind being below between
both but by bye came can can't cannot come could couldn't did didn't do does doesn't doing done don't down each either
else enough even ever every everybody everyone everything except few first for from further get go goes going gonna
got had hadn't has hasn't have haven't having he he'd he'll he's hello her here here's hers herself hey hi him himself
his how how's however i i'd i'll i'm i've if in instead into is isn't it it'd it'll it's its itself just keep last
least less let let's like look maybe me mean might mine more most much my myself neither never next no nobody none
nope nor not nothing now of off often oh ok okay on once one only onto or other others our ours ourselves out over own
perhaps please probably put quite rather really right said same say says see seen shall she she'd she'll she's should
shouldn't since so some somebody someone something sometimes sorry still such sure take tell than thank thanks that
that'd that'll that's the their theirs them themselves then there there's these they they'd they'll they're they've
this those though through to today together tomorrow tonight too two three toward towards under until up upon us very
want was wasn't we we'd we'll we're we've well went were weren't what what's whatever when when's where where's
whether which while who who's whoever whom whose why why's with within without won't would wouldn't yeah yep yes
yesterday yet you you'd you'll you're you've your yours yourself yourselves uh um er erm hmm mm mhm huh wow ah aw
actually basically honestly anyways alright whenever wherever stop wait ask call think know hang listen
"""
FUNCTION_WORDS: Final = frozenset(_FUNCTION_LIST.split())
"""Words that are no name, whatever their capital: someone quotes someone."""

_INSTITUTIONS_WORDS: Final = """
clinic clinics hospital hospitals school schools church chapel mosque temple synagogue board district college
university academy library shelter center centre ward unit plant factory mill mine warehouse store market supermarket
diner cafe café restaurant hotel motel farm ranch prison jail foundation trust union council department office agency
police station estate estates projects apartments housing project program programme group home homes hospice nursery
kindergarten primary elementary secondary middle high community medical health dental surgery practice pharmacy bakery
laundry garage shop mall bank church's mission parish association league club team society institute laboratory lab
depot yard dock docks port airport court courthouse detention facility correctional penitentiary barracks base
reservation pantry kitchen bar pub tavern inn theater theatre museum zoo park parks arena stadium gym pool river lake
creek valley mountain bridge tower towers mills works plaza county township village town city borough neighborhood
neighbourhood campus dormitory hall house manor lodge logistics services memorial regional general rehabilitation
rehab nursing care assisted living daycare childcare preschool tribe nation band pueblo
"""
INSTITUTIONS: Final = frozenset(_INSTITUTIONS_WORDS.split())
"""What a place or an organisation is."""

_OPENERS_WORDS: Final = """
new north south east west saint st mount mt fort ft lake port upper lower little big old grand great royal united
central general our holy good bright first second community university church sisters friends local casa el la los las
san santa al ben van von de mercy hope christ bank house tri red blue green black white golden silver pine oak cedar
"""
OPENERS: Final = frozenset(_OPENERS_WORDS.split())
"""Words that begin names of places and organisations."""

_OPENING_NOTHING_WORDS: Final = """
poor dear bless meet met saw see remember until unless although while whereas whereby knowing whether because without
between during since once after before over under thank thanks hello hey goodbye sorry love loved hate give gave take
took send sent bring brought follow visit tell told ask asked call called let make made keep help people everybody
everyone nobody somebody plus minus even only just maybe perhaps well now then so but and or if as like later soon
afterwards today tomorrow yesterday tonight sometimes often always never again also still anyway besides meanwhile
instead though yet where when who what why how which whose there here this that these those my your his her its our
their every each all both some any many most more few several another other such half
"""
OPENING_NOTHING: Final = frozenset(_OPENING_NOTHING_WORDS.split())
"""Words that begin a sentence before a name and are no part of it."""

_AFTER_A_NAME_WORDS: Final = """
said says say told tells was is isn't wasn't had has hadn't hasn't came comes went goes used got gets never always
asked asks called calls gave gives took takes did didn't does doesn't would wouldn't could couldn't can can't will
won't who and or just knew knows thought thinks wanted wants wrote made makes kept keeps left lives lived died moved
worked works helped helps showed shows looked looks felt ran runs sat stood started starts stayed stays still already
also really actually even from at in on with brought brings put puts let saw sees heard found needs needed tried tries
met loved loves liked likes hated signed borrowed drove picked walked taught cried laughed sent spoke talked turned
passed again too wasn’t didn’t
"""
AFTER_A_NAME: Final = frozenset(_AFTER_A_NAME_WORDS.split())
"""What follows a name at the beginning of a sentence and seldom the same word as a noun or verb."""

_JOINING_WORDS: Final = """
af al av bin da de del den der di do dos du e el for ibn la las le los of the van von y à
"""
JOINING: Final = frozenset(_JOINING_WORDS.split())
"""Small words inside a name."""

_CUES_WORDS: Final = """
name mr mrs ms dr doctor officer pastor reverend coach
judge nurse uncle aunt auntie tía tio named called nicknamed brother
sister husband wife son daughter cousin friend boss neighbor neighbour nephew niece grandson granddaughter boyfriend
girlfriend partner supervisor manager from in at near told with outside to and met saw asked by
"""
CUES: Final = frozenset(_CUES_WORDS.split())
"""What a name without a capital may follow."""

_RELATIONS_WORDS: Final = """
mr mrs ms dr officer pastor reverend coach judge uncle aunt auntie named brother sister husband wife son daughter
cousin friend nephew niece grandson granddaughter boyfriend girlfriend
"""
RELATIONS: Final = frozenset(_RELATIONS_WORDS.split())
"""What even an ordinary word may follow as a name without a capital."""

_SAYING_WORDS: Final = """
said says told asked drove signed grabbed phoned texted emailed whispered yelled shouted married
"""
SAYING: Final = frozenset(_SAYING_WORDS.split())
"""What a person does, so that the word before it is one."""

_EVERYONE_WORDS: Final = """
people management doctor doctors nurse police mom mum dad staff teacher teachers family folks government everyone
mother father sister brother grandma grandpa husband wife boss company somebody landlord lawyer judge friend friends
god son daughter baby men women man woman security reception immigration welfare housing school hospital whoever
research studies office patients parents kids
"""
EVERYONE: Final = frozenset(_EVERYONE_WORDS.split())
"""Who says things without being anyone."""

NAMING: Final = frozenset(
    {
        (first, last)
        for first in ("call", "called", "calls", "calling")
        for last in ("me", "him", "her", "them", "us", "myself")
    }
    | {("name", "is"), ("name", "was"), ("goes", "by"), ("go", "by"), ("went", "by"), ("known", "as"), ("is", "name")}
)
"""Two words that a name follows."""
