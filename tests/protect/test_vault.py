import stat
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.publish.builders import DOWN, told

from satrap.claims import Source, SourceKind
from satrap.errors import ProtectError
from satrap.protect.vault import Outcome, Vault, VaultEntry, identities, keeping, new_key
from satrap.reports import Report

Holders = tuple[tuple[str, str], tuple[list[str], list[str]]]


@pytest.fixture(scope="module")
def holders(tmp_path_factory: pytest.TempPathFactory) -> Holders:
    """Two holders: their recipients and their private keys."""
    folder = tmp_path_factory.mktemp("keys")
    recipients = new_key(folder / "one"), new_key(folder / "other")
    return recipients, (identities(folder / "one"), identities(folder / "other"))


@pytest.fixture
def vault(tmp_path: Path, holders: Holders) -> Vault:
    made = Vault.create(tmp_path / "vault.age", holders[0])
    made.put(
        [VaultEntry("3f2a", {"author": "Kim Min"}, "met in Dandong"), VaultEntry("voice-1", {"name": "Pak"})]
    )
    return made


@pytest.fixture
def both(holders: Holders) -> list[str]:
    return [*holders[1][0], *holders[1][1]]


def test_what_was_put_is_got_with_both_keys(vault: Vault, both: list[str]) -> None:
    with Vault.open(vault.path).unlock(both) as opened:
        assert opened.get("3f2a") == (VaultEntry("3f2a", {"author": "Kim Min"}, "met in Dandong"),)
        assert opened.get("nothing") == ()
        assert opened.keys() == ("3f2a", "voice-1")
    with vault.unlock(both[::-1]) as opened:
        assert opened.get("voice-1")


def test_one_key_is_not_enough_whichever_it_is(vault: Vault, both: list[str]) -> None:
    for one in both:
        with pytest.raises(ProtectError, match="one of the two keys is missing"):
            vault.unlock([one])
        with pytest.raises(ProtectError, match="one of the two keys is missing"):
            vault.unlock([one, one])


def test_wrong_keys_and_no_keys_are_told(vault: Vault, tmp_path: Path) -> None:
    new_key(tmp_path / "stranger")
    with pytest.raises(ProtectError, match="do not open this vault"):
        vault.unlock(identities(tmp_path / "stranger"))
    with pytest.raises(ProtectError, match="no age identity"):
        vault.unlock(["AGE-SECRET-KEY-1NONE"])
    with pytest.raises(ProtectError, match="holds no private key"):
        identities(vault.path)


def test_adding_needs_no_key(vault: Vault, both: list[str]) -> None:
    Vault.open(vault.path).put([VaultEntry("later", {"origin": "a.docx"})])
    with Vault.open(vault.path).unlock(both) as opened:
        assert opened.get("later")
        assert opened.get("3f2a")


def test_nothing_is_readable_without_keys(vault: Vault) -> None:
    data = vault.path.read_bytes()
    for secret in (b"Kim Min", b"3f2a", b"voice-1", b"Dandong", b"Pak"):
        assert secret not in data
    assert stat.S_IMODE(vault.path.stat().st_mode) == 0o600


def test_sizes_of_entries_tell_little(vault: Vault, both: list[str]) -> None:
    vault.put([VaultEntry("a", {"name": "Ri"}), VaultEntry("b", {"name": "Kim Chol Su the elder"})])
    with vault.unlock(both) as opened:
        assert {len(one) % 256 for one in opened._plain} == {0}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_damage_is_found(vault: Vault, both: list[str], data: st.DataObject) -> None:
    whole = vault.path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.booleans())
    damaged = (
        whole[:at]
        if cut
        else whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    )
    path = vault.path.with_name("damaged")
    path.write_bytes(damaged)
    with pytest.raises(ProtectError, match=r"cut short or altered|no vault of satrap's"):
        Vault.open(path)


def resealed(vault: Vault, change: Callable[[list[bytes]], list[bytes]]) -> Vault:
    """The vault after somebody without keys changed its lines and made a fitting last line."""
    from satrap.protect.vault import _write

    _write(vault.path, change(vault.path.read_bytes().splitlines()[:-1]))
    return Vault.open(vault.path)


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [*lines[:2], *lines[3:]],
        lambda lines: [*lines[:2], lines[3], lines[2]],
        lambda lines: [*lines[:3], lines[2], *lines[3:]],
        lambda lines: [*lines[:2], lines[2][:-8] + b"AAAAAAA=", *lines[3:]],
        lambda lines: [lines[0], *lines[2:]],
    ],
    ids=["taken away", "moved", "doubled", "altered", "the secret taken away"],
)
def test_who_opens_it_sees_what_was_done_by_whoever_had_the_file(
    vault: Vault, both: list[str], change: Callable[[list[bytes]], list[bytes]]
) -> None:
    with pytest.raises(ProtectError, match="was altered, moved, or one before it taken away"):
        resealed(vault, change).unlock(both)


