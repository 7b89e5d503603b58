# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The stubs have what PyGObject has, and nothing else.

Usage: test-stubs.py STUB…
"""

import ast
import importlib
import pathlib
import sys
import unittest

import gi

STUBS = [pathlib.Path(name) for name in sys.argv[1:]]
sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "introspection"))
import tap  # noqa: E402

# What types have of their own, and what is nothing for programs.
HIDDEN = {"Props", "props", "parent_instance", "free"}


def is_public(name):
    return not name.startswith("_") and name not in HIDDEN


def find_names(body):
    """Of functions, classes and variables, by what they are."""
    names = {}
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names[node.name] = node
        elif isinstance(node, ast.AnnAssign):
            names[node.target.id] = node
        elif isinstance(node, ast.Assign):
            names.update((target.id, node) for target in node.targets)
    return {name: node for name, node in names.items() if is_public(name)}


class StubsTest(unittest.TestCase):
    def each(self):
        self.assertTrue(STUBS)
        for path in STUBS:
            gi.require_version(path.stem, "1")
            module = importlib.import_module(f"gi.repository.{path.stem}")
            yield module, find_names(ast.parse(path.read_text(encoding="utf-8")).body)

    def test_modules(self):
        for module, stub in self.each():
            there = {name for name in dir(module)
                     if is_public(name) and not name.endswith("Class")}
            self.assertEqual(there, stub.keys())

    def test_classes(self):
        for module, stub in self.each():
            for name, node in stub.items():
                if isinstance(node, ast.ClassDef):
                    with self.subTest(name):
                        self.check_class(getattr(module, name), find_names(node.body))

    def check_class(self, there, stub):
        own = {name for name in vars(there) if is_public(name)}
        self.assertEqual(own, stub.keys() - {"connect"})

    def test_properties(self):
        for module, stub in self.each():
            for name, node in stub.items():
                there = getattr(module, name)
                props = [inner for inner in getattr(node, "body", [])
                         if isinstance(inner, ast.ClassDef) and inner.name == "Props"]
                if props:
                    with self.subTest(name):
                        own = {pspec.name.replace("-", "_") for pspec in there.list_properties()
                               if pspec.owner_type == there.__gtype__}
                        self.assertEqual(own, find_names(props[0].body).keys())

    def test_enums(self):
        for module, stub in self.each():
            for name, node in stub.items():
                values = {inner.targets[0].id: ast.literal_eval(inner.value)
                          for inner in getattr(node, "body", []) if isinstance(inner, ast.Assign)}
                for value, number in values.items():
                    with self.subTest(f"{name}.{value}"):
                        self.assertEqual(getattr(getattr(module, name), value), number)


if __name__ == "__main__":
    tap.main()
