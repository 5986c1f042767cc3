from tests.reports.samples import read

from satrap.claims import When

SOURCE = """---
title: Fallen
date: 2017-06-15
source: Example News
---
# Head *dismissed*

The **head** of the [ministry](https://example.org)
was dismissed.

- So they say.
- ![a picture](x.png)

> "He fell," a source said.
"""


def test_the_words_are_kept_and_the_markup_is_not() -> None:
    [report] = read(SOURCE.encode(), "markdown")
    assert report.text.split("\n\n") == [
        "Head dismissed",
        "The head of the ministry was dismissed.",
        "So they say.",
        '"He fell," a source said.',
    ]


def test_front_matter_is_metadata() -> None:
    [report] = read(SOURCE.encode(), "markdown")
    assert (report.title, report.publisher) == ("Fallen", "Example News")
    assert report.published == When.parse("2017-06-15")
    assert report.provenance["title"] == "front matter"


def test_front_matter_that_is_no_yaml_says_nothing() -> None:
    [report] = read(b"---\n: [\n---\nHe fell.\n", "markdown")
    assert (report.text, report.title) == ("He fell.", None)
