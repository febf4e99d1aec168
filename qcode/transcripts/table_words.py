"""What columns of tables are called, without accents, blanks and capitals, one language a line or more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from qcode.transcripts.values import ColumnUse


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


ID_HEADERS: Final = _words(
    "id responseid respondentid respondent participantid participant caseid case code pid studyid recordid record",
    "recordno responseno respondentno nr no number token surveyid uuid subject subjectid",
    "codigo folio participante idparticipante encuestado teilnehmer teilnehmerid kennung",
)
"""What tells respondents apart without naming them."""

PRIVATE_HEADERS: Final = _words(
    "name names fullname firstname lastname surname givenname familyname username nickname initials",
    "email emailaddress mail phone phonenumber telephone telephonenumber mobile cell cellphone address streetaddress",
    "ip ipaddress latitude longitude locationlatitude locationlongitude recipientlastname recipientfirstname",
    "recipientemail externalreference externaldatareference customdata1",
    "nombre nombres apellido apellidos correo correoelectronico telefono direccion vorname nachname telefon nom prenom",
)
"""What names or reaches somebody."""

TURN_HEADERS: Final[tuple[tuple[ColumnUse, frozenset[str]], ...]] = (
    (
        "start",
        _words(
            "start starttime starts startsec startseconds timestart begin begintime beginning in timein from time",
            "times timestamp timecode tc startms starttimems inicio comienzo hora tiempo anfang beginn zeit debut",
        ),
    ),
    (
        "end",
        _words(
            "end endtime ends endsec endseconds timeend stop stoptime out timeout to finish endms endtimems",
            "fin final ende",
        ),
    ),
    (
        "speaker",
        _words(
            "speaker speakers speakername speakerlabel speakerid who voice label role person name participant",
            "hablante orador oradora locutor sprecher sprecherin locuteur respondent respondentid participantid",
        ),
    ),
    ("question", _words("question questions questiontext prompt item pregunta frage")),
    (
        "text",
        _words(
            "text transcript transcription talk utterance utterances content sentence sentences dialogue speech said",
            "transcripttext texto transcripcion contenido inhalt texte aussage message",
        ),
    ),
)
"""What the columns of a table of turns are called."""

ANSWER_HEADERS: Final = _words("answer answers response responses answertext responsetext respuesta respuestas antwort")
"""What the column of the text is called beside one of questions."""

RESPONDENT_HEADERS: Final = _words("id respondent respondentid participant participantid responseid caseid code")
"""What the column of the speaker is called beside one of questions."""
