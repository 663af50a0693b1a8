"""HTML → content: the one module that touches Beautiful Soup.

The main text is the page's only article, else its main part, else its body, without navigation,
scripts, forms, hidden parts and page furniture. A block becomes a paragraph, a table's row a line.
"""

from __future__ import annotations

import re
import warnings
from datetime import date

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from graph.errors import ReadError
from ingest import dates, plaintext
from ingest.formats import Content

_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "nav", "aside", "form", "button", "select"}
    | {"svg", "math", "canvas", "iframe", "object", "video", "audio"}
)
_FURNITURE = frozenset({"header", "footer"})
_BLOCKS = frozenset(
    {"body", "main", "article", "section", "header", "footer", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"ul", "ol", "dl", "table", "td", "th", "blockquote", "pre", "figure", "figcaption", "address", "center", "hr"}
)
_LINES = frozenset({"br", "li", "dt", "dd", "tr"})
_MAX_CELL = 200
_DATE_NAMES = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.date",
    "dcterms.issued", "dcterms.created", "pubdate", "publish-date", "published", "sailthru.date", "og:published_time",
)  # fmt: skip
_SOURCE_NAMES = ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "application-name")
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{6,40})"')
_PARAGRAPH, _LINE = "\ue000", "\ue001"


def read_html(markup: str) -> Content:
    """A page's content, from its decoded markup.

    Raises:
        ReadError: there is no text in it.
    """
    markup = re.sub("[\ue000\ue001]", " ", markup)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        soup = BeautifulSoup(markup, "html.parser")
    meta = _meta(soup)
    heading = soup.find("h1")
    page_title = soup.find("title")
    title = _clean(heading.get_text(" ")) if heading else meta.get("og:title")
    if not title and page_title:
        title = _clean(page_title.get_text())
    text = _text(_main(soup))
    if not text:
        raise ReadError("HTML without text; a page that a script fills in must be saved after it has loaded")
    return Content(
        text,
        title=title or None,
        published=_published(soup, meta, markup),
        source=next((meta[n] for n in _SOURCE_NAMES if meta.get(n)), None),
    )


def _clean(text: str) -> str:
    return plaintext.squeeze(plaintext.normalise(text))


def _meta(soup: BeautifulSoup) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        content = tag.get("content")
        if isinstance(name, str) and isinstance(content, str) and content.strip():
            found.setdefault(name.strip().lower(), _clean(content))
    return found


def _published(soup: BeautifulSoup, meta: dict[str, str], markup: str) -> date | None:
    values = [meta[name] for name in _DATE_NAMES if name in meta]
    values += _JSON_DATE.findall(markup)
    for tag in soup.find_all("time", limit=5):
        values += [str(tag.get("datetime") or ""), tag.get_text(" ")]
    return next((found for value in values if (found := dates.find(value))), None)


def _main(soup: BeautifulSoup) -> Tag:
    for candidates in (soup.find_all("article"), soup.find_all("main"), soup.select("[role=main]")):
        whole = [c for c in candidates if c.get_text(strip=True)]
        if len(whole) == 1:
            return whole[0]
    return soup.body or soup


def _text(root: Tag) -> str:
    """The text below `root`. No recursion: hostile pages nest deeper than Python's stack."""
    inside_main = root.name != "body" and root.name != "[document]"
    pieces: list[str] = []
    stack: list[PageElement | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str) and not isinstance(node, NavigableString):
            pieces.append(node)
        elif isinstance(node, Tag):
            if node is not root and _dropped(node, inside_main=inside_main):
                continue
            if row := _row(node):
                pieces += (_LINE, row, _LINE)
                continue
            mark = _mark(node.name)
            pieces.append(mark)
            stack.append(mark)
            stack.extend(reversed(node.contents))
        elif type(node) is NavigableString:
            pieces.append(node if _preformatted(node) else re.sub(r"\s+", " ", node))
    paragraphs = plaintext.normalise("".join(pieces)).split(_PARAGRAPH)
    whole = ("\n".join(filter(None, map(plaintext.squeeze, re.split(f"[{_LINE}\n]", p)))) for p in paragraphs)
    return "\n\n".join(filter(None, whole))


def _row(tag: Tag) -> str | None:
    """A row of figures as one line; None for any other tag and for a row that only lays out the page."""
    if tag.name != "tr" or tag.find("table") is not None:
        return None
    cells = [_clean(c.get_text(" ")) for c in tag.find_all(["td", "th"], recursive=False)]
    data = len(cells) > 1 and all(len(c) <= _MAX_CELL for c in cells)
    return " | ".join(filter(None, cells)) if data else None


def _mark(name: str) -> str:
    if name in _LINES:
        return _LINE
    return _PARAGRAPH if name in _BLOCKS else ""


def _dropped(tag: Tag, *, inside_main: bool) -> bool:
    if tag.name in _DROPPED or (tag.name in _FURNITURE and not inside_main):
        return True
    style = str(tag.get("style") or "").replace(" ", "").lower()
    return (
        tag.has_attr("hidden")
        or str(tag.get("aria-hidden")).lower() == "true"
        or "display:none" in style
        or tag.get("role") in ("navigation", "banner", "contentinfo", "search")
    )


def _preformatted(node: NavigableString) -> bool:
    return node.parent is not None and node.parent.name == "pre"
