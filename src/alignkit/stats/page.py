"""A dataset as one HTML page, which holds all that it needs and may load nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import alignkit
from alignkit.stats.shell import STATIC, render_shell

if TYPE_CHECKING:
    from alignkit.stats.listing import Listing
    from alignkit.stats.model import DatasetStats

_SCRIPTS: Final = ("dom.js", "charts.js", "figures.js", "filters.js", "choices.js", "pairs.js", "page.js")


def render_page(stats: DatasetStats, listing: Listing) -> str:
    """Write a dataset's page.

    Args:
        stats: The dataset in numbers.
        listing: The pairs that can be looked through.

    Returns:
        The page; the same for the same dataset, byte for byte.
    """
    return render_shell(
        f"{stats.name}: a dataset at a glance",
        STATIC / "page.html",
        styles=[STATIC / "page.css"],
        scripts=[STATIC / name for name in _SCRIPTS],
        data={"stats": stats.as_dict(), "listing": listing.as_dict(), "version": alignkit.__version__},
    )
