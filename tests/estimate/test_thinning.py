from dataclasses import replace

import numpy as np
import pytest
from benchmarks.estimate_worlds import PRIORS, SMALL, world

from satrap.estimate import posterior
from satrap.estimate.thinning import thinned

SEEN = world(replace(SMALL, claims=900, publishers=9), 0).seen


def test_few_claims_are_all_learned_from() -> None:
    assert thinned(SEEN, len(SEEN), 0).all()


@pytest.mark.parametrize("most", [100, 450])
def test_stories_are_taken_whole_and_about_as_many_claims_as_asked(most: int) -> None:
    taken = thinned(SEEN, most, 0)
    stories = set(SEEN.stories[taken].tolist())
    assert np.array_equal(taken, np.isin(SEEN.stories, list(stories)))
    assert most <= taken.sum() < 1.2 * most


def test_who_is_seldom_heard_is_not_left_out() -> None:
    """One publisher among nine has a single story of three claims."""
    rare = int(SEEN.stories[-1])
    mine = replace(SEEN, members=SEEN.members.copy())
    members = np.zeros((len(SEEN), 2))
    members[:, 0] = 1.0
    members[SEEN.stories == rare, 1] = 1.0
    mine = replace(mine, groups=(("publisher", "a"), ("publisher", "b")), members=type(SEEN.members)(members))
    assert all(thinned(mine, 100, seed)[SEEN.stories == rare].all() for seed in range(5))


def test_what_is_taken_does_not_hang_on_what_is_said() -> None:
    turned = replace(SEEN, contrasts=-SEEN.contrasts, news=-SEEN.news)
    assert np.array_equal(thinned(SEEN, 200, 3), thinned(turned, 200, 3))


def test_the_surface_is_conditioned_on_all_claims_whatever_settings_were_learned_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = world(replace(SMALL, claims=240), 1).seen

    def means() -> np.ndarray:
        found = posterior.fit(seen, PRIORS, seed=0, progress=lambda _stage, _done: None)
        assert found.seen is seen
        return found.means()

    whole = means()
    monkeypatch.setattr(posterior, "_MOST", 120)
    assert np.corrcoef(whole.ravel(), means().ravel())[0, 1] > 0.97
