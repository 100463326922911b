"""Sitemaps to read: made of addresses, dates and headlines."""

from __future__ import annotations

SITE = "https://www.shiomi.example"
URL = f"{SITE}/sitemap.xml"


def urlset(*urls):
    namespaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
        'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {namespaces}>{"".join(urls)}</urlset>'


def page(loc, lastmod=""):
    return f"<url><loc>{loc}</loc>{f'<lastmod>{lastmod}</lastmod>' if lastmod else ''}</url>"


def news(loc, title, time="2031-05-12T08:15:00+09:00", extra=""):
    return f"""<url><loc>{loc}</loc><news:news><news:publication><news:name>汐見日報</news:name>
      <news:language>ja</news:language></news:publication><news:publication_date>{time}</news:publication_date>
      <news:title>{title}</news:title></news:news>{extra}</url>"""


def index(*children):
    body = "".join(
        f"<sitemap><loc>{loc}</loc>{f'<lastmod>{lastmod}</lastmod>' if lastmod else ''}</sitemap>"
        for loc, lastmod in children
    )
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</sitemapindex>'
