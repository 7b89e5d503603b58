#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The table of bounds in doc/security.md is that of the code.

Usage: check-bounds.py SOURCES

Each constant that the table names is there and has the value that the table says, each
test case is in the file that is named, and the table has all the constants of the library
whose names say that they are bounds, but for those of NOT_FED.
"""

import pathlib
import re
import sys

from rooms import report

# Bounds of what the application or the library itself makes, and not a network
NOT_FED = {
    "PUSHER_CHANNEL_NAME_MAX_SIZE": "names that an application asks for",
    "PUSHER_EVENT_NAME_MAX_SIZE": "names of client events",
    "PUSHER_DEFAULT_MAX_EVENT_SIZE": "data of client events",
    "PUSHER_OUTBOX_MAX_BYTES": "client events that an application has kept",
    "PUSHER_HTTP_DEFAULT_MAX_BATCH_SIZE": "authorizations in a request",
    "PUSHER_BACKFILL_MAX_INITIAL_COUNT": "how many events an application wants",
    "MAX_PIECE": "one character of a text",
}

ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]*) ?\| ([^|]*) ?\| ([^|]+) \|$", re.MULTILINE)
CONSTANT = re.compile(r"`(\w+)` of ([\w/-]+)")
TEST = re.compile(r"`(/[\w/-]+)` in ([\w/-]+\.c)")
DEFINE = re.compile(r"^#define (\w+) +(.+?)(?: /\*.*)?$", re.MULTILINE)
BOUND_NAME = re.compile(r"^(?!PUSHER_TYPE_).*(?:(?:^|_)MAX(?:_|$)|_LIMIT$)")
QUANTITY = re.compile(r"(?<![\w.])(\d[\d,]*)(?: (KiB|MiB|GiB|µs|ms|s)\b)?")
UNITS = {None: [1], "KiB": [1 << 10], "MiB": [1 << 20], "GiB": [1 << 30], "µs": [1],
         "ms": [1000], "s": [1, 1000 * 1000]}  # times are in seconds or microseconds


def read(path):
    return path.read_text(encoding="utf-8")


class Constants:
    """All that the library defines, by file: “base/printable” has those of its header, too."""

    def __init__(self, library):
        self.files = {}
        for path in sorted(library.rglob("pusher-*.[ch]")):
            room = path.parent.relative_to(library)
            if room.parts[0] == "testing":
                continue
            name = path.stem.removeprefix("pusher-").removesuffix("-private")
            self.files.setdefault(f"{room}/{name}", {}).update(DEFINE.findall(read(path)))

    def evaluate(self, file, expression):
        expression = re.sub(r"\((?:gint64|guint64|gsize)\) ?", "", expression)
        expression = re.sub(r"G_G?U?INT64_CONSTANT \((\w+)\)", r"\1", expression)
        expression = expression.replace("G_USEC_PER_SEC", "1000000")
        for name in re.findall(r"[A-Z_]{3,}", expression):
            expression = expression.replace(name, str(self.evaluate(file, self.files[file][name])))
        return int(eval(expression, {"__builtins__": {}}))  # such as 16 * 1024

    def get_bounds(self):
        for file, constants in self.files.items():
            yield from ((file, name) for name in constants if BOUND_NAME.search(name))


def find_wrong_value(bound, constants, name, file):
    if name not in constants.files.get(file, {}):
        return f"there is no {name} in {file}"
    value = constants.evaluate(file, constants.files[file][name])
    said = [int(number.replace(",", "")) * unit
            for number, name_of_unit in QUANTITY.findall(bound)
            for unit in UNITS[name_of_unit or None]]
    return None if value in said else f"{name} in {file} is {value}; the table says “{bound}”"


def find_missing_test(tests, path, file):
    source = tests / file
    if not source.exists():
        return f"there is no {file}"
    text = read(source)
    begin, _, end = path.rpartition("/")
    # In one piece, as a part of what is put together, or made with a number
    if f'"{path}"' in text or f'"{path}/%' in text or (
            f'"{begin}/"' in text and f'"{end}"' in text):
        return None
    return f"there is no {path} in {file}"


class Table:
    def __init__(self, page):
        bounds = page.partition("\n## Bounds\n")[2]
        self.rows = [row for row in ROW.findall(bounds) if row[0] not in ("what", "---")]
        self.lines = re.findall(r"^\|(?! what \| | --- ).*$", bounds, re.MULTILINE)

    def find_odd_rows(self):
        if not self.rows or len(self.rows) != len(self.lines):
            yield f"of {len(self.lines)} rows {len(self.rows)} have five columns"
        for what, _, _, constant, test in self.rows:
            if constant.strip() and not CONSTANT.fullmatch(constant.strip()):
                yield f"“{what}” has an odd constant"
            if not TEST.fullmatch(test):
                yield f"“{what}” has no test"

    def find_wrong_values(self, constants):
        for _, bound, _, constant, _ in self.rows:
            for name, file in CONSTANT.findall(constant):
                yield find_wrong_value(bound, constants, name, file)

    def find_missing_tests(self, tests):
        for row in self.rows:
            for path, file in TEST.findall(row[-1]):
                yield find_missing_test(tests, path, file)

    def find_missing_bounds(self, constants):
        named = {(file, name) for row in self.rows for name, file in CONSTANT.findall(row[3])}
        bounds = [*constants.get_bounds()]
        yield from (f"the table lacks {name} of {file}" for file, name in bounds
                    if name not in NOT_FED and (file, name) not in named)
        yield from (f"there is no {name}" for name in NOT_FED
                    if name not in {name for _, name in bounds})


def main(source):
    source = pathlib.Path(source)
    table = Table(read(source / "doc/security.md"))
    constants = Constants(source / "pusher-glib")

    return not report([(name, [fault for fault in faults if fault]) for name, faults in (
        ("the table of bounds has a test for each", table.find_odd_rows()),
        ("its constants have the values that it says", table.find_wrong_values(constants)),
        ("its tests are there", table.find_missing_tests(source / "tests")),
        ("it has all bounds", table.find_missing_bounds(constants)),
    )])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
