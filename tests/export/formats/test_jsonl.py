from __future__ import annotations

import json

import pytest

from alignkit.errors import InputError, SchemaError
from alignkit.export.formats import EXPORTERS
from export.formats.format_samples import PLAIN, pair, pairs, read_back

JSONL = EXPORTERS["jsonl"]


@pytest.fixture
def written(tmp_path):
    """The lines of a file of six pairs, and a function that reads a file of other lines."""
    path = tmp_path / "pairs.jsonl"
    JSONL.write([pairs()], path, settings=PLAIN)

    def _read(lines):
        path.write_bytes("".join(lines).encode())
        return read_back(JSONL, path)

    return path.read_text().splitlines(keepends=True), _read


def test_a_line_is_an_object_with_all_columns(written):
    lines, _ = written
    row = json.loads(lines[0])
    assert list(row) == pairs().columns
    assert (row["en_published_at"], row["score"], row["section"]) == ("2031-05-12T12:00:00.123456Z", 0.875, None)


def test_no_program_takes_a_text_for_two_lines(tmp_path):
    table = pairs(pair(en="one\u2028two\u2029three\x85four\nfive"))
    JSONL.write([table], tmp_path / "a", settings=PLAIN)
    text = (tmp_path / "a").read_text()
    assert len(text.splitlines()) == 1
    assert read_back(JSONL, tmp_path / "a").equals(table)


def test_lines_of_other_programs_are_read(written):
    lines, read = written
    rows = [{name: value for name, value in json.loads(line).items() if value is not None} for line in lines]
    rows[0] |= {"en_published_at": "2031-05-12 21:00:00.123456+09:00", "note": "kept as text", "wire_id": 2031}
    found = read(json.dumps(dict(reversed(row.items()))) + "\r\n\r\n" for row in rows)
    assert found["note"].to_list() == ["kept as text", *[None] * 5]
    assert found["wire_id"][0] == "2031"
    assert found.select(pairs().columns)[1:].equals(pairs()[1:])
    assert found["en_published_at"].equals(pairs()["en_published_at"])


@pytest.mark.parametrize(
    ("line", "error", "message"),
    [
        ('{"pair_id": "p6"', InputError, "row 7: is not JSON"),
        ("[1]", InputError, "row 7: is JSON, but no object"),
        ('{"pair_id": "\\ud800"}', InputError, "row 7: holds half of a surrogate pair"),
        ('{"pair_id": "p6", "score": "high"}', SchemaError, "row 7, column 'score': is no number: 'high'"),
        ('{"pair_id": "p6", "score": true}', SchemaError, "row 7, column 'score': is no number: True"),
        ('{"pair_id": "p6", "score": NaN}', InputError, "row 7: is not JSON (NaN is no number)"),
        ('{"en_published_at": "noon"}', SchemaError, "row 7, column 'en_published_at': is no time: 'noon'"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(written, line, error, message):
    lines, read = written
    with pytest.raises(error) as caught:
        read([*lines, f"{line}\n"])
    assert message in str(caught.value)


def test_a_whole_surrogate_pair_is_a_character(written):
    lines, read = written
    assert read([*lines, '{"pair_id": "\\ud83d\\ude00"}\n'])["pair_id"][6] == "\U0001f600"


def test_a_first_line_that_cannot_be_read_is_named(written):
    _, read = written
    with pytest.raises(InputError, match=r"row 1: is not JSON .*: 'text'"):
        read(["text\n"])
