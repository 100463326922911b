from __future__ import annotations

import pytest
from hypothesis import given, settings
from lxml import etree
from sacrebleu.dataset.wmt_xml import WMTXMLDataset

from alignkit.collect.record import Record
from alignkit.collect.wmt import read_wmt
from alignkit.errors import StageError
from alignkit.export.formats import EXPORTERS
from alignkit.schema import PAIRS
from export.formats.format_samples import PLAIN, hostile_tables, pair, pairs

WMT = EXPORTERS["wmt"]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("wmt") / "pairs.xml"


def reprint(number, story, outlet, ja, **columns):
    return pair(
        number, story_id=story, en_id=f"en-{story}", en=f"Headline of {story}", ja_outlet=outlet, ja=ja, **columns
    )


def test_sacrebleu_reads_a_story_a_document_and_a_reprint_a_reference(path):
    # The second story's reprints stand apart, and one outlet printed it twice.
    table = pairs(
        reprint(0, "s1", "Hibari Shimbun", "地震"),
        reprint(1, "s2", "Hibari Shimbun", "利上げ"),
        reprint(2, "s1", "Tsubame Nippo", "北で地震"),
        reprint(3, "s2", "Hibari Shimbun", "金利上げ"),
        reprint(4, "s2", None, "中銀、利上げ"),
    )
    WMT.write([table[:2], table[2:]], path, settings=PLAIN)
    assert WMTXMLDataset._unwrap_wmt21_or_later(str(path)) == {
        "src": ["Headline of s1", "Headline of s2"],
        "docid": ["s1", "s2"],
        "origlang": ["en", "en"],
        "ref:Hibari Shimbun": ["地震", "利上げ"],
        "ref:Hibari Shimbun (2)": ["", "金利上げ"],
        "ref:Tsubame Nippo": ["北で地震", ""],
        "ref:unknown": ["", "中銀、利上げ"],
    }


def test_our_own_reader_finds_all_headlines(path):
    WMT.write([pairs()], path, settings=PLAIN)
    found = [item.fields["text"] for item in read_wmt(path) if isinstance(item, Record)]
    assert found == [text for row in pairs().rows(named=True) for text in (row["en"], row["ja"])]


@given(table=hostile_tables(PAIRS))
@settings(max_examples=12, deadline=None)
def test_whatever_the_pairs_hold_every_one_is_read_or_rejected(path, table):
    whole = [pairs(pair(pair_id="a first one, which no other is called")), table]
    report = WMT.write(whole, path, settings=PLAIN)
    fields = WMTXMLDataset._unwrap_wmt21_or_later(str(path))
    read = [text for name, texts in fields.items() if name.startswith("ref") for text in texts if text]
    rejected = {reject.row for reject in report.rejects}
    written = [ja for row, ja in enumerate(table["ja"], 2) if row not in rejected]
    assert sorted(read) == sorted([pair()["ja"], *written])
    assert report.rows == len(read)


def test_an_outlet_may_be_called_as_the_second_reprint_of_another(path):
    outlets = ("A", "A (2)", "A", "unknown", None)
    WMT.write(
        [pairs(*(reprint(number, "s", outlet, f"見出し{number}") for number, outlet in enumerate(outlets)))],
        path,
        settings=PLAIN,
    )
    names = [reference.get("translator") for reference in etree.parse(path).iter("ref")]
    assert names == ["A", "A (2)", "A (3)", "unknown", "unknown (2)"]


def test_several_english_headlines_of_a_story_are_segments_of_its_document(path):
    table = pairs(pair(0, story_id="s"), pair(1, story_id="s"))
    WMT.write([table], path, settings=PLAIN)
    fields = WMTXMLDataset._unwrap_wmt21_or_later(str(path))
    assert fields["docid"] == ["s", "s"]
    assert fields["src"] == table["en"].to_list()
    assert fields["ref:Hibari Shimbun"] == table["ja"].to_list()


def test_an_empty_text_is_rejected_since_it_would_be_read_as_missing(path):
    report = WMT.write([pairs(pair(0), pair(1, ja="\u3000"), pair(2, en=""))], path, settings=PLAIN)
    assert report.rows == 1
    assert [(reject.row, reject.column) for reject in report.rejects] == [(2, "ja"), (3, "en")]
    with pytest.raises(StageError, match="has no pair to hold"):
        WMT.write([pairs(pair(en=""))], path, settings=PLAIN)
