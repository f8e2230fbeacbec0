"""人员的公示：工作人员一览表、岗位公示、带班安排；都照单位资料里的人员和岗位（守则 一(三)1⑷、2⑶）."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from counter_assistant.domain.displays.board import Board, BoardColumn
from counter_assistant.domain.displays.cards import BLANK
from counter_assistant.domain.displays.rota import OnDuty, known
from counter_assistant.domain.formatting import chinese_date, listed

if TYPE_CHECKING:
    from counter_assistant.domain.people.office_profile import Clerk
    from counter_assistant.operations.office import Office

STAFF = (
    BoardColumn("姓名", 17, strong=True), BoardColumn("职务", 16), BoardColumn("工号", 13, whole=True),
    BoardColumn("服务项目", 31, centred=False), BoardColumn("AB 角", 12, whole=True), BoardColumn("联系电话", 25, whole=True),
)  # fmt: skip
POSTS = (
    BoardColumn("岗位", 23, strong=True), BoardColumn("科室", 21), BoardColumn("责任人", 18), BoardColumn("职务", 14),
    BoardColumn("联系电话", 26, whole=True),
)  # fmt: skip
ROTA = (
    BoardColumn("日期", 28, whole=True), BoardColumn("带班领导", 26, strong=True), BoardColumn("职务", 20),
    BoardColumn("联系电话", 26, whole=True),
)  # fmt: skip
VACANT = "空岗"
EXAMPLE = "示例"


def staff_board(office: Office, people: Sequence[Clerk]) -> Board:
    """工作人员一览表：姓名、职务、工号、服务项目和监督电话（守则 一(三)2⑶），AB 角（一(八)6）."""
    rows = tuple(
        (one.name, one.title or BLANK, one.staff_number, one.duty or BLANK, f"{one.corner} 角", one.phone or BLANK)
        for one in people
    )
    return _board(office, "工作人员一览表", _supervised(office), STAFF, rows)


def posts_board(office: Office) -> Board:
    """岗位公示：每个岗位由谁负责（守则 一(四)2 责任人）."""
    profile = office.profile
    rows = []
    for post in profile.posts:
        holder = profile.holder(post)
        who = (holder.name, holder.title or BLANK, holder.phone or BLANK) if holder else (VACANT, "—", "—")
        rows.append((post.name, post.department or BLANK, *who))
    return _board(office, "岗位公示", _supervised(office), POSTS, tuple(rows))


def rota_board(office: Office, days: Sequence[OnDuty]) -> Board:
    """带班安排：哪天谁带班（守则 一(三)1⑷）; what the office does not know of somebody stays open."""
    rows = []
    for one in days:
        clerk = known(office.profile, one.name)
        found = (clerk.title or BLANK, clerk.phone or BLANK) if clerk else (BLANK, BLANK)
        rows.append((one.day_in_words, one.name.strip() or BLANK, *found))
    span = f"{chinese_date(days[0].day)}至{chinese_date(days[-1].day)}" if days else ""
    return _board(office, "带班安排", span, ROTA, tuple(rows))


def _board(
    office: Office, title: str, lead: str, columns: tuple[BoardColumn, ...], rows: tuple[tuple[str, ...], ...]
) -> Board:
    profile = office.profile
    unit = listed((profile.unit, profile.branch, profile.window), "　")
    return Board(unit, title, EXAMPLE if office.is_example else "", lead, columns, rows, ())


def _supervised(office: Office) -> str:
    profile = office.profile
    return listed((f"监督电话　{profile.supervision_phone}", profile.hotlines), "　")
