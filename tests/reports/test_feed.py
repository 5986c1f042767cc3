from tests.reports.samples import DISMISSED, MOVED, read, refused

from satrap.claims import When

RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Example News</title><language>en-us</language>
<item><title>Dismissed</title><link>https://example.org/1</link><dc:creator>A. Writer</dc:creator>
<pubDate>Thu, 15 Jun 2017 01:00:00 +0900</pubDate><description>A teaser.</description>
<content:encoded><![CDATA[<p>{DISMISSED}</p><p>{MOVED}</p>]]></content:encoded></item>
<item><title>Short</title><description>&lt;b&gt;He&lt;/b&gt; fell.</description></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Example News</title>
<entry><title>Short</title><updated>2017-06-15T01:00:00+09:00</updated><summary>He fell.</summary></entry>
</feed>"""


def test_every_entry_is_a_report_in_full_where_the_feed_has_it() -> None:
    full, short = read(RSS.encode(), "feed")
    assert full.text == f"{DISMISSED}\n\n{MOVED}"
    assert (full.publisher, full.title, full.author) == ("Example News", "Dismissed", "A. Writer")
    assert (full.url, full.published) == ("https://example.org/1", When.parse("2017-06-15"))
    assert short.text == "He fell."
    assert short.published is None


def test_a_date_of_change_is_marked_as_such() -> None:
    [report] = read(ATOM.encode(), "feed")
    assert report.published == When.parse("2017-06-15")
    assert report.provenance["published"] == "updated"


def test_a_feed_without_entries_is_refused() -> None:
    assert "without entries" in refused(
        b'<rss version="2.0"><channel><title>x</title></channel></rss>', "feed"
    )
