"""Queries over codes find what going over the texts character by character finds."""

from __future__ import annotations

from asked import ASKER, TALK, A, B, corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.analysis.code_query import Asking, Question
from qcode.analysis.code_query_reading import Reader
from qcode.analysis.code_query_terms import (
    All,
    AnyOf,
    Beside,
    Between,
    By,
    Codes,
    Exactly,
    Not,
    Said,
    Where,
    in_words,
    only_excludes,
)
from qcode.analysis.finding import Finder
from qcode.analysis.search_terms import parse as parse_words

WORDS = st.lists(st.sampled_from(["ab", "b", "cab", " ", "é"]), min_size=1, max_size=5).map(" ".join)
TURNS = st.lists(st.tuples(WORDS, st.sampled_from([ASKER, A, B])), min_size=1, max_size=5)
TEXTS = st.lists(st.tuples(st.sampled_from(["Town", "Sea side"]), TURNS), min_size=1, max_size=3)
SOME = st.frozensets(st.sampled_from("fothv"), min_size=1, max_size=2)
TERMS = st.one_of(
    SOME.map(lambda ids: Codes(ids, "")),
    st.frozensets(st.sampled_from("mb"), min_size=1).map(lambda ids: By(ids, "")),
    st.sampled_from(['"ab"', '"b"', '"b*"', '"e ab"']).map(lambda words: Said(parse_words(words), "")),
    st.sampled_from([
        Where("group", (Exactly("residents"),), ""), Where("Place", (Exactly("town"),), ""),
        Where("Age", (Between("30", "40"),), ""), Where("role", (Exactly("interviewer"),), ""),
    ]),
)  # fmt: skip


def _wider(inner):
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        several.map(All),
        several.map(AnyOf),
        inner.map(Not),
        st.builds(
            Beside, inner, inner, st.sampled_from(["near", "before", "after", "within", "overlapping"]),
            st.sampled_from(["turn", "word"]), st.integers(0, 3), st.booleans(),
        ),
    )  # fmt: skip


EXPRESSIONS = st.recursive(TERMS, _wider, max_leaves=6).filter(lambda one: not only_excludes(one))


