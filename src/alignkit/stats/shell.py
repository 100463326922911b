"""What alignkit's HTML pages have in common: one file that holds all that it needs and may load nothing."""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.resources.abc import Traversable

STATIC: Final = files("alignkit.stats") / "static"
"""The files of which the pages are made."""

_ESCAPES: Final = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
"""What could end the element that holds JSON or mean something to a parser of HTML or of scripts."""


def render_shell(
    title: str, body: Traversable, *, styles: Iterable[Traversable], scripts: Iterable[Traversable], data: object
) -> str:
    """Write a page.

    The page's own policy (CSP) lets only its own style and script in, by their hashes, and no string become HTML; data is
    JSON that the script reads and shows as text.

    Args:
        title: The page's title, any text.
        body: HTML, what the page shows between its head and its footer.
        styles: Style sheets, in their order.
        scripts: The parts of its script, in their order.
        data: What the script reads.

    Returns:
        The page; the same for the same arguments, byte for byte.
    """
    style, script = _joined(styles), _joined(scripts)
    policy = (
        f"default-src 'none'; script-src {_source(script)}; style-src {_source(style)}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return Template((STATIC / "shell.html").read_text(encoding="utf-8")).substitute(
        policy=escape(policy),
        title=escape(title),
        style=style,
        body=body.read_text(encoding="utf-8").rstrip("\n"),
        script=script,
        data=as_embedded_json(data),
    )


def as_embedded_json(value: object) -> str:
    """Write JSON so that it can stand in a script element, whatever its strings hold."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).translate(_ESCAPES)


def _joined(parts: Iterable[Traversable]) -> str:
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)


def _source(content: str) -> str:
    """Name a content by its hash, as a policy does."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
