# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What the folders of the library hold, and what doc/architecture.md says of it.

A room is a folder of pusher-glib/. A file is a source file with its headers, and is
called by its room and its name: “client/client-status” is pusher-client-status.c.
"""

import collections
import re

# Applications include these, and no room does.
UMBRELLAS = {"pusher.h", "testing/pusher-test.h"}

ROOM = re.compile(r"^### `([\w/-]+)/`$", re.MULTILINE)
FILE = re.compile(r"^- `([\w-]+)`: ", re.MULTILINE)
ROW = re.compile(r"^\| `([\w/-]+)` \| (.*) \|$", re.MULTILINE)
PICTURE = re.compile(r"^## Floors\n.*?^```\n(.*?)^```$", re.DOTALL | re.MULTILINE)


class Sources:
    """The files below the given folders, such as the sources and what is generated."""

    def __init__(self, *folders):
        self.paths = {}  # "client/pusher-client.c": where that is
        self.faults = []
        for folder in folders:
            for path in sorted([*folder.rglob("pusher*.[ch]"), *folder.rglob("pusher*.h.in")]):
                name = str(path.relative_to(folder)).removesuffix(".in")
                if name not in UMBRELLAS:
                    self.paths[name] = path

        self.files = collections.defaultdict(list)  # "client/client": its paths
        self.homes = {}  # "pusher-client.c": "client/client"
        for name in self.paths:
            if "/" not in name:
                self.faults.append(f"{name} is in no room")
            elif self.homes.setdefault(name.rpartition("/")[2], get_file(name)) != get_file(name):
                self.faults.append(f"there are two {name.rpartition('/')[2]}")
            self.files[get_file(name)].append(name)

    def get_rooms(self):
        rooms = collections.defaultdict(set)
        for file in self.files:
            room, _, name = file.rpartition("/")
            rooms[room].add(name)
        return dict(rooms)

    def read(self, name):
        return self.paths[name].read_text(encoding="utf-8")


class Page:
    def __init__(self, path):
        self.text = path.read_text(encoding="utf-8")
        # Each room with those that it uses, from the ground up
        self.uses = {room: set(re.findall(r"`([\w/-]+)`", cell))
                     for room, cell in ROW.findall(self.text)}
        picture = PICTURE.search(self.text)
        self.picture = picture[1] if picture else ""

    def get_rooms(self):
        parts = ROOM.split(self.text)
        return {room: FILE.findall(part.partition("\n## ")[0])
                for room, part in zip(parts[1::2], parts[2::2])}


def get_file(name):
    """The file that a source or a header belongs to."""
    return re.sub(r"(?:(^|/)pusher-)|(?:(?:-private)?\.[ch]$)", r"\1", name)


def get_room(file):
    return file.rpartition("/")[0]


def report(checks):
    """Says in the TAP protocol which (name, faults) have none, and whether all have."""
    print(f"1..{len(checks)}")
    for number, (name, faults) in enumerate(checks, 1):
        for fault in faults:
            print("\n".join(f"# {line}" for line in fault.splitlines()))
        print(f"{'not ok' if faults else 'ok'} {number} - {name}", flush=True)
    return not any(faults for _, faults in checks)
