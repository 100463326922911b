from __future__ import annotations

import pytest

from alignkit.evaluate.fidelity.figures import figures_of
from alignkit.evaluate.fidelity.judging import judge
from alignkit.evaluate.fidelity.reading import read_texts


def found(source, output, *references, target="ja"):
    other = "en" if target == "ja" else "ja"
    read = read_texts([output, *references], target)
    return judge(read_texts([source], other)[source], read[output], [read[text] for text in references])


@pytest.mark.parametrize(
    ("source", "output", "reference"),
    [
        # A range has two ends, though the source's number may lie between them.
        ("Fire burns 5 to 10 acres", "火災、8〜10エーカー焼く", "火災、5〜10エーカー焼く"),
        ("Two or three boats sink", "舟2、9隻沈む", "舟2、3隻沈む"),
        # What is 'about' 27,000 is not 28,000 where the reference keeps the number.
        ("Village has nearly 27,000 trees", "村に約2万8000本の木", "村に約2万7000本の木"),
        # A number that the source says of another thing is not said twice.
        ("Acorns win 1 game, lose 2", "エイコーンズ１勝１敗", "エイコーンズ１勝２敗"),
        # Figures that no rule reads are compared as they stand.
        ("Rover of the Lantern 2030 mission lands", "ランタン7980計画の探査車着陸", "ランタン2030計画の探査車着陸"),
        ("Whitlock calls 911 twice", "ウィットロックさん、146通報", "ウィットロックさん、911通報"),
        ("The second book sells", "九つ目の本売れる", "二つ目の本売れる"),
    ],
)
def test_a_number_of_a_japanese_reference_is_another(source, output, reference):
    assert found(source, output, reference)["numbers"].verdict == "conflict"
    assert found(source, reference, reference)["numbers"].verdict != "conflict"


@pytest.mark.parametrize(
    ("source", "output", "reference"),
    [
        ("降水確率は７０～８０％", "Chance of rain at 90 to 80%", "Chance of rain at 70 to 80%"),
        ("橋、二つ目の柱", "Bridge gets its fifth column", "Bridge gets its second column"),
        ("３度目の優勝", "Wins cup twice", "Wins cup three times"),
    ],
)
def test_a_number_of_an_english_reference_is_another(source, output, reference):
    assert found(source, output, reference, target="en")["numbers"].verdict == "conflict"


@pytest.mark.parametrize(
    ("source", "output", "reference"),
    [
        ("Fire destroys 7 homes", "火災で７件焼失", "火災で7棟焼失"),
        ("Fire destroys 7 homes", "火災で住宅七棟焼失", "火災で7棟焼失"),
        ("Price of rice rises one-third", "米価、３割上昇", "米価、3割高"),
        ("Town buys £10m bridge", "町、1,000 万ポンドの橋購入", "町、1000万ポンドの橋を買う"),
    ],
)
def test_the_same_number_of_other_things_is_no_other_number(source, output, reference):
    assert found(source, output, reference)["numbers"].verdict != "conflict"


@pytest.mark.parametrize(
    ("source", "output", "reference"),
    [
        ("来年の祭りは中止", "Festival canceled last year", "Festival canceled next year"),
        ("祭りは明日", "Festival to open yesterday", "Festival to open tomorrow"),
        ("午後１時５７分に停電", "Power cut at 1: 21pm", "Power cut at 1: 57pm"),
        ("橋、８月に開通", "Bridge to open in May", "Bridge to open in August"),
    ],
)
def test_a_date_of_an_english_reference_is_another(source, output, reference):
    assert found(source, output, reference, target="en")["dates"].verdict == "conflict"
    assert found(source, reference, reference, target="en")["dates"].verdict != "conflict"


def test_a_period_that_the_source_says_is_none_of_the_outputs_faults():
    source, reference = "祭りは来年", "Festival set for last year"
    assert found(source, "Festival set for next year", reference, target="en")["dates"].verdict != "conflict"


def test_a_year_with_a_space_before_its_counter_is_kept():
    source, reference = "Bridge opened in 1820", "橋は1820年に開通"
    assert found(source, "橋は 1820 年に開通", reference)["dates"].verdict == "agree"
    assert found(source, "橋は 1830 年に開通", reference)["dates"].verdict == "conflict"


def test_what_is_swapped_is_shown_where_it_stands():
    output, reference = "ランタン7980計画", "ランタン2030計画"
    finding = found("The Lantern 2030 plan", output, reference)["numbers"]
    assert [output[span.start : span.end] for span in finding.output] == ["7980"]
    assert [reference[span.start : span.end] for span in finding.reference] == ["2030"]


def test_figures_are_read_with_their_values():
    assert [(figure.value, figure.plain) for figure in figures_of("One of 1,200 takes the third", "en")] == [
        (1, False),
        (1200, True),
        (3, True),
    ]
    assert [(figure.value, figure.plain) for figure in figures_of("一部で２つ目、三つ目", "ja")] == [
        (1, False),
        (2, True),
        (3, True),
    ]
