from email.message import EmailMessage
from email.utils import format_datetime, parsedate_to_datetime

from tests.reports.samples import DISMISSED, MOVED, read, refused

from satrap.claims import When
from satrap.errors import ReportError
from satrap.reports import Metadata, Original, Report, load


def mail(plain: str | None = None, html: str | None = None) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "A Name <a.name@example.org>"
    message["Subject"] = "From a friend in Hyesan"
    message["Date"] = format_datetime(parsedate_to_datetime("Thu, 15 Jun 2017 01:00:00 +0900"))
    if plain is not None:
        message.set_content(plain)
    if html is not None:
        message.add_alternative(html, subtype="html")
    return message


def test_the_plain_text_is_preferred_and_only_the_date_is_kept_of_the_headers() -> None:
    [report] = read(bytes(mail(f"{DISMISSED}\n\n{MOVED}", "<p>Other words.</p>")), "mail")
    assert report.text == f"{DISMISSED}\n\n{MOVED}"
    assert report.published == When.parse("2017-06-15")
    assert report.provenance["published"] == "mail"
    assert (report.author, report.title) == (None, None), "who sent it may be a source"


def test_html_is_read_where_there_is_no_plain_text() -> None:
    [report] = read(bytes(mail(html=f"<p>{DISMISSED}</p><p>{MOVED}</p>")), "mail")
    assert report.text == f"{DISMISSED}\n\n{MOVED}"


def test_lines_broken_for_the_screen_are_joined() -> None:
    [report] = read(
        b"Date: Thu, 15 Jun 2017 01:00:00 +0900\n\n"
        + b"\n".join(
            [
                b"The head of the Ministry of State Security was dismissed in January.",
                b"Its powers were transferred to the party committees, an inside source",
                b"said by telephone.",
                b"",
                b"Residents were glad.",
            ]
        ),
        "mail",
    )
    assert report.text.split("\n\n") == [
        "The head of the Ministry of State Security was dismissed in January. Its powers were transferred "
        "to the party committees, an inside source said by telephone.",
        "Residents were glad.",
    ]


def test_an_encrypted_message_says_so() -> None:
    assert "encrypted" in refused(b"Content-Type: multipart/encrypted; boundary=x\n\n--x--\n", "mail")


def test_an_attachment_alone_is_no_report() -> None:
    message = EmailMessage()
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf")
    assert "attachments" in refused(bytes(message), "mail")


def test_a_mailbox_is_its_messages_and_a_broken_one_is_listed_in_its_place() -> None:
    said = [b"One.\n>From here on.", b"", b"Three."]
    box = b"\n".join(b"From a@b Thu Jun 15\nSubject: x\n\n" + words + b"\n" for words in said)
    first, second, third = load([Original.of(box, "a.mbox")], Metadata(), form="mbox")
    assert isinstance(first, Report)
    assert first.text.split("\n\n") == ["One.", "From here on."]
    assert isinstance(second, ReportError)
    assert "a.mbox:2: empty" in str(second)
    assert isinstance(third, Report)
    assert (third.text, third.origin) == ("Three.", "a.mbox:3")
