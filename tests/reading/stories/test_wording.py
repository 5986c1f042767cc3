import random
from itertools import combinations

from satrap.reading.stories.wording import ALIKE, NEIGHBOURS, SHINGLE, near_duplicates

WORDS = [f"word{n}" for n in range(3000)]


def runs(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}


def test_it_finds_what_comparing_every_pair_finds() -> None:
    drawn = random.Random(1)
    texts: list[str] = []
    for _ in range(40):
        words = drawn.choices(WORDS, k=120)
        texts.append(" ".join(words))
        for rate in (0.01, 0.05, 0.1, 0.2):
            again = [drawn.choice(WORDS) if drawn.random() < rate else word for word in words]
            texts.append(" ".join(again))
    shingles = [runs(text) for text in texts]
    alike = {
        (a, b): len(shingles[a] & shingles[b]) / len(shingles[a] | shingles[b])
        for a, b in combinations(range(len(texts)), 2)
    }
    found = {(link.a, link.b): link.strength for link in near_duplicates(texts)}
    assert found == {pair: share for pair, share in alike.items() if share >= ALIKE}
    assert 100 < len(found) < 400, "some are alike, and most are not"


def test_case_and_punctuation_do_not_count() -> None:
    [link] = near_duplicates(
        ["“Seven officers, removed last month”, it said.", "Seven officers removed: last month it said"]
    )
    assert (link.strength, link.evidence) == (1.0, "100% of 5-word runs in common")


def test_texts_of_a_few_words_have_no_wording_of_their_own() -> None:
    assert list(near_duplicates(["The head fell.", "The head fell.", "", "!"])) == []
    assert list(near_duplicates([])) == []


def test_a_bucket_that_holds_everything_costs_no_more_than_its_neighbours() -> None:
    same = ["A notice that this outlet prints under each and every report of its own."] * 300
    found = list(near_duplicates(same))
    assert len(found) <= NEIGHBOURS * 300
    assert {at for link in found for at in link[:2]} == set(range(300))
