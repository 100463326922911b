"""Write the table of outlets in docs/outlets.md anew, from their files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from alignkit.outlets.registry import outlets

if TYPE_CHECKING:
    from alignkit.outlets.model import Outlet

DOCUMENT: Final = Path(__file__).parents[1] / "docs" / "outlets.md"
BEGIN: Final = "<!-- table of outlets: begin; written by scripts/outlets_table.py -->"
END: Final = "<!-- table of outlets: end -->"

_HEADER: Final = ("id", "English", "Japanese", "kind", "prefecture", "domains", "affixes", "feeds", "wire ids")


def with_table(document: str) -> str:
    """Give the document with the table as it should be between its markers."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    rows = [_HEADER, ("---",) * len(_HEADER), *map(_row, outlets().values())]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{after}"


def _row(outlet: Outlet) -> tuple[str, ...]:
    affixes = len(outlet.suffixes) + len(outlet.prefixes)
    checked = sum(len(titles.suffixes) + len(titles.prefixes) for titles in outlet.titles if titles.verified)
    return (
        f"`{outlet.id}`",
        outlet.name_en,
        outlet.name_ja,
        outlet.kind,
        outlet.prefecture or "",
        ", ".join(outlet.hosts),
        f"{affixes} ({checked} checked)" if checked else str(affixes or ""),
        str(len(outlet.feed_urls) or ""),
        "yes" if outlet.wire_ids else "",
    )


if __name__ == "__main__":
    DOCUMENT.write_text(with_table(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
