"""Where files are: resources/ and forms/, in a checkout and in a bundle alike, and this PC's data folder."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import reason_of

BOOK_NAME = "book.db"
TRAINING = "training"
DATA_VARIABLE = "COUNTER_ASSISTANT_DATA"


def root() -> Path:
    """The folder that holds resources/ and forms/: the bundle's, else the checkout's."""
    place = Path(__file__).resolve().parent.parent
    return place.parent if place.suffix == ".zip" else place  # a bundle's compiled modules lie in one file


def sources() -> Path:
    """The program's own sources, which a bundle has beside what it runs."""
    return root() / "counter_assistant"


def resources() -> Path:
    """Data with its source: catalogue, statutes, calendars, phrases, fonts."""
    return root() / "resources"


def forms() -> Path:
    """The wording of the papers."""
    return root() / "forms"


def verifier() -> Path:
    """The program that an export is verified with, without this one."""
    return root() / "packaging" / "audit" / "verify_book.py"


def licences() -> Path:
    """The licences of everything inside: a bundle's, collected when it was made; else what a checkout keeps to make them from."""
    collected = root() / "licences"
    return collected if collected.is_dir() else root() / "packaging" / "licences"


def data_dir(training: bool) -> Path:
    """This PC's data folder: COUNTER_ASSISTANT_DATA where it is set, else the user's own; training has one of its own.

    Raises:
        Refusal: what `absolute_folder` refuses of the environment variable: a relative path would mean another book
            wherever the program is started.
    """
    from platformdirs import user_data_path

    chosen = os.environ.get(DATA_VARIABLE)
    base = absolute_folder(chosen, DATA_VARIABLE) if chosen else user_data_path("counter-assistant", appauthor=False)
    return base / TRAINING if training else base


def absolute_folder(text: str, what: str) -> Path:
    """A folder given by its full path, ~ being the user's own. Refusals call it `what`.

    Raises:
        Refusal: `relative-folder`; what `named_folder` refuses.
    """
    folder = named_folder(text, what)
    if not folder.is_absolute():
        raise Refusal(
            "relative-folder", f"{what} 是“{text}”，不是完整的路径。", "请从盘符或根目录写起，或者以 ~ 开头。"
        )
    return folder


def named_folder(text: str, what: str) -> Path:
    """A folder as somebody names it, ~ being the user's own. Refusals call it `what`.

    Raises:
        Refusal: `folder-not-named` (empty, which would stand for any folder, or with a NUL), `no-home-folder` (~ is
            unknown), `folder-unreadable` (the disk does not give it, a link leads to itself, its name is too long).
    """
    if not text.strip() or "\0" in text:
        why = "里有不能用的字符" if text.strip() else "是空的"
        raise Refusal("folder-not-named", f"{what} {why}。", "请写出文件夹的路径，或者去掉这一项。")
    try:
        folder = Path(text).expanduser()
        with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
            folder.stat()
        return folder
    except OSError as error:
        raise Refusal(
            "folder-unreadable", f"{what} 用不了：{reason_of(error)}。", "请换一个路径，或检查这块盘。"
        ) from error
    except RuntimeError:
        raise Refusal("no-home-folder", f"{what} 里的 ~ 找不到对应的用户文件夹。", "请写出完整的路径。") from None
