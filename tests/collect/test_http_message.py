from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.collect.http_message import read_http

BODY = b"<html><h1>A headline</h1></html>"


def message(*headers, body=BODY):
    return b"\r\n".join([b"HTTP/1.1 200 OK", *headers, b"", body])


def chunked(body):
    return b"5;note=x\r\n" + body[:5] + b"\r\n%x\r\n" % len(body[5:]) + body[5:] + b"\r\n0\r\n\r\n"


def brotli(body):
    return pytest.importorskip("brotli").compress(body)


def bare_deflate(body):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ((), BODY),
        ((b"Content-Length: 3",), BODY),
        ((b"Content-Encoding: identity",), BODY),
        ((b"Content-Encoding: gzip",), gzip.compress(BODY)),
        ((b"Content-Encoding: deflate",), zlib.compress(BODY)),
        ((b"Content-Encoding: deflate",), bare_deflate(BODY)),
        ((b"Content-Encoding: br",), brotli(BODY)),
        ((b"Content-Encoding: deflate, gzip",), gzip.compress(zlib.compress(BODY))),
        ((b"Transfer-Encoding: chunked",), chunked(BODY)),
        ((b"Transfer-Encoding: chunked", b"Content-Encoding: gzip"), chunked(gzip.compress(BODY))),
    ],
)
def test_a_body_is_freed_of_its_encodings(headers, body):
    assert read_http(message(*headers, body=body)).content(1000) == BODY


@pytest.mark.parametrize(
    "header", [b"Content-Encoding: gzip", b"Content-Encoding: br", b"Content-Encoding: unheard-of"]
)
def test_a_body_that_was_kept_decoded_under_the_old_headers_is_left(header):
    assert read_http(message(b"Transfer-Encoding: chunked", header)).content(1000) == BODY


def test_what_was_cut_short_is_decoded_as_far_as_it_goes():
    packed = gzip.compress(BODY, mtime=0)[:-12]
    content = read_http(message(b"Content-Encoding: gzip", body=packed)).content(1000)
    assert content
    assert BODY.startswith(content)


def test_a_bomb_is_not_inflated_beyond_the_limit():
    packed = gzip.compress(bytes(5_000_000))
    assert len(read_http(message(b"Content-Encoding: gzip", body=packed)).content(1000)) == 1001


def test_status_and_type_are_read():
    response = read_http(b"HTTP/1.0 404 Gone\nContent-Type: text/html; charset=EUC-JP\n\nx")
    assert (response.status, response.content_type, response.body) == (404, "text/html; charset=EUC-JP", b"x")


@pytest.mark.parametrize(
    "bad", [b"", b"garbage", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200\r\n" + b"A: b\r\n" * 200, b"\0" * 99]
)
def test_what_is_no_response_is_none(bad):
    assert read_http(bad) is None


@given(st.one_of(st.binary(), st.binary().map(lambda body: message(b"Transfer-Encoding: chunked", body=body))))
def test_any_bytes_do_no_harm(data):
    response = read_http(data)
    assert response is None or len(response.content(100)) >= 0
