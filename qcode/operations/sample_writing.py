"""What the sample's team wrote for its paper: quotes with what was done to them, memos on themes, and summaries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from qcode.errors import QcodeError
from qcode.ids import DocumentId, ParticipantId, QuoteId, ThemeId
from qcode.operations import framework, memos, quotes
from qcode.operations.passages import Passage
from qcode.study import Study
from qcode.text.quote_edits import Cut, Edit, Inserted, Replaced


class QuoteNotFoundError(QcodeError):
    """Words of the sample that a quote, an edit, a memo or a summary is about are not where they should be."""

    def __init__(self, document: str) -> None:
        super().__init__(
            f"The sample study's files do not fit together: a quote is not in {document}. Install qcode again."
        )


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes what stands under the themes: a study, and its documents, texts and participants by name."""

    study: Study
    documents: Mapping[str, DocumentId]
    texts: Mapping[str, str]
    translations: Mapping[str, str]
    participants: Mapping[str, ParticipantId]

    def write(self, theme: ThemeId, plan: Mapping[str, Any]) -> None:
        """The quotes of a theme in their order, its shortlist, its memos, and what people say to it in short."""
        for quote in plan["quotes"]:
            picked = quotes.pick_quote(self.study, theme, passage=self._passage(quote), stance=quote["stance"])
            self._treat(picked, quote)
        for quote in plan.get("shortlist", ()):
            quotes.shortlist_quotes(self.study, theme, passages=[self._passage(quote)], stance=quote["stance"])
        for memo in plan.get("memos", ()):
            self._remember(theme, memo)
        for summary in plan.get("summaries", ()):
            self._summarise(theme, summary)

    # Internal

    def _remember(self, theme: ThemeId, plan: Mapping[str, Any]) -> None:
        about = [memos.Target("theme", theme)]
        if "passage" in plan:
            about.append(memos.Target.at(self._passage(plan["passage"])))
        memos.write_memo(self.study, title=plan["title"], text=plan["text"], kind=plan["kind"], about=about)

    def _summarise(self, theme: ThemeId, plan: Mapping[str, Any]) -> None:
        who = framework.Subject("participant", self.participants[plan["participant"]])
        framework.summarise(self.study, theme, who, words=plan["words"])
        passages = [self._passage(passage) for passage in plan["passages"]]
        framework.link_passages(self.study, theme, who, passages=passages)

    def _treat(self, picked: QuoteId, plan: Mapping[str, Any]) -> None:
        """What was done to a quote after it was chosen."""
        if own := plan.get("attribution"):
            quotes.describe_quote(self.study, picked, stance=plan["stance"], attribution=own)
        if edits := list(self._edits(plan)):
            quotes.edit_quote(self.study, picked, edits=edits)
        if language := plan.get("language"):
            quotes.show_language(self.study, picked, language=language)
            quotes.narrow_other(self.study, picked, passage=self._found(self._other(plan), plan["beside"]))
        if plan.get("title"):
            quotes.title_in_vivo(self.study, picked)
        for use in plan.get("uses", ()):
            quotes.use_quote(self.study, picked, paper=use["paper"], section=use.get("section", ""))

    def _edits(self, plan: Mapping[str, Any]) -> Iterator[Edit]:
        """The edits of a quote, each at the first place of the words it is about."""
        for edit in plan.get("edits", ()):
            words = edit.get("cut") or edit.get("replace") or edit["behind"]
            start = plan["text"].find(words)
            if start < 0:
                raise QuoteNotFoundError(plan["document"])
            end = start + len(words)
            if "cut" in edit:
                yield Cut(start, end)
            else:
                yield Replaced(start, end, edit["with"]) if "replace" in edit else Inserted(end, edit["insert"])

    def _other(self, plan: Mapping[str, Any]) -> str:
        """The document that has a quote in the other language."""
        return self.translations[plan["document"]]

    def _passage(self, plan: Mapping[str, Any]) -> Passage:
        return self._found(plan["document"], plan["text"])

    def _found(self, document: str, words: str) -> Passage:
        start = self.texts[document].find(words)
        if start < 0:
            raise QuoteNotFoundError(document)
        return Passage(self.documents[document], start, start + len(words))
