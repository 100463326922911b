from __future__ import annotations

import bz2
import gzip
import lzma
import sys
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.collect import packed
from alignkit.collect.moses import read_bitext, read_moses
from alignkit.collect.record import Record, Reject
from alignkit.errors import InputError

EN = "Town to close last school\nStrong quake jolts island\nButterfly found\n"
JA = "最後の小学校、閉校へ\n島で強い地震\n希少チョウ発見\n"
PAIRS = [
    ("line 1", "Town to close last school", "最後の小学校、閉校へ"),
    ("line 2", "Strong quake jolts island", "島で強い地震"),
    ("line 3", "Butterfly found", "希少チョウ発見"),
]


def gold(items):
    """Give the gold pairs among records: those of one place."""
    places = {}
    for item in items:
        if isinstance(item, Record):
            assert item.identity == item.place
            places.setdefault(item.place, {})[item.fields["lang"]] = item.fields["text"]
    return [(place, texts["en"], texts["ja"]) for place, texts in places.items() if texts.keys() == {"en", "ja"}]


def rejects(items):
    return [(item.row, item.column, item.reason) for item in items if isinstance(item, Reject)]


def test_lines_of_the_same_number_are_partners(write):
    assert gold(read_moses(write("c.en", EN), write("c.ja", JA))) == PAIRS


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gzip", "bzip2", "xz"])
def test_packed_files_are_told_by_their_bytes_and_not_by_their_names(write, pack):
    en, ja = write("c.en", pack(EN.encode())), write("c.ja.txt", pack(JA.encode("cp932")))
    assert gold(read_moses(en, ja)) == PAIRS


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="this Python can unpack it")
def test_what_python_cannot_unpack_is_said(write):
    with pytest.raises(InputError, match=r"c.en: is packed with Zstandard.*zstd -d"):
        list(read_moses(write("c.en", b"\x28\xb5\x2f\xfd" + bytes(20)), write("c.ja", JA)))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "euc_jp", "cp932"])
def test_each_file_may_have_its_own_encoding_and_line_ends(write, encoding):
    japanese = JA.replace("\n", "\r\n").encode(encoding)
    assert gold(read_moses(write("c.en", EN), write("c.ja", japanese))) == PAIRS


def test_a_line_that_is_empty_on_one_side_costs_nothing_else(write):
    items = list(read_moses(write("c.en", EN.replace("Strong quake jolts island", " ")), write("c.ja", JA)))
    assert rejects(items) == [(2, "en", "is empty")]
    assert gold(items) == [PAIRS[0], PAIRS[2]]
    assert Record(2, {"lang": "ja", "text": "島で強い地震"}, "line 2", identity="line 2") in items


def test_bytes_that_the_encoding_does_not_allow_are_shown(write):
    broken = JA.encode().replace("島".encode(), b"\xff\xfe")
    items = list(read_moses(write("c.en", EN), write("c.ja", broken)))
    assert rejects(items) == [(2, "ja", "has bytes that are not UTF-8")]
    assert [item.value for item in items if isinstance(item, Reject)] == [r"'\\xff\\xfeで強い地震'"]
    assert len(gold(items)) == 2


