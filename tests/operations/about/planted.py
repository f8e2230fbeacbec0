"""People planted wherever a diagnosis looks or might look: in the book, in every file beside it, in the folder's name, on the PC."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import tomli_w

from counter_assistant.domain.people.office_profile import Body, OfficeProfile
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.printing.jobs import Printer
from tests.make import a_request, an_office, confirmed

NAMES = ("龘靐齉", "龘某某", "龘小明", "longmoumou")
NUMBERS = ("13987654321", "530926198703045129", "530926198703045", "0883-2198765", "98765")
PLACES = ("龘家巷", "龘文件夹")
CANARIES = (*NAMES, *NUMBERS, *PLACES)
PRINTERS = [
    Printer("longmoumou-13987654321", "龘靐齉的打印机", is_default=True, reasons=("media-empty-error",)),
    Printer("龘小明", "530926198703045129", stopped=True),
]


def planted_office(folder: Path) -> Office:
    """An office of which every text is somebody's name or number, and so is every file beside its book."""
    home = folder / "龘文件夹-longmoumou-13987654321"
    home.mkdir()
    office = an_office(home)
    office.decide_profile(_profile(office))
    applicant = {"name": "龘靐齉", "phone": "13987654321", "id_number": "530926198703045129"}
    slip = issue_slip(office, a_request(applicant=applicant)).slip
    assert slip is not None
    beside(home, slip.number)
    return office


def beside(home: Path, number: str) -> None:
    """What a hostile hand writes into every file that lies beside a book."""
    people = " ".join(CANARIES)
    errors = [
        f"2026-11-22 09:00:00 KeyError page.py:12 open_page > 龘靐齉.py:13987 {people}",
        f"2026-11-23 09:00:00 龘靐齉 龘小明.py:98765 x > longmoumou.py:98765 {number}",
        f"2026-11-23 10:00:00 LongmoumouError page.py:7 f > longmoumou.py:98765 龘 > 龘page.py:98765 x {people}",
        f"{people}",
        "",
    ]
    (home / "errors.log").write_text("\n".join(errors), "utf-8")
    settings = {
        "printer": "longmoumou-13987654321", "opener": "龘靐齉", "key_file": "龘家巷/98765", "geometry": "龘靐齉",
        "printers": {"龘靐齉": "龘小明", "A5": "龘某某", "13987654321": "longmoumou"},
        "adjustments": {"龘小明": {"right_mm": 1.0, "tray": "龘某某"}},
    }  # fmt: skip
    (home / "settings.toml").write_text(tomli_w.dumps(settings), "utf-8")
    (home / "rehearsal.json").write_text(json.dumps({"龘靐齉": people}), "utf-8")
    (home / "龘靐齉-530926198703045129.pdf").write_bytes(people.encode())


def _profile(office: Office) -> OfficeProfile:
    names = iter(NAMES * 3)
    clerks = tuple(
        replace(
            clerk, name=f"{next(names)}{n}", phone="13987654321", title="龘某某", duty="龘家巷", department="龘小明"
        )
        for n, clerk in enumerate(office.profile.clerks)
    )
    return replace(
        confirmed(office.profile), clerks=clerks, unit="龘靐齉中心", branch="龘家巷管理部", window="98765", address="龘家巷 98765 号",
        short_name="龘公积金", installation_name="龘一", supervision_phone="0883-2198765", banks="龘某某行", hours="龘小明在时",
        bodies=(Body("龘靐齉所", "龘家巷", "13987654321"),),
    )  # fmt: skip


def plant_on_pc(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PC that is called after somebody in everything that it says of itself."""
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: {"ID": "longmoumou", "VERSION_ID": "13987654321"})
    monkeypatch.setattr(platform, "release", lambda: "龘靐齉-13987654321")
    monkeypatch.setattr(platform, "machine", lambda: "longmoumou")
    monkeypatch.setattr(platform, "libc_ver", lambda: ("龘靐齉", "530926198703045129"))
    monkeypatch.setattr(platform, "python_version", lambda: "3.11.7+longmoumou")
    monkeypatch.setattr(platform, "node", lambda: "龘靐齉-PC")
    monkeypatch.setattr("locale.getlocale", lambda: ("龘靐齉", "longmoumou"))
    for name in ("USER", "LOGNAME", "USERNAME", "HOSTNAME", "LANG", "HOME"):
        monkeypatch.setenv(name, "/龘家巷/longmoumou")


def told_of(text: str, number: str = "") -> Iterator[str]:
    """What of the planted people stands in a text, in whatever letters."""
    small = text.lower()
    yield from (
        canary for canary in (*CANARIES, number, "龘", "1398765", "309261") if canary and canary.lower() in small
    )
