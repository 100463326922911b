"""The card's plots, as PNG and SVG: drawn by Altair without a browser, the same bytes for the same data.

They have a white background of their own, so that they can be read on a dark page too, and one hue, whose shades differ in
lightness, so that they can be read without seeing colours. Each says in words what it shows (`Plot.alt`).
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from alignkit.schema import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from alignkit.stats.model import Bin, DatasetStats

PLOTS_FOLDER: Final = "plots"

_PACKAGES: Final = ("altair", "vl_convert")
_FONT: Final = "Liberation Sans, Arial, Noto Sans CJK JP, Hiragino Sans, Yu Gothic, sans-serif"
"""The first is inside vl-convert, so that Latin letters are as wide on every machine."""

_HUE: Final = "#2f6db3"
_SHADES: Final = ["#e8f0f9", "#0b3c75"]
_INK: Final = "#1f2933"
_FAINT: Final = "#5b6672"
_EMPTY: Final = "#f5f7fa"
_WIDTH: Final = 460
_ROW: Final = 26
_CELL: Final = 64
_SCALE: Final = 2
_OPEN_WIDTH: Final = 10.0
"""How wide an interval without an end is drawn where there is no other to go by."""

_MOST_OUTLETS: Final = 12
_MOST_MONTHS: Final = 24
_DARK: Final = 0.55
"""From this share of the largest count on, a cell is so dark that its number is written in white."""


@dataclass(frozen=True)
class Plot:
    """A plot in a dataset's folder.

    Attributes:
        name: Its name.
        alt: What it shows, in words, for who cannot see it.
        png: The path of the picture of dots, from the folder.
        svg: The path of the picture of lines.
    """

    name: str
    alt: str

    @property
    def png(self) -> str:
        """The path of the picture in pixels, from the dataset's folder."""
        return f"{PLOTS_FOLDER}/{self.name}.png"

    @property
    def svg(self) -> str:
        """The path of the picture in lines, from the dataset's folder."""
        return f"{PLOTS_FOLDER}/{self.name}.svg"


def write_plots(stats: DatasetStats, folder: Path) -> dict[str, Plot] | None:
    """Write the plots of a dataset to its folder.

    Args:
        stats: The dataset in numbers.
        folder: The dataset's folder.

    Returns:
        The plots by their names, but those that the dataset has no data for; None if what draws them is not installed.
    """
    if any(find_spec(package) is None for package in _PACKAGES):
        return None
    (folder / PLOTS_FOLDER).mkdir()
    plots: dict[str, Plot] = {}
    for name, draw in _DRAWN.items():
        drawn = draw(stats)
        if drawn is not None:
            chart, alt = drawn
            plots[name] = Plot(name, alt)
            _save(chart, folder, plots[name])
    return plots


def _save(chart: Any, folder: Path, plot: Plot) -> None:  # noqa: ANN401 - any of Altair's kinds of charts
    text = io.StringIO()
    _styled(chart).save(text, format="svg")
    svg = text.getvalue()
    (folder / plot.svg).write_text(svg, encoding="utf-8", newline="\n")
    (folder / plot.png).write_bytes(import_module("vl_convert").svg_to_png(svg, scale=_SCALE))


def _styled(chart: Any) -> Any:  # noqa: ANN401 - as above
    return (
        chart.configure(background="white", font=_FONT, padding=14)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=_INK, titleColor=_INK, labelFontSize=12, titleFontSize=12, titleFontWeight="normal", grid=False
        )
        .configure_title(color=_INK, fontSize=14, anchor="start", subtitleColor=_FAINT)
        .configure_header(labelColor=_INK, labelFontSize=13)
    )


# --- bars -------------------------------------------------------------------------------------------------------------


