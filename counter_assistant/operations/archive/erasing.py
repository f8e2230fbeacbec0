"""销毁保存期满的：两个人一起，写明依据；当事人的内容离开台账，编号和校验链都还在，另有一份销毁清册."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress

from counter_assistant.domain.cases.destruction import Certificate
from counter_assistant.domain.cases.retention import COPIES_KEPT
from counter_assistant.domain.entry import FORMS_OF
from counter_assistant.domain.papers.numbering import destruction_number
from counter_assistant.domain.people import roles
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.archive.certificates import certificate_of, certificates_after
from counter_assistant.operations.archive.number_keeping import clock_has_jumped
from counter_assistant.operations.archive.retention import Kept, kept_of_number, refuse_term
from counter_assistant.operations.cases.whole_matter import WholeMatter, said_about
from counter_assistant.operations.office import Office
from counter_assistant.operations.people.second_person import Second, another
from counter_assistant.storage.erasing.book_erasure import Destroyed
from counter_assistant.storage.safekeeping.backup_settings import change, load

LONGEST_REASON = 200
BY_PERSON = "本人要求删除"
"""How the ground begins where the person asked for it themselves (个人信息保护法 第四十七条)."""


ON_SERVER = "服务器的数据文件里还有残余：请把清册交给服务器的管理员，窗口都不办的时候办 VACUUM (FULL, ANALYZE)，再办 VACUUM FULL pg_statistic，{}以前清除今天以前的转储、备份和归档日志"
"""What is still to be done for a book on a server, until a day: a row that is deleted stays in its file until the table is written anew
(https://www.postgresql.org/docs/15/sql-vacuum.html), a name that was frequent in a column stays in the planner's statistics until they are gathered and written
anew, and all of it in whatever was copied before."""


def erase(office: Office, numbers: Sequence[str], reason: str, second: Second, clerk: str = "") -> Certificate:
    """Destroys the matters of slips, given by number, once the term of each has ended. All of them, or none.

    Raises:
        Refusal: `number-unknown`, `content-sealed-away`, `content-destroyed`, `term-not-ended`; what `destroy` refuses.
    """
    matters: dict[str, Kept] = {}
    for number in numbers:
        kept = kept_of_number(office, number)
        refuse_term(office, number, kept)
        matters[kept.matter.id] = kept
    return destroy(office, [kept.matter for kept in matters.values()], reason, second, clerk)


def destroy(
    office: Office, matters: Sequence[WholeMatter], reason: str, second: Second, clerk: str = ""
) -> Certificate:
    """Lets everything leave the book that it says of matters whose retention has ended: entries, what others say of them, drafts, and what is looked up.
    Of each paper number, kind and day stay. Then the file is written anew, and the day is noted from which on no copy of before is kept; of a book on a server whoever runs it does both.

    Raises:
        Refusal: `nothing-due`, `reason-missing`, `clock-just-moved`, `second-person-needed`, `clock-doubtful`, `already-erased`, `settings-unsaved`; what
            `Office.permit`, `roles.require` (of the second person), `another` and `check_text` refuse.
    """
    who = office.permit(Permission.ERASE, clerk).staff_number
    office.book.require_sound_clock()
    if not matters:
        raise Refusal("nothing-due", "没有保存期满、可以销毁的。", "不用销毁。")
    if not (why := check_text(reason.strip(), "销毁的依据", LONGEST_REASON)):
        raise Refusal("reason-missing", "销毁要写明依据，如批准的文号。", "请填写依据后重试。")
    if clock_has_jumped(office):
        raise Refusal(
            "clock-just-moved", "电脑时间刚刚往前跳过，确认还不到一个月。", "请过一个月再销毁：保存期要按走稳的时间算。"
        )
    needed = Refusal("second-person-needed", "销毁要两个人一起办。", "请另一位带班领导或者档案员在旁边确认。")
    other = another(office, second, {who}, needed)
    office.at_window.forget_coming()
    roles.require(office.profile, office.profile.clerk(other), Permission.ERASE)
    papers = frozenset(number for matter in matters for number in matter.papers)
    said = (
        *(one for matter in matters for one in matter.said),
        *(one for some in said_about(office, matters).values() for one in some),
    )
    gone = Destroyed(
        {one.entry.seq for one in said}, papers, _drafts(office, {matter.id for matter in matters}), who, other, why,
        (office.today() + COPIES_KEPT).isoformat(), lambda year, n: destruction_number(year, n, office.profile),
    )  # fmt: skip
    folder, before = office.folder, office.book.head()[0]
    if not office.database.shared:
        change(folder, begun=load(folder).begun or before)  # so that what is cut off from here on is ended later
    number = office.book.destroy(gone)
    office.prints.settle(papers)
    finish(office)
    return certificate_of(office, number, before)


def _drafts(office: Office, cases: Collection[str]) -> set[str]:
    """The drafts that belong to cases: what was asked for their forms, and who was put aside while one went on."""
    going = {draft.uuid for draft in office.drafts.all() if draft.body.get("case") in cases}
    return going | {f"{FORMS_OF}{case}" for case in cases}


def finish(office: Office) -> bool:
    """Ends what a destruction that was cut off left to be done: the day noted from which on older copies go, and the file written anew. Whether the file
    holds nothing of what was destroyed any more; done again it does nothing. Of a book on a server both are for whoever runs it (`left_where`)."""
    if office.database.shared:
        return True
    folder = office.folder
    settings = load(folder)
    if not settings.begun:
        return True
    done = {(one.at.isoformat(), one.copies_by.isoformat()) for one in certificates_after(office, settings.begun)}
    today = office.today().isoformat()
    past = sorted(one for one in settings.gone if one[1] <= today)[-1:]
    going = sorted({*past, *(one for one in settings.gone if one[1] > today), *done})
    anew = not done or office.book.write_anew()
    with suppress(Refusal):  # what cannot be noted now is with the next look
        change(folder, gone=tuple(going), begun=0 if anew else settings.begun)
    return anew


def left_where(office: Office, certificate: Certificate) -> str:
    """Where something of what was destroyed may still be, in words."""
    day = certificate.copies_by
    by = f"{day.year}年{day.month}月{day.day}日"
    if office.database.shared:
        return f"{ON_SERVER.format(by)}；导出的文件和打出的纸，请照清册收回销毁。"
    rest = (
        ""
        if not load(office.folder).begun
        else "台账文件大或者别处开着，还没有整个重写，擦去的字在文件的空白处可能还有残余；空闲时再写。"
    )
    copies = f"本机和插着的备份盘上早于今天的备份，{by}起自己清除"
    return f"{copies}；拔走的盘、导出的文件和打出的纸，请照清册收回销毁。{rest}"
