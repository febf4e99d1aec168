"""`qcode assign` and `qcode rounds`: who codes what, by name or drawn at random, and how far everybody is."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qcode.cli import showing
from qcode.cli.arguments import AsJson, StudyFile
from qcode.cli.collecting import NoSuchCoderError
from qcode.cli.refusals import refusing
from qcode.errors import QcodeError
from qcode.ids import DocumentId, RoundId
from qcode.study import Study

if TYPE_CHECKING:
    from qcode.queries.rounds.draws import DrawRow
    from qcode.queries.rounds.progress import RoundProgress
    from qcode.queries.team import CoderRow, RoundRow

_NAMED = 20
_SEEDS = 1_000_000


class NoDocumentNamedError(QcodeError):
    """The study has no document of that name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        more = f" and {len(known) - _NAMED} more" if len(known) > _NAMED else ""
        listed = f"Its documents are: {', '.join(known[:_NAMED])}{more}." if known else "It has no documents yet."
        super().__init__(f"No document of this study is called “{name}”. {listed}")


class NoDocumentsYetError(QcodeError):
    """There is nothing to assign."""

    def __init__(self) -> None:
        super().__init__("This study has no documents yet. Import some before you assign them.")


class NotAShareError(QcodeError):
    """What should be a share of documents is no number."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}” is no share of the documents. Write it like 20% or 0.2; 10% to 25% are usual.")


class WithoutSampleError(QcodeError):
    """A choice for random draws was made where nothing is drawn."""

    def __init__(self, option: str) -> None:
        super().__init__(f"{option} is for documents that are drawn at random. Add --sample, such as --sample 20%.")


class SeveralPurposesError(QcodeError):
    """A round cannot be for two things."""

    def __init__(self) -> None:
        super().__init__("A round has one purpose. Give --pilot, --main or --recheck, and leave the others out.")


class RoundOtherwiseError(QcodeError):
    """The round is there, and is another kind of round than was asked for."""

    def __init__(self, row: RoundRow) -> None:
        super().__init__(
            f"“{row.name}” is there already, as a {_purpose(row.purpose)} round that is {_sight(row.blind)}. "
            "Leave these choices out, or give another name."
        )


class AllAssignedError(QcodeError):
    """Everybody codes everything in the round."""

    def __init__(self, name: str) -> None:
        super().__init__(f"In “{name}” every coder codes every document already. Give the name of another round.")


class AmbiguousGroupingError(QcodeError):
    """Something of that name is recorded about documents and about those who speak in them."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” is recorded about documents and about participants. Write document:{name} or participant:{name}."
        )


@dataclass(frozen=True, slots=True)
class _Draws:
    """How documents are to be drawn; `by` is the key of a grouping, or empty."""

    share: float
    seed: int
    by: str


@dataclass(frozen=True, slots=True)
class _Assigned:
    """What was assigned, for printing: the documents that were chosen, or what was drawn from them."""

    round: RoundRow
    new: bool
    coders: tuple[CoderRow, ...]
    chosen: tuple[str, ...]
    draw: DrawRow | None

    @property
    def documents(self) -> tuple[str, ...]:
        """The names of what was assigned."""
        return self.chosen if self.draw is None else tuple(one.name for one in self.draw.documents)


