from __future__ import annotations

from pathlib import Path

import pytest

from alignkit.errors import InputError, UsageError
from alignkit.evaluate.systems import SystemOutput, check_systems, read_systems, system_name
from evaluate.evaluation_samples import SYSTEMS, evaluation_set

TEST_SET = evaluation_set()
GOOD = "".join(f"{text}\n" for text in SYSTEMS["good"])
FAIR = "".join(f"{text}\n" for text in SYSTEMS["fair"])
IDS = [segment.id for segment in TEST_SET.segments]


def table(*columns, header):
    return "\n".join("\t".join(row) for row in [header, *zip(*columns, strict=True)]) + "\n"


def read(*places):
    return {system.name: system.outputs for system in read_systems(map(str, places), TEST_SET)}


def test_a_file_of_lines_is_a_system_called_after_it(write):
    assert read(write("good.txt", GOOD), f"Other={write('x.txt', FAIR)}") == {
        "good": SYSTEMS["good"],
        "Other": SYSTEMS["fair"],
    }


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("NiuTrans.txt", "NiuTrans"),
        ("my.system-2.txt.gz", "my.system-2"),
        ("newstest2021.en-ja.hyp.Online-A.ja", "Online-A"),
        ("set.hyp.big.model", "big.model"),
        ("plain", "plain"),
    ],
)
def test_systems_are_called_after_their_files(file, name):
    assert system_name(Path(file)) == name


def test_a_folder_and_a_pattern_name_all_files_in_them(write, tmp_path):
    write("out/good.txt", GOOD)
    write("out/fair.txt", FAIR)
    write("out/.hidden", "")
    assert list(read(tmp_path / "out")) == ["fair", "good"]
    assert list(read(tmp_path / "out" / "g*.txt")) == ["good"]
    with pytest.raises(InputError, match="matches no file"):
        read(tmp_path / "out" / "*.ja")
    with pytest.raises(UsageError, match="names more than one file"):
        read(f"x={tmp_path / 'out'}")


def test_tables_with_ids_may_be_in_any_order(write):
    turned = table(IDS[::-1], SYSTEMS["good"][::-1], header=("id", "hypothesis"))
    wide = table(IDS, SYSTEMS["good"], SYSTEMS["fair"], header=("id", "good", "fair"))
    long = table(IDS * 2, ["a"] * 6 + ["b"] * 6, SYSTEMS["good"] + SYSTEMS["fair"], header=("id", "system", "mt"))
    assert read(write("one.tsv", turned)) == {"one": SYSTEMS["good"]}
    assert read(write("two.tsv", wide)) == {"good": SYSTEMS["good"], "fair": SYSTEMS["fair"]}
    assert read(write("three.tsv", long)) == {"a": SYSTEMS["good"], "b": SYSTEMS["fair"]}


def test_json_lines_may_have_ids_or_be_in_order(write):
    with_ids = "".join(
        f'{{"id": "{name}", "translation": "{text}"}}\n'
        for name, text in zip(IDS[::-1], SYSTEMS["good"][::-1], strict=True)
    )
    assert read(write("a.jsonl", with_ids)) == {"a": SYSTEMS["good"]}
    assert read(write("b.jsonl", "".join(f'"{text}"\n' for text in SYSTEMS["good"]))) == {"b": SYSTEMS["good"]}


def test_other_encodings_are_read_and_broken_text_is_named(write):
    assert read(write("good.txt", GOOD, "cp932")) == {"good": SYSTEMS["good"]}
    with pytest.raises(InputError, match=r"bad.txt, row 2: has bytes that are not UTF-8: .*--encoding"):
        read(write("bad.txt", GOOD.encode().replace("北".encode(), b"\xff")))


def test_an_empty_line_is_an_empty_output(write):
    assert read(write("x.txt", GOOD.replace("北の島で強い地震", "")))["x"][1] == ""


def test_a_line_too_few_or_too_many_is_an_error_that_says_where_the_counts_part(write):
    lines = GOOD.splitlines(keepends=True)
    with pytest.raises(
        InputError, match="has 5 lines where the set 'trial' has 6: up to line 2 they fit, and from line 3"
    ):
        read(write("gap.txt", "".join(lines[:2] + lines[3:])))
    with pytest.raises(
        InputError, match=r"has 4 lines .* what it has fits, and line 5 is the first that is missing, for '南の島で"
    ):
        read(write("cut.txt", "".join(lines[:4])))
    with pytest.raises(InputError, match=r"has 7 lines .* its first 6 lines fit, and line 7 is one too many"):
        read(write("long.txt", GOOD + "\n"))


def test_ids_have_to_be_those_of_the_set_each_once(write):
    with pytest.raises(
        InputError,
        match="has no output for 2 of 6 segments, the first 's5' and has 1 ids that are not in the set, the first 's9'",
    ):
        read(write("a.tsv", table([*IDS[:4], "s9"], SYSTEMS["good"][:5], header=("id", "hyp"))))
    with pytest.raises(InputError, match="row 1, column 'id': is there more than once: 's1'"):
        read(write("b.tsv", table(["s1", *IDS], ["x", *SYSTEMS["good"]], header=("id", "hyp"))))
    with pytest.raises(InputError, match="row 2, column 'id': is empty"):
        read(write("c.tsv", "id\thyp\ns1\tx\n\ty\n"))


def test_what_is_no_table_of_outputs_is_an_error(write):
    with pytest.raises(
        InputError, match=r"has no column with outputs. Its columns are: id, source\. Call it one of: hypothesis"
    ):
        read(write("a.tsv", "id\tsource\ns1\tx\n"))
    with pytest.raises(InputError, match=r"row 1: has 3 fields where the header has 2"):
        read(write("b.tsv", "id\thyp\ns1\tx\ty\n"))
    with pytest.raises(InputError, match=r"row 2: is not JSON"):
        read(write("c.jsonl", '{"id": "s1", "hyp": "x"}\n{"id": \n'))
    with pytest.raises(InputError, match=r"column 'hyp': is no text: 3"):
        read(write("d.jsonl", '{"id": "s1", "hyp": 3}\n'))


def test_a_system_cannot_be_given_twice(write):
    with pytest.raises(
        InputError, match=r"'system': is given twice \(also in .*one.*good.txt\): 'good'. Name systems apart"
    ):
        read(write("one/good.txt", GOOD), write("two/good.txt", FAIR))
    with pytest.raises(InputError, match="is given twice"):
        check_systems([SystemOutput("x", SYSTEMS["good"])] * 2, TEST_SET)


def test_there_has_to_be_a_system():
    with pytest.raises(UsageError, match="'--hyp': is missing"):
        read()
