"""A page is fetched from where its name was checked to lead, within limits, and as its site asks."""

import gzip
import time
from http.server import BaseHTTPRequestHandler

import pytest
from tests.reports.fetch.conftest import PUBLIC, Site
from tests.reports.fetch.test_address import INSIDE

from satrap.errors import ReportError
from satrap.reports import Metadata, Report, load
from satrap.reports.fetch import Limits

PARAGRAPH = "<p>The provincial party committee dismissed the head of the security office on Monday.</p>"
PAGE = (
    f"<html><head><title>News</title></head><body><article>{PARAGRAPH * 4}</article></body></html>".encode()
)
HTML = {"Content-Type": "text/html; charset=utf-8"}


def test_a_page_becomes_a_report_that_keeps_its_address(site: Site) -> None:
    site.pages["/news/1"] = (200, HTML, PAGE)
    with site.fetcher() as fetch:
        [report] = load(["http://example.org/news/1?key=secret"], Metadata(), fetch=fetch)
    assert isinstance(report, Report)
    assert "dismissed the head" in report.text
    assert report.provenance["url"] == "address"
    assert site.connected == [PUBLIC, PUBLIC]  # robots.txt, then the page


def test_without_leave_nothing_is_fetched(site: Site) -> None:
    [refused] = load(["http://example.org/news/1"], Metadata())
    assert isinstance(refused, ReportError)
    assert "--fetch" in str(refused)
    assert not site.connected


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_never_connected_to(site: Site, address: str) -> None:
    site.addresses["intranet.example"] = [address]
    with site.fetcher() as fetch, pytest.raises(ReportError, match="public internet"):
        fetch("http://intranet.example/")
    assert not site.connected


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "169.254.169.254", "10.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[fd00::1]"]
)
def test_neither_the_first_address_nor_a_redirect_may_lead_inside(site: Site, host: str) -> None:
    site.pages["/"] = (302, {"Location": f"http://{host}/latest/meta-data/"}, b"")
    for url in (f"http://{host}/", "http://example.org/"):
        with site.fetcher() as fetch, pytest.raises(ReportError, match="public internet"):
            fetch(url)
    assert set(site.connected) == {PUBLIC}


@pytest.mark.parametrize("host", ["0x7f.1", "2130706433", "0177.0.0.1", "127.1"])
def test_odd_spellings_of_loopback_are_seen_through(site: Site, host: str) -> None:
    site.addresses[host] = ["127.0.0.1"]  # as getaddrinfo reads them
    with site.fetcher() as fetch, pytest.raises(ReportError):
        fetch(f"http://{host}/")
    assert not site.connected


def test_a_name_that_changes_its_mind_is_checked_at_every_connection(site: Site) -> None:
    site.pages["/"] = (200, HTML, PAGE)
    site.addresses["rebind.example"] = [PUBLIC, "127.0.0.1"]  # public when first asked
    with site.fetcher() as fetch, pytest.raises(ReportError, match="public internet"):
        fetch("http://rebind.example/")
    assert site.connected == [PUBLIC]


def test_the_check_is_what_keeps_it_out(site: Site) -> None:
    """The control: with the check switched off, the same vector gets in."""
    site.pages["/"] = (200, HTML, PAGE)
    site.addresses["intranet.example"] = ["127.0.0.1"]
    with site.fetcher(allowed=lambda _: True) as fetch:
        fetch("http://intranet.example/")
    assert site.connected == ["127.0.0.1", "127.0.0.1"]


def test_endless_redirects_end(site: Site) -> None:
    site.pages["/"] = (302, {"Location": "/"}, b"")
    with site.fetcher(Limits(redirects=3)) as fetch, pytest.raises(ReportError, match="more than 3 times"):
        fetch("http://example.org/")


def test_a_body_too_large_is_given_up_early(site: Site) -> None:
    site.pages["/"] = (200, HTML, b"x" * 200_000)
    with site.fetcher(Limits(largest=100_000)) as fetch, pytest.raises(ReportError, match="more than"):
        fetch("http://example.org/")


def test_a_compressed_body_counts_as_what_it_inflates_to(site: Site) -> None:
    squeezed = gzip.compress(bytes(20_000_000))
    assert len(squeezed) < 100_000
    site.pages["/"] = (200, HTML | {"Content-Encoding": "gzip"}, squeezed)
    with site.fetcher(Limits(largest=100_000)) as fetch, pytest.raises(ReportError, match="more than"):
        fetch("http://example.org/")


@pytest.mark.parametrize("coding", ["br", "gzip, gzip", "compress"])
def test_only_the_compression_that_was_asked_for_is_undone(site: Site, coding: str) -> None:
    site.pages["/"] = (200, HTML | {"Content-Encoding": coding}, PAGE)
    with site.fetcher() as fetch, pytest.raises(ReportError, match="could not be fetched"):
        fetch("http://example.org/")


def test_a_truncated_body_is_no_report(site: Site) -> None:
    site.pages["/"] = (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(PAGE)[:-20])
    with site.fetcher() as fetch, pytest.raises(ReportError, match="could not be fetched"):
        fetch("http://example.org/")


def test_a_server_that_drips_is_left_when_the_time_is_over(site: Site) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(100):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass  # left

    site.pages["/"] = drip
    began = time.monotonic()
    with site.fetcher(Limits(seconds=0.5)) as fetch, pytest.raises(ReportError, match="no whole answer"):
        fetch("http://example.org/")
    assert time.monotonic() - began < 3


def test_a_page_that_robots_txt_keeps_back_is_not_asked_for(site: Site) -> None:
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private/\n")
    site.pages["/private/x"] = (200, HTML, PAGE)
    with site.fetcher() as fetch, pytest.raises(ReportError, match=r"robots\.txt"):
        fetch("http://example.org/private/x")
    assert site.asked == ["example.org/robots.txt"]


def test_a_site_in_trouble_is_left_alone(site: Site) -> None:
    site.pages["/robots.txt"] = (503, {}, b"")
    with site.fetcher() as fetch, pytest.raises(ReportError, match=r"robots\.txt"):
        fetch("http://example.org/")


def test_pages_of_one_site_are_asked_for_one_by_one_with_a_pause(site: Site) -> None:
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7\n")
    site.pages["/1"] = site.pages["/2"] = (200, HTML, PAGE)
    with site.fetcher() as fetch:
        fetch("http://example.org/1")
        fetch("http://example.org/2")
        fetch("http://example.com/1")  # another site does not wait
    [pause] = site.slept
    assert 6 < pause <= 7
    assert site.asked.count("example.org/robots.txt") == 1


def test_a_message_does_not_repeat_what_may_be_a_key(site: Site) -> None:
    with site.fetcher() as fetch, pytest.raises(ReportError) as missing:
        fetch("http://example.org/none?key=secret")
    assert "404" in str(missing.value)
    assert "secret" not in str(missing.value)
