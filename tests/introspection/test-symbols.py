# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What a library exports is what its introspection data describes.

A function that is exported by mistake could never be taken back; one that is
declared but not exported does not link.
"""

import subprocess
import sys
import unittest
from xml.etree import ElementTree

import tap

NM, LIBRARY, GIR, PREFIX, VERSION = sys.argv[1:]

CORE = "{http://www.gtk.org/introspection/core/1.0}"
C = "{http://www.gtk.org/introspection/c/1.0}"
GLIB = "{http://www.gtk.org/introspection/glib/1.0}"

FUNCTIONS = {CORE + kind for kind in ("constructor", "function", "method")}
TYPES = {CORE + kind for kind in ("bitfield", "class", "enumeration", "interface")}
MEMBERS = {CORE + kind for kind in ("property", "virtual-method")} | {GLIB + "signal"}
DOCUMENTED = FUNCTIONS | TYPES | MEMBERS | {CORE + kind for kind in ("constant", "record")}


def find_exported():
    output = subprocess.run(
        [NM, "--dynamic", "--defined-only", LIBRARY], check=True, capture_output=True, text=True
    ).stdout
    names = {line.split()[-1] for line in output.splitlines()}
    # Linkers and instrumentation add their own, such as _init and __gcov_exit.
    return {name for name in names if not name.startswith("_")}


def find_described(namespace):
    names = set()
    for element in namespace.iter():
        if element.tag in FUNCTIONS:
            names.add(element.get(C + "identifier"))
        names.add(element.get(GLIB + "get-type"))
    return names - {None, "intern"}


def find_documented(namespace):
    """What needs a description: (name, element). Not the structure of a class, which goes with it."""
    for parent in namespace.iter():
        for element in parent:
            if element.tag in DOCUMENTED and not element.get(GLIB + "is-gtype-struct-for"):
                name = element.get(C + "identifier") or f"{parent.get('name')}:{element.get('name')}"
                yield name, element


def stable_versions(version):
    """Those with something new, until this one: 1.0 for 1.0.3, 1.0 and 1.1 for 1.1.0."""
    major, minor = version.split(".")[:2]
    return [f"{major}.{number}" for number in range(int(minor) + 1)]


class SymbolsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.namespace = ElementTree.parse(GIR).getroot().find(CORE + "namespace")
        cls.exported = find_exported()
        cls.described = find_described(cls.namespace)
        cls.documented = list(find_documented(cls.namespace))

    def test_something_is_exported(self):
        self.assertGreater(len(self.exported), 10)
        self.assertGreater(len(self.described), 10)
        self.assertGreater(len(self.documented), len(self.described) / 2)

    def test_prefix(self):
        strangers = [name for name in self.exported if not name.startswith(PREFIX)]
        self.assertEqual(sorted(strangers), [])

    def test_exported_is_described(self):
        self.assertEqual(sorted(self.exported - self.described), [])

    def test_described_is_exported(self):
        self.assertEqual(sorted(self.described - self.exported), [])

    def test_described_is_documented(self):
        undocumented = [
            name for name, element in self.documented if element.find(CORE + "doc") is None
        ]
        self.assertEqual(undocumented, [])

    def test_since(self):
        """The version that it appeared in is one that there is."""
        versions = stable_versions(VERSION)
        wrong = [
            f"{name}: Since: {element.get('version')}"
            for name, element in self.documented
            if element.get("version") not in versions
        ]
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    tap.main()
