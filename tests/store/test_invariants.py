"""What holds whatever is added."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alignkit.schema import HEADLINES
from alignkit.store.headline_store import HeadlineStore
from alignkit.store.model import Counts
from store.store_samples import URL, at, fetch, row

TEXTS = st.sampled_from(["甲", "乙", "丙"])
ROWS = st.builds(
    lambda text, url, lang, headline_id, section, hour: (
        {
            "text": text,
            "lang": lang,
            "url": url,
            "section": section,
            "source": "source",
            "collected_at": at(hour),
        }
        | ({"id": headline_id} if headline_id else {})
    ),
    TEXTS,
    st.sampled_from([None, URL, f"{URL}2"]),
    st.sampled_from(["en", "ja"]),
    st.sampled_from([None, None, "x1", "x2"]),
    st.sampled_from([None, "社会"]),
    st.integers(0, 3),
)
ANYTHING = (
    st.none() | st.text(max_size=3) | st.integers() | st.lists(st.integers(), max_size=1) | st.floats() | st.datetimes()
)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FEW
@given(st.lists(ROWS, max_size=12))
def test_it_makes_no_difference_how_rows_are_cut_into_batches(tmp_path_factory, rows):
    found = []
    for batches in ([rows], [[one] for one in rows]):
        with HeadlineStore.open(tmp_path_factory.mktemp("cut") / "s") as store:
            counts = sum((store.add(fetch(), batch) for batch in batches), Counts())
            texts = store.headlines(revisions=True)
            found.append((counts, texts.rows(), store.headlines().rows()))
            assert store.verify() == []
            assert counts.new + counts.revised + counts.unchanged == len(rows)
            assert counts.new == store.stats().headlines
            assert store.add(fetch(-9), texts).new == 0
            assert store.headlines(revisions=True).equals(texts)
    assert found[0] == found[1]


@FEW
@given(st.lists(st.dictionaries(st.sampled_from([*HEADLINES.schema.names(), "title"]), ANYTHING), max_size=4))
def test_whatever_is_added_nothing_is_raised_and_the_table_is_valid(tmp_path_factory, rows):
    with HeadlineStore.open(tmp_path_factory.mktemp("any") / "s") as store:
        store.add(fetch(), [*rows, row("良い見出し")])
        assert "良い見出し" in store.headlines()["text"]
        assert store.verify() == []


def test_one_batch_may_find_a_headline_by_its_url_and_by_its_id(tmp_path):
    first, again = row("甲", id="x1", collected_at=at(0)), row("甲", collected_at=at(1))
    by_id = row("乙", id="x1", url=None, collected_at=at(0))
    with HeadlineStore.open(tmp_path / "s") as store:
        store.add(fetch(), [first, again, by_id])
        assert store.headlines()["text"].to_list() == ["甲"]
