"""The benchmark's curves as pictures, PNG and SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt
import polars as pl

from calibration import precision_recall, reliability

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from calibration import Judged

SIZE: Final = 340
SCALE: Final = 2
UNIT: Final = [0.0, 1.0]


def plot_precision_recall(sets: Mapping[str, Mapping[str, Judged]], folder: Path) -> list[Path]:
    """Plot precision over recall, a panel a set and a line a method.

    Args:
        sets: The judged best candidates by set and by method.
        folder: Where the pictures go.
    """
    panels = []
    for name, methods in sets.items():
        curves = pl.concat(
            [precision_recall(judged).with_columns(method=pl.lit(method)) for method, judged in methods.items()]
        )
        panels.append(
            alt.Chart(curves, title=name, width=SIZE, height=SIZE)
            .mark_line(clip=True)
            .encode(
                x=alt.X("recall:Q", scale=alt.Scale(domain=UNIT), title="recall"),
                y=alt.Y("precision:Q", scale=alt.Scale(domain=UNIT), title="precision"),
                order=alt.Order("threshold:Q", sort="descending"),
                color=alt.Color("method:N", title=None, sort=list(methods)),
            )
        )
    return _save(alt.hconcat(*panels), folder, "precision-recall")


def plot_reliability(sets: Mapping[str, Judged], folder: Path) -> list[Path]:
    """Plot the share of right pairs over the mean score, a panel a set; a point's size is how many headlines it holds.

    Args:
        sets: The judged best candidates by set.
        folder: Where the pictures go.
    """
    diagonal = (
        alt.Chart(pl.DataFrame({"x": UNIT, "y": UNIT}))
        .mark_line(color="gray", strokeDash=[4, 4])
        .encode(x="x:Q", y="y:Q")
    )
    panels: Sequence[Any] = [
        alt.layer(
            diagonal,
            alt.Chart(reliability(judged))
            .mark_line(point=False, opacity=0.5)
            .encode(x=alt.X("score:Q"), y=alt.Y("right:Q")),
            alt.Chart(reliability(judged))
            .mark_circle(opacity=0.9)
            .encode(
                x=alt.X("score:Q", scale=alt.Scale(domain=UNIT), title="mean score"),
                y=alt.Y("right:Q", scale=alt.Scale(domain=UNIT), title="share that is right"),
                size=alt.Size("count:Q", scale=alt.Scale(type="log", range=[20, 400]), title="headlines"),
            ),
        ).properties(title=name, width=SIZE, height=SIZE)
        for name, judged in sets.items()
    ]
    return _save(alt.hconcat(*panels), folder, "reliability")


def _save(chart: alt.HConcatChart, folder: Path, stem: str) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{stem}.{ending}" for ending in ("png", "svg")]
    for path in paths:
        chart.save(str(path), scale_factor=SCALE if path.suffix == ".png" else 1)
    return paths
