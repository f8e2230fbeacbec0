"""内容包：中心把施行的一版签名发出；网点先看改了什么，核对密钥指纹，另一个人核对后照它施行（守则 一(四)3）."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from counter_assistant.domain.catalogue.approval import Approvals, with_approvals
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.content_entry import ContentTaken, TakenPack
from counter_assistant.domain.revision.differences import ItemDifference, Names, differences
from counter_assistant.domain.revision.edition_check import edition_faults
from counter_assistant.domain.revision.pack import Pack, fingerprint, is_fingerprint
from counter_assistant.domain.revision.statute_changes import statute_changes
from counter_assistant.domain.revision.visits import VisitRun
from counter_assistant.domain.wording.centre_phrases import CentrePhrase, phrase_changes
from counter_assistant.operations.catalogue.revising import as_told
from counter_assistant.operations.catalogue.taking import take, two_people
from counter_assistant.operations.catalogue.visiting import failing_visits
from counter_assistant.storage.packs.pack_file import ENDING, read_pack, write_pack
from counter_assistant.volumes import Stick, folders_in

if TYPE_CHECKING:
    from pathlib import Path

    from counter_assistant.domain.catalogue.items import Catalogue
    from counter_assistant.domain.wording.forbidden_phrase import ForbiddenPhrases
    from counter_assistant.operations.office import Office
    from counter_assistant.storage.packs.key_file import Signer

MEND = "请告诉中心改正后重新下发，这一份不能施行。"
ANEW = "请在事项页改正，核定新的一版，再做内容包。"


@dataclass(frozen=True)
class PackLook:
    """A pack as it is shown before it is taken: what it would change here, item by item, of the statutes, and of the centre's own phrases.

    `trusted`: its key is the one that this office trusts. Of a pack with `faults` no differences are told, and none of its
    typical visits is gone through; `failing` are those that are told otherwise than they must be.
    """

    pack: Pack
    trusted: bool
    faults: tuple[Fault, ...]
    items: tuple[ItemDifference, ...] = ()
    statutes: tuple[str, ...] = ()
    failing: tuple[VisitRun, ...] = ()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """What a pack is looked at against: what is told and trusted here, and the approvals of the book, which go on covering a text that stays
    as it is. Values that do not change while somebody else reads them."""

    catalogue: Catalogue
    approvals: Approvals
    phrases: tuple[CentrePhrase, ...]
    posts: Names
    forbidden: ForbiddenPhrases
    trusted: tuple[str, str] | None


class FoundPack(NamedTuple):
    """A file that is called like a pack, and on what it lies."""

    path: Path
    stick: str


def make_pack(office: Office, signer: Signer) -> tuple[bytes, Pack]:
    """The edition that is told here, signed: the bytes of its file, and the pack.

    Raises:
        Refusal: `nothing-to-pack` (no edition was taken), `fixed-by-centre` (it came in a pack that another key signed),
            `pack-faulty`, `visit-fails`.
    """
    entry, taken = office.book.latest(EntryKind.CONTENT_TAKEN), office.content.taken
    if entry is None or taken is None:
        raise Refusal(
            "nothing-to-pack", "本中心还没有核定施行过目录，没有可以发的。", "请先核定并施行一版，再做内容包。"
        )
    if taken.pack and (taken.pack.algorithm, taken.pack.key) != (signer.algorithm, signer.key):
        raise Refusal(
            "fixed-by-centre",
            f"现在施行的一版是{taken.pack.centre}的内容包。",
            "请用签那个内容包的密钥，或者由中心发。",
        )
    pack = Pack(office.profile.unit, entry.time, taken.edition, signer.algorithm, signer.key)
    _refuse_faults(_faults(office.program.forbidden_phrases, pack), ANEW)
    _refuse_failing(failing_visits(pack.edition), ANEW)
    return write_pack(pack, signer)


def told_here(office: Office) -> Told:
    """What is told and trusted in an office now."""
    edition = office.content.edition
    return Told(
        as_told(office.catalogue), replace(office.catalogue.approvals, in_texts=True, withdrawn=frozenset()),
        edition.phrases if edition else (), office.profile.post_names,
        office.program.forbidden_phrases, trusted_key(office),
    )  # fmt: skip


def look(office: Office, path: Path) -> PackLook:
    """What a pack says, whether its typical visits are told what they must be, and what it would change here. Nothing is taken.

    Raises:
        Refusal: what `read_pack` refuses.
    """
    return look_at(office, read_pack(path))


def look_at(office: Office, pack: Pack) -> PackLook:
    """What a pack that was read says, as `look` does of a file."""
    return seen_against(pack, told_here(office))


def look_against(path: Path, told: Told) -> PackLook:
    """As `look`, without the book, so that a thread may do it: it takes a second.

    Raises:
        Refusal: what `read_pack` refuses.
    """
    return seen_against(read_pack(path), told)


def seen_against(pack: Pack, told: Told) -> PackLook:
    """What a pack says, beside what is told here."""
    trusted = told.trusted == (pack.algorithm, pack.key)
    if faults := _faults(told.forbidden, pack):
        return PackLook(pack, trusted, faults)
    old, new = told.catalogue, as_told(with_approvals(pack.edition.catalogue, told.approvals))
    changed, laws = tuple(differences(old, new, told.posts)), tuple(statute_changes(old, new))
    phrases = tuple(phrase_changes(told.phrases, pack.edition.phrases))
    return PackLook(pack, trusted, (), changed, laws, failing_visits(pack.edition), phrases)


def packs_on(plugged_in: Iterable[Stick]) -> list[FoundPack]:
    """What is called like a pack on sticks, the newest first by the time of its file. It may take as long as a stick takes to be read."""
    found = list[tuple[float, FoundPack]]()
    for stick in plugged_in:
        for folder in folders_in(stick.folder):
            with suppress(OSError):
                found += [(path.stat().st_mtime, FoundPack(path, stick.name)) for path in folder.glob(f"*{ENDING}")]
    return [each for _, each in sorted(found, key=lambda pair: (-pair[0], pair[1].path))]


def take_pack(office: Office, seen: PackLook, confirmed_by: str, trust: str = "") -> Entry:
    """Records a pack that was looked at: it is told from its first day on. `trust` is the fingerprint that was compared.

    Raises:
        Refusal: what `refuse_hindered` and `two_people` refuse.
    """
    refuse_hindered(office, seen, trust)
    pack = seen.pack
    held = TakenPack(pack.id, pack.centre, pack.made.isoformat(), pack.algorithm, pack.key, not seen.trusted)
    return take(office, ContentTaken(pack.edition, *two_people(office, confirmed_by), held))


def refuse_hindered(office: Office, seen: PackLook, trust: str = "") -> None:
    """Lets only a pack pass that this office may take.

    Raises:
        Refusal: `fingerprint-differs` (another was compared), `pack-key-unconfirmed` (the first pack; nobody compared the
            fingerprint), `pack-foreign-key` (another key than the one that is trusted), `pack-known` (it is told already),
            `pack-older` (a later one was taken), `pack-faulty` (the check of an edition finds something), `visit-fails` (a
            typical visit of the pack is told otherwise than it must be).
    """
    _refuse_key(office, seen, trust)
    _refuse_older(office, seen.pack)
    _refuse_faults(seen.faults)
    _refuse_failing(seen.failing)


def trusted_key(office: Office) -> tuple[str, str] | None:
    """Algorithm and public key that this office trusts: of the last pack whose fingerprint was compared."""
    for entry in reversed(list(office.book.entries(EntryKind.CONTENT_TAKEN))):
        pack = ContentTaken.from_payload(entry.payload).pack
        if pack and pack.trusted:
            return pack.algorithm, pack.key
    return None


def _refuse_key(office: Office, seen: PackLook, trust: str) -> None:
    if trust and not is_fingerprint(trust, seen.pack.fingerprint):
        raise Refusal(
            "fingerprint-differs",
            f"核对的指纹与内容包的不同，内容包是 {seen.pack.fingerprint}。",
            "请与中心纸面上的指纹再对一遍；不一致的不要收。",
        )
    if seen.trusted or trust:
        return
    known = trusted_key(office)
    if known is None:
        raise Refusal(
            "pack-key-unconfirmed",
            f"第一次收{seen.pack.centre}的内容包，签名密钥的指纹还没有核对：{seen.pack.fingerprint}。",
            "请与中心纸面上的指纹逐组核对，一致的再确认信任。",
        )
    raise Refusal(
        "pack-foreign-key",
        f"内容包是另一把密钥签的（指纹 {seen.pack.fingerprint}），本网点信任的是 {fingerprint(*known)}。",
        "请问中心是否换了密钥；确实换了的，核对纸面上的新指纹后再确认信任。",
    )


def _refuse_older(office: Office, pack: Pack) -> None:
    held = [(entry, ContentTaken.from_payload(entry.payload)) for entry in office.book.entries(EntryKind.CONTENT_TAKEN)]
    if not held:
        return
    told = held[-1][1]
    edition = pack.edition.to_json()
    if told.edition.to_json() == edition:
        raise Refusal("pack-known", f"目录 {pack.edition.version} 已经在施行。", "不用再收。")
    before = next((entry.seq for entry, each in reversed(held) if each.edition.to_json() == edition), None)
    if pack.made < datetime.fromisoformat(told.pack.made) if told.pack else before is not None:
        raise Refusal(
            "pack-older",
            f"目录 {pack.edition.version} 比现在施行的 {told.edition.version} 旧。",
            f"确实要退回那一版的，退回到台账第 {before} 条。" if before else "请向中心索取最新的内容包。",
        )


def _faults(forbidden: ForbiddenPhrases, pack: Pack) -> tuple[Fault, ...]:
    """The faults of a pack for which it is not taken."""
    return tuple(each for each in edition_faults(pack.edition, forbidden) if not each.warning)


def _refuse_faults(faults: tuple[Fault, ...], remedy: str = MEND) -> None:
    if faults:
        more = f"等 {len(faults)} 处" if len(faults) > 1 else ""
        raise Refusal("pack-faulty", f"内容有毛病：{faults[0]}{more}。", remedy)


def _refuse_failing(failing: tuple[VisitRun, ...], remedy: str = MEND) -> None:
    if failing:
        more = f"另有 {len(failing) - 1} 个典型来访不对。" if len(failing) > 1 else ""
        raise Refusal("visit-fails", failing[0].sentence + more, remedy)
