"""Words that tell labels from talk and from forms, without accents and in lower case, one language a line or more."""

from __future__ import annotations

from typing import Final


def word_set(*lines: str) -> frozenset[str]:
    """The words in some lines."""
    return frozenset(word for line in lines for word in line.split())


STOP: Final = word_set(
    "note notes look warning question questions answer answers re ps p.s. time times date length key example examples",
    "http https mailto www file listen see so and but or well yes no okay ok first second third also then now because",
    "plus meaning remember caution attention important summary conclusion part section chapter page line day",
    "week month year step stage phase item point theme topic option version table figure slide session visit round",
    "room nb fyi e.g i.e total subject title",
    "nota notas pregunta preguntas respuesta respuestas fecha hora duracion mira oye bueno pues ejemplo atencion",
    "advertencia aviso tema parte seccion capitulo pagina dia semana paso resumen",
    "hinweis achtung frage antwort datum beispiel remarque exemple",  # codespell:ignore exemple
)
"""What a line may begin with before a colon without anyone speaking."""

SAYING: Final = word_set(
    "say says said saying ask asks asked tell tells told reply replied answered think thinks thought like goes went",
    "wrote writes called shouted",
    "dije dijo dice digo dicen decia pregunto pregunte conto contesto respondio piensa pense",
    "sagte sagt fragte meinte dit disait demande",
)
"""Verbs that introduce what somebody is reported to have said."""

RUNNING: Final = word_set(
    "i me my we us our you your he him his she her it its they them their this that these those is are was were",
    "be been am do does did have has had will would can could should must not to for from with about on at by in into",
    "as if when what which who how why so and but or because then two three things thing that's it's here's",
    "yo mi tu su nos que es era son fue por para con sin en como si cuando lo le les se una un esto eso",
    "ich du er sie wir ist war und aber das je il elle nous vous pour dans",  # codespell:ignore sie,ist
)
"""Small words of running speech, which labels do not have."""

PARTICLES: Final = word_set("de la las los del van von der den da das do dos el al bin ibn y e und of the di du le ter")
"""Words that names have in lower case."""

FORM_KEYS: Final = word_set(
    "key legend speakers abbreviations date time length duration location place site setting transcriber transcription",
    "transcript interview recording audio file study project topic language consent participants present title id code",
    "clave leyenda fecha hora duracion lugar sitio idioma estudio proyecto entrevista grabacion transcripcion archivo",
    "titulo tema datum zeit dauer ort aufnahme transkript legende duree lieu langue",
)
"""What the lines of a form above a transcript begin with."""

PERSONAL_KEYS: Final = word_set(
    "date name place location site interviewer participant transcriber",
    "fecha nombre lugar entrevistadora entrevistador participante datum ort duree lieu nom",
)
"""Entries of a form that tend to hold what identifies someone."""

TABLE_HEADINGS: Final = word_set(
    "time timestamp start end speaker name who label role text talk transcript content utterance line no nr #",
    "hora tiempo hablante orador nombre texto transcripcion contenido linea zeit sprecher sprecherin zeile",
)
"""What the columns of a table of turns are called."""
