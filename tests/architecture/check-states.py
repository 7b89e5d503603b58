#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The pictures of the states have those that there are, and the arrows that there are.

Usage: check-states.py SOURCES-DIRECTORY

The states are those of the enumerations, and the arrows of the client those that its state
table leads to, which doc/architecture.md shows and test-state-table compares with the code. An
arrow of a picture says from where to where in its attributes data-from and data-to.
"""

import pathlib
import re
import sys
import xml.etree.ElementTree

SVG = "{http://www.w3.org/2000/svg}"
ENUMERATIONS = {"connection": "PUSHER_CONNECTION_STATE_", "channel": "PUSHER_CHANNEL_STATE_"}
TABLE = "## The states of a connection"
FIRST = "idle", "INITIALIZED"


def read_states(header, prefix):
    return re.findall(rf"^  {prefix}(\w+),$", header, re.MULTILINE)


def read_table(page):
    """The rows: a phase, an input, the next phase and the next state."""
    _, _, rest = page.partition(TABLE)
    rows = re.findall(r"^\| (\w+) \| ([\w ]+) \| (\w+) \| (\w+) \|", rest, re.MULTILINE)
    return [row for row in rows if row[0] != "in"]


def find_arrows(rows):
    """From which state the rows lead to which other one, whatever the phase."""
    arrows, seen, left = set(), set(), {FIRST}
    while left:
        phase, state = place = left.pop()
        seen.add(place)
        for row in rows:
            if row[0] == phase:
                following = row[2], state if row[3] == "same" else row[3].upper()
                arrows |= {(state, following[1])} - {(state, state)}
                left |= {following} - seen
    return arrows


def find_in_picture(picture, states, arrows):
    """Yields in what a picture differs. Arrows may be None: whichever there are."""
    shown = [text.text for text in picture.iter(SVG + "text") if text.get("class") == "state"]
    if sorted(shown) != sorted(states):
        yield f"shows the states {shown}, and there are {states}"
    drawn = [(one, other) for edge in picture.iter(SVG + "path") if edge.get("class") == "edge"
             for one in edge.get("data-from").split() for other in edge.get("data-to").split()]
    for one, other in drawn:
        if one not in states or other not in states or drawn.count((one, other)) > 1:
            yield f"has a wrong arrow from {one} to {other}"
    if arrows is not None:
        for one, other in sorted(arrows - set(drawn)):
            yield f"has no arrow from {one} to {other}"
        for one, other in sorted(set(drawn) - arrows):
            yield f"has an arrow from {one} to {other}, where there is no way"


def main(root):
    root = pathlib.Path(root)
    header = (root / "pusher-glib/base/pusher-enums.h").read_text(encoding="utf-8")
    page = (root / "doc/architecture.md").read_text(encoding="utf-8")
    arrows = {"connection": find_arrows(read_table(page)), "channel": None}
    failed = False

    print(f"1..{len(ENUMERATIONS)}")
    for number, (name, prefix) in enumerate(ENUMERATIONS.items(), 1):
        picture = xml.etree.ElementTree.parse(root / f"doc/images/{name}-states.svg")
        faults = list(find_in_picture(picture, read_states(header, prefix), arrows[name]))
        failed |= bool(faults)
        print("".join(f"# {fault}\n" for fault in faults), end="")
        print(f"{'not ok' if faults else 'ok'} {number} - {name}-states.svg")
    return failed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
