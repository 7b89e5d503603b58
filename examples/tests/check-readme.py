#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Checks that the quick start of README.md is two commands, each of one line.

Usage: check-readme.py README.md
"""

import pathlib
import re
import sys

FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SECTION = re.compile(r"^## Quick start\n(.*?)^## ", re.DOTALL | re.MULTILINE)


def check_quick_start(readme):
    section = SECTION.search(readme)
    blocks = FENCED.findall(section.group(1)) if section else []
    if [tag for tag, _ in blocks] != ["sh", "sh"]:
        yield "the section “Quick start” has not exactly two blocks, both ```sh"
    for _, text in blocks:
        if text.count("\n") != 1:
            yield f"not one line: {text!r}"


def main(readme):
    problems = list(check_quick_start(pathlib.Path(readme).read_text(encoding="utf-8")))
    print(*problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
