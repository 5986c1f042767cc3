"""Rows of event tables as claims; invented rows in the columns of ICEWS, POLECAT and GDELT."""

from collections import Counter
from pathlib import Path

import pytest
from tests.publish.builders import KP

from satrap.claims import Claim, SourceKind, kinds
from satrap.errors import ReportError
from satrap.exchange import Intake, Outcome, PassedOver, Taken, Taking, take
from satrap.exchange.events import MAPPINGS, load_mapping

ICEWS = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\t"
    "Target Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\t"
    "Province\tCountry\tLatitude\tLongitude"
)
ARREST = (
    "101\t2017-01-15\tMinistry of State Security (North Korea)\tGovernment\tNorth Korea\tArrest, detain\t"
    "173\t-5\tCitizen (North Korea)\tGeneral Population\tNorth Korea\t77\t3\tHarbour Post\tHaeju\t\t"
    "South Hwanghae\tNorth Korea\t38\t125"
)


def table(tmp_path: Path, *rows: str, head: str | None = ICEWS) -> Path:
    path = tmp_path / "events.tab"
    path.write_text("\n".join(filter(None, (head, *rows))) + "\n", encoding="utf-8")
    return path


def outcomes(form: str, path: Path, mapping: Path | None = None) -> list[Outcome]:
    return list(take(form, path, Taking(KP, mapping=mapping)))


def claims(found: list[Outcome]) -> list[Claim]:
    return [claim for one in found if isinstance(one, Taken) for claim in one.claims]


def test_an_icews_row_is_a_report_with_one_claim(tmp_path: Path) -> None:
    [taken] = outcomes("icews", table(tmp_path, ARREST))
    assert isinstance(taken, Taken)
    report, [claim] = taken.report, taken.claims
    assert (report.publisher, report.outlet, report.origin) == ("ICEWS", "Harbour Post", "ICEWS 101")
    assert (claim.kind, claim.when and claim.when.edtf, claim.places) == (
        "detention",
        "2017-01-15",
        ("KP-05",),
    )
    assert claim.arguments("by")[0].id == "MSS"
    assert claim.arguments("on")[0].name == "Citizen"
    assert [(link.kind, link.name) for link in claim.said_by] == [
        (SourceKind.PUBLISHER, "ICEWS"),
        (SourceKind.MEDIA, "Harbour Post"),
    ]
    assert (claim.reading.reader, claim.reading.score, claim.reading.rules) == ("ICEWS", 0.75, ("173",))


def test_the_quote_is_the_row(tmp_path: Path) -> None:
    [claim] = claims(outcomes("icews", table(tmp_path, ARREST)))
    assert (
        "Event Text: Arrest, detain\nSource Name: Ministry of State Security (North Korea)"
        in claim.quote.exact
    )


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("81", "leniency"),
        ("841", "leniency"),
        ("091", "inspection"),
        ("1384", "threat"),
        ("145", "resistance"),
    ],
)
def test_codes_are_taken_by_prefix_and_get_their_zeros_back(tmp_path: Path, code: str, kind: str) -> None:
    [claim] = claims(outcomes("icews", table(tmp_path, ARREST.replace("\t173\t", f"\t{code}\t"))))
    assert claim.kind == kind


def test_rows_that_are_no_claims_are_counted_by_reason(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ARREST.replace("\t173\t", "\t042\t"),
        ARREST.replace("\t173\t", "\t133\t"),
        ARREST.replace("North Korea", "Ruritania"),
        ARREST.replace("North Korea", "Ruritania"),
    )
    passed = Counter(one.reason for one in outcomes("icews", path) if isinstance(one, PassedOver))
    assert passed == {
        "042: no claim of ours": 1,
        "133: a threat of protest, which is no act of resistance yet": 1,
        "about another state": 2,
    }


def test_rows_that_cannot_be_read_are_errors_and_the_others_are_read(tmp_path: Path) -> None:
    path = table(
        tmp_path, ARREST.replace("2017-01-15", "15/01/2017"), ARREST.replace("\t173\t", "\t\t"), ARREST
    )
    path.write_bytes(path.read_bytes().replace(b"Haeju\t\tSouth", b"Hae\xb0ju\t\tSouth", 1))
    found = outcomes("icews", path)
    errors = [str(one) for one in found if isinstance(one, ReportError)]
    assert ["row 2" in errors[0], "row 3" in errors[1]] == [True, True]
    assert "not UTF-8" in errors[0]
    assert "no CAMEO Code" in errors[1]
    assert len(claims(found)) == 1


def test_the_wrong_table_is_one_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="no column 'CAMEO Code'"):
        outcomes("icews", table(tmp_path, "a\tb", head="x\ty"))


