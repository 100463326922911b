from __future__ import annotations

import json

import polars as pl
import pytest

from alignkit.config import ExportSettings
from alignkit.export.check import check_dataset, notes_on
from alignkit.export.checks.croissant import check_croissant, quiet_mlcroissant
from alignkit.export.configs import CONFIGS
from alignkit.export.croissant import CONTEXT, RAI_SECTIONS, license_address
from alignkit.export.dataset_manifest import read_manifest
from alignkit.export.stage import export_dataset
from alignkit.storage import file_hash, write_json
from export.corpora import corpus, read

mlcroissant = pytest.importorskip("mlcroissant")

ABOUT = "---\ncreators: [Shiomi Institute]\npublished: 2031-07-01\n---\nHeadlines *for* trial.\n"


@pytest.fixture(scope="module", params=["full", "stand-off"])
def dataset(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("croissant")
    (folder / "about.md").write_text(ABOUT)
    headlines, pairs = corpus(40, from_web=request.param == "stand-off")
    settings = ExportSettings(
        name="Trial headlines", license="cc-by-4.0", version="1.2.0", synthetic=request.param == "full", shard_rows=30
    )
    export_dataset(pairs, folder / "dataset", headlines=headlines, settings=settings, about=folder / "about.md")
    return folder / "dataset"


@pytest.fixture(scope="module")
def loaded(dataset):
    with quiet_mlcroissant():
        return mlcroissant.Dataset(jsonld=dataset / "croissant.json")


@pytest.fixture
def described(dataset):
    return json.loads((dataset / "croissant.json").read_bytes())


def test_mlcroissant_takes_it_without_a_warning(dataset):
    assert notes_on(dataset) == []
    assert check_dataset(dataset) == []


@pytest.mark.parametrize("config", CONFIGS)
def test_mlcroissant_loads_every_row_with_its_split(dataset, loaded, config):
    rows = read(dataset, config)
    with quiet_mlcroissant():
        records = list(loaded.records(config))
    key = next(name for name in ("pair_id", "id", "story_id") if name in rows.columns)
    found = {record[f"{config}/{key}"].decode(): record for record in records}
    assert {name: record[f"{config}/split"].decode() for name, record in found.items()} == dict(
        rows.select(key, "split").iter_rows()
    )
    for row in rows.rows(named=True)[:5]:
        plain(found[row[key]], row, config)


def plain(record, row, place):
    """Compare a record of mlcroissant, whose texts are bytes and whose names are paths, with a row."""
    assert record.keys() == {f"{place}/{name}" for name in row}
    for name, value in row.items():
        loaded = record[f"{place}/{name}"]
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for one, other in zip(loaded, value, strict=True):
                plain(one, other, f"{place}/{name}")
        elif isinstance(value, list):
            assert [text(each) for each in loaded] == value
        else:
            assert text(loaded) == value


def text(value):
    return value.decode() if isinstance(value, bytes) else value


def test_it_says_what_the_manifest_and_the_card_say(dataset, described):
    assert described["version"] == "1.2.0"
    assert described["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert described["isLiveDataset"] is False
    assert described["description"] == "Headlines for trial."
    assert described["datePublished"] == "2031-07-01"
    assert described["citeAs"].startswith("@misc{trial-headlines,")
    assert described["rai:hasSyntheticData"] is (read_manifest(dataset).text == "full")
    assert any(text.startswith("**Outlets.** 3 outlets") for text in described["rai:dataBiases"])
    assert all(described[key] for key in RAI_SECTIONS)
    assert not any("|---" in json.dumps(described[key]) for key in RAI_SECTIONS)
    assert described["rai:dataCollectionTimeFrame"] == ["2031-05-01T00:00:00", "2031-06-15T00:00:00"]


def test_every_file_is_there_with_its_hash(dataset, described):
    objects = {node["contentUrl"]: node for node in described["distribution"] if "contentUrl" in node}
    there = {path.relative_to(dataset).as_posix() for path in dataset.rglob("*") if path.is_file()}
    assert objects.keys() | {"manifest.json", "croissant.json"} == there
    assert all(file_hash(dataset / name) == node["sha256"] for name, node in objects.items())


def test_mlcroissant_writes_what_it_read(loaded, described):
    written = loaded.metadata.to_json()
    assert written["@context"] == CONTEXT
    for key in ("name", "version", "conformsTo", "citeAs", "rai:dataBiases", "rai:personalSensitiveInformation"):
        assert written[key] == described[key]
    assert [node["@id"] for node in written["recordSet"]] == list(CONFIGS)


def test_the_context_has_all_terms_of_the_specification():
    from mlcroissant._src.core.context import Context  # noqa: PLC0415 - only this test looks inside
    from mlcroissant._src.core.rdf import make_context  # noqa: PLC0415 - likewise

    assert make_context(Context(conforms_to="http://mlcommons.org/croissant/1.1")).items() <= CONTEXT.items()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": "2.0.0"}, "says under 'version' '2.0.0', and the manifest '1.2.0'"),
        ({"distribution": []}, "does not list 'README.md' with its sha256"),
        ({"recordSet": []}, "has the record sets none, not pairs"),
        ({"rai:dataBiases": []}, "says nothing under rai:dataBiases"),
        ({"conformsTo": None, "@type": "sc:Thing"}, "is no description that mlcroissant takes"),
    ],
)
def test_the_check_finds_what_does_not_fit(dataset, described, change, message):
    before = (dataset / "croissant.json").read_bytes()
    try:
        write_json(described | change, dataset / "croissant.json")
        found = [finding.message for finding in check_croissant(dataset)]
    finally:
        (dataset / "croissant.json").write_bytes(before)
    assert any(message in each for each in found)


@pytest.mark.parametrize(
    ("identifier", "address"),
    [
        ("cc-by-nc-sa-4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
        ("cc0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("other", "other"),
    ],
)
def test_licences_are_told_by_their_addresses(identifier, address):
    assert license_address(identifier) == address


def test_undated_headlines_have_no_time_frame(tmp_path):
    headlines, pairs = corpus(3, dated=False)
    export_dataset(
        pairs.with_columns(pl.lit(None, pl.String).alias("section")), tmp_path / "dataset", headlines=headlines
    )
    described = json.loads((tmp_path / "dataset" / "croissant.json").read_bytes())
    assert "rai:dataCollectionTimeFrame" not in described


def test_a_dataset_without_a_day_of_publication_has_none_and_the_note_says_where_to_write_it(tmp_path):
    headlines, pairs = corpus(3)
    (tmp_path / "about.md").write_text("Headlines for trial.\n")
    export_dataset(pairs, tmp_path / "dataset", headlines=headlines, about=tmp_path / "about.md")
    assert "datePublished" not in json.loads((tmp_path / "dataset" / "croissant.json").read_bytes())
    (note,) = notes_on(tmp_path / "dataset")
    assert "datePublished" in note.message
    assert "write 'published: YYYY-MM-DD'" in note.message
    (tmp_path / "about.md").write_text("---\npublished: 2031-07-01\n---\nHeadlines for trial.\n")
    export_dataset(pairs, tmp_path / "dataset", headlines=headlines, about=tmp_path / "about.md")
    assert notes_on(tmp_path / "dataset") == []
