#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What people read can be translated, and the files that it is in are known to gettext.

Usage: check-texts.py SOURCES

A text that an error is made of, or that has more than one word, is marked for gettext, is for
the log, or stands in “known”, with the reason. What stands there and is not found has to go.
A marked text is one literal, since xgettext reads no macros such as G_GSIZE_FORMAT. In Python
a text with several values has a name for each, since translators cannot reorder others.
POTFILES lists the files that have marked texts, in the order of their names, and no others.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "architecture"))
from rooms import report  # noqa: E402
from texts import CONVERSION, READERS, read  # noqa: E402

# The folder of each domain, and where its texts are
DOMAINS = {
    "po": ["pusher-glib"],
    "examples/po": ["examples/chat", "examples/notifier"],
    "tool/po": ["tool"],
}
DATA = (".desktop.in", ".metainfo.xml.in")
KNOWN = "tests/translations/known"


def is_beginning(expected, text):
    return expected.endswith("…") and text.startswith(expected.removesuffix("…"))


class Known:
    """FILE, or FOLDER/ for all in it | TEXT, BEGINNING… or * for all in it | REASON"""

    def __init__(self, path):
        self.rows = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                where, text, reason = line.split(" | ")
                assert reason
                self.rows[where, text] = 0

    def covers(self, path, text):
        for where, expected in self.rows:
            if (path == where or where.endswith("/") and path.startswith(where)) and \
                    (expected in ("*", text) or is_beginning(expected, text)):
                self.rows[where, expected] += 1
                return True
        return False

    def find_stale(self):
        return [f"{where} has no untranslated text {text} any more"
                for (where, text), count in self.rows.items() if count == 0]


def find_sources(root, folders):
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in READERS or path.name.endswith(DATA):
                yield path.relative_to(root).as_posix(), path


def find_untranslated(root):
    known = Known(root / KNOWN)
    for folders in DOMAINS.values():
        for name, path in find_sources(root, folders):
            for text in read(path) if path.suffix in READERS else []:
                if text.is_marked() and text.macros:
                    yield f"{name}:{text.line}: “{text.text}” has {text.macros} in it"
                if text.is_marked() and path.suffix == ".py" and \
                        len(CONVERSION.findall(text.text)) > 1:
                    yield f"{name}:{text.line}: “{text.text}” has values without names"
                if text.is_untranslated() and not known.covers(name, text.text):
                    yield f"{name}:{text.line}: “{text.text}” is not translatable"
    yield from known.find_stale()


def has_marked(path):
    return path.suffix not in READERS or any(text.is_marked() for text in read(path))


def read_list(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def compare_lists(root, domain):
    listed = read_list(root / domain / "POTFILES")
    there = {name for name, path in find_sources(root, DOMAINS[domain]) if has_marked(path)}
    yield from (f"{domain}/POTFILES lacks {name}" for name in sorted(there - set(listed)))
    yield from (f"{domain}/POTFILES has {name}, which has no text to translate"
                for name in sorted(set(listed) - there))
    if listed != sorted(listed):
        yield f"{domain}/POTFILES is not in the order of the names"


def main():
    root = pathlib.Path(sys.argv[1])
    checks = [("what people read can be translated", list(find_untranslated(root)))]
    checks += [(f"{domain}/POTFILES", list(compare_lists(root, domain))) for domain in DOMAINS]
    sys.exit(not report(checks))


if __name__ == "__main__":
    main()
