from __future__ import annotations

from pathlib import Path

import pytest
from measuring import CASES, spanish, spanish_line

from qcode.deidentification import scan
from qcode.deidentification.languages import ordinary_words
from qcode.deidentification.spanish_words import spanish_words
from qcode.nlp import stop_words

PAGE = Path(__file__).parents[2] / "docs" / "deidentification.md"
NAMES = """
alba amado amparo ana andrés ángel ángela beatriz benito blanca carlos carmen celeste chayo clara concepción consuelo
cruz delia diana dolores domingo dora edgar elena elías emiliano esperanza estela esther flores garcía gaspar
gloria guadalupe héctor hernán inés ines irma isabel javier josé juan juana julia justo leal leo león linda lorena lucha
lucía luis luna lupe luz marco marcos maría mario marta martín matías mercedes miguel milagros mir mira modesto
montes mora olga omar oscar óscar pablo paco paz pedro piedad pilar pinto rafael ramos raúl refugio reina
remedios reyes rocío romero rosa rosario ruiz salas salinas salomón salvador santos sara saúl socorro sofía sol soledad
sonia teresa tere tomás tomas toña trinidad vega vela vera victoria vidal villa ximena yolanda
"""
TALK = (
    "Pues yo no quería. Trabajábamos de noche y salíamos a las seis, y mi marido ya estaba enfermo. Dijeron que no, "
    "pero Nicanor fue con ellos. Nicanor habló. Cuando Rosario llegó, nadie dijo nada. ¿Qué hacíamos? Nos quedamos."
)


def marked(text: str, language: str) -> list[str]:
    return [one.text for one in scan(text, ordinary=ordinary_words(text, language))]


def test_words_that_begin_spanish_sentences_are_no_names_and_names_are() -> None:
    assert marked(TALK, "es-MX") == ["Nicanor", "Nicanor", "Rosario"]


@pytest.mark.parametrize("language", ["", "en", "EN-us", "tlh"])
def test_a_language_that_is_not_known_or_wrong_is_guessed(language: str) -> None:
    assert marked(TALK, language) == ["Nicanor", "Nicanor", "Rosario"]


def test_languages_without_a_list_of_their_own_have_their_stop_words() -> None:
    said = (
        "Also ich war damals nicht da und es war auch nicht leicht. Dann kam er zu mir. Aber wir haben nichts gesagt, "
        "und Marta war auch da. Wiebke hat das so gewollt."
    )
    assert marked(said, "") == marked(said, "de") == ["Marta", "Wiebke"]


def test_english_needs_no_words_of_another_language() -> None:
    talk = (CASES / "talk.txt").read_text(encoding="utf-8")
    assert not ordinary_words(talk)
    assert not ordinary_words(talk, "en-GB")
    assert not ordinary_words("Nicanor.")


def test_a_text_in_no_language_that_is_known_gets_no_words() -> None:
    assert not ordinary_words("Xiq zoqua brell tamik vusto. " * 20)


def test_a_word_of_the_list_that_has_a_capital_inside_a_sentence_stays_a_name() -> None:
    assert [one.text for one in scan("Tarde vino. Vimos a Tarde.", ordinary={"tarde", "vimos"})] == ["Tarde", "Tarde"]
    assert [one.text for one in scan("Tarde vino. Era muy tarde.", ordinary={"tarde", "era"})] == []


def test_first_names_are_no_ordinary_spanish_words() -> None:
    assert not spanish_words().intersection(NAMES.split())
    assert not stop_words("es").intersection(NAMES.split())


def test_the_list_has_the_forms_of_verbs_as_they_are_spelled() -> None:
    forms = "hablábamos busqué llegué empecé cuénteme imagínese búsquelo salían saliendo comprábamos vivíamos"
    assert set(forms.split()) <= spanish_words()


def test_spanish_talk_gets_few_marks_and_loses_no_identifier() -> None:
    found, flags, words = spanish(ordinary_words("", "es"))
    before, _flags, _words = spanish(())
    assert words >= 600
    assert flags <= 45
    assert found.touched >= before.touched
    assert found.covered >= before.covered


def test_the_page_shows_the_spanish_figures_of_today() -> None:
    assert spanish_line() in PAGE.read_text(encoding="utf-8").replace("\n", " ")
