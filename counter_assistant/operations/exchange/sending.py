"""网点做交换包：台账里从中心上次签过的以后的全部记录，签名，封给中心，写到盘上，读回来一样才算."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from counter_assistant.domain.closing.head_statement import HeadStatement
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.characters import half_width
from counter_assistant.files import clear_abandoned
from counter_assistant.operations.keys.ring_changes import centre_public
from counter_assistant.operations.office import Office
from counter_assistant.operations.witnessing.stating import last_witnessed
from counter_assistant.storage.exchange.bundle_file import Sender, write_bundle
from counter_assistant.storage.exchange.bundle_manifest import CENTRE, Manifest
from counter_assistant.storage.exchange.installation_key import InstallationKey, installation_key
from counter_assistant.storage.safekeeping.heads import hash_at
from counter_assistant.storage.safekeeping.stored_lines import book_name, last_erasure, lines_after

ENDING = ".bundle"
_BATCH = 500
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Sent:
    """A bundle that lies on the stick: where, what it says of itself, how many bytes it has, and the fingerprint of the key that signed it."""

    path: Path
    manifest: Manifest
    size: int

    @property
    def fingerprint(self) -> str:
        """What the receiver compares on paper the first time."""
        return self.manifest.fingerprint


def send_to_centre(office: Office, folder: Path, since: int | None = None) -> Sent:
    """Makes a bundle for the centre in a folder: every entry after the one whose head the centre signed last, if one was taken in, or after
    number `since`. It is sealed to the key for opening books that the centre handed out.

    Raises:
        Refusal: `no-centre-key`, `no-such-entry`, `bundle-book-busy`, `bundle-no-folder`; what `write_bundle` and `installation_key` refuse.
    """
    public = centre_public(office)
    if not public:
        raise Refusal(
            "no-centre-key", "还没有收下中心打开台账的公钥，交换包没有封给谁。",
            "请管理员收下中心发来的公钥文件（book take-centre-key），再做一份。",
        )  # fmt: skip
    require_folder(folder)
    seq, head = office.book.head()
    after = (last_witnessed(office) or 0) if since is None else since
    if not 0 <= after <= seq:
        raise Refusal("no-such-entry", f"台账只有 {seq} 条，没有第 {after} 条。", "请写中心已经有的是到第几条。")
    key = key_here(office)
    said = statement(office, seq, head)
    path = folder / f"{said.installation}-{seq:06d}-{head[:8]}{ENDING}"
    for _ in range(_TRIES):
        erased = _last_erasure(office)
        made = write_bundle(
            path, manifest_of(CENTRE, said, after, hash_at(office.database, after) if after else ""),
            Sender(key.signer, key.pair.public), public, _lines(office, after, seq),
        )  # fmt: skip
        if _last_erasure(office) == erased:
            return Sent(path, made, path.stat().st_size)
    raise Refusal("bundle-book-busy", "做的时候一直有人在清除。", "请等柜台空下来再做一份。")


def key_here(office: Office) -> InstallationKey:
    """The key of this installation.

    Raises:
        Refusal: what `installation_key` refuses.
    """
    return installation_key(office.folder, office.database.key)


def statement(office: Office, seq: int, head: str) -> HeadStatement:
    """What this office says of its book."""
    with office.database.query() as handle:
        book = book_name(handle)
    time = office.database.now().replace(microsecond=0).isoformat()
    return HeadStatement(book, seq, head, half_width(office.profile.installation_code), time)


def manifest_of(to: str, said: HeadStatement, after: int = 0, before: str = "") -> Manifest:
    """What a bundle says of itself before it is written."""
    return Manifest(to, said.text, after, before or "0" * 64, 0, "", 0, "", "", "", "", "")


def require_folder(folder: Path) -> None:
    """Asks for a folder that is there: a stick that is out has none.

    Raises:
        Refusal: `bundle-no-folder`.
    """
    if not folder.is_dir():
        raise Refusal("bundle-no-folder", f"没有文件夹 {folder}。", "请插好盘，选盘上的一个文件夹。")
    clear_abandoned(folder)


def _last_erasure(office: Office) -> int:
    with office.database.query() as handle:
        return last_erasure(handle)


def _lines(office: Office, after: int, end: int) -> Iterator[str]:
    """The entries after a number up to the end, as lines. No lock is held between batches.

    Raises:
        Refusal: `book-damaged`.
    """
    while after < end:
        with office.database.query() as handle:
            batch = lines_after(handle, after, min(_BATCH, end - after))
        if not batch:
            raise office.database.damaged(f"第 {after + 1} 条记录缺失")
        for line in batch:
            yield line.to_text()
        after = batch[-1].seq
