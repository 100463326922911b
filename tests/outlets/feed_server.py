"""A real HTTP server on loopback with feeds as they are found in the world, good and bad."""

from __future__ import annotations

import gzip
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>雲雀新聞</title>
<item><title>空見市、来春に水上バス試験運行｜雲雀新聞デジタル</title>
<link>{base}/world/article?page=1&amp;id=2031051201000123</link><pubDate>Mon, 12 May 2031 09:30:00 +0900</pubDate></item>
<item><title>北の島で震度5強、3人けが</title>
<link>{base}/world/article?id=2031051101000999&amp;page=1</link><pubDate>Sun, 11 May 2031 23:00:00 GMT</pubDate></item>
<item><title>湖の氷、平年より早く解ける</title><link>{base}/kurashi/77</link></item>
</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Hibari</title><id>urn:hibari</id><updated>2031-05-12T00:00:00Z</updated>
<entry><title>Lake ice melts early</title><id>urn:1</id><updated>2031-05-10T06:00:00+09:00</updated>
<link href="{base}/kurashi/77"/></entry></feed>"""
RSS_1 = """<?xml version="1.0" encoding="Shift_JIS"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>雲雀新聞</title></channel>
<item rdf:about="{base}/1"><title>湖の氷、早く解ける｜雲雀新聞デジタル</title><link>{base}/1</link>
<dc:date>2031-05-12T08:00:00+09:00</dc:date></item></rdf:RDF>"""
EMPTY = '<?xml version="1.0"?><rss version="2.0"><channel><title>雲雀新聞</title></channel></rss>'
PAGE = (
    "<!DOCTYPE html><html><head><title>雲雀新聞</title></head><body><p>お探しのページは移動しました。</p></body></html>"
)


XML = "application/rss+xml; charset=utf-8"
HTML = "text/html; charset=utf-8"


def _answers(base):
    """Give what the server answers by path: the status, headers and content."""
    rss = RSS.format(base=base).encode()
    return {
        "/rss": (200, {"Content-Type": XML}, rss),
        "/private/rss": (200, {"Content-Type": XML}, rss),
        "/slow": (200, {"Content-Type": XML}, rss),
        "/broken": (200, {"Content-Type": XML}, rss[:-60]),
        "/gzip": (200, {"Content-Type": XML, "Content-Encoding": "gzip"}, gzip.compress(rss)),
        "/atom": (200, {"Content-Type": "application/atom+xml"}, ATOM.format(base=base).encode()),
        "/rss1": (200, {"Content-Type": "application/xml"}, RSS_1.format(base=base).encode("shift_jis")),
        "/empty": (200, {"Content-Type": XML}, EMPTY.encode()),
        "/html": (200, {"Content-Type": HTML}, PAGE.encode()),
        "/name-of-a-file": (200, {"Content-Type": "text/plain"}, __file__.encode()),
        "/large": (200, {"Content-Type": XML}, b" " * 300_000),
        "/bomb": (200, {"Content-Type": XML, "Content-Encoding": "gzip"}, gzip.compress(b" " * 3_000_000)),
        "/moved": (301, {"Location": "/rss"}, b""),
        "/moved-to-private": (302, {"Location": "/private/rss"}, b""),
        "/moved-to-file": (302, {"Location": "file:///etc/hostname"}, b""),
        "/loop": (302, {"Location": "/loop"}, b""),
    }


class FeedServer(ThreadingHTTPServer):
    """Serves the feeds and remembers what it was asked, when, and with which headers."""

    daemon_threads = True

    def __init__(self, robots=None, robots_status=200):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.base = f"http://127.0.0.1:{self.server_port}"
        self.answers = _answers(self.base)
        if robots is not None:
            self.answers["/robots.txt"] = (robots_status, {"Content-Type": "text/plain"}, robots.encode())
        self.requests = []

    def paths(self):
        return [path for path, _, _ in self.requests]


class _Handler(BaseHTTPRequestHandler):
    server: FeedServer

    def do_GET(self):
        self.server.requests.append((self.path, time.monotonic(), dict(self.headers)))
        if self.path == "/drip":
            self._drip()
            return
        if self.path == "/slow":
            time.sleep(1.5)
        status, headers, content = self.server.answers.get(self.path, (404, {}, b"not found"))
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(content))}).items():
            self.send_header(name, value)
        self.end_headers()
        self._write(content)

    def _drip(self):
        self.send_response(200)
        self.end_headers()
        for _ in range(30):
            if not self._write(b" "):
                return
            time.sleep(0.1)

    def _write(self, content):
        try:
            self.wfile.write(content)
        except OSError:
            return False
        return True

    def log_message(self, *_):
        pass


@contextmanager
def serving(robots=None, robots_status=200):
    """Serve, until the test is done."""
    with FeedServer(robots, robots_status) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


OUTLET = """name_en = "Hibari Shimbun"
name_ja = "雲雀新聞"
kind = "regional"
prefecture = "Nagano"
languages = ["ja"]
source = "invented"
date = 2031-05-12

[[domains]]
hosts = ["hibari-shimbun.example"]
source = "invented"
date = 2031-05-12

[[titles]]
suffixes = ["｜雲雀新聞デジタル"]
source = "invented"
date = 2031-05-12

[[feeds]]
urls = [{urls}]
source = "invented"
date = 2031-05-12

[[wire_ids]]
pattern = '^/world/article\\?(?:.*&)?id=(?P<id>20[0-9]{{14}})(?:&|$)'
form = "{{id}}"
example = "https://hibari-shimbun.example/world/article?id=2031051201000123"
example_id = "2031051201000123"
source = "invented"
date = 2031-05-12
"""


def outlet_with(*urls):
    """Give the file of an outlet with these feeds."""
    return OUTLET.format(urls=", ".join(f'"{url}"' for url in urls))
