"""An evaluation as one HTML page, which holds all that it needs and may load nothing."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Final

from alignkit.evaluate.report.data import page_data
from alignkit.stats.shell import STATIC, render_shell

if TYPE_CHECKING:
    from alignkit.evaluate.result import Evaluation

_OWN: Final = files("alignkit.evaluate.report") / "static"
# A dataset's page and this one look alike and are made from the same elements.
_STYLES: Final = (STATIC / "page.css", _OWN / "report.css")
_SCRIPTS: Final = (
    *(STATIC / name for name in ("dom.js", "charts.js", "filters.js")),
    *(_OWN / name for name in ("scores.js", "references.js", "fidelity.js", "difference.js", "viewer.js", "report.js")),
)


def render_report(evaluation: Evaluation) -> str:
    """Write an evaluation's page.

    Returns:
        The page; the same for the same evaluation, byte for byte.
    """
    return render_shell(
        f"{evaluation.test_set.name}: how MT systems do",
        _OWN / "report.html",
        styles=_STYLES,
        scripts=_SCRIPTS,
        data=page_data(evaluation),
    )
