#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Each language has all texts that are in the sources, and no mistake that gettext can see.

Usage: check-catalogs.py SOURCES

A translation is complete, has no fuzzy and no obsolete entries, the same formats and access
keys as the original, and a glossary in its header; LINGUAS names all languages, and all
domains have the same ones.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "architecture"))
from rooms import report  # noqa: E402

DOMAINS = ["po", "examples/po", "tool/po"]
# Those of meson's preset for GLib that are used
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "g_dngettext:2,3"]
GLOSSARY = re.compile(r"# Glossary:\n(?:# [^:\n]+: [^\n]+\n){10,}")
# Where GTK's and AppStream's own rules are not installed, gettext has them, and says so.
FALLBACK = re.compile(r"^xgettext: warning: a fallback ITS rule file .* is used;.*\n",
                      re.MULTILINE)
ENTRY = re.compile(r"^#, [^\n]*fuzzy|^#~ ", re.MULTILINE)


def run(*command):
    # What gettext says is in the user's language, too.
    return subprocess.run(command, capture_output=True, text=True,
                          env=os.environ | {"LC_ALL": "C.UTF-8", "LANGUAGE": ""})


def complaints_of(process):
    return process.stderr.strip() if process.returncode != 0 else ""


def read_languages(folder):
    lines = (folder / "LINGUAS").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def check_languages(folder, others):
    languages = read_languages(folder)
    there = {path.stem for path in folder.glob("*.po")}
    yield from (f"LINGUAS lacks {name}" for name in sorted(there - set(languages)))
    yield from (f"there is no {name}.po" for name in sorted(set(languages) - there))
    yield from (f"there is no {name}, as there is in {DOMAINS[0]}"
                for name in sorted(set(others) - set(languages)))
    if languages != sorted(languages):
        yield "LINGUAS is not in the order of the codes"


def check_catalog(path, template):
    text = path.read_text(encoding="utf-8")
    yield complaints_of(run("msgfmt", "--check", "--check-accelerators=_", "-o", "/dev/null", path))
    yield complaints_of(run("msgcmp", "--no-fuzzy-matching", path, template))
    entry = ENTRY.search(text.partition("\n\n")[2])
    if entry:
        yield f"{path.name} has a fuzzy or obsolete entry: {entry[0]}"
    if not GLOSSARY.search(text):
        yield f"{path.name} has no glossary in its header"


def make_template(root, domain, template):
    return run("xgettext", "--from-code=UTF-8", *(f"--keyword={word}" for word in KEYWORDS),
               f"--directory={root}", f"--files-from={root / domain / 'POTFILES'}",
               f"--output={template}")


def check_domain(root, domain, folder):
    template = folder / "template.pot"
    complaints = FALLBACK.sub("", make_template(root, domain, template).stderr).strip()
    yield f"{domain}/POTFILES", [complaints] if complaints else []
    faults = check_languages(root / domain, read_languages(root / DOMAINS[0]))
    yield f"{domain}/LINGUAS", list(faults)
    for path in sorted((root / domain).glob("*.po")):
        yield f"{domain}/{path.name}", list(filter(None, check_catalog(path, template)))


def main():
    root = pathlib.Path(sys.argv[1])
    checks = []
    with tempfile.TemporaryDirectory() as folder:
        for domain in DOMAINS:
            checks += check_domain(root, domain, pathlib.Path(folder))
    sys.exit(not report(checks))


if __name__ == "__main__":
    main()
