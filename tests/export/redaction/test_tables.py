from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import alignkit.export.redaction.tables as redaction_tables
from alignkit.errors import StageError
from alignkit.export.redaction import PLACEHOLDER, redact_tables
from alignkit.export.redaction.worker import search_elsewhere
from alignkit.export.rows import Rows, read_rows
from alignkit.schema import HEADLINES, PAIRS
from alignkit.text.normalise import NO_AFFIXES
from export.redaction.redaction_samples import APOLOGY, ARREST, STORIES, TENNIS, rows, tables


def redacted(rule, *stories, **columns):
    """The headlines by their ids once names are out."""
    found = redact_tables(*rows(*stories, **columns), rule)
    return dict(found.headlines.columns("id", "text").iter_rows())


def test_in_news_of_crime_a_name_goes_from_all_headlines_of_the_story():
    assert redacted("crime", ARREST) == {
        "en-a": "[NAME], 34, arrested over murder of woman in Chiba",
        "ja-a1": "無職の[NAME]容疑者（34）を逮捕　千葉で女性殺害疑い",
        "ja-a2": "【速報】[NAME]容疑者「覚えていない」｜汐見日報",
        "ja-a3": "千葉の女性殺害、[NAME]と交際か",
    }


def test_an_office_holders_name_stays_there_wherever_it_stands():
    assert redacted("crime", APOLOGY) == APOLOGY


def test_other_news_stays_as_it_is():
    assert redacted("crime", TENNIS) == TENNIS


def test_the_rule_people_takes_names_out_of_all_news():
    found = redacted("people", APOLOGY, TENNIS)
    assert found["en-b"] == "Prime Minister [NAME] sorry after crash kills 3"
    assert found["ja-b2"] == "[NAME]氏が陳謝　列車事故"
    assert found["en-d"] == "[NAME] wins French Open title"
    assert found["ja-d1"] == "[NAME]、全仏オープンＶ"


@pytest.mark.parametrize(
    ("said", "heard", "becomes"),
    [
        ({"en": "Tarrington arrested over fraud"}, {"ja": "タリントン、関与を否定"}, "[NAME]、関与を否定"),
        ({"ja": "詐欺疑いでタリントン容疑者逮捕"}, {"en": "Deny it, says Tarrington"}, "Deny it, says [NAME]"),
    ],
)
def test_a_name_goes_from_the_other_language_where_it_is_heard(said, heard, becomes):
    story = {f"{lang}-x": text for lang, text in sorted((said | heard).items())}
    assert becomes in redacted("crime", story).values()


def test_a_wire_id_ties_a_headline_without_a_pair_to_the_story():
    pairs, headlines = tables(ARREST, ja_a1={"wire_id": "20310501"})
    alone = {"id": "ja-z", "lang": "ja", "text": "生越と語る夜", "wire_id": "20310501", "collector": "x", "source": "x"}
    headlines = pl.concat([headlines, HEADLINES.frame([alone, alone | {"id": "ja-y", "wire_id": None}])])
    found = redact_tables(read_rows(PAIRS, pairs), read_rows(HEADLINES, headlines), "crime").headlines.columns(
        "id", "text"
    )
    texts = dict(found.iter_rows())
    assert (texts["ja-z"], texts["ja-y"]) == ("[NAME]と語る夜", "生越と語る夜")


def test_pairs_and_headlines_say_the_same():
    found = redact_tables(*rows(*STORIES), "people")
    texts = dict(found.headlines.columns("id", "text").iter_rows())
    for en_id, en, ja_id, ja in found.pairs.columns("en_id", "en", "ja_id", "ja").iter_rows():
        assert (en, ja) == (texts[en_id], texts[ja_id])
    assert pl.concat(found.pairs.batches()).equals(found.pairs.lazy().collect())


