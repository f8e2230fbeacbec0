"""中心收网点的交换包：先认签名是谁的，再打开，逐条核对，接到它自己的那一本；接不上的等着，分叉的另成一份，都列出来."""

from __future__ import annotations

from dataclasses import dataclass

from counter_assistant.domain.closing.head_statement import HeadStatement
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.exchange.bundle_entry import BundleTaken, FindingSettled, Outcome
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.pack import fingerprint, is_fingerprint
from counter_assistant.operations.exchange.merging import Merged, bring
from counter_assistant.operations.office import Office
from counter_assistant.storage.ciphers import Pair
from counter_assistant.storage.exchange.branch_books import BranchBooks
from counter_assistant.storage.exchange.bundle_file import Bundle
from counter_assistant.storage.exchange.bundle_manifest import CENTRE, Manifest

ACT = "book:bundle:"
"""How the `uuid` of an entry begins that takes a bundle in; the beginning of its digest follows, so that it is taken once."""
_LENGTH = 32

SEAL_FIRST = "请先密封（在设置的“本机”里按 Ctrl+M）"


@dataclass(frozen=True, slots=True)
class Received:
    """A bundle that was brought: what its branch says of its book, what came of it, whether it had been brought before, and the entry that
    says so."""

    said: HeadStatement
    merged: Merged
    again: bool
    entry: Entry


def books_of(office: Office) -> BranchBooks:
    """The books of the branches that an office keeps as a centre."""
    return BranchBooks(office.folder, office.database.key, office.clock)


def taken_before(office: Office) -> list[BundleTaken]:
    """What was brought so far, in its order."""
    return [BundleTaken.from_payload(entry.payload) for entry in office.book.entries(EntryKind.BUNDLE_TAKEN)]


def settled_before(office: Office) -> list[FindingSettled]:
    """What somebody has said of findings, in its order."""
    return [FindingSettled.from_payload(entry.payload) for entry in office.book.entries(EntryKind.FINDING_SETTLED)]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A bundle that may be taken: whether the key that signed it was compared now, and who takes it."""

    bundle: Bundle
    trusted: bool
    clerk: str


def take_bundle(office: Office, bundle: Bundle, pair: Pair, trust: str = "", clerk: str = "") -> Received:
    """Takes what a branch brought. `pair` is the centre's key for opening books. The same bundle again changes nothing.

    Raises:
        Refusal: what `accept`, `bring` and `record_taken` refuse.
    """
    accepted = accept(office, bundle, trust, clerk)
    return record_taken(office, accepted, bring(books_of(office), bundle, pair))


def accept(office: Office, bundle: Bundle, trust: str = "", clerk: str = "") -> Accepted:
    """Asks whether a bundle may be taken, before anything of it is opened. `trust` is the fingerprint of the branch's key, where somebody
    compared that with what the branch wrote down.

    Raises:
        Refusal: `bundle-not-for-centre`, `centre-not-sealed`, `fingerprint-differs`, `bundle-key-unconfirmed`, `bundle-foreign-key`,
            `clock-doubtful`; what `Office.permit` refuses.
    """
    who = office.permit(Permission.BRANCHES, clerk)
    office.book.require_sound_clock()
    _refuse_unfit(office, bundle.manifest)
    _refuse_key(taken_before(office), bundle.manifest, trust)
    return Accepted(bundle, bool(trust), who.staff_number)


def record_taken(office: Office, accepted: Accepted, merged: Merged) -> Received:
    """Records in the centre's book what came of a bundle. Where that does not succeed, its entries are there all the same, and the same bundle
    again records it.

    Raises:
        Refusal: what `Book.append` refuses.
    """
    bundle = accepted.bundle
    again = any(each.bundle == bundle.id for each in taken_before(office))
    entry = _noted(office, bundle, merged, accepted.trusted, accepted.clerk)
    for each, its in merged.joined:
        if its.outcome is Outcome.REJECTED:
            _noted(office, each, its, False, accepted.clerk)
    return Received(bundle.manifest.said, merged, again, entry)


def _noted(office: Office, bundle: Bundle, merged: Merged, trusted: bool, clerk: str) -> Entry:
    """The entry that says what came of a bundle; of one that waited and was rejected then there are two."""
    said, outcome = bundle.manifest, merged.outcome
    taken = BundleTaken(
        bundle.id,
        said.statement,
        said.after,
        said.algorithm,
        said.key,
        said.opens,
        outcome.value,
        merged.why,
        trusted,
        clerk,
    )
    name = ACT + bundle.id[:_LENGTH] + (f":{outcome.value}" if outcome is Outcome.REJECTED else "")
    return office.book.append(EntryKind.BUNDLE_TAKEN, taken.to_payload(), uuid=name, digest=bundle.id)


def _refuse_unfit(office: Office, manifest: Manifest) -> None:
    if manifest.to != CENTRE:
        raise Refusal("bundle-not-for-centre", f"这一包是给安装点 {manifest.to} 的。", "请拿到那个网点去收。")
    if office.profile.confirmed and not office.sealed and not office.training:
        raise Refusal("centre-not-sealed", "中心的台账没有密封，网点的记录不能放在旁边。", f"{SEAL_FIRST}，再收。")


def _refuse_key(before: list[BundleTaken], manifest: Manifest, trust: str) -> None:
    """The key is the one that this installation signed with when its fingerprint was compared last."""
    installation, shown = manifest.said.installation, manifest.fingerprint
    if trust and not is_fingerprint(trust, shown):
        raise Refusal(
            "fingerprint-differs", f"核对的指纹与签名密钥的不同，签名密钥是 {shown}。", "请与网点写下的指纹再对一遍；不一致的不要收。"
        )  # fmt: skip
    known = [each for each in before if each.trusted and each.of.installation == installation]
    if trust or (known and (known[-1].algorithm, known[-1].key) == (manifest.algorithm, manifest.key)):
        return
    if not known:
        raise Refusal(
            "bundle-key-unconfirmed",
            f"安装点 {installation} 第一次送来，签名密钥的指纹还没有核对：{shown}。",
            "请打电话或者当面与网点做包时看到的指纹逐组核对，一致的用 --trust 写上再收。",
        )
    raise Refusal(
        "bundle-foreign-key",
        f"安装点 {installation} 这一次是另一把密钥签的（指纹 {shown}），以前是 {fingerprint(known[-1].algorithm, known[-1].key)}。",
        "请问网点是不是换过台账的钥匙或者电脑；确实是它的，核对新指纹后用 --trust 写上再收。",
    )