def _relations(stats: DatasetStats) -> tuple[Any, str]:
    alt = import_module("altair")
    counts = {name: sum(stats.relations.get(name, {}).values()) for name in RELATIONS}
    frame = pl.DataFrame({"relation": list(counts), "pairs": list(counts.values())})
    base = alt.Chart(frame, title="Relations of pairs").encode(
        x=alt.X("pairs:Q", title="pairs", axis=alt.Axis(tickCount=5, format=",d")),
        y=alt.Y("relation:N", sort=list(counts), title=None, axis=alt.Axis(ticks=False, domain=False)),
    )
    labels = base.mark_text(align="left", dx=4, color=_INK, fontSize=12).encode(text=alt.Text("pairs:Q", format=",d"))
    chart = (base.mark_bar(color=_HUE) + labels).properties(width=_WIDTH, height=alt.Step(_ROW))
    return chart, "Bars: pairs by relation. " + _listed(counts.items())


def _scores(stats: DatasetStats) -> tuple[Any, str]:
    chart = _histogram(stats.scores, "score", "pairs").properties(width=_WIDTH, height=220, title="Scores of pairs")
    words = "Histogram: pairs by score."
    if stats.score is not None:
        words += f" Median {stats.score.median:.2f}, half {stats.score.lower:.2f} to {stats.score.upper:.2f}."
    return chart, words


