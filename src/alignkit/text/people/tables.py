"""The lists of words beside this file, each loaded when it is first needed."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """Give the words of a list."""
    content = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return frozenset(line for line in content.splitlines() if line and not line.startswith("#"))


def any_of(forms: frozenset[str]) -> str:
    """Give a regular expression for any of some words, the longest first; nothing else is special in them."""
    return "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
