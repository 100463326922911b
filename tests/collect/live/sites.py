"""Two small newspapers on a loopback server, with a feed, sitemaps, a list and articles."""

from __future__ import annotations

from web.faulty_server import page, robots

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>雲雀新聞</title>{items}</channel></rss>"""
ITEM = "<item><title>{text}</title><link>{url}</link><pubDate>{time}</pubDate></item>"
NEWS_SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>http://hibari.example/n/9</loc><news:news><news:publication><news:name>雲雀新聞</news:name>
<news:language>ja</news:language></news:publication><news:publication_date>2031-05-12T09:00:00+09:00</news:publication_date>
<news:title>港に大型客船、3年ぶり</news:title></news:news></url></urlset>"""
SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>"""
ARTICLE = """<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>{text}</title>{more}
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{text}",
"datePublished":"2031-05-12T08:00:00+09:00"}}</script></head><body><article><h1>{text}</h1><p>本文。</p></article></body></html>"""
LIST = '<html><body><nav><a href="/">top</a></nav><ul class="news"><li><a href="/a/1">氷</a></li><li><a href="/a/2">橋</a></li></ul></body></html>'


def feed(*items):
    """Give a feed of (text, url, day) items."""
    rows = (ITEM.format(text=text, url=url, time=f"{day} May 2031 09:30:00 +0900") for text, url, day in items)
    return page(RSS.format(items="".join(rows)), Content_Type="application/rss+xml; charset=utf-8")


def article(text, more=""):
    """Give an article's page."""
    return page(ARTICLE.format(text=text, more=more))


def sitemap(*paths):
    """Give a sitemap of addresses at kamome.example."""
    return page(
        SITEMAP.format(urls="".join(f"<url><loc>http://kamome.example{path}</loc></url>" for path in paths)),
        Content_Type="application/xml",
    )


def two_papers():
    """Give the answers of both papers, by host and path."""
    return {
        "hibari.example/rss": feed(
            ("湖の氷、早く解ける", "http://hibari.example/n/1", 12),
            ("北の島で震度5強", "http://hibari.example/n/2", 11),
        ),
        "hibari.example/news.xml": page(NEWS_SITEMAP, Content_Type="application/xml"),
        "kamome.example/robots.txt": robots("User-agent: *\nDisallow: /secret/\n"),
        "kamome.example/sitemap.xml": sitemap("/a/1", "/a/2", "/secret/3", "/reserved"),
        "kamome.example/list": page(LIST),
        "kamome.example/a/1": article("氷の祭り、20万人集まる"),
        "kamome.example/a/2": article("新しい橋、来月開通"),
        "kamome.example/secret/3": article("秘密の記事"),
        "kamome.example/reserved": article("保留された記事", '<meta name="robots" content="noai">'),
    }