@given(st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1), max_size=8))
def test_only_line_feeds_end_lines(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("lines")
    (folder / "c.en").write_bytes("\n".join(texts).encode())
    (folder / "c.ja").write_bytes("\n".join("見出し" for _ in texts).encode())
    items = list(read_moses(folder / "c.en", folder / "c.ja", encoding="utf-8"))
    assert [item.row for item in items if isinstance(item, Record) and item.fields["lang"] == "ja"] == [
        number for number, _ in enumerate(texts, 1)
    ]


def test_files_whose_counts_part_are_refused_with_the_place(write):
    message = r"c.en, row 4: c.en has 5 lines where c.ja has 3; the first without a partner is 'One more'"
    with pytest.raises(InputError, match=message):
        list(read_moses(write("c.en", EN + "One more\nAnd another\n"), write("c.ja", JA)))
    with pytest.raises(InputError, match=r"c.ja, row 3: c.ja has 3 lines where c.en has 2"):
        list(read_moses(write("c.en", EN.rpartition("Butterfly")[0]), write("c.ja", JA)))


def test_empty_lines_at_the_end_of_one_file_do_not_count(write):
    assert gold(read_moses(write("c.en", EN + "\n \n"), write("c.ja", JA))) == PAIRS


def test_a_line_without_an_end_is_cut(write, monkeypatch):
    monkeypatch.setattr(packed, "LONGEST_LINE", 1000)
    monkeypatch.setattr("alignkit.collect.bitext.LONGEST_LINE", 1000)
    items = list(read_moses(write("c.en", EN.replace("Strong", "x" * 10_000)), write("c.ja", JA)))
    assert rejects(items) == [(2, "en", "has more than 1,000 characters")]
    assert gold(items) == [PAIRS[0], PAIRS[2]]


def test_memory_does_not_grow_with_the_files(write):
    def _peak(lines):
        en = write(f"{lines}.en", gzip.compress(b"".join(b"Headline %d\n" % number for number in range(lines))))
        ja = write(f"{lines}.ja", gzip.compress("見出し\n".encode() * lines))
        tracemalloc.start()
        count = sum(1 for _ in read_moses(en, ja))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count == 2 * lines
        return peak

    assert _peak(20_000) < 1.5 * _peak(5_000) + 2_000_000


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (gzip.compress(EN.encode())[:-9], r"c.en: cannot be read \(.*ended before"),
        (lzma.compress(EN.encode())[:40], r"c.en: cannot be read"),
        (b"\x1f\x8b\x00 no gzip", r"c.en: cannot be read"),
        (bytes(range(256)) * 4, r"c.en: is not UTF-8"),
        (b"PK\x03\x04", r"c.en: is a zip archive where one text is wanted"),
    ],
    ids=["cut", "cut xz", "no gzip", "no text", "zip"],
)
def test_files_that_cannot_be_read_are_named(write, content, message):
    with pytest.raises(InputError, match=message):
        list(read_moses(write("c.en", content), write("c.ja", JA)))


def test_missing_files_and_unknown_encodings_are_named(write, tmp_path):
    with pytest.raises(InputError, match=r"nowhere.ja: does not exist"):
        list(read_moses(write("c.en", EN), tmp_path / "nowhere.ja"))
    with pytest.raises(InputError, match=r"is a folder"):
        list(read_moses(tmp_path, write("c.ja", JA)))
    with pytest.raises(InputError, match=r"is no encoding that Python knows: 'klingon'"):
        list(read_moses(write("c.en", EN), write("c.ja", JA), encoding="klingon"))


def test_empty_files_give_nothing(write):
    assert list(read_moses(write("c.en", ""), write("c.ja", ""))) == []


# --- an archive of both -----------------------------------------------------------------------------------------------


def archive(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for name, text in members.items():
            written.writestr(name, text)
    return path


def test_an_opus_archive_is_read(tmp_path):
    members = {"README": "About it.", "LICENSE": "CC0", "News.en-ja.en": EN, "News.en-ja.ja": JA, "News.en-ja.ids": ""}
    assert gold(read_bitext(archive(tmp_path / "en-ja.txt.zip", members))) == PAIRS


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"News.de-ja.de": "", "News.de-ja.ja": JA}, r"has no files whose names end in .en, not one.*News.de-ja.de"),
        ({"a.en": EN, "b.en": EN, "a.ja": JA}, r"has 2 files whose names end in .en, not one"),
        ({}, "It holds: nothing"),
        (
            {"News.en-ja.en": EN + "One more", "News.en-ja.ja": JA},
            r"News.en-ja.en has 4 lines where News.en-ja.ja has 3",
        ),
    ],
    ids=["another language", "two", "none", "longer"],
)
def test_archives_without_two_such_files_are_refused(tmp_path, members, message):
    with pytest.raises(InputError, match=message):
        list(read_bitext(archive(tmp_path / "en-ja.zip", members)))


