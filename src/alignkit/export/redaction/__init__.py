"""Names of people taken out of headlines before they are published.

A name becomes `PLACEHOLDER`, the same in both languages; its title, role, honorific and age stay. Headlines that are of one
story, or carry one wire id, are one unit: what one of them gives away of a name goes from all of them.
"""

from __future__ import annotations

from alignkit.export.redaction.rule import PLACEHOLDER, Rule
from alignkit.export.redaction.tables import Redacted, redact_tables

__all__ = ["PLACEHOLDER", "Redacted", "Rule", "redact_tables"]
