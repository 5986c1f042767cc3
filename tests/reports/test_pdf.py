from textwrap import wrap

from tests.reports.samples import DISMISSED, MOVED, pdf, read, refused


def test_lines_become_paragraphs_again() -> None:
    first = " ".join([DISMISSED, MOVED, DISMISSED])
    second = " ".join([MOVED, DISMISSED, MOVED])
    [report] = read(pdf([[*wrap(first, 70), *wrap(second, 70)]]), "pdf")
    assert report.text == f"{first}\n\n{second}"


def test_a_sentence_goes_on_over_the_page_without_its_head_and_number() -> None:
    lines = wrap(" ".join([DISMISSED, MOVED] * 9), 70)
    pages = [
        ["Example Weekly 2017", *lines[n : n + 9], f"Page {n // 9 + 1} of 4"] for n in range(0, len(lines), 9)
    ]
    assert len(pages) >= 3
    [report] = read(pdf(pages), "pdf")
    assert report.text == " ".join([DISMISSED, MOVED] * 9)


def test_a_divided_word_is_one_word() -> None:
    lines = [
        *wrap(DISMISSED, 60),
        "On the order of the party the inspection of the minis-",
        "try began the same week.",
    ]
    [report] = read(pdf([lines]), "pdf")
    assert "inspection of the ministry began" in report.text


def test_a_document_with_a_password_says_so() -> None:
    assert "encrypted" in refused(pdf([["Secret."]], password=True), "pdf")


def test_a_scan_says_what_to_do() -> None:
    assert "ocrmypdf" in refused(pdf([[], []]), "pdf")
