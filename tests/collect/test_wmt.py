from __future__ import annotations

import pytest
from sacrebleu.dataset.wmt_xml import WMTXMLDataset

from alignkit.collect.record import Record, Reject
from alignkit.collect.wmt import read_wmt
from alignkit.errors import InputError

XML = """<?xml version="1.0" encoding="utf-8"?>
<dataset id="newstest">
  <doc origlang="ja" id="paper.1">
    <src lang="ja"><p><seg id="1">見出し</seg><seg id="2">本文</seg></p></src>
    <ref lang="en" translator="A"><p><seg id="1">Headline</seg><seg id="2">Body</seg></p></ref>
    <ref lang="en" translator="B"><p><seg id="1">Another headline</seg><seg id="2"> </seg></p></ref>
    <ref lang="de" translator="A"><p><seg id="1">Schlagzeile</seg></p></ref>
    <hyp lang="en" system="S"><p><seg id="1">Output</seg></p></hyp>
  </doc>
  <doc origlang="ja"><src lang="ja"><p><seg id="1">題</seg></p></src></doc>
  <doc origlang="ja" id="paper.2"><src lang="ja"><p><seg id="1">次の<b>題</b></seg></p></src></doc>
</dataset>
"""


def texts(path, segments):
    return [
        (item.fields["outlet"], item.fields["text"]) for item in read_wmt(path, segments) if isinstance(item, Record)
    ]


def test_first_segments_are_headlines_and_every_translator_is_an_outlet(write):
    path = write("a.xml", XML)
    assert texts(path, "headlines") == [
        ("paper", "見出し"),
        ("translator A", "Headline"),
        ("translator B", "Another headline"),
    ]
    assert ("paper", "本文") in texts(path, "all")


def test_what_cannot_be_read_is_rejected_with_its_line(write):
    rejects = [(item.row, item.reason) for item in read_wmt(write("a.xml", XML), "all") if isinstance(item, Reject)]
    assert rejects == [
        (6, "segment paper.1:2 is empty"),
        (10, "is a <doc> without an id"),
        (11, "segment paper.2:1 holds markup or an entity instead of text alone"),
    ]


def test_documents_before_the_damage_are_kept(write):
    items = list(read_wmt(write("a.xml", XML.replace('<doc origlang="ja" id="paper.2">', "<doc"))))
    assert sum(isinstance(item, Record) for item in items) == 3
    last = items[-1]
    assert isinstance(last, Reject)
    assert last.dropped == "file"
    assert "is not well-formed XML" in last.reason


BOMB = """<!DOCTYPE d [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
<dataset><doc id="x.1"><src lang="en"><p><seg id="1">&c;</seg></p></src></doc></dataset>"""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (BOMB, "declares a document type"),
        ("<dataset><doc", "is not well-formed XML"),
        ("just text", "is not well-formed XML"),
        ("<html><body/></html>", "has no <doc> element"),
    ],
    ids=["bomb", "cut", "text", "html"],
)
def test_files_that_are_no_test_set_are_refused(write, content, message):
    with pytest.raises(InputError, match=message):
        list(read_wmt(write("a.xml", content)))


def test_an_empty_file_gives_nothing(write):
    assert list(read_wmt(write("a.xml", ""))) == []


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"nowhere.xml: does not exist"):
        list(read_wmt(tmp_path / "nowhere.xml"))


def test_the_real_files_give_what_sacrebleu_reads(wmt21):
    path = wmt21 / "newstest2021.ja-en.all.xml"
    expected = WMTXMLDataset._unwrap_wmt21_or_later(str(path))
    found = list(read_wmt(path, "all"))
    assert [item.fields["text"] for item in found if item.fields["lang"] == "ja"] == expected["src"]
    references = [item.fields["text"] for item in found if item.fields["outlet"] == "translator A"]
    assert references == expected["ref:A"]
    assert len(list(read_wmt(path))) == 2 * 81