class Brute:
    """The same questions, answered with sets of characters."""

    def __init__(self, made):
        self.corpus = made
        self.all = {(text.document, place) for text in made.texts for place in range(text.length)}
        self.people = {person.id: person for person in made.people}

    def stretches(self, chars, *, trimmed=True):
        out = []
        for text in self.corpus.texts:
            start = None
            for place in range(text.length + 1):
                within = (text.document, place) in chars
                if within and start is None:
                    start = place
                if not within and start is not None:
                    out += self._stretch(text, start, place, trimmed)
                    start = None
        return out

    def _stretch(self, text, start, end, trimmed):
        if trimmed:
            while start < end and text.text[start].isspace():
                start += 1
            while start < end and text.text[end - 1].isspace():
                end -= 1
        return [(text.document, start, end)] if start < end else []

    def chars(self, stretches):
        return {(document, place) for document, start, end in stretches for place in range(start, end)}

    def coded(self, ids, coders):
        return {
            (mark.document, place)
            for mark in self.corpus.all_marks()
            if (ids is None or mark.code in ids) and (coders is None or set(mark.coders) & coders)
            for place in range(mark.start, mark.end)
        }

    def values(self, text, turn, about):
        person = self.people.get(turn.participant)
        return {
            "group": {person.group if person else text.group},
            "role": {turn.role, person.role if person else ""},
            "Place": {text.attributes["place"]},
            "Age": {person.attributes["age"] if person else ""},
        }[about] - {""}

    def where(self, asked):
        out = set()
        for text in self.corpus.texts:
            held = [asked.accepts(self.values(text, turn, asked.about)) for turn in text.turns]
            for place in range(text.length):
                before = max((n for n, turn in enumerate(text.turns) if turn.start <= place), default=0)
                inside = place < text.turns[before].end
                following = inside or before + 1 >= len(held) or held[before + 1]
                if held[before] and following:
                    out.add((text.document, place))
        return out

    def said(self, term):
        found = Finder(term)
        return [
            (text.document, turn.start + start, turn.start + end)
            for text in self.corpus.texts
            for turn in text.turns
            for start, end in found.find(text.text[turn.start : turn.end], 0)
        ]

    def find(self, asked, coders=None):
        match asked:
            case Not(part):
                return self.all - self.find(part, coders)
            case AnyOf(parts):
                return set().union(*(self.find(part, coders) for part in parts))
            case All(parts):
                return self.every(parts, coders)
            case Beside():
                return self.beside(asked, coders)
            case _:
                return self.term(asked, coders)

    def term(self, asked, coders):
        match asked:
            case Codes(ids):
                return self.coded(ids, coders)
            case By(ids):
                return self.coded(None, ids)
            case Where():
                return self.where(asked)
            case Said(words):
                return self.chars(self.said(words))

    def pure(self, asked, kind):
        match asked:
            case Not(part):
                return self.pure(part, kind)
            case All(parts) | AnyOf(parts):
                return all(self.pure(part, kind) for part in parts)
            case _:
                return isinstance(asked, kind)

    def every(self, parts, coders):
        by = [part for part in parts if self.pure(part, By)]
        said = [part for part in parts if self.pure(part, Said)]
        rest = [part for part in parts if not self.pure(part, (By,)) and not self.pure(part, (Said,))]

        def sets(named):
            if not rest:
                return self.coded(None, named)
            chars = set(self.all)
            for part in rest:
                chars &= self.find(part, named)
            return chars

        if not rest and not by:
            turns = [(text.document, turn.start, turn.end) for text in self.corpus.texts for turn in text.turns]
            return self.chars([one for one in turns if all(self.says(part, one) for part in said)])
        chars = sets(coders)
        if by:
            chars = self.by(All(tuple(by)), sets, coders)
        return self.chars([
            one for one in self.stretches(chars, trimmed=False) if all(self.says(part, one) for part in said)
        ])  # fmt: skip

    def by(self, condition, sets, coders):
        match condition:
            case By(ids):
                return sets(ids)
            case AnyOf(parts):
                return set().union(*(self.by(part, sets, coders) for part in parts))
            case Not(part):
                return sets(coders) - self.by(part, sets, coders)
            case All(parts):
                meant = [self.by(part, sets, coders) for part in parts if not isinstance(part, Not)]
                chars = set.intersection(*meant) if meant else sets(coders)
                for part in parts:
                    if isinstance(part, Not):
                        chars = chars - self.by(part.part, sets, coders)
                return chars

    def says(self, condition, stretch):
        match condition:
            case Said(words):
                document, first, last = stretch
                return any(
                    document == where and first <= start and end <= last for where, start, end in self.said(words)
                )
            case Not(part):
                return not self.says(part, stretch)
            case All(parts):
                return all(self.says(part, stretch) for part in parts)
            case AnyOf(parts):
                return any(self.says(part, stretch) for part in parts)

    def beside(self, asked, coders):
        left = self.stretches(self.find(asked.left, coders))
        right = self.stretches(self.find(asked.right, coders))
        kept = [one for one in left if any(self.stand(asked, one, other) for other in right) != asked.negated]
        return self.chars(kept)

    def stand(self, asked, one, other):
        (document, start, end), (there, first, last) = one, other
        if document != there:
            return False
        if asked.relation == "within":
            return first <= start and end <= last
        if asked.relation == "overlapping":
            return max(start, first) < min(end, last)
        ahead, behind = self.apart(asked.unit, document, end, first), self.apart(asked.unit, document, last, start)
        if asked.relation == "before":
            return first >= end and ahead <= asked.distance
        if asked.relation == "after":
            return last <= start and behind <= asked.distance
        return ahead <= asked.distance and behind <= asked.distance

    def apart(self, unit, document, end, start):
        """From the end of one to the start of the next, in turns or words between; less than 0 if they are turned."""
        text = self.corpus.text[document]
        if unit == "turn":
            return self.turn(text, start) - self.turn(text, end - 1)
        return self.words(text, start) - self.words(text, end)

    def turn(self, text, place):
        return max((n for n, turn in enumerate(text.turns) if turn.start <= place), default=0)

    def words(self, text, place):
        starts = [
            at for at, sign in enumerate(text.text)
            if not sign.isspace() and (at == 0 or text.text[at - 1].isspace())
        ]  # fmt: skip
        return sum(at < place for at in starts)


@st.composite
def corpora(draw):
    texts = [(place, [(words, *who) for words, who in turns]) for place, turns in draw(TEXTS)]
    marks = []
    for number, (_place, turns) in enumerate(texts):
        length = sum(len(words) + 1 for words, *_who in turns) - 1
        spans = draw(st.lists(st.tuples(st.integers(0, length), st.integers(0, length)), max_size=6))
        for start, end in spans:
            if start < end:
                coders = draw(st.sampled_from(["m", "b", "mb"]))
                marks.append((f"d{number}", start, end, draw(st.sampled_from("fothv")), *coders))
    return corpus(texts, marks)


@settings(deadline=None, max_examples=250)
@given(corpora(), EXPRESSIONS)
def test_what_is_found_is_what_going_over_every_character_finds(made, expression):
    hits = Asking(made).ask(Question(expression)).hits
    brute = Brute(made)
    expected = brute.stretches(brute.find(expression))
    assert [(hit.document, hit.start, hit.end) for hit in hits] == expected
    for hit in hits:
        there = {
            mark.code for mark in made.marks[hit.document] if mark.start < hit.end and hit.start < mark.end
        }  # fmt: skip
        assert set(hit.codes) == there


ASKING = Asking(TALK)

SPOKEN = st.recursive(
    st.sampled_from(["fear", "the offer", "trust", "coder:MH", 'text:"boots"', "group:police", "age:>=30"]).map(
        lambda words: ASKING.read(words).expression
    ),
    _wider,
    max_leaves=6,
)


@settings(deadline=None, max_examples=100)
@given(SPOKEN.filter(lambda one: not only_excludes(one)))
def test_what_is_written_out_in_full_is_understood_as_the_same(expression):
    again = Reader(ASKING._ground.vocabulary).read(in_words(expression))
    assert in_words(again) == in_words(expression)
