#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Applications include one header of each library: no other one can be included.

Usage: check-headers.py COMPILER SOURCES BUILD

The headers are those that would be installed, and see no others.
"""

import json
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

from rooms import UMBRELLAS, report

INSTALLED = re.compile(r"/(pusher-glib(?:-testing)?-1)/(pusher-glib/.*\.h)$")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*[<"](pusher-glib/[^>"]+)', re.MULTILINE)
REFUSAL = "can be included directly"


class Compiler:
    def __init__(self, command, folder):
        self.command = command
        self.folder = folder
        self.flags = subprocess.run(
            ["pkg-config", "--cflags", "gio-2.0", "libsoup-3.0", "json-glib-1.0"],
            check=True, capture_output=True, text=True).stdout.split()

    def run(self, library, header, *options):
        return subprocess.run(
            [*self.command, "-x", "c", *options, "-Wall", "-Wextra", "-Werror", "-Wundef",
             f"-I{self.folder / library}", *self.flags, "-"],
            input=f"#include <{header}>\n", capture_output=True, text=True)


def stage(build, folder):
    """Puts the headers where an installation has them. Returns: those of each library"""
    libraries = {}
    plan = json.loads((build / "meson-info" / "intro-installed.json").read_text(encoding="utf-8"))
    for path, destination in plan.items():
        place = INSTALLED.search(destination)
        if place:
            target = folder / place[1] / place[2]
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
            libraries.setdefault(place[1], set()).add(place[2])
    return libraries


def check_umbrella(compiler, library, header):
    process = compiler.run(library, header, "-fsyntax-only")
    if process.returncode != 0:
        yield process.stderr


def check_reach(compiler, library, header, headers):
    listed = compiler.run(library, header, "-M").stdout.split()
    prefix = f"{compiler.folder / library}/"
    reached = {path.removeprefix(prefix) for path in listed if path.startswith(prefix)}
    yield from (f"{header} does not include {name}" for name in sorted(headers - reached))


def check_refusals(compiler, library, headers):
    for header in sorted(headers):
        process = compiler.run(library, header, "-fsyntax-only")
        if process.returncode == 0 or REFUSAL not in process.stderr:
            yield f"{header} can be included directly"


def check_applications(root, umbrellas):
    for path in sorted([*root.glob("examples/**/*.[ch]"), *root.glob(".ci/**/*.[ch]")]):
        for header in sorted(set(INCLUDE.findall(path.read_text(encoding="utf-8"))) - umbrellas):
            yield f"{path.relative_to(root)} includes {header}"


def main(command, root, build):
    umbrellas = {f"pusher-glib/{name}" for name in UMBRELLAS}
    checks = []
    with tempfile.TemporaryDirectory() as folder:
        compiler = Compiler(shlex.split(command), pathlib.Path(folder))
        libraries = stage(pathlib.Path(build), compiler.folder)
        missing = umbrellas.difference(*libraries.values())
        checks.append(("both are installed", [f"{name} is not" for name in sorted(missing)]))
        for library, headers in sorted(libraries.items()):
            for umbrella in sorted(headers & umbrellas):
                checks += [
                    (f"{umbrella} compiles", [*check_umbrella(compiler, library, umbrella)]),
                    (f"{umbrella} includes all that is installed",
                     [*check_reach(compiler, library, umbrella, headers)]),
                ]
            checks.append((f"{library} has no other one for applications",
                           [*check_refusals(compiler, library, headers - umbrellas)]))
    checks.append(("the applications here need no other one",
                   [*check_applications(pathlib.Path(root), umbrellas)]))
    return not report(checks)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
