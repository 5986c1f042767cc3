"""The peer for claims: a keyword search with names from the country pack, as a spreadsheet would do it."""

from satrap.claims import Argument, Claim, Quote, Reading, Source, SourceKind, kinds
from satrap.country import Gazetteer, Pack
from satrap.reading.layout import lay_out
from satrap.reports import Report

# One or a few stems a kind: what an analyst would type into a search box.
WORDS = {
    "authority": ("authority", "power"),
    "transfer": ("transfer", "handed over"),
    "capacity": ("capacity", "weaken"),
    "appointment": ("appoint", "named"),
    "promotion": ("promot",),
    "dismissal": ("dismiss", "fired", "sacked", "purge", "removed"),
    "demotion": ("demot", "reprimand"),
    "arrest": ("arrest",),
    "exile": ("exile", "banish"),
    "execution": ("execut", "shot"),
    "death": ("died", "killed"),
    "rehabilitation": ("reinstat", "rehabilit"),
    "appearance": ("appeared", "was seen"),
    "order": ("order", "decree"),
    "inspection": ("inspect", "investigat", "audit"),
    "restructuring": ("restructur", "renam", "merge"),
    "crackdown": ("crackdown", "campaign"),
    "violence": ("beat", "violence", "tortur"),
    "threat": ("threat",),
    "detention": ("detain", "held"),
    "surveillance": ("surveil", "monitor"),
    "extortion": ("extort", "blackmail"),
    "bribery": ("bribe",),
    "leniency": ("pardon", "amnesty"),
    "sentiment": ("fear", "anger", "worr", "hope"),
    "support": ("loyal", "support"),
    "resistance": ("protest", "refus"),
    "motive": ("in order to", "aim"),
    "cause": ("because",),
}
_NAMES = {"institution", "group", "person"}


class Keywords:
    """A claim wherever a sentence holds a word of a kind; every name in it fills every main role."""

    name = "keywords"
    version = "1"
    languages = frozenset({"en"})

    def __init__(self, pack: Pack) -> None:
        self._gazetteer = Gazetteer(pack)

    def read(self, report: Report) -> list[Claim]:
        found = []
        said_by = (Source(SourceKind.PUBLISHER, name=report.publisher),)
        for sentence in lay_out(report.text).sentences:
            text = report.text[sentence.start : sentence.end]
            names = tuple(
                Argument(one.name, one.entity) for one in self._gazetteer.find(text) if one.kind in _NAMES
            )
            for kind, words in WORDS.items():
                if any(word in text.lower() for word in words):
                    roles = {role: names for role in kinds()[kind].main if names}
                    quote = Quote.at(report.text, sentence.start, sentence.end)
                    found.append(
                        Claim(
                            report=report.hash,
                            quote=quote,
                            kind=kind,
                            said_by=said_by,
                            reading=Reading(self.name, self.version, 0.5),
                            roles=roles,
                        )
                    )
        return found
