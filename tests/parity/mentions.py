# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What a cell of the page shows of the API, and how a program mentions it."""

import re

LINK = re.compile(r"\[(class|ctor|method|property|signal)@([\w.:-]+)\]")
CODE = re.compile(r"`([^`]+)`")


def snake(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def in_c(kind, owner, name):
    prefix, under = "pusher_" + snake(owner), (name or "").replace("-", "_")
    return {
        "class": rf"\b(PUSHER_((IS|TYPE)_)?{snake(owner).upper()}|Pusher{owner})\b",
        "ctor": rf"\b{prefix}_{under}\b",
        "method": rf"\b{prefix}_{under}\b",
        "property": rf'\b{prefix}_(get|set)_{under}\b|"(notify::)?{name}"',
        "signal": rf'"{name}(::[^"]*)?"',
    }[kind]


def in_python(kind, owner, name):
    under = (name or "").replace("-", "_")
    return {
        "class": rf"\bPusher\.{owner}\b",
        "ctor": rf"\bPusher\.{owner}(\.{under}\b" + (r"|\()" if name == "new" else ")"),
        "method": rf"\.{under}\b",
        "property": rf"\.(get_|set_)?{under}\b|\b{under}=|'(notify::)?{name}'",
        "signal": rf"'{name}(::[^']*)?'",
    }[kind]


def read_api(cell):
    """Yields what each thing is called on the page, and what finds it in C and in Python."""
    for kind, target in LINK.findall(cell):
        owner, _, name = target.partition("::" if "::" in target else ":")
        if kind in ("ctor", "method"):
            owner, _, name = target.rpartition(".")
        owner = owner.removeprefix("Pusher.")
        yield target, (in_c(kind, owner, name), in_python(kind, owner, name))
    for code in CODE.findall(cell):
        # NAME stands for the name of some event
        text = re.escape(code).replace("NAME", r"[\w-]+")
        pattern = rf"(?<![A-Za-z]){text}(?![A-Za-z])"
        yield code, (pattern, pattern)
