from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.export.redaction.addresses import spells_a_name
from alignkit.export.redaction.rule import UnitNames
from alignkit.text.people import Person

PEOPLE = [
    ("en", Person(0, 11, "Keita Ōgose", "involved", ("Keita", "Ōgose"))),
    ("ja", Person(0, 4, "木暮啓太", "involved", ("木暮啓太", "木暮"))),
]
NAMES = UnitNames(PEOPLE, "crime")


@pytest.mark.parametrize(
    "url",
    [
        "https://sorami.example/news/keita-oogose-34",
        "https://sorami.example/news?q=OGOSE",
        "https://sorami.example/keitaogose",
        "https://sorami.example/%E6%9C%A8%E6%9A%AE",
        "https://sorami.example/kogure_taiho",
        "[not an address/ogose",
    ],
)
def test_a_name_is_found_in_any_spelling(url):
    assert spells_a_name(url, NAMES)


@pytest.mark.parametrize("url", ["https://ogose.example/news/1", "https://sorami.example/2031/05/a1b2", "", "%zz"])
def test_other_addresses_are_kept(url):
    assert not spells_a_name(url, NAMES)


def test_without_names_nothing_is_spelt():
    assert not spells_a_name("https://sorami.example/ogose", UnitNames([], "people"))


@given(st.text())
def test_any_text_may_stand_for_an_address(url):
    assert spells_a_name(url, NAMES) in (True, False)
