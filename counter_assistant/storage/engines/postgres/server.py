"""台账在哪台服务器上，那台服务器合不合用。"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.engines.postgres import driver
from counter_assistant.storage.engines.postgres.line import SYSTEM, VERIFIED
from counter_assistant.storage.server.book_place import Shift

OLDEST = 150000
"""PostgreSQL 15, as its server_version_num counts."""
BOOK = "book"
"""The schema of a book where the address names none."""
_CLERK = "clerk_"
_HERE = {"localhost", "127.0.0.1", "::1"}
_NAME = re.compile(r"[a-z][a-z0-9_]{0,47}")
_MUST_BE = {"server_encoding": "UTF8", "fsync": "on", "full_page_writes": "on"}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a book lies: what libpq connects to, and the schema of the book there. It holds no password."""

    server: str
    schema: str = BOOK
    signed: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    """Who connects, and with which password, where that is asked for."""

    def as_role(self, role: str) -> Address:
        """The same, with the rights of a role that the user is a member of, from the connection on."""
        return replace(self, signed={**self.signed, "options": f"-c role={role}"})

    def in_schema(self, schema: str) -> Address:
        """The same server, another book."""
        return replace(self, schema=schema)

    def to_read(self) -> Address:
        """The same, over a connection on which the server writes nothing, whatever the user may do."""
        return replace(self, signed={**self.signed, "options": "-c default_transaction_read_only=on"})

    def for_shift(self, shift: Shift | None) -> Address:
        """The same, for whoever works there; for the user that it names where nobody is named."""
        return replace(self, signed={"user": role_of(shift.who), "password": shift.password}) if shift else self

    @classmethod
    def read(cls, text: str) -> Address:
        """An address such as `postgresql://book@10.0.0.5/centre?schema=linxiang`.

        Raises:
            Refusal: `hall-address` (it is none, or holds a password, which is never stored).
        """
        parts = urlsplit(text)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        schema = query.pop("schema", BOOK)
        try:
            if parts.scheme not in {"postgresql", "postgres"} or not _NAME.fullmatch(schema):
                raise ValueError(text)
            fields = driver.fields_of(f"postgresql://{parts.netloc}{parts.path}?{urlencode(query)}")
        except ValueError as error:
            raise Refusal(
                "hall-address",
                "台账服务器的地址不对。",
                "地址写成 postgresql://用户@服务器/数据库?schema=台账名 这样。",
            ) from error
        if not _stays_here(fields) and fields.setdefault("sslmode", VERIFIED) != VERIFIED:
            raise Refusal(
                "hall-address", "台账服务器的线路没有加密核对。", f"请把 sslmode 改为 {VERIFIED}，或者去掉这一项。"
            )
        if fields.get("sslmode") == VERIFIED:
            fields.setdefault("sslrootcert", SYSTEM)
        if "," in fields.get("host", ""):  # one of them is written to, and the others follow it
            fields.setdefault("target_session_attrs", "read-write")
        if "password" in fields:
            raise Refusal("hall-address", "台账服务器的地址里不能有密码。", "请去掉密码：密码每次上班时输入，不保存。")
        return cls(driver.address_of(fields), schema)


def without_user(text: str) -> str:
    """An address as any PC may note it: whoever works there says who they are."""
    parts = urlsplit(text)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "user"]
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}?{urlencode(query, safe='/')}".rstrip("?")


def _stays_here(fields: dict[str, str]) -> bool:
    """Whether a connection does not leave this PC. One that names no server may be led anywhere by the environment (PGHOST, PGSERVICE); on a
    socket of this PC libpq asks for no certificate."""
    named = [*fields.get("host", "").split(","), *filter(None, fields.get("hostaddr", "").split(","))]
    return all(one.startswith("/") or one in _HERE for one in named)


def role_of(who: str) -> str:
    """What a clerk, given by staff number, is called on the server, in whichever books they work."""
    return f"{_CLERK}{who}"


def staff_number_of(role: str) -> str:
    """Whose user on the server that is; empty where it is no clerk's."""
    return role.removeprefix(_CLERK) if role.startswith(_CLERK) else ""


def require_fit(handle: Any) -> None:
    """Asks whether a server keeps what it says that it has written, and has the connection wait for that.

    Raises:
        Refusal: `hall-settings`.
    """
    if handle.server_version < OLDEST:
        raise Refusal("hall-settings", "台账服务器的 PostgreSQL 太旧。", "请管理员换用 15 或更新的版本。")
    for name, wanted in _MUST_BE.items():
        if (found := _setting(handle, name)) != wanted:
            raise Refusal(
                "hall-settings",
                f"台账服务器的设置不合用：{name} 是 {found}。",
                f"请管理员改为 {wanted}，否则断电会丢记录。",
            )
    if _setting(handle, "synchronous_commit") in {"off", "local"}:
        driver.several(handle, "SET synchronous_commit TO on")


def _setting(handle: Any, name: str) -> str:
    return str(handle.execute_sql(f"SHOW {name}").fetchall()[0][0])
