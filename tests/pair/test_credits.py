from __future__ import annotations

import pytest

from alignkit.pair.credits import agencies, agency_in
from alignkit.reading import read_headlines
from alignkit.schema import HEADLINES
from samples import headline


@pytest.mark.parametrize(
    ("mark", "agency"),
    [
        ("（共同）", "共同"),
        ("【ワシントン共同】", "共同"),
        ("共同通信", "共同"),
        ("(Kyodo)", "共同"),
        ("TOKYO (Kyodo) --", "共同"),
        ("AFP時事", "AFP"),
        ("（時事）", "時事"),
        ("MAP", None),
        ("（空見）", None),
    ],
)
def test_a_credit_names_an_agency(mark, agency):
    assert agency_in(mark) == agency


@pytest.mark.parametrize(
    ("row", "agency"),
    [
        (headline("ja0", "北の島で地震（共同）"), "共同"),
        (headline("ja0", "北の島で地震", credit="共同通信"), "共同"),
        (headline("en0", "Quake jolts island", outlet="Kyodo News English"), "共同"),
        (headline("en0", "Quake jolts island", outlet="Jiji Press"), "時事"),
        (headline("en0", "Quake jolts island", outlet="Japan Today"), None),
        (headline("ja0", "共同声明を採択", outlet="Ashihara Times"), None),
    ],
)
def test_a_headline_comes_from_the_agency_of_its_credit_or_outlet(row, agency):
    table = HEADLINES.frame([row])
    assert agencies(table, read_headlines(table)).to_list() == [agency]