def test_handles_are_the_publishers_own_and_stay_the_same(vault: Vault, both: list[str]) -> None:
    with vault.unlock(both) as opened:
        first = opened.handle("Daily NK", "Pak")
        assert first == opened.handle("Daily NK", "Pak")
        assert first != opened.handle("Asia Press", "Pak")
        assert first != opened.handle("Daily NK", "Ri")
        assert len(first) == len("voice-") + 16


def test_the_secret_of_handles_is_not_handed_out(vault: Vault, both: list[str]) -> None:
    with vault.unlock(both) as opened:
        assert opened.get("secret") == ()
        assert opened.keys() == ("3f2a", "voice-1")


def test_leaving_the_block_overwrites_what_was_opened(vault: Vault, both: list[str]) -> None:
    with vault.unlock(both) as opened:
        held = list(opened._plain)
        assert any(b"Kim Min" in one for one in held)
    assert all(set(one) == {0} for one in held)
    with pytest.raises(ProtectError, match="locked again"):
        opened.get("3f2a")


def test_it_can_be_handed_over_to_other_holders(vault: Vault, both: list[str], tmp_path: Path) -> None:
    recipients = new_key(tmp_path / "new one"), new_key(tmp_path / "new other")
    with vault.unlock(both) as opened:
        before = opened.handle("Daily NK", "Pak")
        opened.hand_over(recipients)
    keys = [*identities(tmp_path / "new one"), *identities(tmp_path / "new other")]
    with Vault.open(vault.path).unlock(keys) as reopened:
        assert reopened.get("3f2a")
        assert reopened.handle("Daily NK", "Pak") == before
    with pytest.raises(ProtectError, match="do not open"):
        Vault.open(vault.path).unlock(both)


def test_a_vault_needs_two_different_recipients_and_a_new_file(vault: Vault, holders: Holders) -> None:
    one, other = holders[0]
    with pytest.raises(ProtectError, match="both recipients are the same"):
        Vault.create(vault.path.with_name("b"), (one, one))
    with pytest.raises(ProtectError, match="no age recipient"):
        Vault.create(vault.path.with_name("b"), (one, "age1nobody"))
    with pytest.raises(ProtectError, match="exists already"):
        Vault.create(vault.path, (one, other))
    with pytest.raises(ProtectError, match="satrap vault init"):
        Vault.open(vault.path.with_name("b"))


def test_a_vault_that_cannot_be_written_stays_what_it_was(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    before = vault.path.read_bytes()
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ProtectError, match="No space left"):
        vault.put([VaultEntry("more", {})])
    assert vault.path.read_bytes() == before
    assert [path.name for path in vault.path.parent.iterdir()] == [vault.path.name]


PAK = Source(SourceKind.INSIDE_SOURCE, place="KP-09", name="Pak")


def read() -> tuple[Report, Outcome]:
    recorded, report = told("authority", {"holder": "MSS"}, direction=DOWN, voice=PAK)
    return msgspec.structs.replace(report, author="Kim Min", origin="pak.docx"), (recorded.claim,)


@pytest.mark.parametrize("opened", [False, True], ids=["locked", "open"])
def test_what_recording_strips_is_in_the_vault_before_it_is_recorded(
    vault: Vault, both: list[str], opened: bool
) -> None:
    ((report, claims),) = keeping(vault.unlock(both) if opened else vault, [read()])
    assert not isinstance(claims, Exception)
    voice = claims[0].voice.name or ""
    with Vault.open(vault.path).unlock(both) as again:
        assert again.get(report.hash)[0].sealed == {"author": "Kim Min", "origin": "pak.docx"}
        assert again.get(voice)[0].sealed == {"name": "Pak", "report": report.hash}
        assert (voice == again.handle(report.publisher, "Pak")) is opened
    assert "Pak" not in repr((report, claims))


def test_what_could_not_be_read_is_handed_on_and_without_a_vault_all_is() -> None:
    failed: tuple[Report, Outcome] = (read()[0], ValueError())
    assert list(keeping(None, [failed, read()])) == [failed, read()]


def test_failures_keep_nothing(vault: Vault) -> None:
    failed: tuple[Report, Outcome] = (read()[0], ValueError())
    before = len(vault)
    assert list(keeping(vault, [failed])) == [failed]
    assert len(vault) == before


def test_keys_are_for_their_owner_only_and_never_overwritten(tmp_path: Path) -> None:
    new_key(tmp_path / "key")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    with pytest.raises(ProtectError, match="File exists"):
        new_key(tmp_path / "key")
