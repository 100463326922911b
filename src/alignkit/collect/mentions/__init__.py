"""Documents that quote a headline and name who carried the story: the headlines they quote, and leads to those they do not.

read_mentions(content, name="notes.md")  ->  Record | Lead | Reject, one after the other
"""

from __future__ import annotations

from alignkit.collect.mentions.model import Lead
from alignkit.collect.mentions.read import read_mentions

__all__ = ["Lead", "read_mentions"]
