from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.collect.mentions.model import Link
from alignkit.collect.mentions.quotations import find_quotations
from alignkit.collect.mentions.sentences import split_sentences


def texts(text):
    return [quotation.text for quotation in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It ran “One” and “Two” today.", ["One", "Two"]),
        ('It ran "One" and "Two" today.', ["One", "Two"]),
        ("It ran ‘One’ and 'Two' today.", ["One", "Two"]),
        ("«One», 〝二〟、「三」", ["One", "二", "三"]),
        ("「知事『撤回せず』　会見で」と報じた", ["知事『撤回せず』　会見で"]),
        ("“Mayor 'sorry' over leak,” it said.", ["Mayor 'sorry' over leak"]),
        ("“Deal with U.S.” was the headline.", ["Deal with U.S."]),
        (
            "'Fishermen's union sues over oysters' deaths' ran the headline.",
            ["Fishermen's union sues over oysters' deaths"],
        ),
    ],
)
def test_quotations_are_found_the_outermost_where_they_are_nested(text, expected):
    assert texts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It's the fishermen's boats' third year since the '20s.",
        'A 5" pipe and a 6" pipe',
        "“Never closed",
        "closed」",
        "''",
        '""',
    ],
)
def test_apostrophes_inches_and_marks_without_a_partner_are_no_quotations(text):
    assert texts(text) == []


def test_a_quotation_has_the_address_of_the_link_around_it():
    text = "See “One” and “Two”."
    links = [Link(4, 9, "https://a.example/1")]
    assert [found.url for found in find_quotations(text, links)] == ["https://a.example/1", None]


@given(st.text("ab '\"“”‘’「」『』.,", max_size=60))
def test_spans_are_in_order_and_hold_their_text(text):
    position = 0
    for found in find_quotations(text):
        assert position <= found.start < found.end <= len(text)
        assert found.text in text[found.start : found.end]
        position = found.end


def test_sentences_end_outside_quotations_and_not_at_abbreviations():
    text = "It ran “Gov. calls. Again.” on Jan. 5. Then “It hurts.” She left! 「終わり。」と報じた。次の文。"
    spans = split_sentences(text, find_quotations(text))
    assert [text[start:end].strip() for start, end in spans] == [
        "It ran “Gov. calls. Again.” on Jan. 5.",
        "Then “It hurts.”",
        "She left!",
        "「終わり。」と報じた。",
        "次の文。",
    ]
