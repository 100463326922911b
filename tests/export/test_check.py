from __future__ import annotations

import json

import polars as pl
import pytest

from alignkit.config import ExportSettings
from alignkit.errors import InputError
from alignkit.export.check import check_dataset, notes_on
from alignkit.export.checks.personal_data import MAIL, PHONE
from alignkit.export.dataset_manifest import file_records, read_manifest
from alignkit.export.stage import export_dataset
from export.corpora import corpus

INVENTED = ExportSettings(name="Trial headlines", license="cc-by-4.0", synthetic=True, seed=3)


@pytest.fixture
def dataset(tmp_path):
    headlines, pairs = corpus(40)
    export_dataset(pairs, tmp_path / "dataset", headlines=headlines, settings=INVENTED)
    return tmp_path / "dataset"


def codes(folder):
    return [finding.code for finding in check_dataset(folder)]


def rewrite(folder, config, change):
    """Change the training rows of a config, and write a manifest that lists what is there now."""
    path = folder / "data" / config / "train-00000-of-00001.parquet"
    frame = pl.read_parquet(path)
    changed = change(frame)
    changed.write_parquet(path) if isinstance(changed, pl.DataFrame) else path.write_bytes(changed)
    relist(folder)


def relist(folder, **changes):
    manifest = read_manifest(folder)
    manifest.model_copy(update={"files": file_records(folder)} | changes).write(folder)


def test_what_was_exported_has_nothing_against_it(dataset):
    assert check_dataset(dataset) == []
    assert ["datePublished" in note.message for note in notes_on(dataset)] == [True]


def test_a_stand_off_dataset_has_nothing_against_it_either(tmp_path):
    headlines, pairs = corpus(40, from_web=True)
    settings = ExportSettings(license="other")
    export_dataset(pairs, tmp_path / "dataset", headlines=headlines, settings=settings)
    assert check_dataset(tmp_path / "dataset") == []


# --- files ------------------------------------------------------------------------------------------------------------


def test_files_that_are_missing_changed_or_too_many_are_named(dataset):
    (dataset / "data" / "mt" / "test-00000-of-00001.parquet").unlink()
    (dataset / "README.md").write_text((dataset / "README.md").read_text() + "\nOne more line.\n")
    (dataset / "notes.txt").write_text("mine")
    (dataset / ".gitattributes").write_text("*.parquet filter=lfs")
    found = {(finding.code, finding.path) for finding in check_dataset(dataset)}
    assert {
        ("file-missing", "data/mt/test-00000-of-00001.parquet"),
        ("file-changed", "README.md"),
        ("file-stray", "notes.txt"),
    } <= found
    assert not any(path == ".gitattributes" for _, path in found)


def test_a_manifest_that_is_none_is_said(dataset, tmp_path):
    (dataset / "manifest.json").write_text('{"format": "something else"}')
    assert codes(dataset) == ["manifest"]
    with pytest.raises(InputError, match="is no folder"):
        check_dataset(tmp_path / "nowhere")


# --- data -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows.drop("score"), "missing score, unknown none"),
        (lambda rows: rows.with_columns(extra=1), "missing none, unknown extra"),
        (lambda rows: rows, "other types or order: pair_id"),
        (lambda _: b"no Parquet", "cannot be read as Parquet"),
    ],
)
def test_other_columns_or_types_are_said(dataset, change, message):
    rewrite(dataset, "pairs", change)
    (found,) = [finding for finding in check_dataset(dataset) if finding.code == "schema"]
    assert message in found.message


def test_other_rows_are_said(dataset):
    manifest = read_manifest(dataset)
    manifest.configs["pairs"]["train"].content = "0" * 64
    manifest.configs["stories"]["train"].rows += 1
    manifest.write(dataset)
    found = [finding for finding in check_dataset(dataset) if finding.code == "content"]
    rows = manifest.configs["stories"]["train"].rows
    assert [finding.message for finding in found] == [
        "the rows of pairs/train are not those that the manifest lists",
        f"stories/train has {rows - 1} rows, and the manifest lists {rows}",
    ]


