"""Why two headlines are thought to correspond: what of each is matched by what of the other, and what is left over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from alignkit.align.facts import Checks, compare_facts, is_date, read_facts
from alignkit.align.lexical import LexicalMatcher, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from alignkit.align.facts import Facts
    from alignkit.align.lexical import Unit
    from alignkit.schema import Language
    from alignkit.text.lexicon.store import Lexicon
    from alignkit.text.names import Name
    from alignkit.text.polarity import Cue
    from alignkit.text.quantities import Quantity

MatchKind = Literal["word", "number", "date", "name", "polarity"]

Pairs: TypeAlias = "Iterable[tuple[int, int]]"

_CLAUSE_ENDS: Final = {"en": re.compile(r"[,:;] | to | as | after "), "ja": re.compile("[ 、「」＝=…]")}


class Span(NamedTuple):
    """A stretch of a headline proper, in characters; the end is exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """Something that both headlines say; or, where it is listed as a conflict, something that they say differently.

    Attributes:
        en: Where the English headline says it.
        ja: Where the Japanese one does.
        kind: What it is.
    """

    en: Span
    ja: Span
    kind: MatchKind


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A content word that nothing in the other headline matches.

    Attributes:
        span: Where it stands.
        kind: What it is, or is part of.
        weight: How rare it is among the headlines that were compared.
    """

    span: Span
    kind: MatchKind
    weight: float


@dataclass(frozen=True, slots=True)
class Said:
    """How much of one headline the other says.

    Attributes:
        text: The headline proper.
        words: How many content words it has.
        left: Those that nothing in the other headline matches.
        share: The share of its words that is matched, weighted by rarity, 0 to 1.
        least_clause: The same share of the clause that is matched least.
    """

    text: str
    words: int
    left: tuple[LeftOver, ...]
    share: float
    least_clause: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """How two headlines correspond.

    Attributes:
        en: The English headline, and how much of it the Japanese one says.
        ja: The Japanese headline, and how much of it the English one says.
        matches: What both say.
        conflicts: What they say differently.
        checks: Whether what can be checked agrees.
    """

    en: Said
    ja: Said
    matches: tuple[Match, ...]
    conflicts: tuple[Match, ...]
    checks: Checks


def explain_pairs(en: Sequence[str], ja: Sequence[str], lexicon: Lexicon | None) -> list[Explanation]:
    """Explain pairs of headlines.

    Args:
        en: n English headlines proper.
        ja: n Japanese headlines proper, each the partner of the English one in its place.
        lexicon: The bilingual lexicon; None where there is none.
    """
    matcher = LexicalMatcher(en, ja, lexicon)
    sides = zip(_sides(matcher, en, "en"), _sides(matcher, ja, "ja"), strict=True)
    return [_explain(one, other, matcher.matches_of(place, place)) for place, (one, other) in enumerate(sides)]


class _Word(NamedTuple):
    span: Span
    weight: float


@dataclass(frozen=True, slots=True)
class _Side:
    """What was read of one headline."""

    text: str
    lang: Language
    words: Sequence[_Word]
    facts: Facts


def _sides(matcher: LexicalMatcher, texts: Sequence[str], lang: Language) -> Iterator[_Side]:
    units_of = matcher.en_units if lang == "en" else matcher.ja_units
    for text, units, facts in zip(texts, units_of, read_facts(texts, lang), strict=True):
        words = words_of(units)
        weighed = zip(words, matcher.weigh(words, lang), strict=True)
        yield _Side(text, lang, [_Word(Span(unit.start, unit.end), weight) for unit, weight in weighed], facts)


def _explain(en: _Side, ja: _Side, word_pairs: Iterable[tuple[Unit, Unit]]) -> Explanation:
    compared = compare_facts(en.facts, ja.facts)
    agreeing = (compared.quantities.matched, compared.names.matched, compared.cues.matched)
    conflicting = (compared.quantities.conflicting, compared.names.conflicting, compared.cues.conflicting)
    matches = [*_as_matches(en.facts, ja.facts, *agreeing), *_best_words(word_pairs)]
    said = [match for match in matches if match.kind != "polarity"]
    return Explanation(
        en=_said(en, [match.en for match in said]),
        ja=_said(ja, [match.ja for match in said]),
        matches=_in_order(matches),
        conflicts=_in_order(_as_matches(en.facts, ja.facts, *conflicting)),
        checks=compared.checks,
    )


def _as_matches(en: Facts, ja: Facts, quantities: Pairs, names: Pairs, cues: Pairs) -> Iterator[Match]:
    """Give facts that were compared as matches, from the places of both."""
    for place, other in quantities:
        yield _match(en.quantities[place], ja.quantities[other], _kind(en.quantities[place]))
    for place, other in names:
        yield _match(en.names[place], ja.names[other], "name")
    for place, other in cues:
        yield _match(en.cues[place], ja.cues[other], "polarity")


def _kind(quantity: Quantity) -> MatchKind:
    return "date" if is_date(quantity) else "number"


def _match(en: Quantity | Name | Cue, ja: Quantity | Name | Cue, kind: MatchKind) -> Match:
    return Match(Span(en.start, en.end), Span(ja.start, ja.end), kind)


def _in_order(matches: Iterable[Match]) -> tuple[Match, ...]:
    return tuple(sorted(matches, key=lambda match: (match.en, match.ja, match.kind)))


def _best_words(pairs: Iterable[tuple[Unit, Unit]]) -> Iterator[Match]:
    """Give each English word its longest Japanese match, and each Japanese word that is in none of these its own."""
    longest: dict[Span, Span] = {}
    spans = [(Span(en.start, en.end), Span(ja.start, ja.end)) for en, ja in pairs]
    for one, other in spans:
        if one not in longest or _length(other) > _length(longest[one]):
            longest[one] = other
    yield from (Match(one, other, "word") for one, other in longest.items())
    covered = list(longest.values())
    for one, other in spans:
        if not any(span.start <= other.start and other.end <= span.end for span in covered):
            covered.append(other)
            yield Match(one, other, "word")


def _said(side: _Side, matched: Sequence[Span]) -> Said:
    left = [word for word in side.words if not any(_overlap(word.span, span) for span in matched)]
    unsaid = {word.span for word in left}
    ends = [match.end() for match in _CLAUSE_ENDS[side.lang].finditer(side.text)]
    clauses: dict[int, list[_Word]] = {}
    for word in side.words:
        clauses.setdefault(sum(end <= word.span.start for end in ends), []).append(word)
    return Said(
        text=side.text,
        words=len(side.words),
        left=tuple(LeftOver(word.span, _kind_of_span(side, word.span), word.weight) for word in left),
        share=_share(side.words, unsaid),
        least_clause=min((_share(words, unsaid) for words in clauses.values()), default=1.0),
    )


def _share(words: Iterable[_Word], unsaid: Collection[Span]) -> float:
    words = list(words)
    total = sum(word.weight for word in words)
    return sum(word.weight for word in words if word.span not in unsaid) / total if total else 1.0


def _kind_of_span(side: _Side, span: Span) -> MatchKind:
    for quantity in side.facts.quantities:
        if _overlap(span, Span(quantity.start, quantity.end)):
            return _kind(quantity)
    return "name" if any(_overlap(span, Span(name.start, name.end)) for name in side.facts.names) else "word"


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _length(span: Span) -> int:
    return span.end - span.start
