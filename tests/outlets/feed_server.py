"""A real HTTP server on loopback with feeds as they are found in the world, good and bad."""

from __future__ import annotations

import gzip
from contextlib import contextmanager

from web.faulty_server import Reply, drip, redirect, robots, slow
from web.faulty_server import serving as serving_answers

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


XML = {"Content-Type": "application/rss+xml; charset=utf-8"}


def _answers(base):
    """Give what the server answers by path."""
    rss = RSS.format(base=base).encode()
    return {
        "/rss": Reply(rss, headers=XML),
        "/private/rss": Reply(rss, headers=XML),
        "/slow": slow(1.5, Reply(rss, headers=XML)),
        "/drip": drip(),
        "/broken": Reply(rss[:-60], headers=XML),
        "/gzip": Reply(gzip.compress(rss), headers=XML | {"Content-Encoding": "gzip"}),
        "/atom": Reply(ATOM.format(base=base).encode(), headers={"Content-Type": "application/atom+xml"}),
        "/rss1": Reply(RSS_1.format(base=base).encode("shift_jis"), headers={"Content-Type": "application/xml"}),
        "/empty": Reply(EMPTY.encode(), headers=XML),
        "/html": Reply(PAGE.encode()),
        "/name-of-a-file": Reply(__file__.encode(), headers={"Content-Type": "text/plain"}),
        "/large": Reply(b" " * 300_000, headers=XML),
        "/moved": redirect("/rss", 301),
    }


@contextmanager
def serving(robots_txt=None):
    """Serve the feeds, until the test is done."""
    with serving_answers() as server:
        server.answers.update(_answers(server.base))
        if robots_txt is not None:
            server.answers["/robots.txt"] = robots(robots_txt)
        yield server


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
