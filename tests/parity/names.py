# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What pusher-js has for applications: the options, members and events of its package.

Usage: names.py PACKAGE, which prints them as names-of-pusher-js has them.
"""

import pathlib
import re
import sys

# The types of what an application is given, in types/src/core
TYPES = [
    "auth/options.d.ts", "channels/channel.d.ts", "channels/encrypted_channel.d.ts",
    "channels/members.d.ts", "channels/metadata.d.ts", "channels/presence_channel.d.ts",
    "channels/channels.d.ts", "connection/connection_manager.d.ts", "events/dispatcher.d.ts",
    "options.d.ts", "pusher.d.ts", "user.d.ts", "watchlist.d.ts",
]
MEMBER = re.compile(r"^    (?!private |constructor)(?:static )?(\w+)\??[(:]", re.MULTILINE)

# What an application sends, not what it hears of
SENT = {"pusher:signin", "pusher:subscribe", "pusher:unsubscribe"}

# What is emitted, and the states, each of which is an event too
EVENT = re.compile(r"\b(?:emit|updateState)\(\s*'([\w:]+)'")

# What applications may bind to is emitted there.
SOURCES = ["channels", "connection/connection_manager.ts", "user.ts", "pusher.ts"]

# The protocol's, which are given to applications as they come
PASSED_ON = {"pusher:cache_miss", "pusher:error", "pusher:ping", "pusher:pong",
             "pusher:signin_success", "pusher:connection_established", "initialized",
             "online", "offline"}


def read_names(package):
    names = set(PASSED_ON)
    for file in TYPES:
        text = (package / "types/src/core" / file).read_text(encoding="utf-8")
        names |= set(MEMBER.findall(text))
    for source in SOURCES:
        path = package / "src/core" / source
        for file in path.rglob("*.ts") if path.is_dir() else [path]:
            text = file.read_text(encoding="utf-8")
            names |= set(EVENT.findall(text))
            names |= set(re.findall(r"'(pusher:\w+)'", text))
    return names - SENT


if __name__ == "__main__":
    print("\n".join(sorted(read_names(pathlib.Path(sys.argv[1])))))
