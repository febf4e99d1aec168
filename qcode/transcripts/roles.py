"""Words that say what part someone has in a conversation, in the languages we meet; a new one is one more word here."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from qcode.transcripts.values import Role


@dataclass(frozen=True, slots=True)
class _Part:
    """A part in the conversation: its role, and every word and abbreviation for it, the first being its name."""

    role: Role
    words: str


_PARTS: Final = (
    _Part(
        "interviewer",
        "interviewer i int intv interv entrevistador entrevistadora entrevistadores ent interviewerin intervieweur "
        "intervieweuse intervistatore intervistatrice enqueteur enquetrice interviewster intervjuare haastattelija "
        "wywiadowca",
    ),
    _Part(
        "interviewer",
        "moderator m mod moderador moderadora moderatorin moderateur moderatrice moderatore moderatrix moderatora",
    ),
    _Part(
        "interviewer",
        "facilitator fac facilitador facilitadora facilitateur facilitatrice facilitatore facilitatorin",
    ),
    _Part(
        "interviewer",
        "researcher inv investigator investigador investigadora pesquisador pesquisadora forscher forscherin chercheur "
        "chercheuse ricercatore ricercatrice onderzoeker encuestador encuestadora",
    ),
    _Part("interviewer", "q question pregunta frage domanda"),
    _Part(
        "participant",
        "participant p par part pt participante participantes teilnehmer teilnehmerin partecipante deelnemer deltagare "
        "participante/a",
    ),
    _Part(
        "participant",
        "interviewee ie entrevistado entrevistada interviewte interviewter interviewt intervistato intervistata "
        "befragte befragter befragt b",
    ),
    _Part("participant", "respondent r resp respondente encuestado encuestada repondant repondante enquete enquetee"),
    _Part("participant", "informant informante"),
    _Part("participant", "answer a respuesta antwort reponse risposta"),  # codespell:ignore reponse
    _Part("participant", "speaker s spk sp hablante orador oradora sprecher sprecherin locuteur parlante"),
    _Part("other", "interpreter interprete dolmetscher translator traductor traductora"),  # codespell:ignore
    _Part("other", "transcriber transcriptor transcriptora transcriptionist"),
    _Part("other", "observer observador observadora beobachter beobachterin observateur notetaker"),
    _Part("other", "operator recording recorder"),
)
_ROLES: Final[dict[str, Role]] = {word: part.role for part in _PARTS for word in part.words.split()}
_NAMES: Final = {word: part.words.split()[0] for part in _PARTS for word in part.words.split()}
_NUMBERED: Final = re.compile(r"(.*?)(\d*)([a-z]?)")
_FILLING: Final = re.compile(r"[\s._\-#'’()\[\]:]+")


def folded(text: str) -> str:
    """The text in lower case without accents, so that spellings compare."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def spelling(label: str) -> tuple[str, str]:
    """What two labels share when they are one speaker spelt two ways: a part's name or letters, and a number.

    Case, accents, spaces, dots and leading zeros do not count: P3, P03, P 3 and Participant 3 are one spelling; so
    are I, Int. and Interviewer.
    """
    words, digits, letter = _parts(label)
    return _NAMES.get(words, words), digits + letter


def role_word(label: str) -> Role | None:
    """The role that a label names, such as Interviewer, P03 or Moderadora; None if it is some other text."""
    return _ROLES.get(_parts(label)[0])


def _parts(label: str) -> tuple[str, str, str]:
    """The words of a label, its number without leading zeros, and a letter that stands alone behind the words."""
    text = folded(label)
    pieces = _FILLING.sub(" ", text).split()
    if len(pieces) == 2 and pieces[0] in _ROLES and len(pieces[1]) == 1 and pieces[1].isalpha():
        return pieces[0], "", pieces[1]
    found = _NUMBERED.fullmatch("".join(pieces))
    if found is None or not found[2]:
        return "".join(pieces), "", ""
    return found[1], found[2].lstrip("0") or "0", found[3]
