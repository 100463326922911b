"""What says which way the news of a headline goes, whichever language it was written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Sign = Literal[1, -1]

NEGATION: Final = "negation"
"""The concept of a word that only negates, whether or not it turns another cue around; its sign is -1."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One word or phrase that has an opposite, where it stands and which of the two it is.

    Attributes:
        start: Where its span begins in the text that was given.
        end: Where its span ends; what negates it lies inside.
        concept: What it is about, as named in the table of concepts; 'a.b' is a special case of 'a'.
        sign: 1 or -1; as the text means it, so that 'not guilty' and 無罪 are alike.
    """

    start: int
    end: int
    concept: str
    sign: Sign


def general(concept: str) -> str:
    """Give the concept that this one is a special case of, or itself."""
    return concept.partition(".")[0]
