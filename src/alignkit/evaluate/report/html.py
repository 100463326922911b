"""An evaluation as one HTML page, which holds all that it needs and may load nothing."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Final

from alignkit.evaluate.report.data import page_data
from alignkit.stats.page import as_embedded_json

if TYPE_CHECKING:
    from alignkit.evaluate.result import Evaluation

# A dataset's page and this one look alike and are made from the same elements.
_SHARED: Final = files("alignkit.stats") / "static"
_OWN: Final = files("alignkit.evaluate.report") / "static"
_STYLES: Final = (_SHARED / "page.css", _OWN / "report.css")
_SCRIPTS: Final = (
    *(_SHARED / name for name in ("dom.js", "charts.js", "filters.js")),
    *(_OWN / name for name in ("scores.js", "references.js", "fidelity.js", "difference.js", "viewer.js", "report.js")),
)


def render_report(evaluation: Evaluation) -> str:
    """Write an evaluation's page.

    The page's own policy (CSP) lets only its own style and script in, by their hashes, and no string become HTML; data is
    JSON that the script reads and shows as text.

    Returns:
        The page; the same for the same evaluation, byte for byte.
    """
    style = "\n".join(path.read_text(encoding="utf-8") for path in _STYLES)
    script = "\n".join(path.read_text(encoding="utf-8") for path in _SCRIPTS)
    policy = (
        f"default-src 'none'; script-src {_source(script)}; style-src {_source(style)}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return Template((_OWN / "report.html").read_text(encoding="utf-8")).substitute(
        policy=escape(policy),
        title=escape(evaluation.test_set.name),
        style=style,
        script=script,
        data=as_embedded_json(page_data(evaluation)),
    )


def _source(content: str) -> str:
    """Name a content by its hash, as a policy does."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
