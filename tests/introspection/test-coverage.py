# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What the introspection data describes is used by the tests of each language.

Usage: test-coverage.py PUSHER-GIR PUSHER-VAPI PUSHER-TEST-GIR SOURCES-DIRECTORY

The tests call things by what they are: a client “client”, a presence channel
“presence”, and so on, so that “client.state” is not taken for “channel.state”.
"""

import pathlib
import re
import sys
import unittest
from xml.etree import ElementTree

import tap

PUSHER_GIR, PUSHER_VAPI, PUSHER_TEST_GIR, SOURCES = (pathlib.Path(name) for name in sys.argv[1:])

CORE = "{http://www.gtk.org/introspection/core/1.0}"
GLIB = "{http://www.gtk.org/introspection/glib/1.0}"
LANGUAGES = {"Python": "test-python*.py", "GJS": "test-gjs*.js", "Vala": "test-vala*.vala"}
CALLED = {
    "AuthorizationRequest": "request",
    "Authorizer": "authorizer|signer",
    "Backfill": "backfill|store|other",
    "BackfillRequest": "request",
    "Backend": r"backend|get_backend\(\)",
    "Channel": "channel|there",
    "Client": "client",
    "Event": "event",
    "Faults": r"faults|get_faults\(\)",
    "HttpAuthorizer": "http",
    "HttpBackfill": "store",
    "Member": "member|me",
    "Metrics": r"metrics|get_metrics ?\(\)",
    "PresenceChannel": "presence",
    "SecretAuthorizer": "signer",
    "Server": "server",
    "Store": "store",
    "User": "user",
}
# What the bindings do by themselves, or hide.
HIDDEN = {"Metrics.copy", "Metrics.free", "Metrics.to_string", "Server.dup_encryption_master_key"}


def camel(name):
    return re.sub(r"_(.)", lambda match: match[1].upper(), name)


class Sources:
    def __init__(self, *patterns):
        files = sorted(path for pattern in patterns for path in SOURCES.glob(pattern))
        self.text = "\n".join(path.read_text(encoding="utf-8") for path in files)

    def has(self, pattern):
        return re.search(pattern, self.text) is not None

    def has_class(self, name):
        return self.has(rf"\bPusher(Test)?\.{name}\b")

    def has_member(self, owner, *names):
        """Something like “client.name”, “client.props.name” or “client\n  .name”."""
        either = "|".join(sorted({form for name in names for form in (name, camel(name))}))
        return self.has(rf"\b({CALLED[owner]})\.(props\.)?({either})\b")

    def has_signal(self, owner, name):
        end = r"(::[^'\"]*)?['\"]"
        by_name = rf"\b({CALLED[owner]})(\.get_\w+\(\))?(\.connect\(|, )[^;\n]*['\"]{name}{end}"
        as_member = rf"\b({CALLED[owner]})\.{name.replace('-', '_')}(\[\"[^\"]*\"\])?\.connect\b"
        return self.has(by_name) or self.has(as_member)

    def find_unused(self, namespace):
        for item in namespace:
            name = item.get("name")
            if item.tag == CORE + "enumeration":
                yield from self.find_unused_values(item)
            elif item.tag == CORE + "class" and not self.has_class(name):
                yield name
            if item.tag in (CORE + "class", CORE + "record") and name in CALLED:
                yield from self.find_unused_members(item)

    def find_unused_values(self, enum):
        for value in enum.findall(CORE + "member"):
            name = value.get("name")
            if not self.has(rf"\b{name.upper()}\b|['\"]{name.replace('_', '-')}['\"]"):
                yield f"{enum.get('name')}.{name.upper()}"

    def find_unused_members(self, item):
        owner = item.get("name")
        accessors = set()
        for child in item.findall(CORE + "property"):
            name = child.get("name").replace("-", "_")
            accessors |= {f"get_{name}", f"set_{name}"}
            if not self.has_member(owner, name, f"get_{name}", f"set_{name}"):
                yield f"{owner}:{child.get('name')}"
        for child in item.findall(GLIB + "signal"):
            if not self.has_signal(owner, child.get("name")):
                yield f"{owner}::{child.get('name')}"
        for child in item.findall(CORE + "method") + item.findall(CORE + "field"):
            name = child.get("name")
            hidden = f"{owner}.{name}" in HIDDEN or name.endswith("_finish") or name in accessors
            public = child.tag == CORE + "method" or owner == "Metrics"
            if public and not hidden and not self.has_member(owner, name):
                yield f"{owner}.{name}"


def read_namespace(gir):
    return ElementTree.parse(gir).getroot().find(CORE + "namespace")


class CoverageTest(unittest.TestCase):
    maxDiff = None

    def test_languages(self):
        """All of the library, from each language."""
        for language, pattern in LANGUAGES.items():
            with self.subTest(language):
                self.assertEqual(list(Sources(pattern).find_unused(read_namespace(PUSHER_GIR))), [])

    def test_server(self):
        """All of the server, from one language or another."""
        sources = Sources(*LANGUAGES.values())
        self.assertEqual(list(sources.find_unused(read_namespace(PUSHER_TEST_GIR))), [])

    def test_unused_is_found(self):
        unused = set(Sources("nothing").find_unused(read_namespace(PUSHER_GIR)))
        expected = {"Client", "Client:state", "Channel::gap", "Client.open_async", "Error.CLOSED",
                    "Metrics.connects"}
        self.assertEqual(expected - unused, set())

    def test_vapi(self):
        """vapigen drops what it cannot express without a word."""
        vapi = PUSHER_VAPI.read_text(encoding="utf-8")
        for item in read_namespace(PUSHER_GIR).findall(CORE + "class"):
            name = item.get("name")
            body = re.search(rf"\n\tpublic [a-z ]*class {name} .*?\n\t}}", vapi, re.DOTALL)
            self.assertIsNotNone(body, name)
            wanted = {child.get("name").replace("-", "_")
                      for kind in (CORE + "method", CORE + "property", GLIB + "signal")
                      for child in item.findall(kind)}
            hidden = {child for child in wanted if child.endswith("_finish")}
            found = set(re.findall(r"\w+", body[0]))
            self.assertEqual(wanted - hidden - found, set())


if __name__ == "__main__":
    tap.main()
