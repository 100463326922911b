from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.text.people import find_people

PIECES = st.sampled_from(
    [
        *("Keita", "Ogose", "O'Brien", "van", "der", "Mr.", "34", ",", "(34)", "arrested", "'s", "-", "McAdam", "U.S."),
        *(
            "生越",
            "啓太",
            "容疑者",
            "さん",
            "（34）",
            "・",
            "ジェイク",
            "を",
            "元",
            "両",
            "氏",
            "ー",
            "[NAME]",
            "[",
            "]",
            "\0",
        ),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=12).map(" ".join) | st.lists(PIECES, max_size=12).map("".join)


@pytest.mark.parametrize("lang", ["en", "ja"])
@given(texts=st.lists(TEXTS, max_size=4))
def test_people_stand_where_they_are_said_to_and_apart_from_each_other(lang, texts):
    found = find_people(texts, lang)
    assert len(found) == len(texts)
    for text, people in zip(texts, found, strict=True):
        ends = 0
        for person in people:
            assert ends <= person.start < person.end
            assert text[person.start : person.end] == person.text
            assert "NAME" not in person.text
            ends = person.end
