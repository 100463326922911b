"""Names taken out of headlines as they were published, whatever stands around the headline proper."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import compress
from typing import TYPE_CHECKING, Final

from alignkit.export.redaction.rule import PLACEHOLDER
from alignkit.text.names import read_names
from alignkit.text.names.folding import fold, plain
from alignkit.text.normalise import normalise
from alignkit.text.people import find_people
from alignkit.text.people.japanese import head_pattern
from alignkit.text.people.sound import heard_in_english, heard_in_japanese
from alignkit.text.people.tables import any_of
from alignkit.text.places import places_in_published, published_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alignkit.export.redaction.rule import UnitNames
    from alignkit.schema import Language
    from alignkit.text.normalise import Affixes, Normalised
    from alignkit.text.people import Person

Span = tuple[int, int]

_WORD: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_BETWEEN_PARTS: Final = {"en": re.compile(" ?"), "ja": re.compile("[・＝=･]?")}
_KATAKANA: Final = re.compile("[ァ-ヺーｦ-ﾟ]")
_OF_TABLES: Final = frozenset({"country", "place", "organisation", "office"})


@dataclass(frozen=True, slots=True)
class _Segment:
    """A part of a headline that may name people: the headline proper, or a label such as 【訃報】.

    Attributes:
        text: It, in normalised characters.
        places: Where its characters stand in the published headline; None if it is the published headline.
    """

    text: str
    places: list[Span] | None

    def published(self, start: int, end: int) -> Span:
        """Give the span of the published headline that a span of it stands for."""
        return (start, end) if self.places is None else published_span(self.places, start, end)


def people_in(texts: Sequence[str], lang: Language, affixes: Affixes) -> list[list[Person]]:
    """Find the people in headlines.

    Args:
        texts: n headlines as published.
        lang: Their language.
        affixes: What outlets put around headlines: there, nobody is looked for.

    Returns:
        The people of each headline; where they stand is counted in the published headline, and what they are called is given
        in normalised characters.
    """
    proper = normalise(texts, affixes)
    found: list[list[Person]] = []
    for headline, people in zip(proper, find_people([each.text for each in proper], lang), strict=True):
        labels = [each.core for each in headline.parts if each.kind == "label"]
        in_labels = [pair for label in labels for person in find_people([label], lang)[0] for pair in [(label, person)]]
        pairs = [(headline.text, person) for person in people] + in_labels
        found.append([_placed(headline.published, text, person) for text, person in pairs])
    return found


def redact(
    texts: Sequence[str],
    lang: Language,
    people: Sequence[Sequence[Person]],
    names: Sequence[UnitNames],
    affixes: Affixes,
) -> list[str]:
    """Take names out of headlines, again and again until nothing more is found.

    As what stands beside a name can be told otherwise once another name is gone, headlines that were changed are looked at
    anew; each round takes out letters, so there is a last one.

    Args:
        texts: n headlines as published.
        lang: Their language.
        people: The people of each, as `people_in` finds them.
        names: The names of the unit of each.
        affixes: What outlets put around headlines.

    Returns:
        The headlines, most of them as they were.
    """
    current = list(texts)
    left = list(range(len(texts)))
    while left:
        proper = normalise([current[row] for row in left], affixes)
        again = []
        for row, headline, found in zip(left, proper, people, strict=True):
            goes = [names[row].hides(person, lang) for person in found]
            own = [(person.start, person.end) for person in found]
            # Elsewhere in the headline what another one calls a name may stand; a name that stays, stays whole.
            echoes = [span for span in _echoes(headline, lang, names[row], own) if not _touches(span, own)]
            changed = _without(current[row], [*compress(own, goes), *echoes], lang)
            if changed != current[row]:
                current[row] = changed
                again.append(row)
        left = again
        people = people_in([current[row] for row in left], lang, affixes)
    return current


def _placed(published: str, text: str, person: Person) -> Person:
    start, end = _segment(published, text).published(person.start, person.end)
    return replace(person, start=start, end=end)


def _segment(published: str, text: str) -> _Segment:
    return _Segment(text, None if text == published else places_in_published(published, text))


def _echoes(headline: Normalised, lang: Language, names: UnitNames, known: Sequence[Span]) -> Iterator[Span]:
    """Find where the unit's hidden names stand in a headline: their words as written elsewhere, or as heard.

    What is in `known`, spans of the published headline, need not be found.
    """
    for text in (headline.text, *(part.core for part in headline.parts if part.kind == "label")):
        skipped = known if text == headline.published else ()
        written = _written_en(text, names) if lang == "en" else _written_ja(text, names)
        spans = [span for span in (*written, *_heard(text, lang, names, skipped)) if not _touches(span, skipped)]
        if not spans:
            continue
        tables = [(name.start, name.end) for name in read_names([text], lang)[0] if name.kind in _OF_TABLES]
        segment = _segment(headline.published, text)
        yield from (segment.published(*span) for span in spans if not _touches(span, tables))


def _written_en(text: str, names: UnitNames) -> Iterator[Span]:
    if not names.hidden["en"]:
        return
    for match in _WORD.finditer(text):
        word = plain(fold(match[0]))
        if match[0][0].isupper() and word.removesuffix("'s") in names.hidden["en"]:
            yield match.start(), match.end() - (2 if word.endswith("'s") else 0)


def _written_ja(text: str, names: UnitNames) -> Iterator[Span]:
    if not names.hidden["ja"]:
        return
    for match in re.finditer(any_of(names.hidden["ja"]), text):
        if not head_pattern().match(text, match.end()):
            yield match.span()


def _heard(text: str, lang: Language, names: UnitNames, skipped: Sequence[Span]) -> list[Span]:
    if lang == "en":
        heard = heard_in_english(names.hidden["ja"], text, skipped)
        return [span for span in heard if plain(text[slice(*span)]) not in names.kept["en"]]
    return heard_in_japanese(names.hidden["en"], text, skipped)


def _touches(span: Span, others: Iterable[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _without(text: str, spans: Iterable[Span], lang: Language) -> str:
    """Put the placeholder in the place of spans, one for those that are parts of one name; placeholders stay whole."""
    standing = [match.span() for match in re.finditer(re.escape(PLACEHOLDER), text)]
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1] and not _touches(span, standing)):
        if joined and (start <= joined[-1][1] or _are_one(text, joined[-1][1], start, lang)):
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    for start, end in reversed(joined):
        text = text[:start] + PLACEHOLDER + text[end:]
    return text


def _are_one(text: str, end: int, start: int, lang: Language) -> bool:
    """Tell whether names that end and begin here are parts of one: only a space, or a dot between katakana, is between."""
    if not _BETWEEN_PARTS[lang].fullmatch(text, end, start):
        return False
    return (
        lang == "en"
        or end == start
        or (_KATAKANA.match(text, end - 1) is not None and _KATAKANA.match(text, start) is not None)
    )
