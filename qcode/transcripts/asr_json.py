"""Transcripts in JSON that speech recognition writes: Whisper, WhisperX, whisper.cpp, Amberscript and their kin."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from qcode.errors import QcodeError
from qcode.text.canonical import normalise
from qcode.transcripts.gate import check_lines
from qcode.transcripts.json_files import fit, is_json, load_json
from qcode.transcripts.reader import Parsed, Reader
from qcode.transcripts.seconds import as_milliseconds
from qcode.transcripts.values import Block, Layout
from qcode.transcripts.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qcode.transcripts.reader import Source

_LISTS: Final = ("segments", "transcription")
_SPEAKERS: Final = ("speaker", "speaker_label", "spkid")
_WORDS: Final = ("punctuated_word", "word", "text")
_MEDIA: Final = ("filename", "media", "audio_file", "audio_url")
_MOST_SPEAKERS: Final = 10_000
_MARK: Final = re.compile(r"[.,;:!?…%)\]]+")


class UnknownJsonError(QcodeError):
    """A JSON file holds something else than a transcript that we know."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is a JSON file in which no list of segments with their text was found. "
            "Export the transcript as WebVTT (.vtt), Word (.docx) or plain text."
        )


class SegmentTimeError(QcodeError):
    """A segment's time is no number, so talk and times would drift apart."""

    def __init__(self, name: str, number: int) -> None:
        super().__init__(f"The times of segment {number:,} in {name} are no numbers. Correct them, or export it again.")


@dataclass(slots=True)
class _Recognised:
    """Segments while they are read, with what was odd."""

    name: str
    names: Mapping[str, str]
    blocks: list[Block] = field(default_factory=list)
    count: int = 0
    timeless: int = 0
    empty: int = 0


def _parse(source: Source) -> Parsed:
    loaded = load_json(source)
    whole = loaded.value if isinstance(loaded.value, dict) else {}
    kind, segments = _segments(loaded.value)
    if not any(isinstance(segment, dict) and _text(segment) is not None for segment in segments):
        raise UnknownJsonError(source.name)
    found = _Recognised(source.name, _names(whole))
    for segment in segments:
        _add(found, segment)
    check_lines(source.name, [line for block in found.blocks for line in normalise(block.text)[0].split("\n")])
    return Parsed(
        blocks=tuple(found.blocks),
        encoding=loaded.encoding,
        metadata=dict(_metadata(whole)),
        warnings=(*loaded.warnings, *_warnings(found)),
        rules=(("segments without text left out", found.empty),) if found.empty else (),
        layout=Layout(_layout(whole, kind), len(found.blocks), found.count, "segments"),
    )


def _segments(value: Any) -> tuple[str, list[Any]]:
    """The list of segments and the name it stands under; at the top, or one level below (as in `{"results": …}`)."""
    if isinstance(value, list):
        return "segments", value
    if not isinstance(value, dict):
        return "", []
    for place in (value, *(inner for inner in value.values() if isinstance(inner, dict))):
        for name in _LISTS:
            if isinstance(place.get(name), list) and place[name]:
                return name, place[name]
    return "", []


def _names(whole: Mapping[str, Any]) -> dict[str, str]:
    """What speakers are called; a name may be empty, then the speaker keeps the id."""
    listed = [entry for entry in _list(whole.get("speakers")) if isinstance(entry, dict)]
    named = ((_word(entry.get("spkid", entry.get("id"))), _word(entry.get("name"))) for entry in listed)
    return {key: name for key, name in named if key and name}


def _word(value: Any) -> str:
    """A value as text for people; empty for what is neither text nor a number of a speaker."""
    if isinstance(value, float) and value.is_integer() and abs(value) < _MOST_SPEAKERS:
        return f"Speaker {int(value)}"
    return fit(value).strip() if isinstance(value, str) else ""


