from __future__ import annotations

import pytest

from alignkit.errors import InputError, UsageError
from alignkit.evaluate.plain_set import read_plain


def test_lines_of_files_are_segments_with_a_reference_from_each(write):
    test_set = read_plain(
        [write("test.ja", "島で地震\n図書館が開館\n"), write("b.ja", "\n図書館オープン\n")],
        write("test.en", "Quake on island\nThe library is open\n"),
    )
    assert (test_set.name, test_set.source_language, test_set.target_language) == ("test", "en", "ja")
    assert [segment.id for segment in test_set.segments] == ["1", "2"]
    assert test_set.segments[1].source == "The library is open"
    # An empty line is a reference that is missing.
    assert test_set.references == [("島で地震",), ("図書館が開館", "図書館オープン")]
    assert test_set.stories == 2


def test_stories_are_named_line_by_line(write):
    test_set = read_plain([write("ref", "島で\n地震が\n町に\n")], stories=write("docs", "b\nb\na\n"))
    assert test_set.story_codes.tolist() == [0, 0, 1]


def test_any_encoding_that_can_be_told_is_read(write):
    text = "南の島で希少なチョウを発見\n町に図書館が開館した\n"
    sets = [
        read_plain([write(f"ref.{code}", text, code)]) for code in ("utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16")
    ]
    assert {test_set.fingerprint for test_set in sets} == {sets[0].fingerprint}


def test_the_language_is_found_out_or_has_to_be_named(write):
    german = write("ref.de", "Das ist die neue Bibliothek der Stadt\n")
    with pytest.raises(UsageError, match=r"ref.de: is neither English nor Japanese .* such as --lang en-ja"):
        read_plain([german])
    assert read_plain([german], languages="en-de").target_language == "de"
    with pytest.raises(UsageError, match="is no pair of languages: 'de'"):
        read_plain([german], languages="de")


def test_a_segment_without_a_reference_is_an_error(write):
    with pytest.raises(
        InputError, match=r"ref.ja, row 2: has no reference, nor have 1 others.* leave such segments out"
    ):
        read_plain([write("ref.ja", "島で地震\n\n図書館が開館\n \n")])


def test_files_have_to_have_as_many_lines(write):
    first = write("a.ja", "島で地震\n図書館が開館\n町の祭り\n")
    with pytest.raises(
        InputError, match=r"b.ja: has 2 lines where .*a.ja has 3: up to line 1 they fit, and from line 2"
    ):
        read_plain([first, write("b.ja", "島に地震\n町の夏祭り\n")])
    with pytest.raises(InputError, match=r"src: has 1 lines where .*a.ja has 3"):
        read_plain([first], write("src", "Quake\n"))


def test_an_empty_file_has_no_segments(write):
    with pytest.raises(InputError, match="has no segments"):
        read_plain([write("ref", "")], languages="en-ja")
