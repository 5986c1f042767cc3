"""Reports with markup in every field that a report or claim takes."""

from tests.publish.builders import DOWN, Told, told

from satrap.claims import Source, SourceKind

MARKUP = "<script>alert('{0}')</script><img src=x onerror=\"alert('{0}')\">{{{{ 7*7 }}}}"


def bad(where: str) -> str:
    return MARKUP.format(where)


def hostile() -> list[Told]:
    """Two claims about real institutions whose words, names and titles are markup."""
    chain = Source(SourceKind.MEDIA, name=bad("voice"))
    return [
        told(
            "authority",
            {"holder": "MSS"},
            "2017-04-02",
            text=f"The ministry {bad('text')} lost authority.",
            publisher=bad("publisher"),
            title=bad("title"),
            url="javascript:alert('url')",
            voice=chain,
            direction=DOWN,
            cues=(bad("cue"),),
        ),
        told(
            "dismissal",
            {"person": bad("person"), "institution": "MSS"},
            "2017-02-03",
            text=f"{bad('text2')} was dismissed.",
            publisher="The Weekly Observer",
            title=bad("title2"),
        ),
    ]
