"""诊断里只有这几样字：版本号、认得的系统、程序自己的出错处。别的一律不写，所以谁的姓名、号码都进不去.

A text of the PC, of the book or of a file is never copied: it is read as one of these, or left out.
"""

from __future__ import annotations

import re

SYSTEMS = {
    "uos": "UOS", "deepin": "deepin", "kylin": "Kylin", "openkylin": "openKylin", "debian": "Debian", "ubuntu": "Ubuntu",
    "openeuler": "openEuler", "anolis": "Anolis", "centos": "CentOS", "fedora": "Fedora", "rhel": "RHEL", "nfs": "NFS",
    "windows": "Windows", "darwin": "macOS", "linux": "Linux",
}  # fmt: skip
"""Systems by what they call themselves, in small letters."""
MACHINES = frozenset(
    {"x86_64", "amd64", "aarch64", "arm64", "loongarch64", "mips64", "sw_64", "riscv64", "i686", "x86"}
)
OTHER = "其他"
"""What is said of anything that is not known."""
_VERSION = re.compile(r"\d{1,5}(?:\.\d{1,5}){0,3}(?:(?:a|b|rc|\.post|\.dev)\d{1,3})?(?!\.?\d)", re.ASCII)
_CATALOGUE = re.compile(r"20\d\d([.-])\d{1,2}\1\d{1,2}(?:-\d{1,2})?", re.ASCII)
_SHEET = re.compile(r"(?P<named>A[3-6])|Custom\.(?P<width>\d{2,3})x(?P<height>\d{2,3})mm", re.ASCII)
_LANGUAGE = re.compile(r"([a-z]{2}_[A-Z]{2})(?:[.@]|$)", re.ASCII)


def version_in(text: str) -> str:
    """The version that a text begins with (6.1.0 of 6.1.0-18-amd64); empty where it begins with none, or goes on with further digits."""
    found = _VERSION.match(text)
    return found[0] if found else ""


def whole_version(text: str) -> str:
    """The version that a text is and nothing else; else that it is another."""
    return text if _VERSION.fullmatch(text) else OTHER


def catalogue_of(version: str) -> str:
    """A version of the catalogue that is a day, as ours are and those of a centre; else that it is another."""
    return version if _CATALOGUE.fullmatch(version) else OTHER


def sheet_of(size: str) -> str:
    """A size of paper as the printing system names it: A5, or 241×140 mm of Custom.241x140mm."""
    found = _SHEET.fullmatch(size)
    if not found:
        return OTHER
    return found["named"] or f"{found['width']}×{found['height']} 毫米"


def system_of(name: str) -> str:
    """A known system by what it calls itself."""
    return SYSTEMS.get(name.lower(), OTHER)


def machine_of(name: str) -> str:
    """A known processor by what it is called."""
    return name if name.lower() in MACHINES else OTHER


def language_of(setting: str) -> str:
    """zh_CN of zh_CN.UTF-8."""
    found = _LANGUAGE.match(setting)
    return found[1] if found else OTHER