def test_leakage_is_looked_for_anew(dataset):
    files = [dataset / "data" / "headlines" / f"{split}-00000-of-00001.parquet" for split in ("train", "test")]
    (dataset / "data" / "headlines" / "test-00000-of-00001.parquet").write_bytes(files[0].read_bytes())
    relist(dataset)
    found = {finding.message for finding in check_dataset(dataset) if finding.code == "leakage"}
    assert any(message.endswith("japanese in more than one split") for message in found)
    assert any(message.startswith("the manifest says") for message in found)


# --- card, rights and personal data -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("## Splits\n", "## Splits\n\n## Nothing here\n", "has a section with nothing in it: 'Splits'"),
        ("license: cc-by-4.0", "license: mit", "says under 'license' 'mit'"),
        ("num_examples: ", "num_examples: 1", "says under 'dataset_info'"),
        ("# Trial headlines", "# {{ name }}", "left over from its template: '{{'"),
        ("language:\n", "language: [\n", "cannot be read"),
    ],
)
def test_a_card_that_does_not_fit_is_said(dataset, old, new, message):
    card = dataset / "README.md"
    text = card.read_text(encoding="utf-8")
    assert old in text
    card.write_text(text.replace(old, new, 1), encoding="utf-8")
    relist(dataset)
    assert any(message in finding.message for finding in check_dataset(dataset) if finding.code == "card")


def test_text_needs_a_right_unless_it_is_invented(tmp_path):
    headlines, pairs = corpus(20)
    for rights, expected in (({}, ["license", "rights"]), ({"*": "by permission"}, ["license"])):
        settings = ExportSettings(rights=rights)
        export_dataset(pairs, tmp_path / "dataset", headlines=headlines, settings=settings)
        assert codes(tmp_path / "dataset") == expected


def test_text_from_the_web_needs_one_even_then(dataset):
    manifest = read_manifest(dataset)
    rights = {name: right.model_copy(update={"from_web": 3}) for name, right in manifest.rights.items()}
    relist(dataset, rights=rights)
    assert codes(dataset) == ["text"]


@pytest.mark.parametrize(
    "text",
    [
        "Write to desk@sorami.example",
        "お問い合わせは００−００００−００００まで",
        "電話(000)000-0000",
        "call 0000-00-0000 now",
        "+81-00-0000-0000",
    ],
)
def test_addresses_and_numbers_of_people_are_found(text):
    normal = pl.Series([text]).str.normalize("NFKC")
    assert normal.str.contains(f"{MAIL}|{PHONE}")[0]


@pytest.mark.parametrize(
    "text",
    [
        "2031051201000123",
        "2031-05-12",
        "05-12-2031",
        "Japan women beat Brazil 3-1, 25-20",
        "1990-2031年の0-0",
        "@home with the harbor band",
        "sold for 1,000,000-2,000,000 yen",
        "2031年5月12日 午前10時00分-11時00分",
    ],
)
def test_wire_ids_dates_and_scores_are_not(text):
    assert not pl.Series([text]).str.contains(f"{MAIL}|{PHONE}")[0]


def test_they_are_found_in_headlines_and_in_the_card(tmp_path, write):
    headlines, pairs = corpus(20)
    text = pl.when(pl.col("id") == "en-3").then(pl.lit("Write to desk@sorami.example")).otherwise("text")
    about = write("about.md", "Ask desk@sorami.example.\n")
    options = {"headlines": headlines.with_columns(text=text), "settings": INVENTED, "about": about}
    export_dataset(pairs, tmp_path / "dataset", **options)
    found = check_dataset(tmp_path / "dataset")
    assert [finding.code for finding in found] == ["personal-data", "personal-data"]
    assert "'text': en-3" in found[0].message


# --- croissant --------------------------------------------------------------------------------------------------------


def test_a_description_must_be_json(dataset):
    (dataset / "croissant.json").write_text("{")
    relist(dataset)
    assert codes(dataset) == ["croissant"]


def test_a_description_that_cannot_be_checked_is_noted(dataset, monkeypatch):
    monkeypatch.setattr("alignkit.export.checks.croissant.find_spec", lambda _: None)
    assert codes(dataset) == []
    assert json.dumps([note.as_dict() for note in notes_on(dataset)]).count("mlcroissant is not installed") == 1
    (dataset / "croissant.json").unlink()
    assert [note.message for note in notes_on(dataset)] == ["is not there"]
