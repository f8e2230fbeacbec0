"""Writes the table of characters that stand for another one: radicals and private-use codes of old input methods.

Sources: the property Equivalent_Unified_Ideograph of the Unicode Character Database, as perl's Unicode::UCD holds it, for
the radicals U+2E80 to U+2FD5; and the two-byte codes FE50 to FEA0, A8BC and A8BF of GB 18030, as glibc's iconv reads them today, for
the private-use codes that GBK gave them in the order of these codes. Needs perl and iconv:

    python packaging/characters/build_equivalents.py
"""

from __future__ import annotations

import subprocess
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "counter_assistant" / "domain" / "typed_text" / "equivalents.py"
RADICALS = range(0x2E80, 0x2FD6)
FIRST_PRIVATE = 0xE815
TRAILS = [trail for trail in range(0x50, 0xA1) if trail != 0x7F]
LETTERS = {0xE7C7: b"\xa8\xbc", 0xE7C8: b"\xa8\xbf"}
PERL = """
use Unicode::UCD qw(prop_invmap);
my ($from, $to, $format, $none) = prop_invmap("Equivalent_Unified_Ideograph");
for my $i (0 .. $#$from - 1) {
    next if $to->[$i] eq $none or $to->[$i] eq "";
    printf "%d %d\\n", $from->[$i] + $_, $to->[$i] + $_ for 0 .. $from->[$i + 1] - $from->[$i] - 1;
}
"""
HEAD = '''"""同一个字的另一种编码：部首字符，和旧输入法放在专用区的字。Written by packaging/characters/build_equivalents.py."""

from __future__ import annotations

from collections.abc import Mapping


def _pairs(text: str) -> Mapping[str, str]:
    return {pair[0]: pair[1] for pair in text.split()}


'''


def radicals() -> dict[str, str]:
    """Each radical with the ideograph that it is."""
    printed = subprocess.run(["perl", "-e", PERL], capture_output=True, text=True, check=True).stdout
    pairs = (map(int, line.split()) for line in printed.splitlines())
    return {chr(radical): chr(ideograph) for radical, ideograph in pairs if radical in RADICALS}


def private_use() -> dict[str, str]:
    """Each private-use code of GBK with the character that GB 18030 has for it since."""
    codes = {FIRST_PRIVATE + n: bytes([0xFE, trail]) for n, trail in enumerate(TRAILS)} | LETTERS
    return {chr(private): _standard(code) for private, code in sorted(codes.items())}


def _standard(code: bytes) -> str:
    return subprocess.run(
        ["iconv", "-f", "GB18030", "-t", "UTF-8"], input=code, capture_output=True, check=True
    ).stdout.decode()


def table(name: str, pairs: dict[str, str], meaning: str) -> str:
    """A mapping as source text, in lines of at most 120 columns; private-use codes are written as escapes."""
    written = [f"{_written(one)}{other}" for one, other in pairs.items()]
    lines = [" ".join(written[n : n + 10]) for n in range(0, len(written), 10)]
    return "\n".join([f"{name} = _pairs(", *(f'    "{line} "' for line in lines), ")", f'"""{meaning}"""', ""])


def _written(character: str) -> str:
    return f"\\u{ord(character):04x}" if "\ue000" <= character <= "\uf8ff" else character


if __name__ == "__main__":
    of_gbk = "A private-use code of GBK and the character that GB 18030 has for it since 2005."
    tables = (
        table("RADICALS", radicals(), "A radical (U+2E80–2FD5) and the ideograph that it is."),
        table("PRIVATE_USE", private_use(), of_gbk),
    )
    TARGET.write_text(HEAD + "\n".join(tables), encoding="utf-8")
