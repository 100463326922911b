from __future__ import annotations

import os
import re
import struct
import subprocess
import sys

import polars as pl
import pytest
from lxml import etree

from alignkit.export.plots import write_plots
from alignkit.export.stage import export_dataset
from alignkit.stats.measure import dataset_stats
from conftest import ROOT
from export.corpora import corpus, files

pytest.importorskip("altair")
pytest.importorskip("vl_convert")


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plots") / "dataset"
    headlines, pairs = corpus(60)
    export_dataset(pairs, folder, headlines=headlines)
    return folder


def drawn(folder, stats):
    folder.mkdir()
    return write_plots(stats, folder)


def test_the_card_shows_each_plot_with_words_for_who_cannot_see_it(dataset):
    card = (dataset / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"\[!\[([^\]]+)\]\((plots/[a-z]+\.png)\)\]\((plots/[a-z]+\.svg)\)", card)
    names = ["relations", "scores", "divergence", "lengths", "outlets"]
    assert [png for _, png, _ in shown] == [f"plots/{name}.png" for name in names]
    assert all((dataset / path).is_file() for _, *paths in shown for path in paths)
    assert "equivalent: 120" in shown[0][0]
    assert "median" in shown[3][0]


def test_each_is_a_picture_on_white_of_a_size_that_fits_a_page(dataset):
    for path in (dataset / "plots").glob("*.svg"):
        root = etree.fromstring(path.read_bytes())
        background = root.find("{*}rect")
        assert background.get("fill") == "white"
        assert (background.get("width"), background.get("height")) == (root.get("width"), root.get("height"))
        width, height = struct.unpack(">II", path.with_suffix(".png").read_bytes()[16:24])
        assert abs(width - 2 * float(root.get("width"))) <= 2
        assert 200 < width < 1400
        assert 200 < height < 1400


def test_the_same_data_give_the_same_bytes_in_another_process_too(dataset, tmp_path):
    assert drawn(tmp_path / "here", dataset_stats(dataset)).keys() == {
        path.stem for path in (dataset / "plots").iterdir()
    }
    script = "import sys; from pathlib import Path; from alignkit.stats.measure import dataset_stats\n"
    script += "from alignkit.export.plots import write_plots; write_plots(dataset_stats(Path(sys.argv[1])), Path(sys.argv[2]))"
    (tmp_path / "there").mkdir()
    arguments = [sys.executable, "-c", script, str(dataset), str(tmp_path / "there")]
    subprocess.run(arguments, check=True, env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}, cwd=ROOT)
    assert files(tmp_path / "here") == files(tmp_path / "there")
    assert all((dataset / name).read_bytes() == content for name, content in files(tmp_path / "here").items())


def test_what_there_are_no_data_for_is_not_drawn(tmp_path):
    headlines, pairs = corpus(3, dated=False)
    export_dataset(pairs, tmp_path / "dataset", headlines=headlines)
    assert sorted({path.stem for path in (tmp_path / "dataset" / "plots").iterdir()}) == [
        "divergence",
        "lengths",
        "relations",
        "scores",
    ]


def test_many_outlets_and_years_and_long_headlines_still_fit(tmp_path):
    headlines, pairs = corpus(60)
    headlines = headlines.with_columns(
        text=pl.col("text") + "湖" * 200,
        outlet=pl.format("新聞社 {} <&>", pl.int_range(pl.len()) % 30),
        published_at=pl.col("published_at") + pl.duration(days=pl.int_range(pl.len()) * 20),
    )
    export_dataset(pairs, tmp_path / "dataset", headlines=headlines)
    outlets = etree.fromstring((tmp_path / "dataset" / "plots" / "outlets.svg").read_bytes())
    assert "The largest 12 of " in "".join(outlets.itertext())
    assert "2040" in "".join(outlets.itertext())
    assert "2031-05" not in "".join(outlets.itertext())
    assert (tmp_path / "dataset" / "plots" / "lengths.png").is_file()
