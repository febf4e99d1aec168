"""What columns of tables are called, without accents, blanks and capitals, one language a line or more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qcode.transcripts.words import word_set

if TYPE_CHECKING:
    from qcode.transcripts.values import ColumnUse


ID_HEADERS: Final = word_set(
    "id responseid respondentid respondent participantid participant caseid case code pid studyid recordid record",
    "recordno responseno respondentno nr no number token surveyid uuid subject subjectid",
    "codigo folio participante idparticipante encuestado teilnehmer teilnehmerid kennung",
)
"""What tells respondents apart without naming them."""

PRIVATE_HEADERS: Final = word_set(
    "name names fullname firstname lastname surname givenname familyname username nickname initials",
    "email emailaddress mail phone phonenumber telephone telephonenumber mobile cell cellphone address streetaddress",
    "ip ipaddress latitude longitude locationlatitude locationlongitude recipientlastname recipientfirstname",
    "recipientemail externalreference externaldatareference customdata1",
    "nombre nombres apellido apellidos correo correoelectronico telefono direccion",  # codespell:ignore direccion
    "vorname nachname telefon nom prenom",
)
"""What names or reaches somebody."""

TURN_HEADERS: Final[tuple[tuple[ColumnUse, frozenset[str]], ...]] = (
    (
        "start",
        word_set(
            "start starttime starts startsec startseconds timestart begin begintime beginning in timein from time",
            "times timestamp timecode tc startms starttimems inicio comienzo hora tiempo zeit debut",
            "anfang beginn",  # codespell:ignore beginn
        ),
    ),
    (
        "end",
        word_set(
            "end endtime ends endsec endseconds timeend stop stoptime out timeout to finish endms endtimems",
            "fin final ende",  # codespell:ignore ende
        ),
    ),
    (
        "speaker",
        word_set(
            "speaker speakers speakername speakerlabel speakerid who voice label role person name participant",
            "hablante orador oradora locutor sprecher sprecherin locuteur respondent respondentid participantid",
        ),
    ),
    ("question", word_set("question questions questiontext prompt item pregunta frage")),
    (
        "text",
        word_set(
            "text transcript transcription talk utterance utterances content sentence sentences dialogue speech said",
            "transcripttext texto transcripcion contenido inhalt texte aussage message",
        ),
    ),
)
"""What the columns of a table of turns are called."""

ANSWER_HEADERS: Final = word_set(
    "answer answers response responses answertext responsetext respuesta respuestas antwort"
)
"""What the column of the text is called beside one of questions."""

RESPONDENT_HEADERS: Final = word_set("id respondent respondentid participant participantid responseid caseid code")
"""What the column of the speaker is called beside one of questions."""