@refusing
def assign(
    study: StudyFile,
    round_name: Annotated[str, typer.Option("--round", metavar="NAME", help="The round; begun if it is not there.")],
    coder: Annotated[list[str], typer.Option("--coder", metavar="NAME", help="Who codes; may be repeated.")],
    *,
    document: Annotated[
        list[str] | None,
        typer.Option("--documents", metavar="NAME", help="What they code; may be repeated. All if left out."),
    ] = None,
    sample: Annotated[
        str | None, typer.Option(metavar="SHARE", help="Draw a share of the documents at random, such as 20%.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="What the draw begins with; drawn and printed if left out.")] = None,
    by: Annotated[str, typer.Option(metavar="ATTRIBUTE", help="Draw from each of its groups in proportion.")] = "",
    blind: Annotated[bool, typer.Option("--blind", help="A new round is blind until work is handed in.")] = False,
    pilot: Annotated[bool, typer.Option("--pilot", help="A new round is a pilot.")] = False,
    main: Annotated[bool, typer.Option("--main", help="A new round is a main round, as without this.")] = False,
    recheck: Annotated[bool, typer.Option("--recheck", help="A new round checks coding again.")] = False,
    as_json: AsJson = False,
) -> None:
    """Assign documents to coders in a round: those that are named, all, or some that are drawn at random."""
    from qcode.operations.assignments import assign as assign_by_name

    purpose = _chosen_purpose(pilot=pilot, main=main, recheck=recheck)
    if sample is None and (seed is not None or by):
        raise WithoutSampleError("--by" if by else "--seed")
    with Study.open(study) as opened:
        people = _coders(opened, coder)
        documents = _documents(opened, document)
        draws = None if sample is None else _draws(opened, sample, seed, by)
        with opened.grouped():
            row, new = _round(opened, round_name, purpose, blind=blind)
            if draws is None:
                drawn = None
                assign_by_name(opened, round_id=row.id, documents=list(documents), coders=[one.id for one in people])
            else:
                drawn = _draw(opened, row.id, people, list(documents), draws)
    done = _Assigned(row, new, people, tuple(documents.values()), drawn)
    if as_json:
        showing.show_json(_assigned_json(done))
    else:
        _show_assigned(done)


@refusing
def rounds(study: StudyFile, *, as_json: AsJson = False) -> None:
    """List the rounds of a study: how far everybody is, and what was drawn at random, with its seed."""
    from qcode.queries.rounds.draws import draws
    from qcode.queries.rounds.progress import round_progress
    from qcode.queries.team import rounds as rounds_of

    with Study.open(study) as opened:
        found = [(round_progress(opened, row.id), draws(opened, row.id)) for row in rounds_of(opened)]
    listed = [(progress, drawn) for progress, drawn in found if progress is not None]
    if as_json:
        showing.show_json([_round_json(progress, drawn) for progress, drawn in listed])
        return
    for progress, drawn in listed:
        _show_round(progress, drawn)


def share_of(text: str) -> float:
    """A share that was typed, as in 20%, 12,5 % or 0.2; the operation refuses what lies outside 0 to 100 %."""
    typed = text.strip().replace(",", ".")
    try:
        share = float(typed.removesuffix("%").rstrip())
    except ValueError:
        raise NotAShareError(text) from None
    if typed.endswith("%"):
        return round(share / 100, 12)
    if share > 1:
        raise NotAShareError(text)
    return share


# What was meant ---------------------------------------------------------------------------------------------------


def _chosen_purpose(*, pilot: bool, main: bool, recheck: bool) -> str | None:
    chosen = [name for name, wanted in (("pilot", pilot), ("main", main), ("recheck", recheck)) if wanted]
    if len(chosen) > 1:
        raise SeveralPurposesError
    return chosen[0] if chosen else None


def _coders(study: Study, names: Sequence[str]) -> tuple[CoderRow, ...]:
    from qcode.queries.team import coders

    known = {row.name.casefold(): row for row in coders(study)}
    for name in names:
        if name.strip().casefold() not in known:
            raise NoSuchCoderError(name, [row.name for row in known.values()])
    return tuple(dict.fromkeys(known[name.strip().casefold()] for name in names))


def _documents(study: Study, names: Sequence[str] | None) -> dict[DocumentId, str]:
    """The documents of these names, each of which may hold several apart by commas; all of them without names."""
    from qcode.queries.transcripts.documents import documents

    rows = documents(study, counted=False)
    if not rows:
        raise NoDocumentsYetError
    known = {row.name.casefold(): row for row in rows}
    wanted: list[str] = []
    for given in names or ():
        whole = given.strip().casefold() in known
        wanted += [given] if whole else [part for part in given.split(",") if part.strip()] or [given]
    for name in wanted:
        if name.strip().casefold() not in known:
            raise NoDocumentNamedError(name.strip(), [row.name for row in rows])
    chosen = {name.strip().casefold() for name in wanted} if names else known.keys()
    return {row.id: row.name for row in rows if row.name.casefold() in chosen}


def _round(study: Study, name: str, purpose: str | None, *, blind: bool) -> tuple[RoundRow, bool]:
    """The round of a name, begun if it is not there, and whether it was."""
    from qcode.operations.rounds import add_round
    from qcode.queries.team import rounds as rounds_of

    wanted = " ".join(name.split()).casefold()
    found = next((row for row in rounds_of(study) if row.name.casefold() == wanted), None)
    if found is None:
        made = add_round(study, name=name, purpose=purpose or "main", blind=blind)
        return next(row for row in rounds_of(study) if row.id == made), True
    if (purpose or found.purpose) != found.purpose or (blind and not found.blind):
        raise RoundOtherwiseError(found)
    if found.everyone:
        raise AllAssignedError(found.name)
    return found, False


def _draws(study: Study, sample: str, seed: int | None, by: str) -> _Draws:
    """How to draw, refused before a round is begun for it; a seed is drawn too where none is given."""
    from qcode.models.offering import refuse_numbers

    share, given = share_of(sample), secrets.randbelow(_SEEDS) if seed is None else seed
    refuse_numbers(share, given)
    return _Draws(share, given, _grouping(study, by) if by else "")


def _grouping(study: Study, by: str) -> str:
    """The key of what is to make the groups: a title, with document: or participant: ahead where both have it."""
    from qcode.models.offering import NoSuchGroupingError
    from qcode.queries.rounds.draws import groupings_for_draws

    known = groupings_for_draws(study)
    wanted = by.strip().casefold()
    exact = [one.key for one in known if f"{one.subject}:{one.title}".casefold() == wanted]
    found = exact or [one.key for one in known if one.title.casefold() == wanted]
    if not found:
        raise NoSuchGroupingError({one.key: one.title for one in known})
    if len(found) > 1:
        raise AmbiguousGroupingError(by.strip())
    return found[0]


# Deeds ------------------------------------------------------------------------------------------------------------


def _draw(
    study: Study, round_id: RoundId, people: Sequence[CoderRow], documents: Sequence[DocumentId], choices: _Draws
) -> DrawRow:
    from qcode.operations.drawing import draw
    from qcode.queries.rounds.draws import draws

    made = draw(
        study,
        round_id=round_id,
        coders=[one.id for one in people],
        share=choices.share,
        seed=choices.seed,
        by=choices.by,
        documents=documents,
    )
    return next(row for row in draws(study, round_id) if row.id == made.id)


# What is told -----------------------------------------------------------------------------------------------------


def _show_assigned(done: _Assigned) -> None:
    if done.new:
        showing.say(
            f"“{done.round.name}” was begun: a {_purpose(done.round.purpose)} round, {_sight(done.round.blind)}."
        )
    if done.draw is not None:
        _show_draw(done.draw)
    who = ", ".join(one.name for one in done.coders)
    count = len(done.documents)
    showing.say(f"Assigned to {who} in “{done.round.name}”: {_counted(count)}.")
    if done.draw is None:
        showing.say(f"  {_listed(done.documents)}")


def _show_draw(draw: DrawRow) -> None:
    offered = sum(portion.offered for portion in draw.by_group)
    by = f", by {draw.title or 'what is no longer recorded'}" if draw.by else ""
    drawn = f"{len(draw.drawn)} of {_counted(offered)}"
    showing.say(f"Drawn at random: {drawn} ({100 * draw.share:.4g} %, seed {draw.seed}{by}).")
    for portion in draw.by_group:
        names = [one.name for one in draw.documents if one.group == portion.name]
        ahead = f"{portion.name}: {portion.drawn} of {portion.offered}" if draw.by else "Documents"
        showing.say(f"  {ahead}{': ' if names else ''}{', '.join(names)}")


def _show_round(progress: RoundProgress, drawn: Sequence[DrawRow]) -> None:
    row = progress.round
    asked = "; codes go on segments that were cut beforehand" if row.segmented else ""
    showing.say(f"{row.name}: a {_purpose(row.purpose)} round, {_sight(row.blind)}{asked}.")
    for one in progress.coders:
        if one.given:
            done = f", {one.done} done" if one.done else ""
            showing.say(f"  {one.coder.name}: {one.handed_in} of {one.given} handed in{done}")
    for document in progress.documents:
        if document.regions:
            showing.say(f"  {document.name}: {document.regions}")
    for draw in drawn:
        _show_draw(draw)
        again = "the same documents" if draw.repeats else "OTHER documents: this draw was changed by hand"
        showing.say(f"  For {', '.join(draw.coder_names)}. Drawn again from its seed it gives {again}.")


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


def _counted(documents: int) -> str:
    return "1 document" if documents == 1 else f"{documents} documents"


def _purpose(purpose: str) -> str:
    return "re-check" if purpose == "recheck" else purpose


def _sight(blind: bool) -> str:
    return "blind" if blind else "open"


def _assigned_json(done: _Assigned) -> dict[str, Any]:
    return {
        "round": asdict(done.round),
        "new": done.new,
        "coders": [one.name for one in done.coders],
        "documents": list(done.documents),
        "draw": None if done.draw is None else _draw_json(done.draw),
    }


def _draw_json(draw: DrawRow) -> dict[str, Any]:
    return {
        "seed": draw.seed,
        "share": draw.share,
        "by": draw.title,
        "by_group": [asdict(portion) for portion in draw.by_group],
        "documents": [{"name": one.name, "group": one.group} for one in draw.documents],
        "coders": list(draw.coder_names),
        "repeats": draw.repeats,
    }


def _round_json(progress: RoundProgress, drawn: Sequence[DrawRow]) -> dict[str, Any]:
    """A round for other programs; counts that a blind round keeps back are null."""
    people = {one.coder.id: one.coder.name for one in progress.coders}
    return asdict(progress.round) | {
        "coders": [
            {"name": one.coder.name, "given": one.given, "done": one.done, "handed_in": one.handed_in}
            for one in progress.coders
        ],
        "documents": [
            {
                "name": document.name,
                "given": document.given,
                "done": document.done,
                "handed_in": document.handed_in,
                "regions": document.regions,
                "work": {name: asdict(progress.cell(document.id, coder)) for coder, name in people.items()},
            }
            for document in progress.documents
        ],
        "draws": [_draw_json(draw) for draw in drawn],
    }
