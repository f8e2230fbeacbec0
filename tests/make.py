"""Builders: what a test needs, with the least said. People and numbers here are invented."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from counter_assistant.domain.catalogue.items import Catalogue
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.people.roles import Role
from counter_assistant.operations.intake.request import Request
from counter_assistant.operations.intake.request_json import read_request
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.program import Program

BEIJING = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 23, 10, 42, tzinfo=BEIJING)
ID_NUMBER = "11010519491231002X"
"""The example number of GB 11643."""
PHONE = "13800000000"

SINGLE = {"who": "self", "marital": "unmarried", "lease": "registered", "fund_loan_open": "no"}
PHONES = {"玉罕": "13900002222", "岩温": "13900003333"}


def clock() -> datetime:
    """Monday 2026-11-23 10:42 in Beijing."""
    return NOW


def an_office(folder: Path, *, training: bool = False) -> Office:
    """An office with the example profile."""
    return open_office(folder, clock, training=training)


def give_items(office: Office, catalogue: Catalogue) -> None:
    """Lets an office work with other item files; those of the other offices stay as they are."""
    office.program = Program()
    vars(office.program)["catalogue"] = catalogue
    office.reread()


def confirmed(profile: OfficeProfile) -> OfficeProfile:
    """A profile of this office's own, checked: nothing that a paper prints is the example's any more."""
    clerks = tuple(
        replace(clerk, name=name, phone=f"0883-212{n:04}")
        for n, (clerk, name) in enumerate(
            zip(profile.clerks, ("罗𠅤克", "玉罕", "岩温", "白秀英", "李秋霞"), strict=True)
        )
    )
    return replace(
        profile, branch="耿马管理部", installation_name="耿一", installation_code="530926",
        supervision_phone="0883-2129999", clerks=clerks, confirmed=True, address="耿马镇白马路18号一楼",
        hours="周一至周五 8:30–11:30、14:30–17:30", banks="农业银行、信用社", online="一部手机办事通",
        result="转入您的借记卡",
    )  # fmt: skip


def administrators(profile: OfficeProfile) -> OfficeProfile:
    """A profile in which everybody looks after everything."""
    roles = (Role.CLERK.value, Role.ADMINISTRATOR.value)
    return replace(profile, clerks=tuple(replace(clerk, roles=roles) for clerk in profile.clerks))


def content(item: str = "B08", **changes: Any) -> dict[str, Any]:
    """The JSON object of a request: an inquiry by one person."""
    return {"item": item, "applicant": {"name": "罗𠅤克", "phone": PHONE}, **changes}


def a_request(item: str = "B08", **changes: Any) -> Request:
    """A request as the command line reads it."""
    return read_request(content(item, **changes))


def told_otherwise(
    office: Office, *, edition: str = "", clerk: str = "0001", name: str = "玉罕", uuid: str = "first"
) -> None:
    """A first telling without the identity card, and a second visit today; `edition`: that the first was told from."""
    template = {"name": f"样{uuid}", "phone": PHONE}
    issue_slip(office, a_request(applicant=template, answers=SINGLE, delivery="oral", request_id=f"template {uuid}"))
    entry = office.book.find(f"template {uuid}")
    assert entry is not None
    facts = entry.payload["facts"]
    required = {id_: line for id_, line in facts["told"]["required"].items() if id_ != "id-card"}
    changed = {
        **facts, "case": uuid, "clerk": clerk, "catalogue": edition or facts["catalogue"],
        "told": {**facts["told"], "required": required},
    }  # fmt: skip
    person = {**entry.payload["applicant"], "name": name, "phone": PHONES[name]}
    first = {"result": entry.payload["result"], "applicant": person, "facts": changed}
    office.book.append(EntryKind.ORAL_NOTICE, first, uuid=uuid)
    issue_slip(office, a_request(applicant={"name": name, "phone": PHONES[name]}, answers=SINGLE, clerk=clerk))


def request_file(folder: Path, **changes: Any) -> Path:
    """A request file."""
    path = folder / "request.json"
    path.write_text(json.dumps(content(**changes), ensure_ascii=False), encoding="utf-8")
    return path


def text_of(pdf: bytes) -> str:
    """What a reader copies out of a PDF, without line ends."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    return "".join("".join(pages).split())
