"""证件种类。"""

from __future__ import annotations

from enum import StrEnum


class IdType(StrEnum):
    """证件类型. Only those with a check digit are verified."""

    RESIDENT = "resident"
    OFFICER = "officer"
    PASSPORT = "passport"
    FOREIGN_PERMANENT = "foreign_permanent"
    UNIT = "unit"
    OTHER = "other"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return _ID_LABELS[self]


_ID_LABELS = {
    IdType.RESIDENT: "居民身份证",
    IdType.OFFICER: "军官证",
    IdType.PASSPORT: "护照",
    IdType.FOREIGN_PERMANENT: "外国人永久居留身份证",
    IdType.UNIT: "统一社会信用代码",
    IdType.OTHER: "其他证件",
}
