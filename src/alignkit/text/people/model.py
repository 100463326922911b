"""A person whom a headline names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Standing = Literal["office", "involved", "plain"]
"""What stands beside a name: a public office; a role, an age or an honorific that makes somebody part of the news; neither."""


@dataclass(frozen=True, slots=True)
class Person:
    """One mention of a person.

    Attributes:
        start: Where the name begins in the text that was given.
        end: Where it ends; titles, honorifics and ages are outside.
        text: The name, as written.
        standing: What stands beside it.
        parts: The words of the name by which the person may be called alone, such as the surname.
    """

    start: int
    end: int
    text: str
    standing: Standing
    parts: tuple[str, ...] = ()
