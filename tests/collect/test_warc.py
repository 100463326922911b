from __future__ import annotations

import datetime as dt
import gzip
import io

import fsspec
import pytest
from fastwarc import stream_io, warc
from hypothesis import given
from hypothesis import strategies as st

from alignkit.collect.record import Record, Reject
from alignkit.collect.warc import read_warc
from alignkit.errors import InputError, UsageError

PACKERS = {".warc": None, ".warc.gz": stream_io.GzipWriter, ".warc.zst": stream_io.ZstdWriter}
HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=Shift_JIS\r\n\r\n"
MAY = dt.datetime(2031, 5, 1, tzinfo=dt.UTC)


def page(headline):
    markup = f'<title>{headline}</title><meta property="og:type" content="article"><h1>{headline}</h1>'
    return markup.encode("cp932")


def record(url, body=None, *, head=HTML, kind="response", day=1):
    made = warc.WarcRecord()
    made.init_headers(getattr(warc.WarcRecordType, kind))
    made.record_date = MAY + dt.timedelta(days=day - 1)
    made.headers["WARC-Target-URI"] = url
    made.headers["Content-Type"] = f"application/http; msgtype={kind}"
    made.set_bytes_content(head + (page(f"題は {url[-1]}") if body is None else body))
    return made


def packed(records, suffix=".warc.gz"):
    """Give an archive, and where its records begin and the last one ends."""
    file = io.BytesIO()
    ends = [0]
    for each in records:
        writer = PACKERS[suffix](file) if PACKERS[suffix] else file
        each.write(writer)
        if PACKERS[suffix]:
            writer.finish()
            writer.flush()
        ends.append(file.tell())
    return file.getvalue(), ends


@pytest.fixture
def archive(tmp_path):
    """Write an archive of some records, and give its path."""

    def _archive(*records, suffix=".warc.gz"):
        path = tmp_path / f"a{suffix}"
        path.write_bytes(packed(records, suffix)[0])
        return path

    return _archive


def texts(items):
    return [item.fields["text"] if isinstance(item, Record) else item.reason for item in items]


def numbered(count):
    return [record(f"https://shiomi.example/news/{number}") for number in range(count)]


# --- what is read -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", PACKERS)
def test_articles_are_read_with_the_records_id_and_date(archive, suffix):
    made = record("https://shiomi.example/news/1", day=12)
    (item,) = read_warc(archive(made, suffix=suffix))
    assert item.place == made.record_id
    assert item.fields["text"] == "題は 1"
    assert item.fields["url"] == "https://shiomi.example/news/1"
    assert item.fields["collected_at"] == dt.datetime(2031, 5, 12, tzinfo=dt.UTC)


