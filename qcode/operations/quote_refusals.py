"""What may not be done with a quote, each with its sentence."""

from __future__ import annotations

from qcode.errors import QcodeError
from qcode.models.themes import STANCES
from qcode.operations.lookup import LONGEST_NAME


class UnknownStanceError(QcodeError):
    """A quote neither supports nor dissents."""

    def __init__(self, stance: str) -> None:
        super().__init__(f"“{stance}” is no stance. A quote {' or '.join(STANCES)}.")


class QuoteTwiceError(QcodeError):
    """The passage is a quote of the theme already."""

    def __init__(self) -> None:
        super().__init__("This passage is a quote of that theme already.")


class QuoteChangedError(QcodeError):
    """The transcript changed under a quote, and nobody looked at it since."""

    def __init__(self) -> None:
        super().__init__("The transcript changed under this quote. Read it again and confirm it first.")


class QuoteElsewhereError(QcodeError):
    """A quote would go over words of another document."""

    def __init__(self) -> None:
        super().__init__("A quote stays in its document. Pick the passage of the other document as a quote of its own.")


class QuoteWordsGoneError(QcodeError):
    """Nothing is left in the transcript of what a quote said."""

    def __init__(self) -> None:
        super().__init__("Nothing of this quote is left in the transcript. Drop it, and pick another passage.")


class UnknownLanguageShownError(QcodeError):
    """A quote would be printed in a language that is none of its two."""

    def __init__(self, language: str) -> None:
        super().__init__(f"“{language[:40]}” is not what a quote is printed in. Use original, translation or both.")


class NotTheOtherLanguageError(QcodeError):
    """Words of a document would stand beside a quote that are no translation of it, nor its original."""

    def __init__(self) -> None:
        super().__init__("These words are from neither a translation of this document nor its original. Select there.")


class UsedAlreadyError(QcodeError):
    """It is known already that the quote stands there."""

    def __init__(self, paper: str, section: str) -> None:
        where = f"“{paper}”, {section}" if section else f"“{paper}”"
        super().__init__(f"This quote is noted for {where} already. Name another section, or another paper.")


class TitleTooLongError(QcodeError):
    """The words of a quote are too many for the name of a theme."""

    def __init__(self) -> None:
        super().__init__(
            f"A theme's name can have {LONGEST_NAME} characters at most. Shorten the quote, or cut words from it."
        )


class TitleOfSeveralTurnsError(QcodeError):
    """A quote that would name a theme goes over several turns or paragraphs."""

    def __init__(self) -> None:
        super().__init__("A theme is named by what one person says in one turn. Shorten the quote to that first.")


class TitleTellsError(QcodeError):
    """A theme's name would tell coders what a document says that they code blind still."""

    def __init__(self, document: str) -> None:
        super().__init__(
            f"“{document}” is still coded blind, and everybody reads the names of themes. Name the theme in these "
            "words once all have handed it in."
        )
