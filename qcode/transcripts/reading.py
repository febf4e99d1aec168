"""From a file to a reading that can be previewed, and from a confirmed reading to a transcript."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.text.canonical import normalise
from qcode.transcripts import answers, detection, gate, headings, layouts, preamble, scoring, segmenting
from qcode.transcripts.encodings import encoding_choices
from qcode.transcripts.labels import lines_of
from qcode.transcripts.laying_out import lay_out
from qcode.transcripts.values import Reading, Transcript, Unmatched
from qcode.transcripts.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from qcode.transcripts.labels import Line
    from qcode.transcripts.layouts import Arranged
    from qcode.transcripts.reader import Parsed, Reader, Source
    from qcode.transcripts.segmenting import Drafted
    from qcode.transcripts.values import Block, Counts, EncodingChoice, JoinCues, LabelChoice, Role, SourceKind

TURN_LIMIT: Final = 100_000


class NoTextError(QcodeError):
    """The file was read, and there is nothing in it to code."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} holds no text to code. If its pages are pictures, ask for the text itself.")


class TooManyTurnsError(QcodeError):
    """The text would fall into more turns than any conversation has."""

    def __init__(self, name: str, count: int) -> None:
        super().__init__(f"{name} would have {count:,} turns, more than {TURN_LIMIT:,}. Split the file first.")


def read(path: Path, *, encoding: str | None = None, options: Mapping[str, str] | None = None) -> Reading:
    """Read a transcript file into blocks and a label table; nothing is stored.

    `encoding` overrides what is found or guessed for text files; `options` are for the file's reader, which leaves
    aside those it does not know. Raises a subclass of QcodeError for every file that cannot or must not be read.
    """
    source = replace(gate.load(path, encoding), options=dict(options or {}))
    reader = detection.choose(source)
    parsed = reader.parse(source)
    gate.check_count(source.name, len(parsed.blocks))
    blocks, changes = _canonical(parsed.blocks)
    if parsed.kind == "survey":
        return _of_survey(source, reader, parsed, blocks, changes)
    done = layouts.arranged(blocks, lines_are_typed=parsed.lines_are_typed)
    blocks, lines = done.blocks, _lines(source.name, done.blocks)
    header = preamble.header_length(lines)
    choices = scoring.choose(lines, header, {**done.roles, **parsed.roles})
    report = None if parsed.kind != "transcript" else _as_document(done, lines, choices, typed=parsed.lines_are_typed)
    if report:
        blocks, lines, choices = report
    _check_labels(source.name, choices)
    drafted = segmenting.draft(lines, header, _accepted(choices))
    choices = scoring.measured(choices, drafted.starts, drafted.talk())
    return Reading(
        file_name=source.name,
        sha256=hashlib.sha256(source.data).hexdigest(),
        reader=f"{reader.name} {reader.version}",
        encoding=parsed.encoding,
        options={**source.options, **({"encoding": encoding} if encoding else {})},
        metadata={key: normalise(value)[0] for key, value in parsed.metadata.items()},
        warnings=(*detection.mismatch(source, reader), *parsed.warnings, *done.warnings),
        rules=_summed(parsed.rules, changes, done.rules),
        blocks=blocks,
        labels=choices,
        kind="document" if report else parsed.kind,
        layout=parsed.layout or layouts.named(done, lines, choices),
        unmatched=(*parsed.unmatched, *done.unmatched, *_unmatched(drafted)),
        columns=parsed.columns,
        respondents=parsed.respondents,
        no_answers=parsed.no_answers,
        encodings=_encodings(source, parsed),
        sheets=parsed.sheets,
    )


def segment(
    reading: Reading, labels: Sequence[LabelChoice] | None = None, *, join_cues: JoinCues = "near"
) -> Transcript:
    """The turns of a reading with the labels as confirmed, or as proposed where none are given.

    Rows that are not accepted are talk; rows with the same name are one speaker, who has the role of the row that
    bears the name, else of the first. `join_cues` says when neighbouring captions of one speaker are one turn: "off",
    "near" (at most two seconds apart) or "always". Deterministic. Raises TooManyTurnsError, TooManyLabelsError.
    """
    choices = tuple(reading.labels if labels is None else labels)
    is_survey = reading.kind == "survey"
    drafted = answers.draft(reading.blocks, _accepted(choices)) if is_survey else _drafted(reading, choices)
    names = {choice.label: choice.name.strip() or choice.label for choice in choices if choice.accepted}
    drafts = segmenting.joined(drafted.drafts, names, join_cues)
    if len(drafts) > TURN_LIMIT:
        raise TooManyTurnsError(reading.file_name, len(drafts))
    laid = lay_out(drafts, names, _roles(choices, names))
    return Transcript(
        text=laid.text,
        turns=laid.turns,
        labels=choices,
        metadata={**reading.metadata, **drafted.metadata},
        warnings=(
            *reading.warnings,
            *_label_warnings(choices, drafted, confirmed=is_survey or labels is not None, kind=reading.kind),
            *drafted.warnings,
        ),
        rules=_summed(reading.rules, tuple(drafted.rules.items())),
        anchors=laid.anchors,
        headings=laid.headings,
        pages=laid.pages,
    )


