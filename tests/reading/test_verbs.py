"""Shapes of verbs: what they are called, who is let go, who has no choice, what is only asked."""

import pytest

from satrap.reading.english import English
from satrap.reading.layout import lay_out
from satrap.reading.tokens import Token
from satrap.reading.verbs import asks, let_go, obliged, predicate_lemmas


def verb(text: str, word: str) -> Token:
    layout = lay_out(text)
    (tokens,) = English().parse((layout.plain, one, []) for one in layout.sentences)
    return next(token for token in tokens if token.text == word)


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("The police carried out raids.", "carried", "carry out"),
        ("The court set the miner free.", "set", "set free"),
        ("The guard let two women go.", "let", "let go"),
        ("The director installed cameras.", "installed", "install"),
    ],
)
def test_a_verb_is_called_with_what_makes_another_verb_of_it(text: str, word: str, name: str) -> None:
    assert name in predicate_lemmas(verb(text, word))


def test_who_is_let_go_hangs_on_the_going() -> None:
    assert [one.text for one in let_go(verb("The guard let two women go.", "let"))] == ["go"]
    assert let_go(verb("The guard let the fire burn.", "let")) == []


@pytest.mark.parametrize("text", ["They have to pay a fee.", "They must pay a fee."])
def test_duty_stands_over_a_verb(text: str) -> None:
    assert obliged(verb(text, "pay"))
    assert not obliged(verb("They pay a fee.", "pay"))


def test_an_indirect_question_is_no_statement() -> None:
    assert asks(verb("The council decides who may trade.", "trade"))
    assert not asks(verb("The council says that they may trade.", "trade"))
