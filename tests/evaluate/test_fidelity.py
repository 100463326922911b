from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.evaluate.fidelity import measure_fidelity
from alignkit.evaluate.fidelity.form import FormLimits, form_faults
from alignkit.evaluate.fidelity.judging import judge
from alignkit.evaluate.fidelity.reading import read_texts
from alignkit.evaluate.fidelity.style import ending_of, ends_in_full_stop
from alignkit.evaluate.fidelity.tables import fact_cells, failure_rows, form_cells
from alignkit.evaluate.systems import SystemOutput
from evaluate.evaluation_samples import SYSTEMS, evaluation_set

OUTPUTS = [SystemOutput(name, outputs) for name, outputs in SYSTEMS.items()]


@pytest.fixture(autouse=True)
def _no_lexicon(monkeypatch):
    """What these tests show does not hang on the installed lexicon."""
    for module in (
        "alignkit.evaluate.fidelity.name_words",
        "alignkit.evaluate.fidelity.telling_names",
        "alignkit.text.names.japanese",
    ):
        monkeypatch.setattr(f"{module}.load_lexicon", lambda: None)


def found(source, output, *references, target="ja"):
    other = "en" if target == "ja" else "ja"
    read = read_texts([output, *references], target)
    return judge(read_texts([source], other)[source], read[output], [read[text] for text in references])


@pytest.mark.parametrize(
    ("aspect", "source", "output", "reference", "verdict"),
    [
        ("numbers", "Quake leaves 12 dead", "地震で12人死亡", "地震、12人が死亡", "agree"),
        ("numbers", "Quake leaves 12 dead", "地震で21人死亡", "地震、12人が死亡", "conflict"),
        ("numbers", "Quake leaves 12 dead", "地震で死者", "地震、12人が死亡", "missing"),
        ("numbers", "Quake leaves 12 dead", "地震で死者", "地震で犠牲者", "absent"),
        ("numbers", "Town opens library", "町に図書館", "町が図書館を開館", "absent"),
        ("dates", "Bridge to open on May 3", "橋、5月3日に開通", "5月3日に橋が開通", "agree"),
        ("dates", "Bridge to open on May 3", "橋、5月8日に開通", "5月3日に橋が開通", "conflict"),
        ("names", "French minister visits Nagoya", "仏の大臣が名古屋訪問", "フランスの大臣、名古屋を訪問", "agree"),
        ("names", "French minister visits", "ドイツの大臣が訪問", "フランスの大臣が訪問", "conflict"),
        ("polarity", "Exports rise", "輸出が増加", "輸出増", "agree"),
        ("polarity", "Exports rise", "輸出が減少", "輸出増", "conflict"),
        ("credit", "Exports rise (Kyodo)", "輸出増（共同）", "輸出が増加（共同）", "agree"),
        ("credit", "Exports rise (Kyodo)", "輸出増（時事）", "輸出が増加（共同）", "conflict"),
        ("credit", "Exports rise (Kyodo)", "輸出増", "輸出が増加（共同）", "missing"),
        ("credit", "Exports rise (Kyodo)", "輸出増", "輸出が増加", "absent"),
    ],
)
def test_what_the_source_says_survives_or_not(aspect, source, output, reference, verdict):
    assert found(source, output, reference)[aspect].verdict == verdict


def test_a_reference_excuses_what_it_says_too():
    source, output = "Storm injures 40", "嵐で41人けが"
    assert found(source, output, "嵐で40人負傷")["numbers"].verdict == "conflict"
    assert found(source, output, "嵐で40人負傷", "嵐、けが41人に")["numbers"].verdict != "conflict"


def test_what_is_in_conflict_is_shown_where_it_stands():
    source, output = "Quake leaves 12 dead", "地震で21人死亡"
    finding = found(source, output, "地震、12人が死亡")["numbers"]
    assert [source[span.start : span.end] for span in finding.source] == [span.text for span in finding.source]
    assert [span.text for span in finding.output] == ["21人死亡"] or "21" in finding.output[0].text


