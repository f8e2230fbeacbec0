"""Starts the program: a subcommand goes to the command line, which never imports Qt; anything else opens the desk."""

from __future__ import annotations

import os
import sys


def main() -> int:
    os.umask(0o077)  # the book and the papers hold what only this user may read
    arguments = sys.argv[1:]
    if any(not argument.startswith("-") for argument in arguments[:1]) or set(arguments) & {
        "-h",
        "--help",
        "--version",
    }:
        from counter_assistant.cli.parser import main as run_command

        return run_command(arguments)
    from counter_assistant.ui.start import main as open_desk

    return open_desk(arguments)


if __name__ == "__main__":
    sys.exit(main())
