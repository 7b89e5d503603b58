#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What doc/coming-from-pusher-js.md says is tested, and leaves nothing out.

Usage: check-parity.py PAGE CASES NAMES TESTS-DIRECTORY [PUSHER-JS]

CASES has each row of the tables of the page that have a column “pusher-glib”, by its first
cell, and below it, indented, the cases that prove it: a file and a case of it. Each mentions
something of the API that the row shows, and together they mention all of that: what the
function of the case executes in its file. A row that begins with “not here” has “not here”
there.

NAMES has what pusher-js has for applications, a name a line; the page has each of them. With
PUSHER-JS, the directory of the package, NAMES is what the types and sources there have.
"""

import pathlib
import re
import sys

from mentions import read_api
from names import read_names
from sources import read_source

OURS = "pusher-glib"
THEIRS = "pusher-js"
NOT_HERE = "not here"


def read_tables(page):
    """Yields the header of each table, and the cells of each of its rows."""
    header = None
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if not line.startswith("|"):
            header = None
        elif header is None:
            header = cells
        elif set(line) - set("|- "):
            yield header, cells


def read_rows(page):
    """Yields the key and the last cell of each row that says what is done here."""
    for header, cells in read_tables(page):
        if header[-1] == OURS:
            yield cells[0], cells[1] if len(cells) == 2 else None


def read_cases(text):
    """The cases of each key. A key that is there twice has None among them."""
    cases, key = {}, None
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if not line.startswith(" "):
            key = line.strip()
            cases[key] = [None] if key in cases else []
        else:
            cases[key].append(line.strip())
    return cases


class Tests:
    def __init__(self, directory):
        self.directory = directory
        self.sources = {}

    def read(self, file):
        if file not in self.sources:
            self.sources[file] = read_source(self.directory / file, self.directory / "support")
        return self.sources[file]

    def read_case(self, case):
        """What a case executes, or else what is wrong with it."""
        file, _, name = case.partition(" ")
        if not (self.directory / file).is_file():
            return None, f"there is no {file}"
        if not file.endswith((".c", ".py")):
            return None, f"cases are found in C and Python, not in {file}"
        if name not in self.read(file).cases:
            return None, f"there is no case {name} in {file}"
        return self.read(file).read_case(name), None


def find_in_row(key, cell, cases, tests):
    """Yields what is wrong with the cases of a row."""
    missing = dict(read_api(cell))
    if not missing:
        yield f"{key}: shows nothing of the API"
    if not cases:
        yield f"{key}: has no case"
    for case in cases:
        text, fault = tests.read_case(case)
        if fault is not None:
            yield f"{key}: {fault}"
            continue
        language = case.partition(" ")[0].endswith(".py")
        found = [name for name, patterns in read_api(cell) if re.search(patterns[language], text)]
        if not found:
            yield f"{key}: {case} mentions nothing of the row"
        for name in found:
            missing.pop(name, None)
    for name in missing:
        yield f"{key}: no case mentions {name}"


def find_in_page(page, text, tests):
    """Yields what is wrong with the page and the cases."""
    rows = list(read_rows(page))
    cases = read_cases(text)
    if not rows:
        yield "the page has no rows"
    for key in sorted({key for key, _ in rows if [other for other, _ in rows].count(key) > 1}):
        yield f"{key}: is on the page twice"
    for key in cases.keys() - {key for key, _ in rows}:
        yield f"{key}: is not on the page"
    for key, cell in rows:
        if key not in cases:
            yield f"{key}: has no entry"
        elif cell is None:
            yield f"{key}: has not two cells"
        elif None in cases[key]:
            yield f"{key}: has two entries"
        elif cell.startswith(NOT_HERE):
            if cases[key] != [NOT_HERE]:
                yield f"{key}: is not here, but has cases"
        else:
            yield from find_in_row(key, cell, cases[key], tests)


def find_missing_names(page, names):
    """Yields the names of pusher-js that no row of the page shows."""
    shown = set()
    for header, cells in read_tables(page):
        if header[0] == THEIRS:
            for code in re.findall(r"`([^`]+)`", cells[0]):
                shown |= set(re.findall(r"\w+(?::\w+)?", code))
    for name in names:
        if name not in shown:
            yield f"pusher-js has {name}, the page has not"


def find_other_names(names, package):
    """Yields in what the names differ from the package."""
    there = read_names(package)
    for name in sorted(there - set(names)):
        yield f"{package} has {name}, the list has not"
    for name in sorted(set(names) - there):
        yield f"the list has {name}, {package} has not"


def main(page, cases, names, tests, *packages):
    page, cases, names = [
        pathlib.Path(path).read_text(encoding="utf-8") for path in (page, cases, names)]
    names = [line for line in names.splitlines() if line and not line.startswith("#")]
    checks = {
        "rows and cases": find_in_page(page, cases, Tests(pathlib.Path(tests))),
        "names of pusher-js": find_missing_names(page, names),
    }
    for package in packages:
        checks["names of the package"] = find_other_names(names, pathlib.Path(package))

    failed = False
    print(f"1..{len(checks)}")
    for number, (name, faults) in enumerate(checks.items(), 1):
        faults = sorted(set(faults))
        failed |= bool(faults)
        print("".join(f"# {fault}\n" for fault in faults), end="")
        print(f"{'not ok' if faults else 'ok'} {number} - {name}")
    return failed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
