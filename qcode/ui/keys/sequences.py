"""First keys of two strokes, for what is done rarely: one leading key for each family, then a letter of its name.

They stand in one place because they must be told apart: none may begin as another one does in full. `HERE` leads to
what can be done where the focus is; in the Code room that is looking through codings.
"""

from __future__ import annotations

HERE = "Ctrl+L"
CODEBOOK = "Ctrl+Shift+C"
WINDOW = "Ctrl+Shift+O"

_CODE_ROOM = {
    "walk.all": "A",
    "walk.code": "C",
    "walk.hits": "H",
    "walk.segments": "B",
    "walk.older": "O",
    "walk.unsure": "S",
    "walk.uncoded": "U",
    "walk.altered": "W",
    "filter.clear": "E",
    "filter.rounds": "R",
    "filter.code": "T",
    "coding.weight": "G",
    "coding.confirm-words": "K",
    "code.second-look": "L",
    "code.screen": "N",
    "code.reopen-review": "V",
    "code.memos": "M",
    "code.question": "Q",
    "code.answers": "Shift+Q",
    "code.next-question": "F",
    "code.previous-question": "Shift+F",
    "code.review-next": "D",
    "code.exclude": "X",
    "code.part": "P",
    "code.segment": "J",
}
_TRANSCRIPTS = {
    "transcripts.documents": "D",
    "transcripts.participants": "P",
    "transcripts.sites": "S",
    "transcripts.team": "T",
    "transcripts.recorded": "A",
    "transcripts.guide": "G",
    "transcripts.guide-new": "Shift+G",
    "transcripts.guide-edit": "E",
    "transcripts.guide-versions": "V",
    "transcripts.guide-find": "F",
    "transcripts.guide-remove": "X",
    "transcripts.guide-import": "I",
    "transcripts.guide-asked": "Q",
    "transcripts.add-participant": "Shift+P",
    "transcripts.add-site": "Shift+S",
    "transcripts.add-coder": "Shift+C",
    "transcripts.add-round": "Shift+R",
    "transcripts.participant-attributes": "F",
    "transcripts.site-attributes": "F",
    "transcripts.document-attributes": "F",
    "transcripts.participant-import": "I",
    "transcripts.site-import": "I",
    "transcripts.document-import": "I",
    "transcripts.remove-participant": "X",
    "transcripts.site-remove": "X",
    "transcripts.document-remove": "X",
    "transcripts.participant-memos": "M",
    "transcripts.participant-speakers": "K",
    "transcripts.participant-table": "E",
}
_TEAM = {
    "team.draw": "R",
    "team.parts": "W",
    "team.exclude": "L",
    "team.segments": "C",
    "team.reopen": "O",
    "team.people": "U",
    "team.done": "N",
    "team.remove-round": "X",
}
_NAMES = {
    "names.codes": "C",
    "names.known": "N",
}
_AGREE = {
    "agree.both": "B",
    "agree.first": "I",
    "agree.second": "S",
    "agree.in-words": "W",
    "agree.coefficients": "C",
    "agree.pairs": "P",
    "agree.documents": "D",
    "agree.other-programs": "O",
    "agree.boundaries": "E",
    "agree.segments": "G",
    "agree.domains": "M",
    "agree.code-sets": "T",
    "agree.coders": "K",
    "agree.confusion": "F",
    "agree.rounds": "R",
    "agree.plan": "N",
    "agree.make-plan": "A",
}
_RECONCILE = {
    "reconcile.rule": "R",
    "reconcile.decisions": "D",
    "reconcile.before-after": "B",
    "reconcile.mine": "M",
    "reconcile.agenda": "A",
    "reconcile.minutes": "S",
    "reconcile.recheck": "K",
}
_THEMES = {
    "themes.tab-themes": "T",
    "themes.outline": "O",
    "themes.framework": "F",
    "themes.by-participant": "P",
    "themes.by-document": "D",
    "themes.framework-export": "E",
}
_DRAWER = {
    "passages.confirm": "C",
    "passages.confirm-definition": "D",
    "passages.confirm-words": "W",
    "passages.memo": "N",
    "passages.memos": "M",
    "passages.attribute": "A",
    "passages.attribute-column": "S",
    "search.sort-after": "A",
    "search.sort-before": "B",
    "search.sort-not": "T",
    "search.expression": "E",
    "search.forms": "F",
    "search.interviewer": "I",
    "memos.new": "N",
    "memos.remove": "R",
    "memos.source": "S",
    "memos.unlink": "U",
    "history.earlier": "E",
}
_CODEBOOK = {
    "codebook.again": "A",
    "codebook.compare": "C",
    "codebook.exclusive": "D",
    "codebook.export": "E",
    "codebook.find": "F",
    "codebook.import": "I",
    "codebook.fold": "L",
    "codebook.memos": "M",
    "codebook.put-in-set": "P",
    "codebook.passages": "R",
    "codebook.sets": "S",
    "codebook.take-from-set": "T",
    "codebook.unfold": "U",
    "codebook.versions": "V",
    "codebook.retire": "X",
}
_WINDOW = {
    "theme.black-on-white": "B",
    "theme.dark": "D",
    "theme.light": "L",
    "theme.system": "S",
    "theme.white-on-black": "W",
    "reading.full": "F",
    "reading.wide": "I",
    "reading.medium": "M",
    "reading.narrow": "N",
    "reading.paragraphs": "P",
    "reading.turns": "T",
    "reading.none": "X",
    "zoom.reset": "Z",
    "study.sample": "E",
    "study.weights": "G",
    "team.hand_in": "J",
    "team.hand_out": "U",
    "team.collect": "Q",
    "team.proposals": "A",
    "team.conflicts": "V",
    "help.change-keys": "K",
    "study.key-close": "C",
    "study.key-open": "O",
    "study.key-passphrase": "H",
    "study.key-destroy": "R",
    "study.key-new": "Y",
}

FAMILIES = {
    HERE: _CODE_ROOM | _TRANSCRIPTS | _TEAM | _NAMES | _AGREE | _RECONCILE | _THEMES | _DRAWER,
    CODEBOOK: _CODEBOOK,
    WINDOW: _WINDOW,
}
_FIRST = {key: f"{lead}, {letter}" for lead, family in FAMILIES.items() for key, letter in family.items()}


def first_sequence(key: str) -> tuple[str, ...]:
    """The first key of two strokes of what has this id; none for most."""
    return (_FIRST[key],) if key in _FIRST else ()
