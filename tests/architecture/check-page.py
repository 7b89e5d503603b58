#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""doc/architecture.md names every room and every file, and nothing that is not there.

Usage: check-page.py SOURCES

In doc/terminology.md each term has the files that it lives in. Neither names a file, a
function or a type that is not there.
"""

import pathlib
import re
import sys

from picture import Picture
from rooms import Page, Sources, report

FUNCTION = re.compile(r"\bpusher_\w+\b(?!:)")
TYPE = re.compile(r"\bPusher[A-Z]\w+")
TERM = re.compile(r"^\| ([^|]+) \| [^|]+ \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)
DEFINED = re.compile(r"^(pusher_\w+) \(", re.MULTILINE)


def list_differences(what, said, there):
    yield from (f"the page lacks {what} {name}" for name in sorted(there - set(said)))
    yield from (f"there is no {what} {name}" for name in sorted(set(said) - there))
    yield from (f"the page has {what} {name} twice"
                for name in sorted({name for name in said if said.count(name) > 1}))


def find_file_differences(page, rooms):
    for room, said in page.get_rooms().items():
        if room in rooms:
            yield from list_differences("file", [f"{room}/{name}" for name in said],
                                        {f"{room}/{name}" for name in rooms[room]})


def reduce_arrows(uses):
    """The arrows without those that lead where others together lead as well"""
    reached = {}
    for room, used in uses.items():  # from the ground up
        reached[room] = used.union(*(reached.get(other, set()) for other in used))
    return {(room, used) for room in uses for used in uses[room]
            if not any(used in reached.get(other, ()) for other in uses[room])}


def find_picture_flaws(page):
    picture = Picture(page.picture)
    arrows = picture.get_arrows()
    expected = reduce_arrows(page.uses)
    yield from list_differences("drawn room", picture.words, set(page.uses))
    yield from picture.find_loose_ends()
    yield from (f"no line leads from {user} to {used}" for user, used in sorted(expected - arrows))
    yield from (f"a line leads from {user} to {used}" for user, used in sorted(arrows - expected))


def find_homeless(terms, sources):
    rows = TERM.findall(terms)[2:]  # without the head of the table
    for term, cell in rows:
        for name in cell.split(", "):
            if name not in sources.files:
                yield f"“{term}” lives in {name}, which is not there"
    if not rows:
        yield "there are no terms"


def find_strangers(text, rooms, sources):
    texts = [sources.read(name) for name in sources.paths]
    defined = {name for source in texts for name in DEFINED.findall(source)}
    types = {name for source in texts for name in TYPE.findall(source)}

    by_length = sorted(rooms, key=len, reverse=True)
    named = re.compile(rf"(?<![\w/.-])(?:{'|'.join(by_length)})/[\w-]+(?![\w-]|\.h)")
    for name in sorted(set(named.findall(text)) - rooms - sources.files.keys()):
        yield f"there is no {name}"
    yield from (f"there is no {name}()" for name in sorted(set(FUNCTION.findall(text)) - defined))
    yield from (f"there is no {name}" for name in sorted(set(TYPE.findall(text)) - types))


def main(root):
    root = pathlib.Path(root)
    sources = Sources(root / "pusher-glib")
    rooms = sources.get_rooms()
    page = Page(root / "doc" / "architecture.md")
    all_rooms = rooms.keys() | page.get_rooms().keys()
    terms = (root / "doc" / "terminology.md").read_text(encoding="utf-8")

    return not report([
        ("every folder is a room", sources.faults),
        ("the page has every room", [*list_differences("room", list(page.get_rooms()), set(rooms))]),
        ("so has its table", [*list_differences("row", list(page.uses), set(rooms))]),
        ("and its picture, with lines to what it uses", [*find_picture_flaws(page)]),
        ("the page has every file", [*find_file_differences(page, rooms)]),
        ("what the page names is there", [*find_strangers(page.text, all_rooms, sources)]),
        ("each term lives in a file", [*find_homeless(terms, sources)]),
        ("what the glossary names is there", [*find_strangers(terms, all_rooms, sources)]),
    ])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
