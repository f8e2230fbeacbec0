"""交换包这一页办的事，一句话说办成了什么；不认识 Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from counter_assistant.domain.closing.head_statement import HeadStatement, HeadWitnessed
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.exchange.bundle_entry import Outcome
from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.catalogue.centre_key import take_centre_key
from counter_assistant.operations.exchange import receiving
from counter_assistant.operations.exchange.answering import answer_branch
from counter_assistant.operations.exchange.looking_into import settle_finding
from counter_assistant.operations.exchange.sending import send_to_centre
from counter_assistant.operations.exchange.taking import Received, taken_before
from counter_assistant.operations.office import Office
from counter_assistant.storage.exchange.bundle_file import Bundle, read_bundle
from counter_assistant.storage.exchange.bundle_manifest import CENTRE
from counter_assistant.storage.exchange.bundle_part import PartKind
from counter_assistant.storage.packs.handed_key import HandedKey, read_handed
from counter_assistant.storage.packs.key_file import NAME, OPENING_NAME, Signer, open_key, open_pair

PULL = "已写好，读回来一样，可以拔出。"
NEVER = "中心还没有签过"
_ABOUT_KEY = frozenset(
    (
        "bundle-key-unconfirmed", "bundle-foreign-key", "witness-key-unconfirmed", "witness-foreign-key", "centre-key-unconfirmed",
    )
)  # fmt: skip
"""What is refused until somebody has compared a fingerprint."""


class Done(NamedTuple):
    """What was done, in a sentence; `well` where nothing of it is left to be looked into."""

    words: str
    well: bool = True


@dataclass(frozen=True, slots=True)
class Brought:
    """A bundle that was chosen; of one of the centre what it holds."""

    bundle: Bundle
    looked: receiving.Looked | None = None

    @property
    def has_pack(self) -> bool:
        """Whether a second person is needed."""
        return self.looked is not None and any(part.kind is PartKind.PACK for part, _ in self.looked.parts)


@dataclass(frozen=True, slots=True)
class Handed:
    """The centre's public key, as a file of its own."""

    key: HandedKey


class Exchange:
    """What can be done with bundles in an office. Each act says in a sentence what was done; `compared` says that the fingerprint which was
    shown was compared, and is right."""

    def __init__(self, office: Office) -> None:
        self.office = office

    @property
    def is_centre(self) -> bool:
        """Whether bundles of branches are taken here."""
        return self.opening_key.is_file() or bool(taken_before(self.office))

    @property
    def opening_key(self) -> Path:
        """Where the centre's key for opening books lies, if it is kept here."""
        return self.office.folder / OPENING_NAME

    @property
    def signing_key(self) -> Path:
        """Where the centre's signing key lies, if it is kept here."""
        return self.office.folder / NAME

    open_pair, open_signer = staticmethod(open_pair), staticmethod(open_key)

    def standing(self) -> str:
        """How far the centre has signed the book, and how much there is since."""
        entry, end = self.office.book.latest(EntryKind.HEAD_WITNESSED), self.office.book.head()[0]
        if entry is None:
            return f"{NEVER}，台账共 {end} 条"
        said = HeadStatement.from_text(HeadWitnessed.from_payload(entry.payload).statement)
        day = chinese_date(datetime.fromisoformat(said.time).date())
        return f"中心签过到第 {said.entries} 条（{day}），以后有 {end - said.entries} 条"

    @staticmethod
    def is_about_key(refusal: Refusal) -> bool:
        """Whether it is only refused because nobody has compared a fingerprint, which it says."""
        return refusal.code in _ABOUT_KEY

    @staticmethod
    def open(path: Path) -> Bundle | HandedKey:
        """What a file is that lies on a stick, which may be slow: a bundle, or the centre's public key. Asks nothing of the book, so that any
        thread may do it.

        Raises:
            Refusal: what `read_bundle` and `read_handed` refuse.
        """
        try:
            return read_bundle(path)
        except Refusal as refusal:
            if refusal.code != "bundle-foreign":
                raise
            return _handed(path, refusal)

    def look(self, opened: Bundle | HandedKey) -> Brought | Handed:
        """What a file brings here.

        Raises:
            Refusal: what `receiving.look` refuses.
        """
        if isinstance(opened, HandedKey):
            return Handed(opened)
        if opened.manifest.to == CENTRE:
            return Brought(opened)
        return Brought(opened, receiving.look(self.office, opened))

    def send(self, folder: Path) -> Done:
        """Makes a bundle for the centre."""
        sent = send_to_centre(self.office, folder)
        said = sent.manifest
        which = f"{sent.path.name}：第 {said.after + 1} 条到第 {said.said.entries} 条，给中心。"
        if said.lines == 0:
            which = f"{sent.path.name}：没有新的，中心签过的就是最后一条。"
        return Done(f"{which}{PULL}第一次送的，告诉中心这个指纹：{sent.fingerprint}")

    @staticmethod
    def of_taken(received: Received) -> Done:
        """What came of the bundle of a branch."""
        merged, which = received.merged, f"安装点 {received.said.installation} 到第 {received.said.entries} 条"
        if merged.outcome is Outcome.WAITS:
            return Done(f"{which}：前面缺一段，先存着，等缺的送来。可以拔出。", False)
        if merged.outcome is Outcome.REJECTED:
            return Done(f"{which}：没有收下，{merged.why}可以拔出。", False)
        what = f"收下了 {merged.new} 条新的" if merged.new else "没有新的，中心都有"
        more = f"，以前等着的 {len(merged.joined)} 包也接上了" if merged.joined else ""
        return Done(f"{which}：{what}{more}。可以拔出。")

    def receive(self, brought: Brought, confirmed_by: str = "", compared: bool = False) -> Done:
        """Takes the bundle of the centre, part by part."""
        assert brought.looked is not None
        trust = brought.bundle.manifest.fingerprint if compared else ""
        done = receiving.receive(self.office, brought.looked, trust, confirmed_by)
        said = "".join(each.sentence for each in done) or "里面没有什么。"
        return Done(f"{said}可以拔出。", all(each.why is None for each in done))

    def take_key(self, handed: Handed, compared: bool = False) -> Done:
        """Takes the centre's public key."""
        entry = take_centre_key(self.office, "", handed.key, handed.key.fingerprint if compared else "")
        return Done(f"已收下{handed.key.centre}的公钥，台账第 {entry.seq} 条。以后的交换包都封给它。")

    def answer(self, folder: Path, installation: str, signer: Signer) -> Done:
        """Makes a bundle for a branch."""
        made = answer_branch(self.office, folder, installation, signer)
        inside = "、".join(part.kind.label for part in made.parts) or "没有什么"
        unsigned = f"没有签它的台账头：{made.unsigned}" if made.unsigned else ""
        return Done(f"{made.sent.path.name}：给 {installation}，里面有{inside}。{unsigned}{PULL}", not made.unsigned)

    def settle(self, finding: str, reason: str) -> Done:
        """Writes down what came of looking into a finding."""
        entry = settle_finding(self.office, finding, reason)
        return Done(f"已记下，台账第 {entry.seq} 条。")


def _handed(path: Path, otherwise: Refusal) -> HandedKey:
    try:
        return read_handed(path)
    except Refusal as refusal:
        raise (otherwise if refusal.code == "centre-key-foreign" else refusal) from refusal
