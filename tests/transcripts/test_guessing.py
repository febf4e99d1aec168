from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.transcripts import read
from qcode.transcripts.guessing import guess, plausibility

ENGLISH = (
    "Interviewer: How was it?",
    "Noor: I don’t know – it’s “fine”.",
    "Noor: £40 at the café, and that’s that…",
    "Interviewer: So you’d go back?",
    "Noor: We’d walked—all of us—to the ‘old’ shop.",
    "Noor: Nobody’s asked before. “Never,” she said.",
    "Interviewer: The neighbours’ house?",
)
FRENCH = (
    "Enquêtrice : Comment ça s’est passé ?",
    "Noor : « C’était dur… l’été, à l’hôpital », où j’étais déjà.",
    "Enquêtrice : Et “après” ?",
    "Noor : Ça va, grâce à ma sœur. L’école a fermé – et voilà.",
)
GERMAN = (
    "Interviewerin: Wie war’s für Sie?",
    "Frau Möller: Schön, „größer“ als früher – für 40 Mäuse.",
    "Frau Möller: Über die Häuser weiß ich nichts…",
    "Interviewerin: Und die Schlüssel?",
)
SPANISH = (
    "Entrevistadora: ¿Cómo llegó aquí?",
    "Participante: Pues mañana, señora… ¡qué día!",
    "Participante: “Así es”, decía mi mamá; llegué en camión.",
    "Entrevistadora: ¿Y después?",
)
POLISH = (
    "Badaczka: Jak było?",
    "Anna: Źle, żałuję, że poszłam do łaźni… „Łódź” – tak.",
    "Anna: Część ludzi mówiła, że przyjdą później.",
    "Badaczka: A co z dziećmi? Śpią?",
)
RUSSIAN = (
    "Интервьюер: Как это было?",
    "Анна: Плохо — «очень», да…",
    "Анна: Я ждала два часа, и никто не пришёл.",
    "Интервьюер: А потом?",
)
WESTERN = (ENGLISH, FRENCH, GERMAN, SPANISH)
CASES = [
    *[(lines, "cp1252", "windows-1252") for lines in WESTERN],
    *[(lines, "mac-roman", "macroman") for lines in WESTERN],
    (POLISH, "cp1250", "windows-1250"),
    (RUSSIAN, "cp1251", "windows-1251"),
]


@pytest.mark.parametrize(("lines", "encoding", "name"), CASES)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_talk_is_read_as_it_was_written(lines, encoding, name, end):
    talk = end.join(lines) + end
    assert guess(talk.encode(encoding)) == (talk, name)


@pytest.mark.parametrize(("lines", "encoding"), [(lines, encoding) for lines, encoding, _ in CASES])
def test_any_two_lines_of_a_talk_with_foreign_letters_are_enough(lines, encoding):
    for first in lines:
        for second in lines:
            talk = f"{first}\n{second}\n"
            if sum(not sign.isascii() for sign in talk) >= 4:
                assert guess(talk.encode(encoding))[0] == talk


@given(st.lists(st.sampled_from(ENGLISH), min_size=1).filter(lambda lines: not "".join(lines).isascii()))
def test_english_of_windows_is_itself_however_its_lines_are_mixed(lines):
    talk = "\n".join(lines)
    assert guess(talk.encode("cp1252")) == (talk, "windows-1252")


@given(st.binary(min_size=1).filter(lambda data: not data.isascii()))
def test_a_guess_is_a_reading_of_the_bytes_without_control_characters_beyond_ascii(data):
    text, name = guess(data)
    assert text.encode(name) == data or text == data.decode(name)
    assert not any("\x80" <= sign <= "\x9f" for sign in text)


@pytest.mark.parametrize(
    ("talk", "encoding"),
    [
        ("Interviewer: So?\nNoor: I don’t.\n", "cp1252"),
        ("P: …\n", "cp1252"),
        ("P: 40 £ – or €50?\n", "cp1252"),
        ("P: Wait—no.\n", "cp1252"),
        ("I: Com’è andata?\nP: Non ne so niente, è già tardi.\n", "cp1252"),
        ("P: Naïve, café.\n", "latin-1"),
        ("P: Das kostet 40 € – ja.\n", "cp1252"),
        ("P: Das kostet 40 €, schön.\n", "iso-8859-15"),
        ("P : Ma sœur a payé 40 €.\n", "iso-8859-15"),
        ("I: C’est ça.\nP: Oui… “bien sûr”.\n", "cp1252"),
        ("I: C’est ça.\nP: Oui… “bien sûr”.\n", "mac-roman"),
        ("I: And?\nP: I don’t know – it’s “fine”.\n", "mac-roman"),
        ("Tazatel: Jak to bylo?\nÚčastník: Příliš žluťoučký kůň úpěl ďábelské ódy, a on řekl, že nevím.\n", "cp1250"),
        ("質問: どうでしたか。\n田中: 大変でした。二時間も待ちました。\n", "shift_jis"),
        ("访谈者：怎么样？\n王：很难，我们等了很久，没有人来。\n", "gb18030"),
        ("Ε: Πώς ήταν;\nΠ: Δύσκολα, περίμενα δύο ώρες.\n", "cp1253"),
        ("G: Nasıldı?\nA: İyi değildi, şöyle böyle, çok ağladım.\n", "cp1254"),
        ("И: Как это было?\nА: Плохо, очень плохо, я ждала два часа.\n", "koi8-r"),
    ],
)
def test_short_talks_and_other_scripts(talk, encoding):
    assert guess(talk.encode(encoding))[0] == talk


def test_an_ellipsis_makes_no_new_line(text_file):
    path = text_file("\n".join(FRENCH).encode("cp1252"))
    reading = read(path)
    assert len(reading.blocks) == len(FRENCH)
    assert any("was guessed" in warning for warning in reading.warnings)


@pytest.mark.parametrize(("lines", "encoding"), [(lines, encoding) for lines, encoding, _ in CASES])
def test_what_was_meant_looks_better_than_any_misreading(lines, encoding):
    talk = "\n".join(lines)
    for other in ("cp1252", "mac-roman", "mac-latin2", "iso-8859-5", "cp1251"):
        if (misread := talk.encode(encoding).decode(other, "replace")) != talk:
            assert plausibility(misread) < plausibility(talk)
