from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.collect.decoding import detect_encoding, is_broken, open_text, show_broken
from alignkit.errors import InputError
from samples import JAPANESE

TEXT = "\n".join(JAPANESE) + "\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp932", "shift_jis", "euc_jp", "iso2022_jp", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_encodings_of_japanese_text_are_found_out(write, encoding):
    stream, _ = open_text(write("ja.txt", TEXT, encoding))
    with stream:
        assert stream.read() == TEXT


@pytest.mark.parametrize("line", JAPANESE)
@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_one_line_is_enough(line, encoding):
    detected = detect_encoding(line.encode(encoding))
    assert detected is not None
    assert line.encode(encoding).decode(detected) == line


def test_gzip_is_unpacked(write):
    stream, encoding = open_text(write("ja.txt.gz", gzip.compress(TEXT.encode("euc_jp"))))
    with stream:
        assert (stream.read(), encoding) == (TEXT, "euc_jis_2004")


def test_an_encoding_that_was_named_is_used_and_an_unknown_one_refused(write):
    path = write("en.txt", "Café reopens", "latin-1")
    stream, _ = open_text(path, "latin-1")
    with stream:
        assert stream.read() == "Café reopens"
    with pytest.raises(InputError, match="is no encoding that Python knows: 'klingon'"):
        open_text(path, "klingon")


def test_what_is_no_text_is_refused(write):
    with pytest.raises(InputError, match="is not UTF-8, UTF-16, Shift_JIS, EUC-JP or ISO-2022-JP text"):
        open_text(write("picture.txt", bytes(range(256)) * 4))


@pytest.mark.parametrize(
    ("path", "message"),
    [("nowhere.txt", "does not exist"), (".", "is a folder, not a file")],
    ids=["missing", "folder"],
)
def test_what_cannot_be_opened_is_named(tmp_path, path, message):
    with pytest.raises(InputError, match=message):
        open_text(tmp_path / path)


def test_damaged_gzip_is_an_input_error(write):
    with pytest.raises(InputError, match="cannot be read"):
        open_text(write("ja.txt.gz", b"this is no gzip"))


@given(st.binary(), st.sampled_from(["utf-8", "cp932", "euc_jis_2004", "utf-16-le", "iso2022_jp_2004"]))
def test_no_bytes_stop_the_reading_and_the_line_after_is_whole(garbage, encoding):
    # Bytes that could begin a longer character, or switch the character set, may swallow what follows on their line.
    line = JAPANESE[0]
    decoded = (garbage + "\nx\n".encode(encoding) + line.encode(encoding)).decode(encoding, errors="alignkit-escape")
    assert decoded.endswith(line) or encoding in ("utf-16-le", "iso2022_jp_2004")
    assert not is_broken(show_broken(decoded))


def test_broken_bytes_can_be_shown():
    text = b"caf\xe9 opens".decode("utf-8", errors="alignkit-escape")
    assert is_broken(text)
    assert show_broken(text) == r"caf\xe9 opens"
