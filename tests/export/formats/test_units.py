"""TMX and XLIFF: valid files, and what is read of others' files."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from lxml import etree

from alignkit.errors import AlignkitError, InputError, StageError
from alignkit.export.formats import EXPORTERS
from alignkit.schema import PAIRS
from export.formats.format_samples import PLAIN, hostile_tables, pair, pairs, read_back

# What TMX 1.4b and XLIFF 2.0 say of the elements that are written here, in words of our own.
TYPES = {
    "tmx": """
        <!ELEMENT tmx (header, body)>  <!ATTLIST tmx version CDATA #FIXED "1.4">
        <!ELEMENT header EMPTY>
        <!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
            segtype (block|paragraph|sentence|phrase) #REQUIRED o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED
            srclang CDATA #REQUIRED datatype CDATA #REQUIRED>
        <!ELEMENT body (tu*)>
        <!ELEMENT tu (prop*, tuv+)>    <!ATTLIST tu tuid CDATA #IMPLIED>
        <!ELEMENT prop (#PCDATA)>      <!ATTLIST prop type CDATA #REQUIRED>
        <!ELEMENT tuv (seg)>           <!ATTLIST tuv xml:lang CDATA #REQUIRED>
        <!ELEMENT seg (#PCDATA)>
    """,
    "xliff": """
        <!ELEMENT xliff (file+)>
        <!ATTLIST xliff xmlns CDATA #FIXED "urn:oasis:names:tc:xliff:document:2.0"
            xmlns:mda CDATA #FIXED "urn:oasis:names:tc:xliff:metadata:2.0"
            version (2.0|2.1) #REQUIRED srcLang NMTOKEN #REQUIRED trgLang NMTOKEN #REQUIRED>
        <!ELEMENT file (unit+)>        <!ATTLIST file id NMTOKEN #REQUIRED xml:space (default|preserve) #IMPLIED>
        <!ELEMENT unit (mda:metadata?, segment+)>
        <!ATTLIST unit id ID #REQUIRED name CDATA #IMPLIED>
        <!ELEMENT mda:metadata (mda:metaGroup+)>
        <!ELEMENT mda:metaGroup (mda:meta+)> <!ATTLIST mda:metaGroup category CDATA #IMPLIED>
        <!ELEMENT mda:meta (#PCDATA)>  <!ATTLIST mda:meta type CDATA #REQUIRED>
        <!ELEMENT segment (source, target?)>
        <!ATTLIST segment state (initial|translated|reviewed|final) "initial">
        <!ELEMENT source (#PCDATA)>    <!ELEMENT target (#PCDATA)>
    """,
}

each_format = pytest.mark.parametrize("exporter", [EXPORTERS["tmx"], EXPORTERS["xliff"]], ids=lambda each: each.name)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("units") / "pairs"


@each_format
@given(table=hostile_tables(PAIRS))
@settings(max_examples=12, deadline=None)
def test_whatever_the_pairs_hold_the_file_is_valid(exporter, path, table):
    exporter.write([pairs(pair(pair_id="a first one, which no other is called")), table], path, settings=PLAIN)
    document_type = etree.DTD(io.StringIO(TYPES[exporter.name]))
    assert document_type.validate(etree.parse(path)), document_type.error_log


@each_format
def test_what_xml_cannot_hold_is_rejected_value_by_value(exporter, path):
    table = pairs(pair(0, en="bell \a", url="x", section="\ufffe"), pair(1), pair(2, ja="\x7f\x85\ufdd0"))
    report = exporter.write([table.drop("url", strict=False)], path, settings=PLAIN)
    assert report.rows == 2
    assert [(reject.row, reject.column, reject.reason, reject.value) for reject in report.rejects] == [
        (1, "en", "holds U+0007, which XML cannot hold", r"'bell \x07'"),
        (1, "section", "holds U+FFFE, which XML cannot hold", r"'\ufffe'"),
    ]
    assert read_back(exporter, path).equals(table[1:])


def test_a_tmx_has_a_unit_a_pair_with_its_columns_as_properties(path):
    EXPORTERS["tmx"].write([pairs(pair(0, section=None, wire_id=""))], path, settings=PLAIN)
    (unit,) = etree.parse(path).iter("tu")
    properties = {prop.get("type"): prop.text for prop in unit.iterchildren("prop")}
    assert unit.get("tuid") == "p0"
    assert properties["x-score"] == "0.875"
    assert properties["x-relation"] == "equivalent"
    assert properties["x-wire_id"] is None
    assert "x-section" not in properties
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [tuv.get(language) for tuv in unit.iterchildren("tuv")] == ["en", "ja"]


def test_an_xliff_has_a_unit_a_pair_with_its_columns_as_metadata(path):
    EXPORTERS["xliff"].write([pairs(pair(0, pair_id='any "name" & more'), pair(1))], path, settings=PLAIN)
    core, metadata = "{urn:oasis:names:tc:xliff:document:2.0}", "{urn:oasis:names:tc:xliff:metadata:2.0}"
    units = list(etree.parse(path).iter(f"{core}unit"))
    assert [(unit.get("id"), unit.get("name")) for unit in units] == [("u1", 'any "name" & more'), ("u2", "p1")]
    assert {meta.get("type"): meta.text for meta in units[0].iter(f"{metadata}meta")}["score"] == "0.875"


def test_an_xliff_of_no_pairs_is_refused_since_none_would_be_valid(path):
    path.unlink(missing_ok=True)
    for table in (pairs()[:0], pairs(pair(en="\0"))):
        with pytest.raises(StageError, match="has no pair to hold"):
            EXPORTERS["xliff"].write([table], path, settings=PLAIN)
    assert not path.exists()
    assert EXPORTERS["tmx"].write([], path, settings=PLAIN).rows == 0


BOMB = '<!DOCTYPE tmx [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;">]>'
TU = '<tu tuid="{}"><tuv xml:lang="en-US"><seg>{}</seg></tuv><tuv lang="JA"><seg>{}</seg></tuv></tu>'


def tmx(*units, before=""):
    return f'{before}<tmx version="1.4"><body>{"".join(units)}</body></tmx>'


def test_a_tmx_from_elsewhere_gives_its_texts(write):
    document = tmx(TU.format("1", "Quake", "地震"), before='<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
    (row,) = read_back(EXPORTERS["tmx"], write("a.tmx", document)).to_dicts()
    assert (row["pair_id"], row["en"], row["ja"], row["score"]) == ("1", "Quake", "地震", None)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("tmx", tmx(TU.format("1", "&b;", "x"), before=BOMB), "declares entities"),
        ("tmx", tmx(TU.format("1", "a<ph/>b", "x")), "row 1: has a <seg> with markup in it"),
        ("tmx", tmx('<tu><tuv xml:lang="en"><seg>a</seg></tuv></tu>'), "row 1: has a <tu> without a text in ja"),
        ("tmx", tmx(), "has no <tu> element"),
        ("tmx", tmx(TU.format("1", "a", "x"))[:-9], "is not well-formed XML"),
        ("tmx", "", "is not well-formed XML"),
        (
            "tmx",
            tmx(TU.format("1", "a", '</seg></tuv><prop type="x-score">low</prop><tuv><seg>')),
            "is no number: 'low'",
        ),
        ("xliff", "<xliff/>", "has no <unit> element"),
        (
            "xliff",
            '<unit xmlns="urn:oasis:names:tc:xliff:document:2.0"><segment><source>a</source></segment></unit>',
            "has a <unit> with 0 <target>, where one is read",
        ),
    ],
)
def test_what_is_no_table_of_pairs_is_refused(write, name, content, message):
    with pytest.raises(AlignkitError) as caught:
        read_back(EXPORTERS[name], write("a.xml", content))
    assert message in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"nowhere.tmx: does not exist"):
        read_back(EXPORTERS["tmx"], tmp_path / "nowhere.tmx")