def test_only_good_answers_of_html_are_looked_at(archive):
    path = archive(
        record("https://shiomi.example/1", kind="request", head=b"GET / HTTP/1.1\r\n\r\n"),
        record("https://shiomi.example/2", head=b"HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n\r\n"),
        record("https://shiomi.example/3", head=b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"),
        record("dns:shiomi.example", b"20310512 shiomi.example. 300 IN A 192.0.2.1", head=b""),
        record("<https://shiomi.example/5>", page("題")),
    )
    assert texts(read_warc(path)) == ["題"]


def test_what_cannot_be_read_is_a_reject_and_costs_nothing_else(archive):
    path = archive(
        record("https://shiomi.example/1"),
        record("https://shiomi.example/2", b"", head=b"no response"),
        record("https://shiomi.example/3", b"<title>404 Not Found</title>"),
        record("https://shiomi.example/4", b"x" * 5000),
        record(
            "https://shiomi.example/5", gzip.compress(b"x" * 5000), head=HTML[:-2] + b"Content-Encoding: gzip\r\n\r\n"
        ),
        record("https://shiomi.example/6"),
    )
    items = list(read_warc(path, max_bytes=2000))
    reasons = ["holds no HTTP response", "is no article: it says that something went wrong or is not there"]
    assert texts(items) == ["題は 1", *reasons, "has more than 2,000 bytes", "has more than 2,000 bytes", "題は 6"]
    assert [item.row for item in items] == [1, 2, 3, 4, 5, 6]
    assert items[1].value == "'https://shiomi.example/2'"


@pytest.mark.parametrize(
    ("hosts", "read"),
    [
        (None, "123456"),
        ([], ""),
        (["shiomi.example"], "12"),
        (["www.shiomi.example", "hokuryo.example/en"], "24"),
        (["hokuryo.example"], "345"),
    ],
)
def test_hosts_are_chosen_with_their_subdomains_and_paths(archive, hosts, read):
    urls = [
        *("https://shiomi.example/1", "http://WWW.shiomi.example:8080/2", "https://hokuryo.example/3"),
        *("https://hokuryo.example/en/4", "https://hokuryo.example/english/5", "https://notshiomi.example/6"),
    ]
    path = archive(*map(record, urls))
    assert "".join(text[-1] for text in texts(read_warc(path, hosts=hosts))) == read


def test_dates_are_chosen_from_since_to_before_until(archive):
    path = archive(*(record(f"https://shiomi.example/{day}", day=day) for day in (1, 2, 3, 4)))
    since, until = MAY + dt.timedelta(days=1), MAY + dt.timedelta(days=3)
    assert texts(read_warc(path, since=since, until=until)) == ["題は 2", "題は 3"]


def test_an_archive_can_be_named_by_an_address():
    with fsspec.open("memory://crawl/a.warc.gz", "wb") as file:
        file.write(packed(numbered(2))[0])
    assert texts(read_warc("memory://crawl/a.warc.gz")) == ["題は 0", "題は 1"]


# --- going on ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", PACKERS)
def test_reading_goes_on_behind_every_item(archive, suffix):
    path = archive(*numbered(5), record("https://other.example/5"), suffix=suffix)
    hosts = ["shiomi.example"]
    whole = texts(read_warc(path, hosts=hosts))
    reading = read_warc(path, hosts=hosts)
    assert whole == ["題は 0", "題は 1", "題は 2", "題は 3", "題は 4"]
    for done, _ in enumerate(reading, 1):
        assert texts(read_warc(path, hosts=hosts, start_offset=reading.offset)) == whole[done:]


def test_the_offset_stays_in_a_file_that_is_packed_as_a_whole(tmp_path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(packed(numbered(3), ".warc")[0]))
    reading = read_warc(path)
    offsets = [reading.offset for _ in reading]
    assert offsets[:2] == [0, 0]


# --- damage -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", PACKERS)
@pytest.mark.parametrize("beyond", [30, 200])
def test_a_file_that_breaks_off_gives_what_is_whole_and_says_so(tmp_path, suffix, beyond):
    content, ends = packed(numbered(3), suffix)
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content[: ends[2] + beyond])
    items = list(read_warc(path))
    assert texts(items[:2]) == ["題は 0", "題は 1"]
    (reject,) = items[2:]
    assert ("is damaged" if suffix == ".warc.zst" else "breaks off") in reject.reason


@pytest.mark.parametrize("suffix", PACKERS)
@pytest.mark.parametrize("damage", [b"", b"\0" * 90, b"no record at all\r\n\r\n"])
def test_reading_goes_on_behind_what_is_damaged(tmp_path, suffix, damage):
    content, ends = packed(numbered(4), suffix)
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content[: ends[1]] + damage + content[ends[1] + 60 :])
    items = list(read_warc(path))
    assert texts([items[0], *items[-2:]]) == ["題は 0", "題は 2", "題は 3"]
    assert all(isinstance(item, Reject) for item in items[1:-2])
    assert len(items) >= 4


@pytest.mark.parametrize(
    ("content", "reason"), [(b"", "is empty"), (b"plain words", "is no record"), (b"\x1f\x8b\x08", "is no record")]
)
def test_a_file_that_is_no_archive_is_one_reject(tmp_path, content, reason):
    path = tmp_path / "a.warc"
    path.write_bytes(content)
    (reject,) = read_warc(path)
    assert reason in reject.reason


CONTENTS = st.sampled_from([packed(numbered(3), suffix)[0] for suffix in PACKERS])


@given(CONTENTS, st.lists(st.tuples(st.integers(0, 1200), st.binary(max_size=8)), max_size=4), st.integers(0, 1200))
def test_any_damage_gives_records_and_rejects(tmp_path_factory, content, changes, start):
    for place, new in changes:
        content = content[:place] + new + content[place + len(new) // 2 :]
    path = tmp_path_factory.getbasetemp() / "any.warc"
    path.write_bytes(content)
    for offset in (0, start):
        assert all(isinstance(item, Record | Reject) for item in read_warc(path, start_offset=offset))


def test_a_file_made_of_beginnings_has_an_end(tmp_path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"\x1f\x8b\x08\0" * 5000)
    assert len(list(read_warc(path))) == 1


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", ["none.warc.gz", ".", "memory://none.warc.gz", "nonsense://host/a.warc.gz"])
def test_a_file_that_cannot_be_opened_is_an_error(tmp_path, source):
    with pytest.raises(InputError, match=r"none\.warc\.gz|nonsense|is a folder"):
        list(read_warc(source if "://" in source else tmp_path / source))


def test_options_that_make_no_sense_are_refused(tmp_path):
    with pytest.raises(UsageError, match="is no host"):
        read_warc(tmp_path, hosts=["https://shiomi.example/"])
    with pytest.raises(UsageError, match="has no time zone"):
        read_warc(tmp_path, since=dt.datetime(2031, 5, 12))  # noqa: DTZ001 - what is refused
