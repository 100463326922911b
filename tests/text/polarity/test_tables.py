from __future__ import annotations

from collections import Counter, defaultdict
from importlib.resources import files

import pytest

from alignkit.text.polarity.model import general
from alignkit.text.polarity.tables import listed_words, negations, subjects


def rows(name: str) -> list[list[str]]:
    content = files("alignkit.text.polarity").joinpath("data", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in content.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("name", ["concepts.tsv", "negations.tsv", "neutral.tsv", "subjects.tsv"])
def test_tables_are_sorted_and_say_nothing_twice(name):
    keys = [tuple(row[:2]) if name == "concepts.tsv" else tuple(row) for row in rows(name)]
    assert keys == sorted(set(keys))


def test_every_concept_has_two_sides_in_both_languages_and_one_firmness():
    sides, firmness = defaultdict(set), defaultdict(set)
    for concept, sign, firm, english, japanese in rows("concepts.tsv"):
        sides[concept].add(sign)
        firmness[concept].add(firm)
        assert english
        assert japanese
    assert all(signs == {"+", "-"} for signs in sides.values())
    assert all(len(kinds) == 1 and kinds <= {"firm", "loose"} for kinds in firmness.values())
    assert len(rows("concepts.tsv")) >= 120


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_no_word_is_both_sides_of_one_concept(lang):
    signs = Counter((item.mark, item.word, item.meaning.concept) for item in listed_words(lang))
    assert [key for key, count in signs.items() if count > 1] == []


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_subjects_make_special_cases_of_direction(lang):
    assert {general(concept) for concept in subjects(lang).values()} == {"direction"}
    assert {reach for _, reach in negations(lang)} <= {"forward", "backward", "both", "after", "before"}