def _lengths(stats: DatasetStats) -> tuple[Any, str] | None:
    alt = import_module("altair")
    panels, words = [], []
    for lang, name in (("en", "English"), ("ja", "Japanese")):
        lengths = stats.lengths[lang]
        if lengths.characters is None:
            continue
        panel = _histogram(lengths.bins, "characters", "headlines")
        panels.append(panel.properties(width=_WIDTH // 2 - 20, height=200, title=f"{name} headlines"))
        spread = lengths.characters
        words.append(f"{name}: median {spread.median:g}, half {spread.lower:g} to {spread.upper:g}")
    if not panels:
        return None
    return alt.hconcat(*panels), f"Histograms: headlines by length in characters. {'; '.join(words)}."


def _histogram(bins: Sequence[Bin], what: str, of: str) -> Any:  # noqa: ANN401 - a chart, which has no type without Altair
    """Draw bars between the edges of intervals; an open interval is as wide as the others."""
    alt = import_module("altair")
    widths = (each.high - each.low for each in bins if each.low is not None and each.high is not None)
    width = next(widths, _OPEN_WIDTH)
    low = [each.low if each.low is not None else (each.high or 0) - width for each in bins]
    frame = pl.DataFrame(
        {
            "low": low,
            "high": [start + width for start in low],
            "rows": [each.total for each in bins],
            "zero": [0] * len(bins),
        },
        schema={"low": pl.Float64, "high": pl.Float64, "rows": pl.Int64, "zero": pl.Int64},
    )
    scale = alt.Scale(domain=[min(low), max(low) + width], nice=False)
    return (
        alt.Chart(frame)
        .mark_bar(color=_HUE, stroke="white", strokeWidth=1)
        .encode(
            x=alt.X("low:Q", title=what, scale=scale, axis=alt.Axis(tickCount=6)),
            x2="high:Q",
            y=alt.Y("rows:Q", title=of, axis=alt.Axis(tickCount=5, format=",d", grid=True, domain=False)),
            y2="zero:Q",
        )
    )


# --- cells ------------------------------------------------------------------------------------------------------------


def _outlets(stats: DatasetStats) -> tuple[Any, str] | None:
    shown = [each for each in stats.outlets if each.months][:_MOST_OUTLETS]
    months = sorted({month for each in shown for month in each.months})
    if not months:
        return None
    alt = import_module("altair")
    # A long time is told by years.
    size, unit = (7, "month") if len(months) <= _MOST_MONTHS else (4, "year")
    counts: dict[tuple[str, str], int] = {}
    for each in shown:
        for month, rows in each.months.items():
            place = (f"{each.outlet or '(not known)'} ({each.lang})", month[:size])
            counts[place] = counts.get(place, 0) + rows
    names = list(dict.fromkeys(outlet for outlet, _ in counts))
    frame = pl.DataFrame(
        [(*place, rows) for place, rows in counts.items()], schema=["row", "column", "rows"], orient="row"
    )
    left = len(stats.outlets) > len(shown)
    title = alt.TitleParams(
        f"Headlines of outlets by {unit}",
        subtitle=f"The largest {len(shown)} of {len(stats.outlets)}." if left else "",
    )
    chart = _cells(
        frame,
        x=alt.X(
            "column:O", title=f"{unit} of publication (UTC)", axis=alt.Axis(labelAngle=0, ticks=False, domain=False)
        ),
        y=alt.Y("row:N", sort=names, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=220)),
    )
    width = max(_CELL * len({column for _, column in counts}), 2 * _CELL)
    sums = {name: sum(rows for (outlet, _), rows in counts.items() if outlet == name) for name in names}
    words = f"Table of shades: headlines by outlet and {unit}, {months[0]} to {months[-1]}. {_listed(sums.items())}"
    return chart.properties(width=width, height=alt.Step(_ROW), title=title), words


def _divergence(stats: DatasetStats) -> tuple[Any, str] | None:
    grid = stats.coverage.grid
    if stats.coverage.en is None or stats.coverage.ja is None:
        return None
    alt = import_module("altair")
    last = len(grid) - 1
    # The grid counts what is covered; what is not is its mirror image.
    rows = [
        ((last - ja) * 10, (last - en) * 10, count)
        for en, of_en in enumerate(grid)
        for ja, count in enumerate(of_en)
        if count
    ]
    frame = pl.DataFrame(rows, schema=["column", "row", "rows"], orient="row")
    steps = [step * 10 for step in range(len(grid))]
    label = "datum.value + ' %'"
    axis = alt.Axis(labelExpr=label, labelAngle=0, ticks=False, domain=False)
    chart = _cells(
        frame,
        x=alt.X(
            "column:O",
            scale=alt.Scale(domain=steps),
            title="share of the Japanese words left over, from …",
            axis=axis,
        ),
        y=alt.Y(
            "row:O",
            scale=alt.Scale(domain=steps[::-1]),
            title="share of the English words left over, from …",
            axis=axis,
        ),
    )
    en, ja = (round(100 * (1 - spread.median)) for spread in (stats.coverage.en, stats.coverage.ja))
    words = (
        "Table of shades: pairs by how much of the English headline the Japanese does not say, and the other way round. At the "
        f"median {en} % of the English words and {ja} % of the Japanese."
    )
    return chart.properties(width=_WIDTH, height=alt.Step(_ROW), title="What each headline of a pair says alone"), words


def _cells(frame: pl.DataFrame, x: Any, y: Any) -> Any:  # noqa: ANN401 - Altair's types
    """Draw a table whose cells are the darker the more they count, each with its number."""
    alt = import_module("altair")
    most = max(frame["rows"].to_list())
    base = alt.Chart(frame).encode(x=x, y=y)
    shades = base.mark_rect(stroke="white", strokeWidth=1).encode(
        color=alt.Color("rows:Q", scale=alt.Scale(domain=[0, most], range=_SHADES), legend=None)
    )
    numbers = base.mark_text(fontSize=11).encode(
        text=alt.Text("rows:Q", format="~s" if most >= 10_000 else ",d"),  # noqa: PLR2004 - five digits fill a cell
        color=alt.condition(alt.datum.rows > _DARK * most, alt.value("white"), alt.value(_INK)),
    )
    return (shades + numbers).properties(view=alt.ViewBackground(fill=_EMPTY))


def _listed(counts: Any) -> str:  # noqa: ANN401 - pairs of a name and a count
    return ", ".join(f"{name}: {count:,}" for name, count in counts) + "."


_DRAWN: Final[dict[str, Callable[[DatasetStats], tuple[Any, str] | None]]] = {
    "relations": _relations,
    "scores": _scores,
    "divergence": _divergence,
    "lengths": _lengths,
    "outlets": _outlets,
}
