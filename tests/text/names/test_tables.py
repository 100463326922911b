from __future__ import annotations

import re

import pytest

from alignkit.text.names.tables import japanese_terms, prefectures_of, read_table, read_word_list

TABLES = {
    "continental_surnames.tsv": 2,
    "countries.tsv": 4,
    "offices.tsv": 3,
    "organisations.tsv": 3,
    "places.tsv": 4,
    "prefectures.tsv": 3,
    "spellings.tsv": 2,
}
LISTS = (
    "english_like_romaji.txt",
    "english_not_names.txt",
    "english_not_people.txt",
    "english_titles.txt",
    "japanese_titles.txt",
)


@pytest.mark.parametrize(("name", "columns"), TABLES.items())
def test_a_table_is_sorted_by_keys_that_are_there_once_and_has_all_its_columns(name, columns):
    rows = read_table(name)
    assert [row[0] for row in rows] == sorted({row[0] for row in rows})
    assert {len(row) for row in rows} == {columns}
    assert all(cell.strip() == cell != "" for row in rows for cell in row)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_words_without_space_around_them(name):
    assert all(word.strip() == word != "" for word in read_word_list(name))


def test_there_are_all_prefectures_and_places_lie_in_some_of_them():
    codes = {code for code, *_ in read_table("prefectures.tsv")}
    assert codes == {f"{number:02}" for number in range(1, 48)}
    assert frozenset[str]().union(*prefectures_of().values()) <= codes
    assert prefectures_of()["place:sendai"] == {"04"}


def test_what_cldr_has_is_not_typed_in_again():
    assert japanese_terms()["フランス"].keys == {"country:FR"}
    assert japanese_terms()["ミャンマー"].keys == {"country:MM"}
    assert all(not re.search("フランス|ミャンマー", row[2]) for row in read_table("countries.tsv"))
