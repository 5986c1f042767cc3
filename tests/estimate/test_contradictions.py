from datetime import date

from satrap.claims import Polarity, When
from satrap.estimate.contradictions import contradicted

from .conftest import Recorder

LATER = {"when": When.parse("2018-02-01")}


def test_who_appears_after_an_execution_was_not_executed(say: Recorder) -> None:
    told, again = (
        say("execution", person="KIM_WON_HONG"),
        say("appearance", person="KIM_WON_HONG", claim=LATER),
    )
    assert contradicted([told, again]) == {told.id: again.id}
    assert contradicted([again, told]) == {told.id: again.id}


def test_earlier_appearances_denials_and_others_contradict_nothing(say: Recorder) -> None:
    told = say("execution", person="KIM_WON_HONG")
    early = say("appearance", person="KIM_WON_HONG", claim={"when": When.parse("2017-05-01")})
    denied = say("appearance", person="KIM_WON_HONG", claim={**LATER, "polarity": Polarity.DENIED})
    other = say("appearance", person="SOMEBODY", claim=LATER)
    undated = say("appearance", person="KIM_WON_HONG", published=date(2018, 3, 1))
    assert contradicted([told, early, denied, other, undated]) == {}
