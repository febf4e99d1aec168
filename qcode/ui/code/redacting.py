"""Redacting what is selected, here or everywhere, after every place was shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from qcode.operations.passages import Passage
from qcode.queries.collecting.hand_outs import said_of_those_out, still_out
from qcode.ui import work
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.desk import Desk
from qcode.ui.text.view import TranscriptView

# What looks for names is imported when it is needed first: the window opens sooner.
if TYPE_CHECKING:
    from qcode.deidentification import Category
    from qcode.operations.redaction import Redacted
    from qcode.operations.redaction_copies import CopyRedacted
    from qcode.queries.transcripts.redaction import Mention, Mentions
    from qcode.ui.code.redaction_panel import RedactionPanel

_SELECT = "Select the words to redact."
_LARGE = 4_000_000
_LOOKING = "Looking through the study…"
_STILL_LOOKING = "The places are still being looked for. Wait until they are listed, then redact."
_NONE = "These words stand nowhere in the study."
_WAITS = "Another window reads the study: the file is cleaned when it is opened next."


class Redacting(QObject):
    """Opens the panel over what is selected, lists the places as one types, and redacts."""

    def __init__(self, bridge: StudyBridge, desk: Desk, view: TranscriptView, room: QWidget) -> None:
        super().__init__(room)
        self._bridge = bridge
        self._desk = desk
        self._view = view
        self._room = room
        self._passage: Passage | None = None
        self._found: Mentions | None = None
        self._panel: RedactionPanel | None = None
        self._looking: work.Task | None = None
        self._copies: list[Path] = []
        self._redacted_copies: Sequence[CopyRedacted] = ()

    # Properties

    @property
    def panel(self) -> RedactionPanel:
        """The panel, which is built when it is needed first."""
        from qcode.ui.code.redaction_panel import RedactionPanel

        if self._panel is None:
            self._panel = RedactionPanel(self._room)
            self._panel.asked.connect(self.keep)
            self._panel.looked.connect(self._on_look)
            self._panel.kindChosen.connect(self._on_kind)
        return self._panel

    # Methods

    def begin(self) -> None:
        """Ask what stands instead of the selected words, and where they go."""
        from qcode.deidentification import Category
        from qcode.operations.redaction_copies import copies_of

        span, text = self._view.selected_range(), self._desk.text
        words = text.text[span[0] : span[1]] if text and span else ""
        if text is None or span is None or not any(letter.isalnum() for letter in words):
            self._bridge.refused.emit(_SELECT)
            return
        start = span[0] + len(words) - len(words.lstrip())
        words = words.strip()
        self._passage = Passage(text.id, start, start + len(words))
        self._copies = self._bridge.attempt(lambda: copies_of(self._bridge.study)) or []
        self.panel.begin(words, get_args(Category), "name", [path.name for path in self._copies])
        self._on_kind("name")
        self._on_look()

    def keep(self) -> None:
        """Redact what is chosen; a refusal leaves the panel as it is."""
        panel = self._panel
        if panel is None or panel.isHidden():
            return
        if panel.is_busy:
            return
        if self._looking is not None:
            self._bridge.refused.emit(_STILL_LOOKING)
        elif self._is_large:
            panel.show_busy(busy=True)
            task = work.run(self, self._deed(), done=self._on_done, refused=self._on_refused)
            task.progressed.connect(panel.show_progress)
        else:
            deed = self._deed()
            done = self._bridge.attempt(lambda: deed(None))
            if done is not None:
                self._on_done(done)

    # Private slots

    def _on_kind(self, kind: str) -> None:
        from qcode.deidentification.suggesting import suggestions

        if kind:
            self.panel.suggest(suggestions(self._forms()[0] if self._forms() else "", cast("Category", kind)))

    def _on_look(self) -> None:
        from qcode.queries.transcripts.redaction import mentions

        panel, study = self.panel, self._bridge.study
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        if not panel.everywhere:
            self._found = None
            panel.show_places((), "The selected words alone are redacted, and older texts of the document erased.")
            return
        forms = self._forms()
        if self._is_large:
            panel.show_places((), _LOOKING)
            look = lambda _progress: mentions(study, forms)  # noqa: E731
            self._looking = work.run(self, look, done=self._on_found, refused=self._on_refused)
        else:
            self._on_found(mentions(study, forms))

    def _on_found(self, found: Mentions) -> None:
        self._found, self._looking = found, None
        from qcode.ui.code.redaction_panel import PlaceLine

        lines = [PlaceLine(_line(one), one.proposed) for one in found.places]
        self.panel.show_places(lines, _summed(found))

    def _on_done(self, done: Redacted) -> None:
        self.panel.show_busy(busy=False)
        self.panel.close_panel()
        out = said_of_those_out(still_out(self._bridge.study)) if self.panel.everywhere else ""
        self._bridge.informed.emit(f"{told(done, self._redacted_copies)} {out}".rstrip())

    def _on_refused(self, sentence: str) -> None:
        self._looking = None
        if self.panel.is_busy:
            self.panel.show_busy(busy=False)
            self.panel.tell("")
            self.panel.looked_at()
        self._bridge.refused.emit(sentence)

    # Internal

    @property
    def _is_large(self) -> bool:
        """Whether looking through the study takes so long that one would wait."""
        return self._bridge.study.path.stat().st_size > _LARGE

    def _forms(self) -> list[str]:
        return [form.strip() for form in self.panel.forms.text().split(";") if form.strip()]

    def _deed(self) -> Callable[[work.Progress | None], Redacted]:
        """What redacts as the panel says now, here or in a worker, which tells how far it is."""
        from qcode.deidentification import find_traces, neighbours
        from qcode.operations.redaction import redact, redact_here
        from qcode.operations.redaction_copies import redact_copies

        panel, text, study, forms = self.panel, self._desk.text, self._bridge.study, self._forms()
        category, instead = cast("Category", panel.kind.currentText()), panel.replacement.text()
        passage, revision = self._passage, text.revision if text else None
        places = self._found.places if self._found is not None else ()
        left = [places[number].place for number in panel.left_out]
        everywhere = panel.everywhere or passage is None
        copies = tuple(self._copies) if panel.copies.isChecked() and everywhere else ()
        self._redacted_copies = ()

        def deed(progress: work.Progress | None) -> Redacted:
            tell = progress.report if progress is not None else _unheard
            if passage is None or everywhere:
                done = redact(study, forms=forms, replacement=instead, category=category, left_out=left, tell=tell)
                if not copies:
                    return done
                self._redacted_copies = redact_copies(
                    study, copies, forms=forms, replacement=instead, category=category, left_out=left
                )
                return replace(done, traces=find_traces(neighbours(study.path), forms))
            return redact_here(study, passage, replacement=instead, category=category, revision=revision, tell=tell)

        return deed


def _unheard(_share: float, _words: str) -> None:
    """Who waits for it is not told how far it is."""


def told(done: Redacted, copies: Sequence[CopyRedacted] = ()) -> str:
    """What a redaction did here and in copies, and whether the words are left in any bytes."""
    places = done.places + done.typed
    said = [f"Redacted {_counted('place', places)} and {_counted('value', done.past)} of the past."]
    if not done.finished:
        said.append(_WAITS)
    if redacted := sum(not copy.refusal for copy in copies):
        said.append(
            "The copy beside it was redacted too." if redacted == 1 else f"{redacted} copies were redacted too."
        )
    said += [f"“{copy.path.name}” was not redacted: {copy.refusal}" for copy in copies if copy.refusal]
    if not done.traces:
        said.append("0 traces of the words are left in the study’s file and the files beside it.")
    else:
        files = Counter(trace.file.name for trace in done.traces)
        where = ", ".join(f"{count:,} in “{name}”" for name, count in files.items())
        chosen = f" You left {done.left:,} places as they are." if done.left else ""
        said.append(f"Traces of the words are left: {where}.{chosen}")
    return " ".join(said)


def _line(one: Mention) -> str:
    return f"{one.where}: …{one.before}【{one.words}】{one.after}…" if one.words else f"{one.where} (not shown)"


def _summed(found: Mentions) -> str:
    if not found.places and not found.only_before:
        return _NONE
    typed = len(found.places) - found.in_texts
    parts = [
        f"{_counted('place', found.in_texts)} in {_counted('document', found.documents)}",
    ]
    if typed:
        parts.append(f"{typed:,} in what was typed elsewhere")
    if found.only_before:
        parts.append(f"{_counted('document', found.only_before)} in older texts alone")
    return "; ".join(parts) + "."


def _counted(noun: str, count: int) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
