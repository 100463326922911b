"""From bytes to text: which encoding a file is in, found out or as told."""

from __future__ import annotations

import codecs
import gzip
import io
import re
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final, TextIO, cast

from alignkit.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

_SAMPLE_BYTES: Final = 1 << 20
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Supersets of what is labelled Shift_JIS and EUC-JP in practice.
_LEGACY: Final = ("cp932", "euc_jis_2004")
_NAMES: Final = {"cp932": "Shift_JIS", "euc_jis_2004": "EUC-JP", "iso2022_jp_2004": "ISO-2022-JP"}
_ISO_2022_JP: Final = re.compile(rb"\x1b\$[@B]|\x1b\(J")
_KANA_OR_PUNCTUATION: Final = re.compile("[\u3041-\u30fe\u3001\u3002\u300c\u300d]")
_ASCII_OR_KANA: Final = re.compile("[\t\n\r -~\u3041-\u30fe]+")
_UNLIKELY: Final = re.compile("[\uff61-\uff9f\ue000-\uf8ff\u0080-\u009f\ufffd]")
_LARGEST_BAD_SHARE: Final = 0.02
_LEAST_KANA_SHARE: Final = 0.05
_LEAST_UTF_16_SHARE: Final = 0.2
# A byte that the encoding does not allow becomes this plus its value. Python's own 'surrogateescape' does so for bytes
# over 127 only, and gives up where a multi-byte encoding rejects a lower one.
_ESCAPE_BASE: Final = 0xDC00
_ESCAPED: Final = re.compile("[\udc00-\udcff]")
_ESCAPING: Final = "alignkit-escape"


def open_text(path: Path, encoding: str | None = None) -> tuple[TextIO, str]:
    """Open a text file, gzipped or not, with line ends as they may be and bad bytes kept as escapes (`is_broken`).

    Args:
        path: The file; a name that ends in .gz is unpacked on the way.
        encoding: A Python encoding name, or None to find it out.

    Returns:
        The open file and the name of its encoding.

    Raises:
        InputError: The file cannot be opened, its encoding cannot be found out, or the one given is unknown.
    """
    with ExitStack() as opened:
        try:
            packed = path.suffix == ".gz"
            stream = (
                opened.enter_context(gzip.open(path)) if packed else opened.enter_context(path.open("rb", buffering=0))
            )
            buffered = io.BufferedReader(cast("io.RawIOBase", stream), buffer_size=_SAMPLE_BYTES)
            sample = buffered.peek()
        except (OSError, EOFError) as error:
            raise unreadable(path, error) from None
        chosen = _known(encoding, path) if encoding else detect_encoding(sample)
        if chosen is None:
            raise InputError(
                "is not UTF-8, UTF-16, Shift_JIS, EUC-JP or ISO-2022-JP text",
                path=path,
                remedy="If you know its encoding, name it with --encoding or the source's 'encoding'.",
            )
        opened.pop_all()
        return io.TextIOWrapper(buffered, encoding=chosen, errors=_ESCAPING), chosen


def detect_encoding(sample: bytes) -> str | None:
    """Find out the encoding of the beginning of a file, among those that Japanese and English news come in.

    A byte order mark decides; then UTF-8 if at most a few of its lines are not; then the legacy Japanese encoding under
    which the text has the more kana and Japanese punctuation and the fewer half-width katakana and private characters,
    which is what the one looks like when it is read as the other.

    Returns:
        A Python encoding name, or None if none of them fits.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return encoding
    if _ISO_2022_JP.search(sample) and sample.isascii():
        return "iso2022_jp_2004"
    if (utf_16 := _utf_16_without_mark(sample)) is not None:
        return utf_16
    if _is_mostly_utf_8(sample):
        return "utf-8"
    scores = {encoding: _japanese_share(sample, encoding) for encoding in _LEGACY}
    best = max(scores, key=lambda encoding: scores[encoding])
    return best if scores[best] >= _LEAST_KANA_SHARE else None


def encoding_name(encoding: str) -> str:
    """Give the name that people use for an encoding."""
    return _NAMES.get(encoding, encoding.upper())


def is_broken(text: str) -> bool:
    """Tell whether a text has bytes in it that its file's encoding does not allow."""
    return _ESCAPED.search(text) is not None


def show_broken(text: str) -> str:
    r"""Give a text that can be shown and stored, with each byte that its encoding does not allow as \xNN."""
    return _ESCAPED.sub(lambda match: f"\\x{ord(match[0]) - _ESCAPE_BASE:02x}", text)


def unreadable(path: Path, error: Exception) -> InputError:
    """Say why a file cannot be opened or read."""
    if isinstance(error, FileNotFoundError):
        return InputError("does not exist", path=path)
    if isinstance(error, IsADirectoryError):
        return InputError("is a folder, not a file", path=path)
    if isinstance(error, PermissionError):
        return InputError("may not be read (permission denied)", path=path)
    return InputError(f"cannot be read ({error})", path=path)


def _escape(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(_ESCAPE_BASE + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(_ESCAPING, _escape)


def _known(encoding: str, path: Path) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise InputError(
            "is no encoding that Python knows", path=path, value=encoding, remedy="Try utf-8, cp932 or euc_jp."
        ) from None


def _utf_16_without_mark(sample: bytes) -> str | None:
    """Recognise UTF-16 without a mark: it has zero bytes, and read the right way round much ASCII or kana."""
    if b"\0" not in sample:
        return None
    shares = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) // 2 * 2].decode(encoding, errors="replace")
        shares[encoding] = sum(len(found) for found in _ASCII_OR_KANA.findall(text)) / max(1, len(text))
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] >= _LEAST_UTF_16_SHARE else None


def _is_mostly_utf_8(sample: bytes) -> bool:
    """Tell whether most lines with other than ASCII characters are UTF-8; the last line may be cut."""
    good = bad = 0
    for line in sample.splitlines():
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            bad += error.end < len(line)
        else:
            good += 1
    return bad == 0 or good > bad


def _japanese_share(sample: bytes, encoding: str) -> float:
    """Give how Japanese the sample looks under an encoding: -2 to 1, share of its characters outside ASCII."""
    text = sample.decode(encoding, errors="replace")
    other_than_ascii = sum(not character.isascii() for character in text)
    if not other_than_ascii or text.count("\ufffd") > _LARGEST_BAD_SHARE * len(text) + 1:
        return -2.0
    return (len(_KANA_OR_PUNCTUATION.findall(text)) - 2 * len(_UNLIKELY.findall(text))) / other_than_ascii
