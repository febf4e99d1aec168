"""ELAN annotation files (.eaf): tiers, time slots, and annotations that refer to others."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.transcripts.captions import TimesUnreadError
from qcode.transcripts.gate import DamagedFileError, parse_xml
from qcode.transcripts.reader import Parsed, Reader
from qcode.transcripts.seconds import as_milliseconds
from qcode.transcripts.signatures import head
from qcode.transcripts.tiers import Span, Tier, parsed_tiers
from qcode.transcripts.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import etree

    from qcode.transcripts.reader import Source

_ROOT: Final = "ANNOTATION_DOCUMENT"
_ANNOTATIONS: Final = ("ALIGNABLE_ANNOTATION", "REF_ANNOTATION")
_WHOLE: Final = re.compile(r"\d{1,12}")
_CHAIN: Final = 100


class ElanDamagedError(QcodeError):
    """The XML of an ELAN file is not well formed, mostly because it was cut off."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is damaged or was cut off. Open it in ELAN and save it again, or ask for a new copy.")


type _Times = tuple[int | None, int | None]


@dataclass(slots=True)
class _Slots:
    """The times of slots by their ids, which of them stand between known ones, and which were used."""

    times: dict[str, int] = field(default_factory=dict)
    between: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)

    def of(self, annotation: etree._Element) -> _Times:
        """When an annotation begins and ends."""
        slots = annotation.get("TIME_SLOT_REF1", ""), annotation.get("TIME_SLOT_REF2", "")
        self.used.update(slots)
        return self.times.get(slots[0]), self.times.get(slots[1])


def _recognises(source: Source) -> bool:
    return f"<{_ROOT}" in head(source.data)


def _parse(source: Source) -> Parsed:
    try:
        root = parse_xml(source.name, source.data)
    except DamagedFileError:
        raise ElanDamagedError(source.name) from None
    if root.tag != _ROOT:
        raise ElanDamagedError(source.name)
    slots = _slots(source.name, root)
    annotations = {found.get("ANNOTATION_ID", ""): found for found in root.iter(*_ANNOTATIONS)}
    tiers = [_tier(tier, slots, annotations) for tier in root.iter("TIER")]
    between = len(slots.used & slots.between)
    warning = f"{counted(between, 'time')} that the file leaves open put between the times around it."
    return parsed_tiers(
        source.name,
        tiers,
        source.options,
        layout="ELAN annotation",
        metadata=dict(_metadata(root)),
        warnings=(warning,) if between else (),
    )


def _slots(name: str, root: etree._Element) -> _Slots:
    """The times of all slots; those without one are spread evenly between the known ones around them."""
    found: list[tuple[str, int | None]] = []
    for slot in root.iter("TIME_SLOT"):
        value = slot.get("TIME_VALUE")
        time = as_milliseconds(value, 1) if value is not None and _WHOLE.fullmatch(value.strip()) else None
        if value is not None and time is None:
            raise TimesUnreadError(name, _line_no(slot))
        found.append((slot.get("TIME_SLOT_ID", ""), time))
    spread = dict(_spread(found))
    return _Slots({slot: time for slot, time in found if time is not None} | spread, set(spread))


def _spread(found: Sequence[tuple[str, int | None]]) -> Iterator[tuple[str, int]]:
    """Times for the slots without one; none behind the last known time or where nothing is known."""
    before, waiting = 0, list[str]()
    for slot, time in found:
        if time is None:
            waiting.append(slot)
            continue
        step = max(time - before, 0) / (len(waiting) + 1)
        yield from ((open_slot, round(before + step * place)) for place, open_slot in enumerate(waiting, 1))
        before, waiting = time, []


def _tier(tier: etree._Element, slots: _Slots, annotations: dict[str, etree._Element]) -> Tier:
    name = tier.get("TIER_ID", "")
    spans = []
    for annotation in tier.iter(*_ANNOTATIONS):
        value = annotation.find("ANNOTATION_VALUE")
        text = ("" if value is None else "".join(map(str, value.itertext()))).strip()
        if text:
            spans.append(Span(*_times(annotation, slots, annotations), text, _line_no(annotation)))
    return Tier(name, tier.get("PARTICIPANT", ""), tuple(spans), depends=tier.get("PARENT_REF") is not None)


def _times(annotation: etree._Element, slots: _Slots, annotations: dict[str, etree._Element]) -> _Times:
    """The times of an annotation, or of the one that it refers to."""
    at: etree._Element | None = annotation
    for _ in range(_CHAIN):
        if at is None:
            break
        if at.tag == _ANNOTATIONS[0]:
            return slots.of(at)
        at = annotations.get(at.get("ANNOTATION_REF", ""))
    return None, None


def _line_no(element: etree._Element) -> int:
    return int(getattr(element, "sourceline", None) or 1)


def _metadata(root: etree._Element) -> Iterator[tuple[str, str]]:
    if author := root.get("AUTHOR", "").strip():
        yield "author", author
    media = dict.fromkeys(_file_name(found) for found in root.iter("MEDIA_DESCRIPTOR"))
    if names := "; ".join(filter(None, media)):
        yield "media", names


def _file_name(media: etree._Element) -> str:
    """The name of a recording without the folders it lies in, which name people too."""
    return re.split(r"[/\\]", media.get("RELATIVE_MEDIA_URL") or media.get("MEDIA_URL") or "")[-1].strip()


READER: Final = Reader("elan", 1, _recognises, _parse)
