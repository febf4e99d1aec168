"""PDF files, as well as can be: a PDF has lines at places on pages, and paragraphs must be guessed from them."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.transcripts.gate import MB, UnsafeFileError
from qcode.transcripts.pdf_pages import Page, TooMuchOnPageError, page_of
from qcode.transcripts.pdf_text import paragraphs_of
from qcode.transcripts.reader import Parsed, Reader
from qcode.transcripts.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdf import PdfReader

    from qcode.transcripts.pdf_text import Joined
    from qcode.transcripts.reader import Source

PAGE_LIMIT: Final = 2_000
STREAM_LIMIT: Final = 16 * MB
PAGE_WORK_LIMIT: Final = 4 * MB
WORK_LIMIT: Final = 48 * MB
OBJECT_LIMIT: Final = 500_000
_LETTERS_A_PAGE: Final = 8
_LIMITS: Final = {
    **dict.fromkeys(
        (
            "maximum_declared_stream_length",
            "array_based_stream_maximum_output_length",
            "lzw_maximum_output_length",
            "run_length_maximum_output_length",
            "zlib_maximum_output_length",
            "brotli_maximum_output_length",
        ),
        STREAM_LIMIT,
    ),
    "stream_parsing_work_maximum_count": 500_000,
    "xform_maximum_invocations_per_extraction": 500,
    "page_tree_maximum_entries": 20_000,
}


class DamagedPdfError(QcodeError):
    """A PDF cannot be read to the end."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is a PDF that is damaged or was cut off. Get it again, or ask the transcriber for the Word file."
        )


class PdfLockedError(QcodeError):
    """A PDF asks for a password."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is protected with a password, and qcode asks for none. Open it, save or print it without the "
            "password, and import that; or ask the transcriber for the Word file."
        )


class ScannedPdfError(QcodeError):
    """The pages of a PDF are pictures."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} has no text on its pages: they are pictures, such as a scan. "
            "Ask the transcriber for the Word or text file it was made from."
        )


class TooManyPagesError(QcodeError):
    """A PDF has more pages than a transcript has."""

    def __init__(self, name: str, count: int) -> None:
        super().__init__(
            f"{name} has {count:,} pages, more than {PAGE_LIMIT:,}. Split it, and import the part you need."
        )


def _recognises(source: Source) -> bool:
    head = source.data[:1024]
    return head.startswith(b"%PDF-") or (b"%PDF-" in head and b" obj" in source.data)


def _parse(source: Source) -> Parsed:
    if source.data.count(b" obj") > OBJECT_LIMIT:
        raise UnsafeFileError(source.name, f"it has more than {OBJECT_LIMIT:,} objects")
    pages, pictures = _pages(source)
    letters = sum(len(line.text) for page in pages for line in page.lines)
    if letters < _LETTERS_A_PAGE * len(pages) and (pictures or not letters):
        raise ScannedPdfError(source.name)
    joined = paragraphs_of(pages)
    return Parsed(
        blocks=joined.blocks,
        warnings=tuple(_warnings(joined, pages)),
        rules=(
            ("lines of page headers and footers left out", joined.repeated),
            ("line numbers in the margin left out", joined.numbers),
            ("hyphens at line ends joined", joined.hyphens),
        ),
    )


def _pages(source: Source) -> tuple[list[Page], int]:
    """The lines of every page and how many pages hold pictures; any way in which a PDF is broken is one refusal."""
    from pypdf import apply_configuration, get_configuration

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings quote what it read
    try:
        with apply_configuration(get_configuration().with_overwrites(**_LIMITS)):
            return _read(source)
    except (QcodeError, MemoryError):
        raise
    except TooMuchOnPageError:
        raise UnsafeFileError(source.name, "a page of it holds more text than a page can") from None
    except Exception:  # noqa: BLE001 - the library has no common class for what damaged files make it raise
        raise DamagedPdfError(source.name) from None


def _read(source: Source) -> tuple[list[Page], int]:
    reader = _opened(source)
    count = len(reader.pages)
    if count > PAGE_LIMIT:
        raise TooManyPagesError(source.name, count)
    _check_work(source.name, reader)
    pages, pictures = [], 0
    for number, page in enumerate(reader.pages, 1):
        pages.append(page_of(page, number))
        pictures += not pages[-1].lines
    return pages, pictures


def _check_work(name: str, reader: PdfReader) -> None:
    """Refuse pages whose drawing is longer than text needs, before any of it is gone through."""
    total = 0
    for page in reader.pages:
        contents = page.get_contents()
        size = 0 if contents is None else len(contents.get_data())
        total += size
        if size > PAGE_WORK_LIMIT or total > WORK_LIMIT:
            raise UnsafeFileError(name, "its pages hold more than pages of text do")


def _opened(source: Source) -> PdfReader:
    """A reader of the file; of passwords only the empty one is tried, with which anybody may read."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(source.data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise PdfLockedError(source.name)
    return reader


def _warnings(joined: Joined, pages: Sequence[Page]) -> Iterator[str]:
    yield (
        "A PDF has no paragraphs: where turns begin and end was guessed. Compare it with the pages, "
        "and please ask the transcriber for the Word file if you can."
    )
    empty = sum(not page.lines for page in pages)
    if empty:
        yield f"{counted(empty, 'page')} without text left out; pictures of pages are not read."
    if any(page.columns > 1 for page in pages):
        yield f"{counted(sum(page.columns > 1 for page in pages), 'page')} read column by column; check their order."
    if joined.repeated:
        yield f"{counted(joined.repeated, 'line')} of page headers and footers left out."


READER: Final = Reader("pdf", 1, _recognises, _parse)
