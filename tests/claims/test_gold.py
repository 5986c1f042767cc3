import pytest

from satrap.claims.gold import read_gold
from satrap.errors import ClaimError

ROW = (
    '{"claim": "f01", "start": 0, "end": 5, "quote": "Power", "kind": "authority", "roles": {"holder": '
    '["security agencies|Ministry of State Security", "legal agencies"], "over": null}, "direction": "down", '
    '"polarity": "affirmed", "certainty": "stated", "horizon": "present", "when": null, "said_by": '
    '[{"kind": "publisher", "place": null, "name": "Daily NK"}], "because": null, "optional": false}'
)


def test_a_list_is_several_arguments_and_a_bar_separates_names_that_are_equally_right() -> None:
    (claim,) = read_gold([ROW, ""])
    assert claim.roles == {
        "holder": (
            frozenset({"security agencies", "Ministry of State Security"}),
            frozenset({"legal agencies"}),
        )
    }


def test_a_fault_names_the_file_and_the_line() -> None:
    with pytest.raises(ClaimError, match=r"gold\.jsonl:2"):
        list(read_gold([ROW, ROW.replace('"stated"', '"certain"')], "gold.jsonl"))
    with pytest.raises(ClaimError, match="unknown kind 'rumour'"):
        list(read_gold([ROW.replace('"authority"', '"rumour"')]))
