#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Checks that README.md shows the examples as they are.

Usage: check-readme.py README.md EXAMPLES-DIRECTORY
"""

import pathlib
import re
import sys

LISTENERS = {"c": "listener.c", "python": "listener.py", "js": "listener.js", "vala": "listener.vala"}
HEADER = re.compile(r"(#!.*\n)?(/\*(.|\n)*?\*/\n|((#|//) .*\n)+)\n")
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SECTION = re.compile(r"^## Quick start\n(.*?)^## ", re.DOTALL | re.MULTILINE)


def check_listeners(readme, directory):
    for language, name in LISTENERS.items():
        program = HEADER.sub("", (directory / name).read_text(), count=1)
        blocks = [text for tag, text in FENCED.findall(readme) if tag == language]
        if program not in blocks:
            yield f"no ```{language} block of the README is {name} without its header"


def check_quick_start(readme):
    section = SECTION.search(readme)
    blocks = FENCED.findall(section.group(1)) if section else []
    if [tag for tag, _ in blocks] != ["sh", "sh"]:
        yield "the section “Quick start” has not exactly two blocks, both ```sh"
    for _, text in blocks:
        if text.count("\n") != 1:
            yield f"not one line: {text!r}"


def main(readme, directory):
    text = pathlib.Path(readme).read_text()
    problems = [*check_listeners(text, pathlib.Path(directory)), *check_quick_start(text)]
    print(*problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
