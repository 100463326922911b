"""A dataset as one HTML page, which holds all that it needs and may load nothing."""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Final

import alignkit

if TYPE_CHECKING:
    from alignkit.stats.listing import Listing
    from alignkit.stats.model import DatasetStats

_STATIC: Final = files("alignkit.stats") / "static"
_SCRIPTS: Final = ("dom.js", "charts.js", "figures.js", "filters.js", "pairs.js", "page.js")

_ESCAPES: Final = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
"""What could end the element that holds JSON or mean something to a parser of HTML or of scripts."""


def render_page(stats: DatasetStats, listing: Listing) -> str:
    """Write a dataset's page.

    The page's own policy (CSP) lets only its own style and script in, by their hashes, and no string become HTML; data is
    JSON that the script reads and shows as text.

    Args:
        stats: The dataset in numbers.
        listing: The pairs that can be looked through.

    Returns:
        The page; the same for the same dataset, byte for byte.
    """
    style = _static("page.css")
    script = "\n".join(_static(name) for name in _SCRIPTS)
    policy = (
        f"default-src 'none'; script-src {_hash_source(script)}; style-src {_hash_source(style)}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    data = {"stats": stats.as_dict(), "listing": listing.as_dict(), "version": alignkit.__version__}
    return Template(_static("page.html")).substitute(
        policy=escape(policy), title=escape(stats.name), style=style, script=script, data=as_embedded_json(data)
    )


def as_embedded_json(value: object) -> str:
    """Write JSON so that it can stand in a script element, whatever its strings hold."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).translate(_ESCAPES)


def _static(name: str) -> str:
    return (_STATIC / name).read_text(encoding="utf-8")


def _hash_source(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
