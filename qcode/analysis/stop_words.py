"""Words that are too common to tell one text from another."""

from __future__ import annotations

from typing import Final

from qcode import nlp

# What is said between the words in spoken language, which lists made from written texts do not hold.
_SPOKEN: Final = {
    "en": "ah, aha, cos, cuz, er, erm, eh, gonna, gotta, hm, hmm, huh, kinda, mhm, mm, mmm, oh, ok, okay, sorta, "
    "uh, uhm, um, wanna, well, yeah, yep, yes, yup, can't, couldn't, didn't, doesn't, don't, hadn't, hasn't, haven't, "
    "he'd, he'll, he's, i'd, i'll, i'm, i've, isn't, it's, let's, she'd, she'll, she's, shouldn't, that's, there's, "
    "they'd, they'll, they're, they've, wasn't, we'd, we'll, we're, we've, weren't, what's, who's, won't, wouldn't, "
    "you'd, you'll, you're, you've",
    "es": "ah, ajá, ay, eh, em, hm, hmm, mhm, mm, mmm, oh, ok, okay, oye, pues, uh, um, uy",
}


def stop_words(language: str) -> frozenset[str]:
    """The stop words of a language, in small letters: spaCy's, with what is said between words in English and Spanish.

    Apostrophes are straight. A language that nobody knows has none.
    """
    tag = language.replace("_", "-").split("-")[0].strip().lower()
    spoken = _SPOKEN.get(tag, "").replace(",", " ").split()
    return frozenset(word.replace("’", "'") for word in nlp.stop_words(tag)) | set(spoken)
