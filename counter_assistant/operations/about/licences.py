"""程序里有什么，各按什么许可：程序包里收好的，没有就照装着的程序库."""

from __future__ import annotations

from functools import cache

from counter_assistant import paths
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.licences.collected import LIST, read_collected
from counter_assistant.storage.licences.component import Component
from counter_assistant.storage.licences.installed import installed


@cache
def components() -> tuple[Component, ...]:
    """Everything inside, in the order of its list.

    Raises:
        Refusal: `licences-missing`: the folder of licences is not whole.
    """
    folder = paths.licences()
    try:
        return read_collected(folder) if (folder / LIST).is_file() else installed(paths.root(), folder)
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise Refusal(
            "licences-missing", "程序文件夹里的许可不全，读不出来。", "请重新安装程序；台账和设置不受影响。"
        ) from error
