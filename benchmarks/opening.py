"""Opening: a study, its lists, and a long document with all its highlights."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import peers
from benchmarks.bench import Bench, select
from benchmarks.figures import Figure, Floor, timed
from benchmarks.measuring import Timing, timing
from benchmarks.painting import Shown, code_room
from benchmarks.studies import Long, current_round
from qcode.models.texts import Shelf
from qcode.queries.codebook.tree import codebook
from qcode.queries.codings import codings_of
from qcode.queries.transcripts.documents import document_text, documents
from qcode.study import Study

_CODINGS = """
SELECT coding.*, code.name, code.palette_slot, coder.initials FROM coding
JOIN code ON code.id = coding.code_id JOIN coder ON coder.id = coding.coder_id
WHERE coding.alive ORDER BY coding.start
"""
_SIGHT = "its text painted with the highlights and stripes in sight; their names follow"


def open_study(bench: Bench) -> Iterator[Figure]:
    """The file, and what the first room reads of it."""
    path = bench.cache.coded(bench.team)
    size = f"{bench.team.codings:,} codings"
    yield timed("open A", "A: open the study", timing(lambda: Study.open(path).close(), bench.runs(9)))
    with bench.study(path) as study:
        chosen = current_round(study)
        listing = timing(lambda: documents(study, round_id=chosen), bench.runs(9))
        yield timed("documents A", f"A: list the documents, {size} counted", listing)
        yield timed("codebook A", f"A: list the codes, {size} counted", timing(lambda: codebook(study), bench.runs(9)))


def open_long(bench: Bench) -> Iterator[Figure]:
    """From the click on a document to its text with all highlights, painted."""
    path = bench.cache.coded(bench.long)
    floor = Floor(timing(lambda: select(path, _CODINGS), bench.runs(9)).wall, "SQL")
    with bench.study(path) as study:
        with code_room(study) as shown:
            painted, whole = opened(shown, bench.runs(9))
        reading = timing(lambda: codings_of(study, shown.long), bench.runs(9))
        text = timing(lambda: _read_text(study, shown), bench.runs(9))
    note = f"of which reading the codings {reading.wall * 1000:.0f}, the text {text.wall * 1000:.0f} ms"
    what = f"B: open the document with {bench.long.codings:,} highlights"
    yield timed("open B", what, painted, floor=floor, peers=peers.OPEN_LONG, target=0.1, note=_SIGHT)
    yield timed("open B whole", "… and all codings known, names and the panels beside it painted", whole, note=note)


def opened(shown: Shown, runs: int) -> tuple[Timing, Timing]:
    """Opening the long document, read from the file, each time after the short one.

    Until its text is painted with the highlights and stripes in sight, and until everything is known and painted.
    """
    taken = []
    for _ in range(runs + 1):
        shown.room.open_document(shown.short)
        shown.study.shelf = Shelf()
        taken.append(shown.paints.of(lambda: shown.room.open_document(shown.long)))
    return Timing.of(each.text for each in taken[1:]), Timing.of(each.room for each in taken[1:])


def sizes(bench: Bench) -> list[tuple[str, Long]]:
    """Data B made shorter and longer, with codings in proportion."""
    factors = (0.1, 1.0) if bench.quick else (0.1, 1.0, 5.0)
    return [
        (f"{bench.long.times(factor).characters / 1e6:g} million characters", bench.long.times(factor))
        for factor in factors
    ]


def _read_text(study: Study, shown: Shown) -> None:
    study.shelf = Shelf()
    document_text(study, shown.long)