def test_an_address_that_spells_the_name_goes():
    urls = {
        "en_a": {"url": "https://sorami.example/news/keita-ogose-arrested"},
        "ja_a1": {"url": "https://shiomi.example/%E7%94%9F%E8%B6%8A.html"},
        "ja_a2": {"url": "https://shiomi.example/news/20310501"},
        "ja_a3": {"url": "https://ogose.example/news/1"},
    }
    found = redact_tables(*rows(ARREST, **urls), "crime")
    assert found.headlines.columns("url")["url"].to_list() == [None, None, urls["ja_a2"]["url"], urls["ja_a3"]["url"]]
    assert found.pairs.columns("en_url")["en_url"].null_count() == 3
    assert found.record.model_dump() == {
        "rule": "crime",
        "placeholder": PLACEHOLDER,
        "headlines": {"en": 1, "ja": 3},
        "addresses": 2,
    }


def test_files_are_read_as_frames_are(tmp_path):
    pairs, headlines = tables(*STORIES)
    pairs.write_parquet(tmp_path / "pairs.parquet", row_group_size=2)
    headlines.write_parquet(tmp_path / "headlines.parquet", row_group_size=2)
    paths = Rows(PAIRS, tmp_path / "pairs.parquet"), Rows(HEADLINES, tmp_path / "headlines.parquet")
    from_files, from_frames = redact_tables(*paths, "crime"), redact_tables(*rows(*STORIES), "crime")
    for ours, theirs in ((from_files.pairs, from_frames.pairs), (from_files.headlines, from_frames.headlines)):
        assert ours.lazy().collect().equals(theirs.lazy().collect())


def test_large_tables_are_searched_by_another_process_with_the_same_result(monkeypatch):
    here = redact_tables(*rows(*STORIES), "crime")
    monkeypatch.setattr(redaction_tables, "MOST_HERE", 0)
    elsewhere = redact_tables(*rows(*STORIES), "crime")
    assert elsewhere.record == here.record
    assert elsewhere.headlines.lazy().collect().equals(here.headlines.lazy().collect())


def test_a_search_that_fails_there_is_told(tmp_path):
    gone = Rows(PAIRS, tmp_path / "pairs.parquet"), Rows(HEADLINES, tmp_path / "headlines.parquet")
    with pytest.raises(StageError, match=r"cannot be searched for names .*No such file"):
        search_elsewhere(*gone, "crime", NO_AFFIXES)


def test_what_is_a_placeholder_already_is_left_alone():
    story = {"en-x": "[NAME], 34, arrested with Keita Ogose", "ja-x": "[NAME]容疑者ら逮捕"}
    assert redacted("crime", story) == {"en-x": "[NAME], 34, arrested with [NAME]", "ja-x": "[NAME]容疑者ら逮捕"}


PIECES = st.sampled_from(
    [
        *(
            "Keita",
            "Ogose",
            "Holloway",
            "Mr.",
            "Prime Minister",
            "34",
            ",",
            "arrested",
            "killed",
            "'s",
            "Chiba",
            "NAME",
        ),
        *(
            "生越",
            "啓太",
            "ハロウェイ",
            "容疑者",
            "さん",
            "首相",
            "（34）",
            "・",
            "を",
            "逮捕",
            "千葉",
            "[NAME]",
            "&amp;",
            "【速報】",
        ),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=4), min_size=1, max_size=9).map(" ".join) | st.lists(
    PIECES, min_size=1, max_size=9
).map("".join)


@settings(max_examples=60)
@given(en=TEXTS, ja=st.lists(TEXTS, min_size=1, max_size=3), rule=st.sampled_from(["crime", "people"]))
def test_a_second_time_takes_nothing_more_out(en, ja, rule):
    story = {"en-x": en} | {f"ja-{place}": text for place, text in enumerate(ja)}
    once = redact_tables(*rows(story), rule)
    assert sum(redact_tables(once.pairs, once.headlines, rule).record.headlines.values()) == 0
    for before, after in zip(story.values(), once.headlines.columns("text")["text"], strict=True):
        at = 0
        for piece in after.split(PLACEHOLDER):
            at = before.index(piece, at) + len(piece)
