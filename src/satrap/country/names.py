"""Names in the state's own language beside the English ones."""

from dataclasses import dataclass
from datetime import date

from satrap.country import Pack
from satrap.country.dates import latest_covering
from satrap.country.model import Terms


@dataclass(frozen=True)
class Name:
    """A name in English, and in another language of the pack (ISO 639-1), or none."""

    en: str
    own: str = ""
    lang: str = ""

    @classmethod
    def of(cls, en: str, terms: Terms) -> "Name":
        """With the proper name in the first other language that the pack gives."""
        for lang, written in terms.items():
            if lang != "en":
                return cls(en, written[0].text, lang)
        return cls(en)


def institution(id: str, pack: Pack, on: date) -> Name:
    """An institution's names on a day."""
    declared = pack.institution(id)
    own = latest_covering((one for one in declared.names if set(one.terms) - {"en"}), on)
    return Name.of(pack.name_at(id, on), own.terms if own else {})


def place(id: str, pack: Pack) -> Name:
    declared = pack.place(id)
    return Name.of(declared.name, declared.terms)


def post(id: str, pack: Pack) -> Name:
    declared = pack.post(id)
    return Name.of(declared.title, declared.titles)


def person(id: str, pack: Pack) -> Name:
    declared = pack.person(id)
    return Name.of(declared.name, declared.terms)
