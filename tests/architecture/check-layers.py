#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A room uses only those below it, and no two files use each other.

Usage: check-layers.py [--nm NM] [--table] SOURCES BUILD LIBRARY…

To use is to include a header, to call a function, or to take the address of
something. What is included is read in the sources; what is called is known to the
static libraries, where each object says which symbols it has and which it needs.

Which room is below which stands in the table of doc/architecture.md, which has the
rooms from the ground up, each with all that it uses. --table prints it as it should be.
"""

import argparse
import collections
import pathlib
import re
import subprocess
import sys

from rooms import UMBRELLAS, Page, Sources, get_file, get_room, report

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
# LIBRARY[OBJECT]: SYMBOL TYPE …, where the name of an object ends with that of its source
SYMBOL = re.compile(r"([^/_\s\[\]:]+\.c)\.o(?:bj)?\]?: (\S+) (\w)")
UNDEFINED = "Uvw"
FUNCTIONS = "TWi"


class Uses:
    """Which file uses which, and by what."""

    def __init__(self):
        self.reasons = collections.defaultdict(lambda: collections.defaultdict(list))

    def add(self, user, used, reason):
        if user != used:
            self.reasons[user][used].append(reason)

    def reach(self, start):
        seen, left = set(), [start]
        while left:
            new = self.reasons.get(left.pop(), {}).keys() - seen
            seen |= new
            left += new
        return seen

    def find_circles(self):
        reached = {file: self.reach(file) for file in list(self.reasons)}
        return sorted({tuple(sorted(other for other in reached[file]
                                    if file in reached.get(other, ())))
                       for file in reached if file in reached[file]})

    def describe(self, files):
        for user in files:
            for used in sorted(self.reasons[user].keys() & set(files)):
                yield f"  {user} → {used}: {', '.join(sorted(set(self.reasons[user][used])))}"


def read_includes(sources, uses):
    """Yields what cannot be resolved."""
    for name in sources.paths:
        folder = name.rpartition("/")[0]
        for quote, header in INCLUDE.findall(sources.read(name)):
            if quote == "<" and not header.startswith("pusher-glib/") or header == "config.h":
                continue
            header = header.removeprefix("pusher-glib/")
            found = [path for path in (f"{folder}/{header}", header) if path in sources.paths]
            if header in UMBRELLAS:
                yield f"{name} includes {header}, which is for applications"
            elif not found:
                yield f"{name} includes {header}, which is not there"
            else:
                uses.add(get_file(name), get_file(found[0]), f"includes {found[0]}")


def read_symbols(nm, libraries, sources, uses):
    """Yields what is in the libraries and not in the sources, or the other way round."""
    output = subprocess.run([nm, "-A", "-g", "-P", *libraries],
                            check=True, capture_output=True, text=True).stdout
    homes, needs, seen = {}, set(), set()
    for source, symbol, kind in SYMBOL.findall(output):
        seen.add(source)
        if symbol.startswith("__"):  # of the compiler, or of its instrumentation
            continue
        if kind in UNDEFINED:
            needs.add((source, symbol))
        else:
            homes[symbol] = source, "()" if kind in FUNCTIONS else ""

    compiled = {name.rpartition("/")[2] for name in sources.paths if name.endswith(".c")}
    yield from (f"{source} is in none of the libraries" for source in sorted(compiled - seen))
    yield from (f"{source} is not in the sources" for source in sorted(seen - compiled))

    for source, symbol in sorted(needs):
        home, brackets = homes.get(symbol, (None, None))
        if source in compiled and home in compiled:
            uses.add(sources.homes[source], sources.homes[home], symbol + brackets)


def find_upward(uses, page):
    for user in sorted(uses.reasons):
        for used, reasons in sorted(uses.reasons[user].items()):
            room, other = get_room(user), get_room(used)
            if room != other and other not in page.uses.get(room, ()):
                yield (f"{room} does not use {other}, but {user} uses {used}: "
                       f"{', '.join(sorted(set(reasons)))}")


def get_room_uses(uses):
    """Which rooms each room uses"""
    rooms = collections.defaultdict(set)
    for user in uses.reasons:
        rooms[get_room(user)] |= {get_room(used) for used in uses.reasons[user]} - {get_room(user)}
    return rooms


def find_unused(uses, page):
    used = get_room_uses(uses)
    for room, said in page.uses.items():
        yield from (f"{room} is said to use {other}, and does not"
                    for other in sorted(said - used[room]))


def print_table(uses, rooms):
    """From the ground up, floor by floor, and the second library last"""
    used = get_room_uses(uses)
    below, left = [], sorted(rooms, key=lambda room: (room.startswith("testing"), room))
    while left:
        floor = [room for room in left if used[room] <= set(below)]
        if not floor:
            sys.exit(f"There is no order in {', '.join(left)}")
        if not all(room.startswith("testing") for room in floor):
            floor = [room for room in floor if not room.startswith("testing")]
        below += floor
        left = [room for room in left if room not in floor]
    for room in below:
        print(f"| `{room}` |", ", ".join(f"`{other}`" for other in below if other in used[room])
              or "–", "|")


def find_disorder(page):
    below = set()
    for room, used in page.uses.items():
        yield from (f"{room} uses {other}, which is not below it" for other in sorted(used - below))
        below.add(room)


def find_circles(uses):
    for circle in uses.find_circles():
        yield "\n".join([f"{' and '.join(circle)} use each other:", *uses.describe(circle)])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nm", default="nm")
    parser.add_argument("--table", action="store_true")
    parser.add_argument("sources", type=pathlib.Path)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("libraries", nargs="+")
    options = parser.parse_args()

    page = Page(options.sources / "doc" / "architecture.md")
    sources = Sources(options.sources / "pusher-glib", options.build / "pusher-glib")
    uses = Uses()
    strays = [*sources.faults, *read_includes(sources, uses),
              *read_symbols(options.nm, options.libraries, sources, uses)]
    if options.table:
        print_table(uses, sources.get_rooms())
        return

    passed = report([
        ("the table has the rooms from the ground up", [*find_disorder(page)]),
        ("every file is seen", strays),
        ("rooms use only what the table says", [*find_upward(uses, page)]),
        ("the table says only what rooms use", [*find_unused(uses, page)]),
        ("no files use each other", [*find_circles(uses)]),
    ])
    sys.exit(not passed)


if __name__ == "__main__":
    main()
