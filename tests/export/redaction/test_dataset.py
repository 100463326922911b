from __future__ import annotations

import json

import polars as pl
import pytest

from alignkit.cli import main
from alignkit.config import ExportSettings
from alignkit.export.check import check_dataset
from alignkit.export.dataset_manifest import read_manifest
from alignkit.export.hydration import hydrate
from alignkit.export.stage import export_dataset
from export.corpora import COLLECTED, files, read
from export.redaction.redaction_samples import ARREST, STORIES, tables
from web.clients import client_of
from web.faulty_server import page, serving

SETTINGS = ExportSettings(name="Trial headlines", license="cc0-1.0", rights={"*": "written by us"}, redact="crime")


def export(folder, *stories, settings=SETTINGS, **columns):
    pairs, headlines = tables(*(stories or STORIES), **columns)
    export_dataset(pairs, folder, headlines=headlines, settings=settings)
    return folder


def card(folder):
    return (folder / "README.md").read_text(encoding="utf-8")


def test_no_file_of_the_dataset_has_the_name(tmp_path):
    folder = export(tmp_path / "dataset")
    for config, column in (("pairs", "en"), ("headlines", "text")):
        assert not read(folder, config)[column].str.contains("Ogose|生越").any()
    assert "[NAME], 34, arrested" in str(read(folder, "stories")["en"].to_list())
    assert not any("Ogose" in content.decode("utf-8", "replace") for content in files(folder).values())


def test_manifest_card_and_description_say_what_was_done(tmp_path):
    folder = export(tmp_path / "dataset")
    redaction = read_manifest(folder).redaction
    assert (redaction.rule, redaction.headlines) == ("crime", {"en": 2, "ja": 4})
    assert read_manifest(folder).settings["export"]["redact"] == "crime"
    assert "taken out of 2 English headlines and 4 Japanese ones" in card(folder)
    said = json.loads((folder / "croissant.json").read_text())["rai:personalSensitiveInformation"]
    assert any("taken out of 2 English headlines" in paragraph for paragraph in said)


def test_without_the_option_nothing_is_redacted_and_the_card_says_so(tmp_path):
    folder = export(tmp_path / "dataset", settings=SETTINGS.model_copy(update={"redact": "none"}))
    assert sorted(read(folder, "headlines")["text"]) == sorted(text for story in STORIES for text in story.values())
    assert read_manifest(folder).redaction is None
    assert "Nothing was redacted" in card(folder)


def test_an_older_manifest_is_read(tmp_path):
    folder = export(tmp_path / "dataset")
    content = json.loads((folder / "manifest.json").read_text())
    del content["redaction"], content["settings"]["export"]["redact"]
    (folder / "manifest.json").write_text(json.dumps(content))
    assert read_manifest(folder).redaction is None


def test_headlines_that_differ_in_a_name_alone_are_in_one_split(tmp_path):
    names = ["Keita Ogose", "Ryo Kuranaga", "Mio Oribe", "Jake Holloway", "Ada Tarrington", "Rin Ebinuma"] * 5
    stories = [
        {f"en-{place}": f"{name} held over theft of rare owl", f"ja-{place}": f"珍鳥の盗み、{place + 1}件目"}
        for place, name in enumerate(names)
    ]
    folder = export(tmp_path / "dataset", *stories)
    headlines = read(folder, "headlines").filter(pl.col("lang") == "en")
    assert set(headlines["text"]) == {"[NAME] held over theft of rare owl"}
    assert headlines["split"].n_unique() == 1
    assert check_dataset(folder) == []


def test_the_check_finds_names_that_are_left(tmp_path):
    folder = export(tmp_path / "dataset")
    assert check_dataset(folder) == []
    plain = export(tmp_path / "plain", ARREST, settings=SETTINGS.model_copy(update={"redact": "none"}))
    record = read_manifest(folder).redaction
    read_manifest(plain).model_copy(update={"redaction": record}).write(plain)
    (finding,) = check_dataset(plain)
    assert finding.code == "personal-data"
    assert finding.message.startswith("4 headlines still name people by the rule 'crime': ")


# --- without text -----------------------------------------------------------------------------------------------------


def html(text):
    return page(
        f'<html><head><title>{text}</title><meta property="og:type" content="article"><meta property="og:title" '
        f'content="{text}"></head><body><h1>{text}</h1></body></html>'
    )


@pytest.fixture
def pointers(tmp_path):
    """A stand-off dataset of the arrest that is to be redacted, and a server with its pages."""
    paths = {each: f"/news/{number}" for number, each in enumerate(ARREST)} | {"en-a": "/news/ogose-arrested"}
    with serving() as server:
        urls = {each.replace("-", "_"): {"url": f"http://sorami.example{path}"} for each, path in paths.items()}
        pairs, headlines = tables(ARREST, **urls)
        headlines = headlines.with_columns(collected_at=pl.lit(COLLECTED).cast(pl.Datetime("us", "UTC")))
        for rule in ("crime", "none"):
            settings = SETTINGS.model_copy(update={"redact": rule})
            export_dataset(pairs, tmp_path / rule, headlines=headlines, settings=settings)
        server.answers |= {paths[each]: html(text) for each, text in ARREST.items()}
        yield tmp_path, server


def test_hashes_and_addresses_are_those_of_what_was_published(pointers):
    folder, _ = pointers
    assert read(folder / "crime", "headlines").equals(read(folder / "none", "headlines"))
    assert read_manifest(folder / "crime").redaction is None
    assert "`alignkit hydrate` takes names of people out" in card(folder / "crime")
    assert check_dataset(folder / "crime") == []


def test_hydration_redacts_what_it_writes(pointers):
    folder, server = pointers
    with client_of(server) as client:
        report = hydrate(folder / "crime", client, folder / "full")
    assert report.outcomes["same"] == len(ARREST)
    assert not any("Ogose" in content.decode("utf-8", "replace") for content in files(folder / "full").values())
    assert "ogose" not in (folder / "full" / "hydration.jsonl").read_text()
    assert read_manifest(folder / "full").redaction.headlines == {"en": 1, "ja": 3}
    assert read(folder / "full", "headlines")["text"].str.contains("[NAME]", literal=True).all()


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_redacts_for_one_run(tmp_path, write):
    write("alignkit.toml", 'output = "out"\n[export]\nsynthetic = true\n[[sources]]\npath = "en.txt"\nlang = "en"\n')
    write("en.txt", "Harbor town to rebuild its lighthouse\n")
    pairs, headlines = tables(*STORIES)
    (tmp_path / "out").mkdir()
    headlines.write_parquet(tmp_path / "out" / "headlines.parquet")
    pairs.write_parquet(tmp_path / "out" / "pairs.parquet")
    assert main(["export", str(tmp_path), "--redact", "people", "--quiet"]) == 0
    assert read_manifest(tmp_path / "out" / "dataset").redaction.rule == "people"
    assert main(["export", str(tmp_path), "--quiet"]) == 0
    assert read_manifest(tmp_path / "out" / "dataset").redaction is None
    assert main(["export", str(tmp_path), "--redact", "everything"]) == 2
