# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The binary interface of a library, by its debugging information: libabigail's tools read it."""

import pathlib
import re
import subprocess
import tempfile

# Not where it was built, and not what the next version of GLib may have otherwise.
OPTIONS = (
    "--drop-private-types", "--exported-interfaces-only", "--no-comp-dir-path", "--no-corpus-path",
    "--no-elf-needed", "--no-parameter-names", "--no-show-locs", "--no-write-default-sizes",
    "--type-id-style", "hash",
)
PATH = re.compile(r" path='(?:[^']*/)?(pusher-glib/[^']*)'")
ADDED = re.compile(r"^ *\[A\] (.*)$", re.MULTILINE)
FAILED = 1 | 2


def run(*command):
    return subprocess.run(command, capture_output=True, text=True)


def dump(abidw, library, headers):
    """Returns: the interface of @library as XML, of which only @headers are public"""
    with tempfile.TemporaryDirectory() as folder:
        for header in headers:
            path = pathlib.Path(header).resolve()
            (pathlib.Path(folder) / path.name).symlink_to(path)
        process = run(abidw, *OPTIONS, "--headers-dir", folder, library)
    if process.returncode != 0:
        raise RuntimeError(f"{abidw}: {process.stderr}")
    return PATH.sub(r" path='\1'", process.stdout)


def compare(abidiff, baseline, now):
    """What became of the interface of the baseline. Returns: (problems, additions)

    Both are dumps: of a library itself abidiff would have to be told what is private, and then
    takes the structures of a dump, which does not say where they were declared, for private, too.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".abi", encoding="utf-8") as file:
        file.write(now)
        file.flush()
        changed = run(abidiff, "--no-added-syms", baseline, file.name)
        everything = run(abidiff, baseline, file.name)
    if changed.returncode & FAILED or changed.returncode < 0:
        return [f"{abidiff} failed: {changed.stdout}{changed.stderr}"], []
    return ([changed.stdout] if changed.returncode else []), ADDED.findall(everything.stdout)
