"""谁用自己的口令、钥匙文件、恢复单打开了密封的台账；打开得到的，只归打开的那个人用."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Entered:
    """What somebody, given by staff number, has by their own secret: whether it was the sheet or the centre's key, and the secret half
    of the key of the registers, which is empty for whoever is no keeper."""

    who: str
    by_master: bool = False
    register: bytes = field(default=b"", repr=False)
