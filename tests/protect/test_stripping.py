import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish.builders import DOWN, told

from satrap.claims import Argument, Claim, Source, SourceKind
from satrap.protect.sensitivity import ANONYMOUS, Sensitivity, sensitivities
from satrap.protect.stripping import HANDLE, Sealed, strip
from satrap.reports import Report

PAK = Source(SourceKind.INSIDE_SOURCE, place="KP-09", name="Mr Pak of the mine")


def report(**fields: str | None) -> Report:
    return msgspec.structs.replace(told("authority", {"holder": "MSS"})[1], **fields)


def claim(voice: Source = PAK) -> Claim:
    return told("authority", {"holder": "MSS"}, direction=DOWN, voice=voice)[0].claim


def handle(publisher: str, name: str) -> str:
    return f"voice-{abs(hash((publisher, name))):016x}"[:22]


def test_authors_and_what_tells_of_files_are_taken_out() -> None:
    given = report(author="Kim Min", origin="interview with Pak.docx")
    kept, _, sealed = strip(given)
    assert (kept.author, kept.origin) == (None, None)
    assert sealed == Sealed(author="Kim Min", origin="interview with Pak.docx")
    assert kept.hash == given.hash


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=1#c", "https://example.org/a?b=1#c"),
        ("https://pak:secret@example.org/a", "https://example.org/a"),
        ("file:///home/pak/notes.html", None),
        ("", None),
    ],
)
def test_addresses_stay_without_logins_and_paths_go(url: str, kept: str | None) -> None:
    assert strip(report(url=url)).report.url == kept
    assert strip(report(origin="https://example.org/a")).report.origin == "https://example.org/a"


@pytest.mark.parametrize("kind", sorted(ANONYMOUS))
def test_nobody_at_risk_has_a_name(kind: SourceKind) -> None:
    _, (kept,), sealed = strip(report(), [claim(Source(kind, place="KP-09", name="Mr Pak"))])
    assert kept.voice.name is not None
    assert HANDLE.fullmatch(kept.voice.name)
    assert sealed.names == {kept.voice.name: "Mr Pak"}


def test_a_handle_tells_of_a_name_only_when_it_comes() -> None:
    def handles(*names: str) -> list[str | None]:
        claims = [claim(Source(SourceKind.RESIDENT, name=name)) for name in names]
        return [kept.voice.name for kept in strip(report(), claims).claims]

    one, other, again = handles("Pak", "Cho", "Pak")
    assert one == again != other
    assert handles("Ri", "Kim", "Ri") == [one, other, one]


def test_bodies_keep_their_names() -> None:
    given = claim(Source(SourceKind.INTELLIGENCE_SERVICE, name="National Intelligence Service"))
    assert strip(report(), [given]).claims == (given,)


def test_with_a_handle_voices_stay_apart_and_the_name_can_be_kept_elsewhere() -> None:
    kept, sealed = strip(report(), [claim()], handle)[1:]
    assert kept[0].voice.name == handle(report().publisher, "Mr Pak of the mine")
    assert sealed.names == {kept[0].voice.name: "Mr Pak of the mine"}
    assert strip(report(), kept).claims == kept, "a handle is no name: the ledger takes it as it is"


def test_claims_go_on_naming_each_other() -> None:
    effect = claim()
    cause = effect.clone(kind="cause", direction=None, roles={"of": (Argument("it", effect.id),)})
    aim = effect.clone(kind="motive", direction=None, roles={"of": (Argument("that", cause.id),)})
    late = effect.clone(direction=None, kind="capacity", because=(aim.id,))
    first, second, third, fourth = strip(report(), [effect, cause, aim, late]).claims
    assert first.id != effect.id
    assert second.arguments("of")[0].id == first.id
    assert third.arguments("of")[0].id == second.id
    assert fourth.because == (third.id,)


@given(st.text(max_size=20), st.text(max_size=20), st.text(min_size=1, max_size=20))
def test_stripping_again_takes_nothing_more(author: str, origin: str, name: str) -> None:
    given = report(author=author, origin=origin)
    once = strip(given, [claim(Source(SourceKind.RESIDENT, name=name))])
    again = strip(once.report, once.claims)
    assert again[:2] == once[:2]
    assert again.sealed == Sealed()


def test_every_sealed_field_of_a_report_is_taken_out() -> None:
    sealed = [name for name, level in sensitivities(Report).items() if level is Sensitivity.SEALED]
    kept = strip(report(**dict.fromkeys(sealed, "canary"))).report
    assert all(getattr(kept, name) is None for name in sealed)
