from __future__ import annotations

import pytest

from alignkit.outlets.affixes import outlet_of_affix, registered_affixes
from alignkit.outlets.registry import title_affixes
from alignkit.text.normalise import normalise


@pytest.mark.parametrize("affix", title_affixes(), ids=lambda affix: affix.text)
def test_what_a_known_outlet_puts_around_a_headline_comes_off_and_names_it(affix):
    headline = "北の島で地震 津波の心配なし"
    published = headline + affix.text if affix.place == "suffix" else affix.text + headline
    (found,) = normalise([published], registered_affixes())
    assert found.text == headline
    (mark,) = found.of_kind("outlet")
    assert outlet_of_affix(mark) is affix.outlet


def test_an_aggregators_mark_takes_the_papers_name_with_it():
    (found,) = normalise(["北の島で地震（浜辺スポーツ） - Yahoo!ニュース"], registered_affixes())
    assert found.text == "北の島で地震"
    assert outlet_of_affix(found.of_kind("outlet")[0]).kind == "aggregator"


def test_a_mark_of_no_known_outlet_names_none():
    assert outlet_of_affix("｜汐見日報") is None
