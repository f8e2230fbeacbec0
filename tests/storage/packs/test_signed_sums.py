"""A stick is what its list says, or it is refused; and the list is signed by whom it should be."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.pack import fingerprint
from counter_assistant.storage import ciphers
from counter_assistant.storage.packs import signed_sums
from counter_assistant.storage.packs.key_file import Signer
from counter_assistant.storage.packs.signed_sums import SIGNATURE, SUMS, check_stick, kept_signer, sign_sums

FILES = {
    "从这里开始.html": b"<h1>",
    "linux/a.deb": b"deb",
    "linux/depends/bookworm/b.deb": b"",
    "manual/手册.html": b"page",
}


def signer(secret: bytes = b"s" * 32) -> Signer:
    return Signer(ciphers.ED25519, ciphers.public_key(secret).hex(), secret)


SHOWN = fingerprint(ciphers.ED25519, signer().key)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    lines = []
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        lines.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
    (tmp_path / SUMS).write_text("".join(lines), "utf-8")
    return tmp_path


def refused(stick: Path, signed_by: str = "") -> str:
    with pytest.raises(Refusal) as refusal:
        check_stick(stick, signed_by)
    return refusal.value.code


def test_a_whole_stick_without_a_signature_says_that_nobody_signed_it(stick: Path) -> None:
    found = check_stick(stick)
    assert (found.files, found.fingerprint, found.unlisted) == (len(FILES), "", ())


def test_a_signed_one_says_by_whom(stick: Path) -> None:
    sign_sums(stick, signer())
    assert check_stick(stick).fingerprint == SHOWN
    assert check_stick(stick, SHOWN.replace(" ", "").upper()).files == len(FILES)


def test_what_is_not_listed_is_named(stick: Path) -> None:
    (stick / "linux" / "more.deb").write_bytes(b"more")
    sign_sums(stick, signer())
    for laid in ("System Volume Information/WPSettings.dat", ".Trash-1000/info/a", "$RECYCLE.BIN/desktop.ini"):
        (stick / laid).parent.mkdir(parents=True)
        (stick / laid).write_bytes(b"by a system")
    assert check_stick(stick).unlisted == ("linux/more.deb",)


def test_whom_a_pc_keeps_to_is_read_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "stick-signed-by"
    monkeypatch.setattr(signed_sums, "KEPT_SIGNER", kept)
    assert kept_signer() == ""
    kept.write_text(f"{SHOWN}\n", "ascii")
    assert kept_signer() == SHOWN
    kept.unlink()
    kept.mkdir()
    with pytest.raises(Refusal, match="不知道这台电脑认谁的签名"):
        kept_signer()


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_changed_cut_or_taken_away_is_told(stick: Path, name: str) -> None:
    sign_sums(stick, signer())
    (stick / name).write_bytes(FILES[name] + b"x")
    assert refused(stick) == "stick-damaged"
    (stick / name).write_bytes(FILES[name])
    assert check_stick(stick)
    (stick / name).unlink()
    assert refused(stick, SHOWN) == "stick-damaged"


def test_every_byte_of_list_and_signature_counts(stick: Path) -> None:
    """GIVEN a signed stick THEN with any one byte of the list or of its signature changed it is refused, or nobody signed it."""
    sign_sums(stick, signer())
    for name in (SUMS, SIGNATURE):
        whole = (stick / name).read_bytes()
        for place in range(0, len(whole) - 1, 3):
            (stick / name).write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            assert refused(stick, SHOWN) in ("stick-damaged", "stick-signature", "stick-foreign-key"), (name, place)
        (stick / name).write_bytes(whole)
    assert check_stick(stick, SHOWN)


def test_a_signature_that_is_missing_is_asked_for_only_where_one_must_be(stick: Path) -> None:
    assert refused(stick, SHOWN) == "stick-unsigned"
    sign_sums(stick, signer(b"t" * 32))
    assert refused(stick, SHOWN) == "stick-foreign-key"
    assert check_stick(stick).fingerprint != SHOWN


@pytest.mark.parametrize(
    "written",
    [b"", b"[]", b"{}", b"\xff", b"[" * 5000, b'{"algorithm": "none", "key": "", "signature": ""}', b'{"algorithm": "Ed25519", "key": "zz", "signature": "yy"}'],
)  # fmt: skip
def test_what_is_no_signature_is_a_wrong_one(stick: Path, written: bytes) -> None:
    (stick / SIGNATURE).write_bytes(written)
    assert refused(stick) == "stick-signature"


def test_a_signature_of_something_else_is_none_of_a_stick(stick: Path) -> None:
    made = signer().sign((stick / SUMS).read_bytes()).hex()
    (stick / SIGNATURE).write_text(json.dumps({"algorithm": ciphers.ED25519, "key": signer().key, "signature": made}))
    assert refused(stick) == "stick-signature"


@pytest.mark.parametrize(
    "listed",
    [b"", b"\n", b"\xff\xfe", b"0" * 64 + b" name\n", b"0" * 64 + b"  ../name\n", b"0" * 64 + b"  /etc/passwd\n", b"0" * 64 + b"  C:name\n"],
)  # fmt: skip
def test_a_list_that_cannot_be_followed_is_refused(stick: Path, listed: bytes) -> None:
    (stick / SUMS).write_bytes(listed)
    assert refused(stick) == "stick-damaged"


def test_a_folder_that_is_no_stick_is_named_as_such(tmp_path: Path) -> None:
    assert refused(tmp_path) == "stick-unreadable"
    (tmp_path / SUMS).mkdir()
    assert refused(tmp_path) == "stick-unreadable"


def test_a_link_is_not_followed_off_the_stick(stick: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """GIVEN a file of the stick that leads elsewhere THEN it is not what the list speaks of, though it holds the same."""
    away = tmp_path_factory.mktemp("away") / "a.deb"
    away.write_bytes(FILES["linux/a.deb"])
    (stick / "linux" / "a.deb").unlink()
    (stick / "linux" / "a.deb").symlink_to(away)
    assert refused(stick) == "stick-damaged"
