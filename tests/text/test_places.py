from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.text.normalise import normalise
from alignkit.text.places import places_in_published, published_span


@pytest.mark.parametrize(
    ("published", "proper", "stands_for"),
    [
        ("【速報】３人けが（共同）", "3人", "３人"),
        ("ｶﾞｽ爆発　３人けが", "ガス爆発", "ｶﾞｽ爆発"),
        ("１０㌔先で　　火災", "キロ先で 火災", "㌔先で　　火災"),
        ("Town &amp; country", "& c", "&amp; c"),
        ("どうなる...町", "…町", "...町"),
        ("<b>最高裁</b>が判断", "裁が", "裁</b>が"),
    ],
)
def test_a_span_of_the_headline_proper_is_found_in_the_published_one(published, proper, stands_for):
    (headline,) = normalise([published])
    start = headline.text.index(proper)
    begin, end = published_span(places_in_published(published, headline.text), start, start + len(proper))
    assert published[begin:end] == stands_for


@given(text=st.text())
def test_every_character_has_a_place_and_places_go_forward(text):
    (headline,) = normalise([text])
    places = places_in_published(text, headline.text)
    assert len(places) == len(headline.text)
    assert all(0 <= start <= end <= len(text) for start, end in places)
    assert [start for start, _ in places] == sorted(start for start, _ in places)


def test_an_empty_span_has_a_place():
    assert published_span([], 0, 0) == (0, 0)
