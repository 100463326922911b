"""An evaluation as a LaTeX table, for booktabs."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from alignkit.evaluate.report.digits import digits_of
from alignkit.evaluate.tables import signature_lines
from alignkit.text.script import has_japanese_script

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignkit.evaluate.result import Evaluation, MetricResult, SystemScore

_APART: Final = "\0"
_LIGATED: Final = re.compile(r"(?<=-)(?=-)|(?<=,)(?=,)|(?<=<)(?=<)|(?<=>)(?=>)")
"""Where TeX would make one character of two."""

_ESCAPES: Final = str.maketrans(
    {
        # LuaLaTeX sees through an empty group, and through \/.
        _APART: r"\kern0pt{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        # \textquotedbl is not in the encoding that LaTeX begins with; every typewriter font has the character itself.
        '"': r"\texttt{\char34}",
        "'": r"\textquotesingle{}",
        "`": r"\textasciigrave{}",
        # After a line break these would be its options.
        "[": "{[}",
        "]": "{]}",
        "*": "{*}",
        **{character: f"\\{character}" for character in "{}$&#_%"},
    }
)
_SCORE: Final = r"r@{\,}l"
"""The two columns of a metric, the score and its interval, put so close that three metrics fit a page."""
_MARK: Final = r"$^{\dagger}$"


def latex_table(evaluation: Evaluation) -> str:
    r"""Write the scores as a table that can be put into a paper.

    The best score of each metric is bold, as is one that equals it; a dagger marks those that cannot be told apart from
    it. Rules part the clusters of the first metric, by which the systems are ordered. The caption has the signatures.

    Returns:
        A `table` environment; its first line says which packages it needs, and which engine if not any will do.
    """
    metrics = evaluation.metrics
    heads = " & ".join(
        rf"\multicolumn{{2}}{{c}}{{{escape_latex(metric.statistics.label)} {_arrow(metric)}}}" for metric in metrics
    )
    lines = [
        r"\begin{table}",
        r"  \centering",
        rf"  \begin{{tabular}}{{@{{}}l{_SCORE * len(metrics)}@{{}}}}",
        r"    \toprule",
        rf"    System & {heads} \\",
        r"    \midrule",
        *_rows(evaluation),
        r"    \bottomrule",
        r"  \end{tabular}",
        rf"  \caption{{{_caption(evaluation)}}}",
        r"  \label{tab:alignkit}",
        r"\end{table}",
    ]
    table = "\n".join(lines)
    return f"% Needs {_needs(table)}.\n{table}\n"


def escape_latex(text: str) -> str:
    """Write a text so that LaTeX prints it as it is, whatever it holds; what cannot be printed is left out."""
    spaced = " ".join(text.split())
    printed = "".join(character for character in spaced if unicodedata.category(character)[0] != "C")
    return _LIGATED.sub(_APART, printed).translate(_ESCAPES)


def _needs(table: str) -> str:
    booktabs = r"\usepackage{booktabs}"
    if has_japanese_script(table):
        return rf"LuaLaTeX, \usepackage{{luatexja}} and {booktabs}"
    return (
        booktabs if table.isascii() else f"LuaLaTeX or XeLaTeX, a font with all characters of the names, and {booktabs}"
    )


def _rows(evaluation: Evaluation) -> Iterator[str]:
    by_name = [{score.system: score for score in metric.scores} for metric in evaluation.metrics]
    cluster = 1
    for first in evaluation.metrics[0].ranked():
        if first.standing.cluster != cluster:
            cluster = first.standing.cluster
            yield r"    \midrule"
        cells = [escape_latex(first.system)]
        for metric, scores in zip(evaluation.metrics, by_name, strict=True):
            cells += _cells(metric, scores[first.system])
        yield f"    {' & '.join(cells)} \\\\"


def _cells(metric: MetricResult, score: SystemScore) -> tuple[str, str]:
    """Give the score with its mark, and its interval."""
    digits = digits_of(metric)
    best = metric.ranked()[0]
    shown = f"{score.score:.{digits}f}"
    if shown == f"{best.score:.{digits}f}":
        shown = rf"\textbf{{{shown}}}"
    mark = _MARK if score.system != best.system and not _apart(metric, score.system, best.system) else ""
    return shown + mark, rf"\small {{[}}{score.low:.{digits}f}, {score.high:.{digits}f}{{]}}"


def _apart(metric: MetricResult, one: str, other: str) -> bool:
    return any(pair.told_apart for pair in metric.comparisons if {pair.first, pair.second} == {one, other})


def _caption(evaluation: Evaluation) -> str:
    settings, test_set = evaluation.settings, evaluation.test_set
    test = "approximate randomisation" if settings.test == "randomisation" else "paired bootstrap resampling"
    size = f"{len(test_set.segments):,} segments of {test_set.stories:,} stories"
    sentences = [
        f"{escape_latex(test_set.name)}: {size}, with {_percent(1 - settings.level)} bootstrap intervals.",
    ]
    if len(evaluation.systems) > 1:
        sentences.append(
            f"Bold: the best; {_MARK}: not told apart from it ({test} by story, Holm's correction, "
            f"$p < {settings.level:g}$). Rules part clusters by {escape_latex(evaluation.metrics[0].statistics.label)}."
        )
    signatures = "; ".join(rf"\texttt{{{_breakable(line)}}}" for line in signature_lines(evaluation))
    return f"{' '.join(sentences)} Signatures: {signatures}."


def _breakable(signature: str) -> str:
    return escape_latex(signature).replace(r"\textbar{}", r"\textbar\allowbreak{}")


def _percent(share: float) -> str:
    return rf"{100 * share:g}\,\%"


def _arrow(metric: MetricResult) -> str:
    return r"$\uparrow$" if metric.statistics.higher_is_better else r"$\downarrow$"
