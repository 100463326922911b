"""What both readers are made of: phrases found in a text, and the cues made of them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from alignkit.text.polarity.model import NEGATION, Cue, general

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from alignkit.text.polarity.tables import Entry

_DIRECTION: Final = "direction"


class Word(NamedTuple):
    """A word of a text.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        surface: The word as written, in lower case and half width.
        key: What phrases are made of: its lemma, or '#' for a number.
    """

    start: int
    end: int
    surface: str
    key: str


@dataclass(slots=True)
class Found:
    """A phrase of the tables in a text.

    Attributes:
        first: Its first word.
        beyond: The word after its last.
        entry: What the tables say of it.
        turned: Whether it is negated.
        cancels: Whether it negates a mere negation.
        reaches: The first word, and the word after the last, of it with what negates it.
    """

    first: int
    beyond: int
    entry: Entry
    turned: bool = False
    cancels: bool = False
    reaches: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        self.reaches = self.first, self.beyond

    @property
    def negates(self) -> bool:
        """Whether it is a negation that is not itself negated."""
        return bool(self.entry.reach) and not self.turned


class Subjects:
    """What goes up or down in a text.

    Args:
        named: The place of each, counted in words and in order, with the special case of 'direction' that it makes.
    """

    def __init__(self, named: Iterable[tuple[int, str]]) -> None:
        self._named = list(named)
        self._places = [place for place, _ in self._named]

    def around(self, beyond: int) -> tuple[tuple[int, str] | None, tuple[int, str] | None]:
        """Give the last that begins before this word, and the first that does not."""
        index = bisect_left(self._places, beyond)
        return (
            self._named[index - 1] if index else None,
            self._named[index] if index < len(self._named) else None,
        )


def turn(negation: Found, target: Found) -> None:
    """Let a negation turn its target around; two of them cancel out."""
    target.turned = not target.turned
    negation.cancels = not target.entry.meanings
    first, beyond = target.reaches
    target.reaches = min(first, negation.first), max(beyond, negation.beyond)


def cues_of(words: list[Word], found: Iterable[Found], subject_near: Callable[[int, int], str]) -> list[Cue]:
    """Make the cues of the phrases found.

    Args:
        words: The words of the text.
        found: The phrases, in their order, with their negations applied.
        subject_near: Given a phrase's first word and the word after its last, gives the special case of 'direction'
            that a word near the phrase makes of it, or ''.

    Returns:
        The cues, sorted; a phrase has one for each of its meanings.
    """
    cues: set[Cue] = set()
    for phrase in found:
        first, beyond = phrase.reaches
        start, end = words[first].start, words[beyond - 1].end
        subject = subject_near(phrase.first, phrase.beyond) if _is_about_a_subject(phrase.entry) else ""
        for concept, sign, needs_subject in phrase.entry.meanings:
            if needs_subject and concept != subject:
                continue
            special = subject if concept == _DIRECTION and subject else concept
            cues.add(Cue(start, end, special, -sign if phrase.turned else sign))
        if phrase.negates and not phrase.cancels and not phrase.entry.meanings:
            cues.add(Cue(start, end, NEGATION, -1))
    return sorted(cues, key=lambda cue: (cue.start, cue.end, cue.concept, cue.sign))


def _is_about_a_subject(entry: Entry) -> bool:
    return any(general(meaning.concept) == _DIRECTION for meaning in entry.meanings)
