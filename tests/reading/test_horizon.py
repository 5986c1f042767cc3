from collections.abc import Callable

import pytest

from satrap.claims import Claim, Horizon

Read = Callable[..., list[Claim]]


@pytest.mark.parametrize(
    ("text", "kind", "horizon"),
    [
        ("Two governors were dismissed.", "dismissal", Horizon.PAST),
        ("Two governors have been dismissed.", "dismissal", Horizon.PAST),
        ("Two governors will be dismissed.", "dismissal", Horizon.FUTURE),
        ("Two governors are expected to be dismissed.", "dismissal", Horizon.FUTURE),
        ("The authority of the police has declined.", "authority", Horizon.PRESENT),
        ("The authority of the police declined.", "authority", Horizon.PAST),
        ("Police extort money from traders.", "extortion", Horizon.PRESENT),
        ("Police used to extort money from traders.", "extortion", Horizon.PAST),
        ("Police may extort money from traders.", "extortion", Horizon.FUTURE),
        ("Traders are worried that police will extort money from them.", "sentiment", Horizon.PRESENT),
        ("The cabinet issued an order to punish smugglers.", "order", Horizon.PAST),
        ("Two governors are said to have been dismissed.", "dismissal", Horizon.PAST),
        ("Two governors are to be dismissed.", "dismissal", Horizon.FUTURE),
        ("Soldiers saw police beating residents.", "violence", Horizon.PAST),
        ("Police have beaten residents since March.", "violence", Horizon.PRESENT),
        ("The president dismisses two governors.", "dismissal", Horizon.PAST),
        ("The president dismisses two governors on 1 June.", "dismissal", Horizon.FUTURE),
    ],
)
def test_horizon_follows_tense_and_words_that_look_ahead(
    read: Read, text: str, kind: str, horizon: Horizon
) -> None:
    assert [claim.horizon for claim in read(text) if claim.kind == kind] == [horizon]
