#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Checks Python programs with mypy and our stubs.

Usage: check-mypy.py --mypy PATH --source DIR STUB…

The stubs are right by themselves; our examples and tests have no error; and mypy
finds each mistake of mistakes.py, whose lines end in “# error”, and no other.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent / "python"
PROGRAMS = ["examples/*.py", "examples/chat/python/*.py", "examples/notifier/*.py",
            "tests/introspection/fixture.py", "tests/introspection/test-python*.py"]
ERROR = re.compile(r"^(?P<file>[^:]+):(?P<line>\d+): error: .*\[(?P<code>[\w-]+)\]$", re.MULTILINE)


class Checker:
    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.packages = folder / "packages"
        shutil.copytree(HERE / "gi", self.packages / "gi")
        self.stubs = [shutil.copy(stub, self.packages / "gi" / "repository")
                      for stub in options.stubs]

    def run(self, *arguments):
        """What it says, and the errors: (file, line, code)."""
        source = self.options.source
        paths = [self.packages, source / "tests/introspection", source / "examples/chat/python"]
        process = subprocess.run(
            [self.options.mypy, "--config-file", HERE / "mypy.ini", "--cache-dir",
             self.folder / "cache", *arguments],
            capture_output=True, text=True, cwd=source,
            env={**os.environ, "MYPYPATH": os.pathsep.join(map(str, paths))})
        said = process.stdout + process.stderr
        errors = [(match["file"], int(match["line"]), match["code"])
                  for match in ERROR.finditer(said)]
        if process.returncode not in (0, 1) or (process.returncode == 1) != bool(errors):
            errors.append((str(self.options.mypy), 0, f"status-{process.returncode}"))
        return said, errors

    def check_stubs(self):
        said, errors = self.run("--strict", "--no-warn-unused-ignores", *self.stubs)
        yield "the stubs", not errors, said

    def check_programs(self):
        source = self.options.source
        programs = [path for pattern in PROGRAMS for path in sorted(source.glob(pattern))]
        names = [str(path.relative_to(source)) for path in programs]
        said, errors = self.run(*names)
        for name in names:
            yield name, not any(file == name for file, _, _ in errors), said
        others = [error for error in errors if error[0] not in names]
        yield "nothing else", names and not others, said

    def check_mistakes(self):
        lines = (HERE / "mistakes.py").read_text(encoding="utf-8").splitlines()
        expected = {number for number, line in enumerate(lines, 1) if line.endswith("  # error")}
        said, errors = self.run(HERE / "mistakes.py")
        found = {line for _, line, _ in errors}
        for line in sorted(expected | found):
            text = lines[line - 1].split("  # ")[0].strip() if line else "mypy"
            yield f"mistakes.py:{line} {text}", line in expected and line in found, said


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--mypy", required=True)
    parser.add_argument("--source", type=pathlib.Path, required=True)
    parser.add_argument("stubs", type=pathlib.Path, nargs="+")
    options = parser.parse_args()
    if not options.mypy:
        print("1..0 # SKIP no mypy")
        return 0

    number = n_failed = 0
    with tempfile.TemporaryDirectory() as folder:
        checker = Checker(options, pathlib.Path(folder))
        for check in checker.check_stubs, checker.check_programs, checker.check_mistakes:
            for what, passed, said in check():
                number += 1
                n_failed += not passed
                if not passed:
                    print("\n".join(f"# {line}" for line in said.splitlines()))
                print(f"{'ok' if passed else 'not ok'} {number} - {what}")
    print(f"1..{number}")
    return n_failed > 0


if __name__ == "__main__":
    sys.exit(main())
