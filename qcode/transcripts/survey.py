"""Survey answers: one row is one respondent, each open cell that is filled in is an answer to its column's question."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.transcripts.columns import asked_uses, described, is_private, survey_uses, unnamed
from qcode.transcripts.reader import Parsed
from qcode.transcripts.roles import folded
from qcode.transcripts.values import Block, Layout, Respondent
from qcode.transcripts.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qcode.transcripts.grids import Grid, Row, Table
    from qcode.transcripts.reader import Source
    from qcode.transcripts.values import ColumnUse

ANSWER_OPTION: Final = "answer:"
"""With a text such as "N/A" behind it and the value "keep", the option that takes the text as an answer."""

_KEEP: Final = "keep"
_NO_ANSWER: Final = frozenset(
    {
        *("-", "--", "---", "–", "—", ".", "..", "...", "…", "?", "/", "x", "*", "n/a", "n.a.", "na", "#n/a", "n/r"),
        *("none", "nil", "null", "nan", "no answer", "no response", "not applicable", "prefer not to say", "skip"),
        *("skipped", "blank", "no comment", "no comments", "ninguno", "ninguna", "no aplica", "sin respuesta", "n/c"),
        *(
            "sin comentarios",
            "keine",
            "keine angabe",
            "k.a.",
            "entfallt",
            "aucun",
            "aucune",
            "sans reponse",  # codespell:ignore reponse
        ),
    }
)


class NoAnswersError(QcodeError):
    """No column of a table holds answers."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is a table, and no column of it was found, or chosen, that holds answers in people's own words. "
            "Check that its header row names the columns, and choose those with open questions."
        )


def no_answers(options: Mapping[str, str]) -> frozenset[str]:
    """What counts as no answer, folded, without what somebody wants to keep."""
    return _NO_ANSWER - {folded(key.removeprefix(ANSWER_OPTION)) for key, value in options.items() if value == _KEEP}


def parse_survey(source: Source, grid: Grid, table: Table) -> Parsed:
    """The answers, respondents and columns of a survey; what counts as no answer is listed, not lost."""
    no_answer = no_answers(source.options)
    uses = survey_uses(table, asked_uses(table, source.options), no_answer)
    survey = _Survey(table, uses, no_answer)
    survey.go_through()
    if not survey.blocks:
        raise NoAnswersError(source.name)
    return Parsed(
        blocks=tuple(survey.blocks),
        encoding=grid.encoding,
        warnings=(*grid.warnings, *survey.warnings()),
        rules=(*grid.rules, ("rows above the header left out", table.above), *survey.rules.items()),
        kind="survey",
        layout=Layout("Survey answers", survey.rules["rows read as respondents"], len(table.rows), "rows"),
        columns=described(table, uses),
        respondents=tuple(Respondent(id_, tuple(values.items())) for id_, values in survey.respondents.items()),
        no_answers=tuple(survey.no_answers.items()),
    )


class _Survey:
    """The state of going through the rows once."""

    def __init__(self, table: Table, uses: Mapping[int, ColumnUse], no_answer: frozenset[str]) -> None:
        self._table = table
        self._uses = uses
        self._no_answer = no_answer
        self.blocks: list[Block] = []
        self.respondents: dict[str, dict[str, str]] = {}
        self.no_answers: Counter[str] = Counter()
        self.rules: Counter[str] = Counter()

    def go_through(self) -> None:
        """Take in every row."""
        for row in self._table.rows:
            self._take(row)

    def _take(self, row: Row) -> None:
        if not any(row.cell(place) for place, use in self._uses.items() if use != "ignore"):
            self.rules["rows without answers left out"] += 1
            return
        id_ = self._id_of(row)
        self.rules["rows read as respondents"] += 1
        self.rules["rows of a respondent who came before"] += id_ in self.respondents
        values = self.respondents.setdefault(id_, {})
        for place in self._places("attribute"):
            if text := row.cell(place):
                values.setdefault(self._table.names[place] or unnamed(place), text)
        for place in self._places("open"):
            self._answer(id_, row, place)

    def _id_of(self, row: Row) -> str:
        for place in self._places("id"):
            if text := " ".join(row.cell(place).split()):
                return text
        self.rules["respondents without an ID"] += 1
        return f"Respondent {self.rules['rows read as respondents'] + 1}"

    def _answer(self, id_: str, row: Row, place: int) -> None:
        text = row.cell(place)
        if folded(text) in self._no_answer:
            self.no_answers[text] += 1
        elif text:
            question = self._table.names[place] or unnamed(place)
            self.blocks.append(Block(text, "row", voice=id_, line_no=row.no, question=question))

    def _places(self, use: ColumnUse) -> list[int]:
        return [place for place, used in self._uses.items() if used == use]

    def warnings(self) -> Iterator[str]:
        """What the user should look at."""
        names, rules = self._table.names, self.rules
        if not self._places("id"):
            yield "No column with IDs was found: respondents are numbered in the order of their rows."
        elif missing := rules["respondents without an ID"]:
            yield f"{counted(missing, 'row')} without an ID: these respondents are numbered."
        if again := rules["rows of a respondent who came before"]:
            yield f"{counted(again, 'row')} with an ID that came before: taken as the same respondent."
        private = [name for place, name in enumerate(names) if self._is_left_out(place)]
        if private:
            left_out = f"{counted(len(private), 'column')} left out that may hold names or contact data: "
            yield left_out + ", ".join(private) + "."
        if self.no_answers:
            yield f"{counted(self.no_answers.total(), 'cell')} such as “N/A” or “-” taken as no answer."

    def _is_left_out(self, place: int) -> bool:
        texts = self._table.column(place)
        return bool(texts) and self._uses[place] == "ignore" and is_private(self._table.names[place], texts)
