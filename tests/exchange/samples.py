"""Public claims to write: invented reports about a real pack, with Korean, a formula and a withheld quote."""

from datetime import date

from tests.publish.builders import INSIDER, KP, sample, split, told

from satrap.claims import Certainty, Horizon, Polarity, Source, SourceKind
from satrap.exchange.context import Context
from satrap.protect.exposure import expose
from satrap.protect.public import PublicClaim

KOREAN = "국가보위성 비서가 황해남도에서 해임되었다고 한다."
FORMULA = '=HYPERLINK("https://example.org","click")'

CONTEXT = Context(KP, date(2017, 6, 30), "1.0")


def claims() -> tuple[PublicClaim, ...]:
    """Gated claims: those of the sample, and one for each thing that formats find hard."""
    head = next(post for post in KP.posts.values() if post.head and post.institution == "MSS")
    official = {"person": "kim-won-hong", "institution": "MSS", "post": head.id}
    harder = [
        told("dismissal", official, "2017-02-03", text=KOREAN, when="2017-01", voice=None, title="해임"),
        told("appointment", official, "2012-04-20", when="2012-04-11", voice=None),
        told("authority", {"holder": "MSS"}, "2017-02-05", text=FORMULA, voice=None, title="+1 rumour\n-2"),
        told("arrest", {"person": "kim-won-hong"}, "2017-02-06", polarity=Polarity.DENIED, voice=None),
        told("crackdown", {"by": "MSS"}, "2017-02-07", horizon=Horizon.FUTURE, voice=INSIDER),
        told("bribery", {"by": "MSS", "on": ("residents",)}, None, certainty=Certainty.POSSIBLE, url=None),
        told(
            "surveillance",
            {"by": ("MSS", "MPS")},
            "2017-03-01",
            when="2016-11-05/2017-02-12",
            voice=Source(SourceKind.STATE_MEDIA, name="조선중앙통신"),
            publisher="The Weekly Observer",
            title=None,
        ),
    ]
    return expose(*split([*sample(), *harder]), KP, on=date(2026, 6, 1)).ordered
