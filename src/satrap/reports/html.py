"""A web page as one report: its main text, and what it declares about itself."""

import json
import logging
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import trafilatura
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from satrap.errors import ReportError
from satrap.reports.metadata import Found, Layer, Metadata, compose, day
from satrap.reports.original import Original
from satrap.reports.report import Report

# It warns on standard error of every page without text; here that is an error with the page's name.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_BLOCKS = frozenset(
    "address article aside blockquote br caption dd div dl dt figcaption footer h1 h2 h3 h4 h5 "  # noqa: SIM905
    "h6 header hr li main ol p pre section table td th tr ul".split()
)
_UNSHOWN = ("head", "script", "style", "template", "noscript", "svg")
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
)  # lxml reads, but does not write
_APART = "\u2029"  # paragraph separator: stands between blocks while text is gathered
# Names under which pages declare when they were published, most reliable first; never when last changed.
_DATED = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "citation_publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish-date",
    "pubdate",
    "dc.date",
    "date",
)


class Page(NamedTuple):
    """The text of a page, what it declares, and what its layout suggests."""

    text: str
    layers: tuple[Layer, ...]


def read_html(original: Original, metadata: Metadata) -> Iterator[Report]:
    """The page's main text: navigation, comments and advertisements left out by trafilatura."""
    text, layers = page(original)
    yield compose(text, original.name, (Found.GIVEN, metadata), *layers)


def page(original: Original) -> Page:
    """Text and metadata of a page; raises ReportError where it has no main text."""
    tree = _tree(original)
    declared = _declared(tree)
    # Repeated paragraphs are kept: deduplicating drops a quotation that an article comes back to, and with
    # it a claim; an analyst's story grouping deals with repeats. Formatting would put marks into quotes.
    found = trafilatura.bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        include_images=False,
        deduplicate=False,
    )
    if not isinstance(found, trafilatura.settings.Document) or not (found.text or "").strip():
        raise ReportError(
            f"{original.where}: no main text found in this page",
            remedy="save its text apart, or leave it out",
        )
    # A heading without a full stop would otherwise run into the sentence below it.
    text = re.sub(r"\s*\n\s*", "\n\n", found.text or "").strip()
    # trafilatura's date and site name may be read off a footer or an address: those are left unknown.
    guessed = Metadata(title=found.title, author=found.author, url=found.url)
    return Page(text, ((Found.PAGE, declared), (Found.GUESSED, guessed)))


def fragment(markup: str) -> str:
    """The words of a piece of HTML that is all content, its blocks apart by an empty line."""
    try:
        tree = document_fromstring(f"<div>{markup}</div>")
    except (etree.ParserError, ValueError):  # nothing in it, or nothing that markup may hold
        return ""
    etree.strip_elements(tree, etree.Comment, *_UNSHOWN, with_tail=False)
    for hidden in tree.xpath("//*[contains(translate(@style, ' ', ''), 'display:none')]"):
        hidden.drop_tree()
    for block in tree.iter(*_BLOCKS):
        block.text = _APART + _CONTROL.sub("", block.text or "")
        block.tail = _APART + _CONTROL.sub("", block.tail or "")
    blocks = (" ".join(block.split()) for block in "".join(tree.itertext()).split(_APART))
    return "\n\n".join(block for block in blocks if block)


def _tree(original: Original) -> HtmlElement:
    """Decoded as the carrier or the page says, or as UTF-8 where that fits."""
    data = original.read()
    declared = _CHARSET.search(data[:4096])
    charset = original.charset or (declared[1].decode() if declared else None)
    try:
        data.decode("utf-8")
        charset = "utf-8"  # what decodes as UTF-8 is UTF-8, whatever a template declares
    except UnicodeDecodeError:
        pass
    try:
        return document_fromstring(data, parser=HTMLParser(encoding=charset, huge_tree=False))
    except LookupError:  # a charset that nobody knows
        return document_fromstring(data)
    except (etree.ParserError, ValueError) as error:
        raise ReportError(
            f"{original.where}: not a web page", remedy="open it in a browser and save it again"
        ) from error


def _declared(tree: HtmlElement) -> Metadata:
    """What the page's head and structured data say, word for word."""
    meta = {
        name.strip().casefold(): content.strip()
        for one in tree.iter("meta")
        for name in (one.get("property"), one.get("name"), one.get("itemprop"))
        if name and (content := one.get("content")) and content.strip()
    }
    article = next(_articles(tree), {})
    times = tree.xpath(
        "//time[@pubdate or @itemprop='datePublished' or contains(@class, 'published')]/@datetime"
    )
    dates = (article.get("datePublished"), *(meta.get(name) for name in _DATED), *times)
    canonical = tree.xpath("//link[@rel='canonical']/@href")
    return Metadata(
        publisher=meta.get("og:site_name") or _name(article.get("publisher")),
        published=next((when for text in dates if isinstance(text, str) and (when := day(text))), None),
        title=meta.get("og:title") or _name(article.get("headline")),
        url=next((url for url in (*canonical, meta.get("og:url")) if url and "://" in url), None),
        author=meta.get("author") or _name(article.get("author")),
        language=tree.get("lang") or meta.get("og:locale", "").partition("_")[0] or None,
    )


def _articles(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The articles that the page describes as schema.org JSON-LD."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            held = json.loads(script)
        except (ValueError, RecursionError):
            continue
        graph = held.get("@graph", held) if isinstance(held, dict) else held
        for node in graph if isinstance(graph, list) else [graph]:
            if isinstance(node, dict) and "Article" in str(node.get("@type")):
                yield node


def _name(value: Any) -> str | None:
    """A name in JSON-LD: a string, a thing with a name, or a list of them."""
    match value:
        case str():
            return value.strip() or None
        case {"name": str() as name}:
            return name.strip() or None
        case list():
            return ", ".join(filter(None, map(_name, value))) or None
    return None
