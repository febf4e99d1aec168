"""Ordinary words of Spanish talk, which begin many sentences: forms of common verbs and what stop lists leave out.

Written for qcode, from no other list. Words that are given names as well, such as Rosa or Consuelo, are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

_IN_AR: Final = """
abraz acab acept acerc acompañ acord acostumbr agarr agreg aguant agradec ahorr alcanz anim apag aprovech apunt apur
arregl asust aument avis ayud baj bail bañ bast bot busc cambi camin cans cant cas celebr cen cerr charl cobr cocin
coment comenz compr comprob confi contest cont convers cort cost cre cruz cuent cuid culp dej demand desayun descans
despert dibuj disfrut dur ech empez empiez empuj encarg encontr encuentr engañ enoj enseñ entr entreg envi equivoc
escap escuch esper estudi evit explic extrañ falt fij firm form fum gan gast grab grit guard gust habl imagin import
intent invit jug jueg junt jur lav levant limpi llam lleg llen llev llor lucha luch mand manej marc march mejor
mencion molest mir mont mostr muestr necesit not ocup odi olvid organiz pag par parec pas peg pele pens piens perdon
pint platic plant practic pregunt prepar present prest prob prueb proteg qued quej quem quit recuerd record reclam
regal regañ regres repas respet result retir rez sac salud salv sent sient separ señal sob solicit son soport sub sum
tap tard termin tir toc tom trabaj traslad trat us vend viaj visit volte vot
"""
_IN_ER_OR_IR: Final = """
abr acud agradezc añad aprend asist atend atiend barr beb cab ca com compart comprend conoc consegu consig construy
corr cre cubr cumpl deb decid defend depend descubr despid divid doll dol duel durm duerm eleg elij entend entiend
escog escond escrib exig exist ha hu impid insist inclu le llov llueve mord mov muer mor muev nac obten ocurr ofrec
parec part ped pid perd pierd permit pod pued pon pong prefer prefier promet qued quer quier re recib recog reconoc
repet repit resist respond romp sab sal salg segu sent serv sig sient sirv sonr sub sufr suced sup tem ten teng tien
tra traig traduc un val valg ve vend ven veng vien vest vist viv volv vuelv
"""
_ENDINGS_OF_AR: Final = """
ar o as a amos an é aste ó asteis aron aba abas ábamos aban aré arás ará aremos arán aría aríamos arían ando emos en
arme arse arlo arla arlos arlas arle arles arnos ándome ándose ándolo
"""
_ENDINGS_OF_ER_OR_IR: Final = """
er ir o es e emos imos en í iste ió ieron ía íamos ían eré erá eremos erán iré irá iremos irán ería erían iría irían
iendo yendo a amos an as erme erse erlo erla irme irse irlo irla erle irle ernos irnos
"""
_COMMAND_ENDINGS: Final = ("e", "es", "en", "eme", "ese", "enos", "ele", "elo")
_OTHERS: Final = """
abajo abuela abuelo adentro adiós afuera ah ahorita ajá algunos alguien allá amiga amigo amistades anda andaba ándale
andamos andando ando año años anoche anteayer ayer aún ay basta bien bendito bonito bueno caray cerca chicas chicos
ciertamente cierto claro comadre compadre compañera compañeras compañero compañeros completamente conque correcto cosa
cosas cuánto dale da daba daban das deme dime díganme dígame dile dijimos dije dos doy di diga digamos digo dinero
disculpa disculpe doctor doctora don donde él ella ellas ellos eh em empleo enfermera enseguida eran era éramos eras
ese eso está están estaba estábamos estaban estado estando estuve estuvimos estuvieron exactamente exacto familia feo
felizmente fijate fíjate fíjese finalmente francamente fueron fui fuimos fue generalmente gente gracias gratis había
habíamos habían habrá hágale hacía hacíamos hacían haciendo hago hasta haz he hermana hermano hice hicimos hicieron
híjole hija hijas hijo hijos hola hombre hombres hubo iba íbamos iban igual igualmente imagínate inclusive inglés
jamás jefa jefe jefes jueves lamentablemente lean lejos lento lunes lógico llegando luego maestra maestro malo mamá
mañana martes marido más mejor menos mes meses miércoles muchacha muchacho muchachos mujer mujeres muchísimo muy nadie
nada nació nomás normal normalmente noche noches nunca obvio obviamente oiga oigan oímos oí okey ojalá orale órale
otro otras oye oyen papá papel papeles patrón patrona pena perdón perfecto personas persona peor pensando pesado pobre
pobrecita pobrecito policía poquito pronto primero problema problemas pude pudimos pudieron puse pusimos pusieron pus
quise quisimos quisieron quizás quizá rara raro raras recién regular sábado sé según señora señor seguro seguramente
sencillo sentada sería sean siempre simplemente sinceramente sobrina sobrino sobre sola solamente sólo son soy suegra
suegro sumamente supe supimos supongo supuestamente tal también tampoco tantito tanto tarde tardes tía tío todavía
total trabajo traía traje trajeron tranquila tranquilo triste tristemente tuve tuvimos tuvieron últimamente un una va
vamos vas vaya vayan vea vean ven vente vecina vecino vecinos verá verdad veía veíamos vi viernes vimos viste vine
vinimos vinieron voy ya yendo yo
"""
_NAMES_TOO: Final = """
abril alba alma amada amado amador amparo ana angela aura bella blanca candelaria canto carmen clara clemente
concepción consuelo cruz delfina dolores domingo duran elena elisa esperanza fe flor flores gloria gracia guarda
guerra lea leal leo leona león lidia linda lola lucha luna luz marco marcos marta maría mercedes milagros mir mira
monte montes mora olivia oscar paca paco paula piedad pilar pinto ramos reina remedios reyes rosa rosario ruth salas
salinas salvador santos socorro sol soledad sonia tomas toña trinidad vela ventura vera victoria vidal viva viviana
ángela
"""
_BEFORE_E: Final = {"g": "gu", "c": "qu", "z": "c"}
_ACCENTED: Final = str.maketrans("aeiou", "áéíóú")


@cache
def spanish_words() -> frozenset[str]:
    """Words that are ordinary in Spanish talk, in small letters and with their accents."""
    made = {f"{stem}{ending}" for stem in _IN_AR.split() for ending in _ENDINGS_OF_AR.split()}
    made |= {f"{stem}{ending}" for stem in _IN_ER_OR_IR.split() for ending in _ENDINGS_OF_ER_OR_IR.split()}
    made |= {word for stem in _IN_AR.split() for word in _commands(stem)}
    return frozenset((made | set(_OTHERS.split())) - set(_NAMES_TOO.split()))


def _commands(stem: str) -> Iterator[str]:
    """What is asked of somebody, also with a pronoun behind it: "mire", "mírese"."""
    spelled = f"{stem[:-1]}{_BEFORE_E.get(stem[-1], stem[-1])}"
    place = max(map(stem.rfind, "aeiou"))
    for ending in _COMMAND_ENDINGS:
        accent = place >= 0 and len(ending) > 2
        stressed = (
            f"{spelled[:place]}{spelled[place].translate(_ACCENTED)}{spelled[place + 1 :]}" if accent else spelled
        )
        yield f"{stressed}{ending}"
    yield f"{spelled}é"
