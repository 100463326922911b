"""What a check finds."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

Code = Literal[
    "manifest",
    "file-missing",
    "file-changed",
    "file-stray",
    "schema",
    "content",
    "leakage",
    "card",
    "license",
    "rights",
    "text",
    "croissant",
    "personal-data",
]


@dataclass(frozen=True)
class Finding:
    """Something that is to be said of a dataset.

    Attributes:
        code: What it is about.
        message: What was found, in one clause.
        path: The file that it is in, from the dataset's folder; '' if it is in none.
    """

    code: Code
    message: str
    path: str = ""

    def __str__(self) -> str:
        """Give it on one line."""
        return f"{self.path}: {self.message}" if self.path else self.message

    def as_dict(self) -> dict[str, str]:
        """Give the fields as a plain dictionary."""
        return asdict(self)
