"""What is refused is told over AT-SPI once, as it stands in the window: a sample of what tests/ui/test_refusals_heard.py hears by day."""

from __future__ import annotations

import pytest

from tests.accessibility.reader import Reader

pytestmark = [pytest.mark.nightly("atspi"), pytest.mark.screen_reader]

REFUSED = {
    "设PIN": ("spin", ("Return",), "台账没有密封，不用 PIN"),
    "登记意见": ("djyj", ("Return", "F9"), "还没有填“内容”"),
    "登记投诉": ("djts", ("Return",), "台账没有密封，投诉登记了别人也看得见"),
    "更正文书": ("gzws", ("Return",), "要更正哪一份"),
    "登记本中心的核定": ("djhd", ("Return", "F9"), "没有写明文号"),
    "补录备用单": ("bl", ("Return", "F9"), "请"),
}
"""What is asked for by its name, the keys from there, and a part of what is refused."""


def asked_for(reader: Reader, initials: str, name: str) -> bool:
    """Whether what is done by a name is marked; the last of them are offered a moment after the start."""
    reader.press("ctrl+a", "Delete")
    reader.write(initials)
    return reader.described.startswith(name)


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_told_once_and_once_more_when_the_key_is_pressed_again(reader: Reader, name: str) -> None:
    initials, keys, words = REFUSED[name]
    reader.until(lambda: asked_for(reader, initials, name), f"{name} is not found")
    reader.press(*keys[:-1])
    reader.hush()
    reader.press(keys[-1])
    reader.until(lambda: any(words in said for said in reader.listen()), f"never said: {words}")
    told = [said for said in reader.heard if words in said]
    assert len(told) == 1
    assert told[0] in [one.name for one in reader.every if one.role in ("label", "status bar", "panel")]
    if keys[-1] == "F9":
        reader.hush()
        reader.press("F9")
        assert [said for said in reader.listen() if words in said] == told
