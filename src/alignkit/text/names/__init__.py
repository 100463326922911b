"""The names that a headline names, read and compared across English and Japanese."""

from __future__ import annotations

from alignkit.text.names.compare import NameCheck, compare_names
from alignkit.text.names.model import Name, NameKind
from alignkit.text.names.read import read_names

__all__ = ["Name", "NameCheck", "NameKind", "compare_names", "read_names"]