def test_damaged_archives_are_named(tmp_path):
    path = archive(tmp_path / "en-ja.zip", {"a.en": EN, "a.ja": JA})
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    with pytest.raises(InputError, match=r"en-ja.zip: cannot be read"):
        list(read_bitext(path))
    path.write_bytes(whole[:40] + b"\0\0\0\0" + whole[44:])
    with pytest.raises(InputError, match=r"en-ja.zip: "):
        list(read_bitext(path))


# --- columns ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "{en}\t{ja}",
        "{ja}\t{en}",
        "eng\tjpn\t{en}\t{ja}",
        "0.87\t{en}\t{ja}",
        "{en}\t{ja}\tCC0 (hibari)",
        '"{en}"\t"{ja}"',
    ],
    ids=["mtdata", "swapped", "Tatoeba Challenge", "scored", "attributed", "quoted"],
)
def test_columns_are_told_by_their_letters(write, line):
    rows = "".join(line.format(en=en, ja=ja) + "\n" for _, en, ja in PAIRS)
    found = [(place, en.strip('"'), ja.strip('"')) for place, en, ja in gold(read_bitext(write("pairs.tsv", rows)))]
    assert found == PAIRS


def test_columns_are_told_by_a_header_or_by_the_caller(write):
    rows = "".join(f"{en}\t{ja}\t{en} and more words\n" for _, en, ja in PAIRS)
    headed = write("headed.tsv", f"en\tJA\tnote\n{rows}")
    assert [(en, ja) for _, en, ja in gold(read_bitext(headed))] == [(en, ja) for _, en, ja in PAIRS]
    assert gold(read_bitext(write("pairs.tsv", rows), en_column=1, ja_column=2)) == PAIRS


def test_lines_with_other_columns_are_rejected(write):
    path = write("pairs.tsv", "A school\t学校\nAn\tisland\t島\n\nQuake\t\nOwl\tフクロウ\n")
    items = list(read_bitext(path))
    assert rejects(items) == [
        (2, None, "has 3 columns where most lines have 2"),
        (3, None, "is empty"),
        (4, "ja", "is empty"),
    ]
    assert [place for place, *_ in gold(items)] == ["line 1", "line 5"]


@pytest.mark.parametrize(
    ("content", "columns", "message"),
    [
        ("No columns\n", {}, "has no tab-separated columns.*Give two files"),
        ("One\tTwo\n", {}, "has no column of Japanese text that can be told, among 2.*'One' | 'Two'"),
        ("学校\t島\n", {}, "has no column of English text"),
        ("School\t学校\n", {"en_column": 3}, "has no column of English text that can be told, among 2"),
        ("School\t学校\n", {"en_column": 2}, "has one column for both languages"),
    ],
)
def test_files_without_two_such_columns_are_refused(write, content, columns, message):
    with pytest.raises(InputError, match=message):
        list(read_bitext(write("pairs.tsv", content), **columns))


def test_packed_columns_are_read(write):
    rows = "".join(f"{en}\t{ja}\n" for _, en, ja in PAIRS)
    assert gold(read_bitext(write("pairs.tsv.gz", gzip.compress(rows.encode())))) == PAIRS
    assert list(read_bitext(write("empty.tsv", ""))) == []


# --- real files -------------------------------------------------------------------------------------------------------


def test_the_real_test_set_is_read_line_by_line(wmt21):
    en, ja = wmt21 / "newstest2021.ja-en.ref.A.en", wmt21 / "newstest2021.ja-en.src.ja"
    found = gold(read_moses(en, ja))
    assert [text for _, text, _ in found] == en.read_text(encoding="utf-8").split("\n")[:-1]
    assert [text for *_, text in found] == ja.read_text(encoding="utf-8").split("\n")[:-1]
    assert len(found) == 1005
