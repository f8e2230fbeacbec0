"""网点收中心的交换包：先看里面有什么，再逐件收；一件收不下的说清楚，别的照收."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counter_assistant.domain.calendar.workdays import YearCalendar
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.pack import Pack
from counter_assistant.domain.typed_text.characters import half_width
from counter_assistant.operations.calendars.adopt import compare, take_year
from counter_assistant.operations.catalogue.centre_key import take_centre_key
from counter_assistant.operations.catalogue.packs import look_at, take_pack
from counter_assistant.operations.exchange.sending import key_here
from counter_assistant.operations.office import Office
from counter_assistant.operations.witnessing.taking import refuse_key, take_head
from counter_assistant.storage.exchange.bundle_file import Bundle
from counter_assistant.storage.exchange.bundle_manifest import Manifest
from counter_assistant.storage.exchange.bundle_part import BundlePart, Content
from counter_assistant.storage.packs.handed_key import HandedKey
from counter_assistant.storage.witnessing.cosigned_head import CosignedHead


@dataclass(frozen=True, slots=True)
class Looked:
    """A bundle of the centre as it is shown before anything of it is taken; a line for each part says what it would change."""

    manifest: Manifest
    parts: tuple[tuple[BundlePart, Content], ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartTaken:
    """What came of one part: the number of the entry, or why there is none."""

    label: str
    entry: int = 0
    why: Refusal | None = None

    @property
    def sentence(self) -> str:
        """What a clerk reads of it."""
        return f"{self.label}：{self.why or f'已收下，台账第 {self.entry} 条。'}"


def look(office: Office, bundle: Bundle) -> Looked:
    """What a bundle of the centre holds. Nothing is taken.

    Raises:
        Refusal: `bundle-not-for-here`; what `Bundle.opened`, `Bundle.texts` and `BundlePart.read` refuse.
    """
    here = half_width(office.profile.installation_code)
    if bundle.manifest.to != here:
        raise Refusal("bundle-not-for-here", f"这一包是给 {bundle.manifest.to} 的，这里是 {here}。", "请拿到那里去收。")
    parts = [BundlePart.from_text(text) for text in bundle.texts(bundle.opened(key_here(office).pair))]
    read = [(part, part.read()) for part in parts]
    return Looked(bundle.manifest, tuple(read), tuple(_line(office, part, said) for part, said in read))


def receive(office: Office, looked: Looked, trust: str = "", confirmed_by: str = "") -> tuple[PartTaken, ...]:
    """Takes what was looked at, part by part: each is an act of its own, and whoever may not do one leaves it to somebody who may; the same bundle
    is simply taken again then. `trust` is the fingerprint of the centre's key, where somebody compared it; `confirmed_by` the second person that a
    pack asks for.

    Raises:
        Refusal: what `refuse_key` and `Office.permit` refuse.
    """
    office.permit(Permission.WITNESS)
    refuse_key(office, looked.manifest.algorithm, looked.manifest.key, trust)
    return tuple(_taken(office, part, said, trust, confirmed_by) for part, said in looked.parts)


def _taken(office: Office, part: BundlePart, said: Content, trust: str, confirmed_by: str) -> PartTaken:
    try:
        match said:
            case CosignedHead():
                entry = take_head(office, said)
            case HandedKey():
                entry = take_centre_key(office, "", said, trust)
            case YearCalendar():
                entry = take_year(office, said, "", "")
            case Pack():
                entry = take_pack(office, look_at(office, said), confirmed_by, trust)
    except Refusal as refusal:
        return PartTaken(part.kind.label, why=refusal)
    return PartTaken(part.kind.label, entry.seq)


def _line(office: Office, part: BundlePart, said: Content) -> str:
    """What a part says, and what it would change here."""
    match said:
        case CosignedHead():
            what = f"第 {said.said.entries} 条，{said.said.time[:10]}"
        case HandedKey():
            what = f"{said.centre}，签它的密钥 {said.fingerprint}"
        case YearCalendar():
            change = compare(office, said)
            days: Sequence[str] = [each.words for each in (*change.added, *change.removed)]
            what = f"{said.year}年，{said.number or '未发布'}；{'；'.join(days) or '与现在用的相同'}"
        case Pack():
            seen = look_at(office, said)
            changed = "、".join(f"{each.item} {each.name}" for each in seen.items) or "没有改动的事项"
            what = f"目录 {said.edition.version}（{said.edition.approval.number}），{changed}"
    return f"{part.kind.label}：{what}"