def test_a_polecat_row_is_read_by_type_and_mode(tmp_path: Path) -> None:
    head = (
        "Event ID\tEvent Date\tEvent Type\tEvent Mode\tActor Name\tActor Country\tRecipient Name\t"
        "Recipient Country\tPlacename\tCity\tProvince\tCountry\tSource\tPublication Date"
    )
    row = (
        "PC1\t2018-03-04\tCOERCE\tarrest\tMinistry of Social Security\tPRK\ttraders\tPRK\tHyesan\tHyesan\t"
        "Ryanggang\tPRK\tHarbour Post\t2018-03-06"
    )
    other = row.replace("arrest", "curfew")
    first, second = outcomes("polecat", table(tmp_path, row, other, head=head))
    assert isinstance(first, Taken)
    assert isinstance(second, Taken)
    assert (first.claims[0].kind, second.claims[0].kind) == ("detention", "crackdown")
    assert first.report.published is not None
    assert first.report.published.edtf == "2018-03-06"
    assert first.claims[0].places == ("KP-10",)


@pytest.mark.parametrize("width", [57, 58, 61])
def test_gdelt_is_told_apart_by_its_columns(tmp_path: Path, width: int) -> None:
    mapping, _ = load_mapping(MAPPINGS.joinpath("gdelt.yaml"))
    [layout] = [layout for layout in mapping.layouts if len(layout) == width]
    cells = {
        "GLOBALEVENTID": "9",
        "SQLDATE": "20170115",
        "EventCode": "173",
        "Actor1Name": "STATE SECURITY",
        "Actor2Name": 'RESIDENT "X',
        "ActionGeo_FullName": "Haeju, Hwanghae-namdo, North Korea",
        "ActionGeo_CountryCode": "KN",
        "DATEADDED": "20170116",
        "SOURCEURL": "https://www.example.org/a",
    }
    row = "\t".join(cells.get(name, "") for name in layout)
    [taken] = outcomes("gdelt", table(tmp_path, row, head=None))
    assert isinstance(taken, Taken)
    [claim] = taken.claims
    assert (claim.kind, claim.places, claim.arguments("on")[0].name) == (
        "detention",
        ("KP-05",),
        'RESIDENT "X',
    )
    assert taken.report.outlet == ("example.org" if width > 57 else None)
    assert taken.report.published is not None
    assert taken.report.published.edtf == "2017-01-16"


def test_a_row_of_another_width_is_an_error(tmp_path: Path) -> None:
    [error] = outcomes("gdelt", table(tmp_path, "1\t2", head=None))
    assert "as many columns as no version of GDELT has" in str(error)


def test_another_state_needs_a_mapping_that_names_it(tmp_path: Path) -> None:
    bundled = MAPPINGS.joinpath("icews.yaml").read_text(encoding="utf-8")
    own = tmp_path / "own.yaml"
    own.write_text(bundled.replace("KP: North Korea, ", ""), encoding="utf-8")
    with pytest.raises(ReportError, match="add it to `states`"):
        outcomes("icews", table(tmp_path, ARREST), own)
    own.write_text(bundled.replace("KP: North Korea", "KP: Ruritania"), encoding="utf-8")
    assert (
        len(claims(outcomes("icews", table(tmp_path, ARREST.replace("North Korea", "Ruritania")), own))) == 1
    )


def test_a_mapping_s_fault_is_named_by_line(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("name: X\ndelimeter: ','\n", encoding="utf-8")
    with pytest.raises(ReportError, match=r"own\.yaml:2: delimeter: unknown key; did you mean delimiter"):
        outcomes("icews", table(tmp_path, ARREST), own)


@pytest.mark.parametrize("name", ["icews", "polecat", "gdelt"])
def test_bundled_mappings_say_what_is_lost_and_ask_only_for_columns_there_are(name: str) -> None:
    mapping, codes = load_mapping(MAPPINGS.joinpath(f"{name}.yaml"))
    assert mapping.lost
    assert codes.lost
    assert {meaning.kind for meaning in codes.kinds.values() if meaning.kind} <= set(kinds())
    for layout in mapping.layouts:
        assert set(mapping.tells) - set(layout) <= {"SOURCEURL"}


def test_rows_of_one_story_are_told_so_and_are_no_words(tmp_path: Path) -> None:
    second = ARREST.replace("101", "102").replace("Citizen", "Trader")
    other = ARREST.replace("101", "103").replace("\t77\t", "\t78\t").replace("Citizen", "Student")
    path = table(tmp_path, ARREST, second, other)
    intake = Intake()
    kept = list(intake.kept(take("icews", path, Taking(KP))))
    hashes = [one.report.hash for one in kept]
    assert [intake.stories[each][0] for each in hashes] == [hashes[0], hashes[0], hashes[2]]
    assert all(one.report.provenance == {"text": "row"} for one in kept)
