"""Which seat a claim speaks of: a post of the pack, at a place where the post has several."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from satrap.claims import Claim
from satrap.country import Pack
from satrap.country.model import Post


@dataclass(frozen=True)
class Seat:
    """A post (its id in the pack) and, where the post's name leaves it open, the place."""

    post: str
    place: str | None = None

    def title(self, pack: Pack) -> str:
        """ "provincial party chairman, Ryanggang"."""
        post = pack.post(self.post)
        return f"{post.title}, {pack.place(self.place).name}" if self.place else post.title

    def institution(self, pack: Pack, on: date) -> str:
        """What the seat's institution was called on a day."""
        return pack.name_at(pack.post(self.post).institution, on)

    def is_single(self, pack: Pack) -> bool:
        """Whether one person holds it at a time, as far as the pack says: it leads its institution."""
        post = pack.post(self.post)
        return post.head and (post.tier == "central" or bool(post.place or self.place))


def seat_of(claim: Claim, pack: Pack) -> Seat | None:
    """The seat that a personnel claim names; None where it names none, or none that the pack knows.

    A title that only begins as a known one does ("minister") counts where the claim names the institution and
    one post of it alone fits.
    """
    institutions = {one.id for one in claim.arguments("institution") if one.id}
    for argument in claim.arguments("post", "person"):
        post = pack.posts.get(argument.id or "") or _titled(argument.name, institutions, pack)
        if post is not None:
            return _placed(post, argument.places or claim.places, pack)
    return None


def _titled(name: str, institutions: set[str], pack: Pack) -> Post | None:
    wanted = name.casefold()
    exact, beginning = [], []
    for post, titles in _titles(pack):
        if wanted in titles:
            exact.append(post)
        elif post.institution in institutions and any(one.startswith(f"{wanted} ") for one in titles):
            beginning.append(post)
    fitting = exact or beginning
    return fitting[0] if len(fitting) == 1 else None


@lru_cache(maxsize=8)
def _titles(pack: Pack) -> list[tuple[Post, tuple[str, ...]]]:
    return [
        (post, tuple(term.text.casefold() for terms in post.titles.values() for term in terms))
        for post in pack.posts.values()
    ]


def _placed(post: Post, places: tuple[str, ...], pack: Pack) -> Seat:
    if post.place or post.tier == "central" or len(places) != 1:
        return Seat(post.id)
    for other in pack.posts.values():
        if (other.institution, other.tier, other.place) == (post.institution, post.tier, places[0]):
            return Seat(other.id)
    return Seat(post.id, places[0] if places[0] in pack.places else None)
