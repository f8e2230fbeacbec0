"""中心给网点的交换包：签过的台账头、施行的目录、采用的放假日历、打开台账的公钥；由中心签名，封给那个网点."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from counter_assistant.domain.calendar.calendar_entry import CalendarTaken
from counter_assistant.domain.calendar.workdays import YearCalendar
from counter_assistant.domain.closing.head_statement import HeadStatement
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.exchange.bundle_entry import BundleTaken, Outcome
from counter_assistant.domain.exchange.strand import Strand
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import read_plain, reason_of
from counter_assistant.operations.catalogue.packs import make_pack
from counter_assistant.operations.exchange.sending import ENDING, Sent, key_here, manifest_of, require_folder, statement
from counter_assistant.operations.exchange.taking import books_of, taken_before
from counter_assistant.operations.office import Office
from counter_assistant.operations.witnessing.cosigning import cosign
from counter_assistant.storage.exchange.bundle_file import Sender, write_bundle
from counter_assistant.storage.exchange.bundle_part import BundlePart, PartKind
from counter_assistant.storage.packs.handed_key import read_handed
from counter_assistant.storage.packs.key_file import Signer
from counter_assistant.storage.safekeeping.heads import all_hashes
from counter_assistant.storage.witnessing.statement_file import Stated

_LARGEST_KEY = 1 << 16


@dataclass(frozen=True, slots=True)
class Answer:
    """A bundle for a branch: what is in it, and why a head of its book is not."""

    sent: Sent
    parts: tuple[BundlePart, ...]
    unsigned: str


def answer_branch(
    office: Office, folder: Path, installation: str, signer: Signer, handed: Path | None = None
) -> Answer:
    """Makes a bundle for the branch whose installation has this code, sealed to the key that its last bundle named. Its head is co-signed
    where it goes on from what was signed. `handed` is the file with the centre's public key, where that goes along.

    Raises:
        Refusal: `branch-unknown` (it has brought nothing yet); what `Office.permit`, `make_pack`, `read_handed`, `require_folder` and
            `write_bundle` refuse.
    """
    office.permit(Permission.BRANCHES)
    brought = [each for each in taken_before(office) if each.of.installation == installation]
    if not brought:
        raise Refusal(
            "branch-unknown", f"安装点 {installation} 还没有送来过交换包，不知道封给谁。", "请先收下它送来的一包，再做给它的。"
        )  # fmt: skip
    require_folder(folder)
    parts, unsigned = list(_common(office, signer, handed)), ""
    try:
        parts.insert(0, _head(office, brought, signer))
    except Refusal as refusal:
        unsigned = str(refusal)
    seq, head = office.book.head()
    path = folder / f"centre-{installation}-{seq:06d}{ENDING}"
    made = write_bundle(
        path, manifest_of(installation, statement(office, seq, head)), Sender(signer, key_here(office).pair.public),
        bytes.fromhex(brought[-1].opens), (part.text for part in parts),
    )  # fmt: skip
    return Answer(Sent(path, made, path.stat().st_size), tuple(parts), unsigned)


def _common(office: Office, signer: Signer, handed: Path | None) -> Iterator[BundlePart]:
    """What is the same for all branches."""
    if handed:
        read_handed(handed)
        try:
            yield BundlePart(PartKind.KEY, read_plain(handed, _LARGEST_KEY).decode())
        except OSError as error:
            raise Refusal(
                "centre-key-unreadable", f"无法读取 {handed.name}：{reason_of(error)}。", "请核对文件。"
            ) from error
    years: dict[int, CalendarTaken] = {}
    for entry in office.book.entries(EntryKind.CALENDAR):
        taken = CalendarTaken.from_payload(entry.payload).taken
        if isinstance(taken, YearCalendar):
            years[taken.year] = CalendarTaken(taken, "")
    yield from (BundlePart.of_year(years[year]) for year in sorted(years))
    if office.content.taken:
        content, _ = make_pack(office, signer)
        yield BundlePart(PartKind.PACK, content.decode())


def _head(office: Office, brought: Sequence[BundleTaken], signer: Signer) -> BundlePart:
    """The head of the branch's book, co-signed.

    Raises:
        Refusal: `head-of-fork`; what `cosign` refuses.
    """
    latest = next((each.of for each in reversed(brought) if each.outcome != Outcome.REJECTED), brought[-1].of)
    with books_of(office).strands(latest.book) as strands:
        if len(strands) != 1:
            raise Refusal(
                "head-of-fork", f"安装点 {latest.installation} 的台账在中心有 {len(strands)} 份，没有签哪一份。",
                "请先查明；查明以后请它单独送台账头，用 archive cosign --anew 写明缘由再签。",
            )  # fmt: skip
        (strand,) = strands
        said = _said_of(strand, brought)
    with books_of(office).opened(strand.name) as book:
        head = cosign(office, Stated(said, 0, all_hashes(book.database)), signer).head
    return BundlePart(PartKind.HEAD, head.line)


def _said_of(strand: Strand, brought: Sequence[BundleTaken]) -> HeadStatement:
    """What the branch said of its book when it had the head that the strand has."""
    return next(
        each.of for each in reversed(brought) if (each.of.entries, each.of.head) == (strand.entries, strand.head)
    )