def _metadata(whole: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    media = next((text for key in _MEDIA if (text := _word(whole.get(key)))), "")
    if media:
        yield "media", re.split(r"[/\\]", media)[-1]
    if language := _word(whole.get("language")):
        yield "language", language


def _layout(whole: Mapping[str, Any], kind: str) -> str:
    if kind == "transcription":
        return "whisper.cpp JSON"
    if "word_segments" in whole:
        return "WhisperX JSON"
    return "Amberscript JSON" if isinstance(whole.get("speakers"), list) else "JSON of speech recognition"


def _add(found: _Recognised, segment: Any) -> None:
    found.count += 1
    text = _text(segment) if isinstance(segment, dict) else None
    if not text or not text.strip():
        found.empty += 1
        return
    start, end = _times(found, segment)
    found.timeless += start is None
    if start is None or end is None or end < start:
        end = None
    found.blocks.append(Block(text.strip(), "cue", start, end, _voice(found, segment), line_no=found.count))


def _voice(found: _Recognised, segment: Mapping[str, Any]) -> str | None:
    voice = next((word for key in _SPEAKERS if (word := _word(segment.get(key)))), "")
    return found.names.get(voice, voice) or None


def _text(segment: Mapping[str, Any]) -> str | None:
    """What was said in a segment: its text, or its words put together."""
    if isinstance(segment.get("text"), str):
        return fit(segment["text"])
    words = segment.get("words")
    return fit(_joined(_spoken(words))) if isinstance(words, list) else None


def _spoken(words: Iterable[Any]) -> Iterator[str]:
    for word in words:
        if isinstance(word, dict):
            yield next((word[key] for key in _WORDS if isinstance(word.get(key), str)), "")


def _joined(words: Iterable[str]) -> str:
    """Words with a space between them, unless they bring their own or are a mark."""
    text = ""
    for word in words:
        close = not text or word[:1].isspace() or text[-1].isspace() or _MARK.fullmatch(word) is not None
        text += word if close or not word else f" {word}"
    return text


def _times(found: _Recognised, segment: Mapping[str, Any]) -> tuple[int | None, int | None]:
    offsets = segment.get("offsets")
    if isinstance(offsets, dict):
        return _time(found, offsets.get("from"), 1), _time(found, offsets.get("to"), 1)
    start, end = (_time(found, segment.get(key), 1_000) for key in ("start", "end"))
    timed = [word for word in _list(segment.get("words")) if isinstance(word, dict)]
    if start is None:
        start = next((ms for word in timed if (ms := as_milliseconds(word.get("start"))) is not None), None)
    if end is None:
        ends = (as_milliseconds(word.get("end")) for word in reversed(timed))
        end = next((ms for ms in ends if ms is not None), None)
    return start, end


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _first(times: Iterable[int | None]) -> int | None:
    return next((time for time in times if time is not None), None)


def _time(found: _Recognised, value: Any, unit_ms: float) -> int | None:
    """A time; None where there is none or no possible one. Raises SegmentTimeError for what is no number."""
    if value is None:
        return None
    time = as_milliseconds(value, unit_ms)
    if time is None and not _is_number(value):
        raise SegmentTimeError(found.name, found.count)
    return time


def _is_number(value: Any) -> bool:
    try:
        return not isinstance(value, bool) and isinstance(float(value), float)
    except (TypeError, ValueError, OverflowError):
        return isinstance(value, int)


def _warnings(found: _Recognised) -> Iterator[str]:
    if found.timeless:
        yield f"{counted(found.timeless, 'segment')} without a time that can be one; the talk is kept without it."
    starts = [block.start_ms for block in found.blocks if block.start_ms is not None]
    early = sum(after < before for before, after in pairwise(starts))
    if early:
        begin = "begins" if early == 1 else "begin"
        yield f"{counted(early, 'segment')} {begin} before the one above; segments stay in the order of the file."


READER: Final = Reader("asr-json", 1, is_json, _parse)
