#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What a compiler says of functions that are too new or too old for a program.

Usage: test-version-macros.py SCRIPT TEMPLATE COMPILER

The library is one of version 1.2, which has a function more than 1.1, and one that nobody should
call since 1.1.
"""

import os
import pathlib
import shlex
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "introspection"))

import tap  # noqa: E402

SCRIPT, TEMPLATE, COMPILER = sys.argv[1:]

PROGRAM = """
#define PUSHER_GLIB_INSIDE
#include "macros.h"

PUSHER_AVAILABLE_IN_ALL
void first (void);
PUSHER_AVAILABLE_IN_1_0
void in_1_0 (void);
PUSHER_AVAILABLE_IN_1_2
void in_1_2 (void);
PUSHER_DEPRECATED_IN_1_1_FOR (in_1_0)
void until_1_1 (void);

void program (void);

void
program (void)
{
  first ();
  in_1_0 ();
  in_1_2 ();
  until_1_1 ();
}
"""


class VersionMacrosTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.flags = subprocess.run(["pkg-config", "--cflags", "glib-2.0"], check=True,
                                   capture_output=True, text=True).stdout.split()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = folder.name
        subprocess.run([sys.executable, "-B", SCRIPT, "PUSHER", "1.2.3", TEMPLATE,
                        f"{folder.name}/macros.h"], check=True)

    def compile(self, **versions):
        macros = [f"-DPUSHER_{name.upper()}={value}" for name, value in versions.items()]
        return subprocess.run(
            [*shlex.split(COMPILER), "-fsyntax-only", "-Wall", "-Wundef", f"-I{self.folder}",
             *self.flags, *macros, "-xc", "-"],
            input=PROGRAM, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})

    def assert_warnings(self, expected, **versions):
        process = self.compile(**versions)
        self.assertEqual(process.returncode, 0, process.stderr)
        warnings = [line.partition("warning: ")[2] for line in process.stderr.splitlines()
                    if "warning: " in line]
        self.assertEqual(len(warnings), len(expected), process.stderr)
        for words, warning in zip(expected, warnings):
            for word in words:
                self.assertIn(word, warning)

    def assert_refused(self, word, **versions):
        process = self.compile(**versions)
        self.assertNotEqual(process.returncode, 0)
        self.assertIn(word, process.stderr)

    def test_by_default(self):
        self.assert_warnings([("until_1_1", "in_1_0")])

    def test_for_the_newest(self):
        self.assert_warnings([("until_1_1", "in_1_0")], version_min_required="PUSHER_VERSION_1_2")

    def test_too_new(self):
        self.assert_warnings(
            [("in_1_2", "Not available before 1.2")],
            version_min_required="PUSHER_VERSION_1_0", version_max_allowed="PUSHER_VERSION_1_1")

    def test_deprecated_later(self):
        self.assert_warnings([], version_min_required="PUSHER_VERSION_1_0")

    def test_deprecated_then(self):
        self.assert_warnings(
            [("in_1_2",), ("until_1_1",)],
            version_min_required="PUSHER_VERSION_1_1", version_max_allowed="PUSHER_VERSION_1_1")

    def test_without_warnings(self):
        self.assert_warnings([], disable_deprecation_warnings="1")

    def test_no_such_version(self):
        self.assert_refused("MIN_REQUIRED is none of", version_min_required="PUSHER_VERSION_1_3")
        self.assert_refused("MAX_ALLOWED", version_max_allowed="PUSHER_VERSION_0_9")

    def test_wrong_order(self):
        self.assert_refused(
            "or less than",
            version_min_required="PUSHER_VERSION_1_2", version_max_allowed="PUSHER_VERSION_1_0")


if __name__ == "__main__":
    tap.main()
