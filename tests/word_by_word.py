"""Searching told plainly: the words of a text in a row, and material to search in."""

from __future__ import annotations

from itertools import chain

from hypothesis import strategies as st

from qcode.analysis.search_terms import Either, Every, Term
from qcode.text.words import Traced, whole, words


def tokens(text):
    """Every word of a text with its range, one character after another."""
    traced, out, at = Traced(text), [], 0
    for word in traced.text.split():
        at = traced.text.index(word, at)
        out.append((word, traced.back(at, at + len(word))))
        at += len(word)
    return out


def stands(term, listed, at):
    for number, place in enumerate(term.places):
        word = listed[at + number][0]
        is_prefix = term.prefix and number == len(term.places) - 1
        if not any(word.startswith(one) if is_prefix else word == one for one in place):
            return False
    return True


def occurrences(term, listed):
    out, at = [], 0
    while at + len(term.places) <= len(listed):
        if stands(term, listed, at):
            out.append((listed[at][1][0], listed[at + len(term.places) - 1][1][1]))
            at += len(term.places)
        else:
            at += 1
    return out


def ranges(expression, listed):
    if isinstance(expression, Term):
        return occurrences(expression, listed)
    each = [ranges(part, listed) for part in expression.parts]
    held = isinstance(expression, Either) or (
        all(each) and not any(ranges(part, listed) for part in expression.without)
    )
    return list(chain(*each)) if held else []


def brute_force(expression, text):
    out = []
    for start, end in sorted(whole(text, *span) for span in ranges(expression, tokens(text))):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


WORDS = (
    "ha",
    "HÁ",
    "hat",
    "año",
    "ano",
    "straße",
    "電",
    "話",
    "😀",
    "👩\u200d👧",
    "❤️",
    "cafe\u0301",
    "हिन्दी",
    "לֹא",
    "3",
    "_",
)
GAPS = ("", " ", ", ", "’", "-", "\n", " — ")
TEXTS = st.lists(st.sampled_from(WORDS) | st.sampled_from(GAPS), max_size=14).map("".join)
TERMS = st.builds(
    lambda found, prefix: Term(tuple((word,) for word in found), prefix),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join).map(words).filter(bool),
    st.booleans(),
)
EXPRESSIONS = st.recursive(
    TERMS,
    lambda part: (
        st.builds(lambda parts, without: Every(tuple(parts), tuple(without)),
                  st.lists(part, min_size=1, max_size=3), st.lists(part, max_size=1))
        | st.builds(lambda parts: Either(tuple(parts)), st.lists(part, min_size=1, max_size=3))
    ),
    max_leaves=4,
)  # fmt: skip