def test_of_a_name_one_word_can_be_wrong():
    source = "ハリエット・ウィットロック氏が辞任"
    finding = found(source, "Margaret Whitlock resigns", "Harriet Whitlock resigns", target="en")["names"]
    assert finding.verdict == "conflict"
    assert [span.text for span in finding.output] == ["Margaret"]
    assert [span.text for span in finding.reference] == ["Harriet"]
    assert found(source, "Harriet Whitlock quits", "Harriet Whitlock resigns", target="en")["names"].verdict == "agree"


@given(st.text(max_size=60), st.text(max_size=60), st.text(min_size=1, max_size=60))
def test_a_reference_is_never_in_conflict_with_itself(source, text, other):
    for references in ([text], [text, other]):
        findings = found(source, text, *references)
        assert all(findings[aspect].verdict != "conflict" for aspect in ("numbers", "dates", "names", "polarity"))
        assert all(
            text[span.start : span.end] == span.text
            for aspect in ("numbers", "dates", "names", "polarity")
            for span in findings[aspect].output
        )


@pytest.mark.parametrize(
    ("output", "faults"),
    [
        ("町に図書館が開館", []),
        ("  ", ["empty"]),
        ("Town opens library", ["copied", "wrong_language"]),
        ("The town has got a library", ["wrong_language"]),
        ("町", ["too_short"]),
        ("町に図書館が開館" * 4, ["too_long", "over_limit"]),
        ("町に図書館が開館。", ["full_stop"]),
    ],
)
def test_faults_of_form(output, faults):
    assert list(form_faults("Town opens library", output, ["町に図書館開館"], "ja", FormLimits(title=20))) == faults


def test_what_a_reference_does_is_no_fault():
    assert list(form_faults("NASA", "NASA", ["NASA"], "ja", FormLimits())) == []
    assert list(form_faults("It rains.", "雨です。", ["雨だ。"], "ja", FormLimits())) == []


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("町に図書館開館", "noun"),
        ("町が図書館を開く", "plain"),
        ("町に図書館が開館しました。", "polite"),
        ("雨です", "polite"),
    ],
)
def test_how_a_japanese_headline_ends(text, ending):
    assert ending_of(text) == ending


def test_full_stops():
    assert ends_in_full_stop("It rains.")
    assert ends_in_full_stop("雨だ。")
    assert not any(map(ends_in_full_stop, ("Talks in the U.S.", "Deal with Acorn Inc.", "Rain...", "Rain")))


def test_systems_are_compared_with_people():
    fidelity = measure_fidelity(evaluation_set(), OUTPUTS)
    good, _, poor = fidelity.systems
    assert (good.rate("numbers").kept, good.rate("numbers").checked) == (1.0, good.rate("numbers").agree)
    assert poor.rate("numbers").missing > 0
    assert fidelity.has_number == (True, False, True, True, False, True)
    assert poor.length_ratio < good.length_ratio
    assert len(poor.faults["too_short"]) > len(good.faults["too_short"]) == 0
    assert good.style.endings["noun"] >= 3
    columns, rows = fact_cells(fidelity)
    assert (columns[:2], rows[0][0]) == (("system", "numbers"), "good")
    columns, rows = form_cells(fidelity)
    assert all(len(row) == len(columns) for row in rows)
    failures = failure_rows(fidelity, evaluation_set(), OUTPUTS)
    assert {"poor"} <= {row["system"] for row in failures}
    assert all(row["verdict"] in {"conflict", "missing"} for row in failures)
    assert fidelity.as_dict()["systems"][0]["facts"]["numbers"]["kept"] == 1.0


def test_of_other_languages_only_the_form_is_looked_at():
    from dataclasses import replace  # noqa: PLC0415 - here alone

    german = replace(evaluation_set(), source_language="de")
    fidelity = measure_fidelity(german, OUTPUTS)
    assert fidelity.systems[0].verdicts == {}
    assert fidelity.systems[0].rate("numbers").kept is None
    assert fidelity.has_number == ()