def _of_survey(source: Source, reader: Reader, parsed: Parsed, blocks: tuple[Block, ...], changes: Counts) -> Reading:
    """The reading of a table of answers, in which no line begins with a label."""
    _lines(source.name, blocks)
    return Reading(
        file_name=source.name,
        sha256=hashlib.sha256(source.data).hexdigest(),
        reader=f"{reader.name} {reader.version}",
        encoding=parsed.encoding,
        options={**source.options, **({"encoding": source.encoding} if source.encoding else {})},
        metadata={},
        warnings=(*detection.mismatch(source, reader), *parsed.warnings),
        rules=_summed(parsed.rules, changes),
        blocks=blocks,
        labels=answers.respondents(blocks),
        kind=parsed.kind,
        layout=parsed.layout,
        columns=parsed.columns,
        respondents=parsed.respondents,
        no_answers=parsed.no_answers,
        encodings=_encodings(source, parsed),
        sheets=parsed.sheets,
    )


def _encodings(source: Source, parsed: Parsed) -> tuple[EncodingChoice, ...]:
    return encoding_choices(source.data, parsed.encoding) if parsed.encoding else ()


def _drafted(reading: Reading, choices: Sequence[LabelChoice]) -> Drafted:
    _check_labels(reading.file_name, choices)
    lines = tuple(lines_of(reading.blocks))
    return segmenting.draft(lines, preamble.header_length(lines), _accepted(choices))


def _as_document(
    done: Arranged, lines: tuple[Line, ...], choices: tuple[LabelChoice, ...], *, typed: bool
) -> tuple[tuple[Block, ...], tuple[Line, ...], tuple[LabelChoice, ...]] | None:
    """The blocks, lines and offered labels of a text that nobody speaks in; None for other texts."""
    blocks = headings.with_typed_headings(done.blocks) if typed and done.is_plain else done.blocks
    lines = lines if blocks is done.blocks else tuple(lines_of(blocks))
    if not headings.is_document(lines, choices):
        return None
    titles = {line.text for line in lines if headings.heading_level(line.block.style) is not None}
    offered = (replace(choice, accepted=False) for choice in choices if choice.label not in titles)
    return blocks, lines, tuple(offered)


def _unmatched(drafted: Drafted) -> Iterable[Unmatched]:
    return (Unmatched(line.block.line_no or 0, line.text) for line in drafted.unmatched)


def _canonical(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], Counts]:
    """The blocks with every text in canonical form, and what was changed."""
    changes: Counter[str] = Counter()
    made = []
    for block in blocks:
        text, notes = normalise(block.text)
        changes.update(dict(notes))
        bare = not notes and block.voice is None and block.bold_prefix is None
        made.append(block if bare else _with_text(block, text))
    return tuple(made), tuple(changes.items())


def _with_text(block: Block, text: str) -> Block:
    return replace(block, text=text, voice=_one_line(block.voice), bold_prefix=_one_line(block.bold_prefix))


def _one_line(text: str | None) -> str | None:
    return None if text is None else " ".join(normalise(text)[0].split()) or None


def _lines(name: str, blocks: Sequence[Block]) -> tuple[Line, ...]:
    lines = tuple(_watched(name, lines_of(blocks)))
    if not lines:
        raise NoTextError(name)
    gate.check_lines(name, [line.text for line in lines])
    return lines


def _watched(name: str, lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, until more labels come up than are worth weighing."""
    seen: set[str] = set()
    for line in lines:
        yield line
        if line.candidate is not None:
            seen.add(line.candidate.label)
            if len(seen) > scoring.CANDIDATE_LIMIT:
                raise scoring.TooManyLabelsError(name, len(seen))


def _accepted(choices: Iterable[LabelChoice]) -> frozenset[str]:
    return frozenset(choice.label for choice in choices if choice.accepted)


def _check_labels(name: str, choices: Sequence[LabelChoice]) -> None:
    count = len(_accepted(choices))
    if count > scoring.LABEL_LIMIT:
        raise scoring.TooManyLabelsError(name, count)


def _label_warnings(
    choices: Sequence[LabelChoice], drafted: Drafted, *, confirmed: bool, kind: SourceKind
) -> Iterable[str]:
    """What to say about the labels; where a person has confirmed them, only that there are none."""
    offered = sum(not choice.accepted for choice in choices)
    listed = f" {counted(offered, 'possible label')} listed; tick those that are speakers."
    if not any(choice.accepted for choice in choices):
        how = "a document with headings" if kind == "document" else "one narrator"
        none_found = f"No speakers were found: the text is read as {how}, a turn for each paragraph."
        yield none_found + (listed if offered and not confirmed else "")
    if confirmed:
        return
    if offered and any(choice.accepted for choice in choices):
        yield f"{counted(offered, 'possible label')} not taken for a speaker; tick those that are."
    if merges := sum(choice.proposal is not None for choice in choices):
        yield f"{counted(merges, 'label')} may be another spelling of a speaker; merge them if so."
    if scoring.likely_interviewer(choices, drafted.talk()):
        yield "The speaker with the fewest words mostly asks; give them the role of interviewer if that is right."


def _roles(choices: Iterable[LabelChoice], names: Mapping[str, str]) -> dict[str, Role]:
    roles: dict[str, Role] = {}
    for choice in sorted(choices, key=lambda choice: choice.label != names.get(choice.label)):
        if choice.accepted:
            roles.setdefault(names[choice.label], choice.role)
    return roles


def _summed(*counts: Counts) -> Counts:
    total: Counter[str] = Counter()
    for rules in counts:
        total.update(dict(rules))
    return tuple((rule, count) for rule, count in total.items() if count)
