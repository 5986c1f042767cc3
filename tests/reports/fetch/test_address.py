"""Only web addresses on the public internet are ever asked for."""

import pytest

from satrap.errors import ReportError
from satrap.reports.fetch.address import checked, is_public

INSIDE = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1
172.31.255.255 192.0.0.1 192.0.2.1 192.168.0.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.1.1.1
240.0.0.1 255.255.255.255 :: ::1 fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 ff02::1 2001:db8::1 100::1
::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::127.0.0.1 ::10.1.2.3 64:ff9b::7f00:1
64:ff9b::a9fe:a9fe 64:ff9b:1::a00:1 2002:7f00:1:: 2002:a00:1:: 2002:c0a8:1::
2001:0:4136:e378:8000:63bf:80ff:fffe
""".split()  # noqa: SIM905


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_any_network_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "193.0.6.139", "2001:67c:2e8:22::c100:68b", "::ffff:8.8.8.8"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/x",
        "gopher://example.org:70/x",
        "data:text/html,x",
        "javascript:alert(1)",
        "http://user@example.org/",
        "http://user:secret@example.org/",
        "http://example.org:22/",
        "http://example.org:8080/",
        "https://example.org:80/",
        "http://",
        "http:///path",
        "http://exam ple.org/",
        "http://example.org\\@127.0.0.1/",
        "http://[::1",
        "http://example.org:http/",
        "http://a\x00b.org/",
        "http://" + "a" * 64 + ".org/",
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(ReportError) as refused:
        checked(url)
    assert "secret" not in str(refused.value)


def test_an_address_is_asked_for_in_ascii_and_without_its_fragment() -> None:
    assert checked("https://Bücher.example/Straße?q=1#top").netloc == "xn--bcher-kva.example"
    assert checked("https://example.org/a#top").geturl() == "https://example.org/a"


def test_a_redirect_is_read_from_the_page_that_led_to_it() -> None:
    assert checked("../b", "https://example.org/x/y").geturl() == "https://example.org/b"
    with pytest.raises(ReportError):
        checked("file:///etc/passwd", "https://example.org/")
