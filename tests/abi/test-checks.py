#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The checks of this folder find what is planted, and let pass what is new.

Usage: test-checks.py GIR [ABIDIFF ABIDW LIBRARY HEADER…]

In the introspection data the library changes; of the binary interface the baseline does, so that
nothing has to be compiled: a function that only the baseline has was removed.
"""

import pathlib
import re
import sys
import tempfile
import unittest
from xml.etree import ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "introspection"))

import abi  # noqa: E402
import api  # noqa: E402
import tap  # noqa: E402

GIR, *TOOLS = sys.argv[1:]

NAMESPACES = {"core": api.CORE[1:-1], "c": api.C[1:-1], "glib": api.GLIB[1:-1]}
PARAMETERS = "core:method[@name='ping_async']/core:parameters/core:parameter"
CLIENT = "core:class[@name='Client']/"


class ApiTest(unittest.TestCase):
    def setUp(self):
        self.baseline = ["What it offers in version 1.0.0", *api.describe(GIR)]
        self.tree = ElementTree.parse(GIR)
        self.namespace = self.tree.getroot().find(api.CORE + "namespace")

    def find(self, path):
        element = self.namespace.find(path, NAMESPACES)
        self.assertIsNotNone(element, path)
        return element

    def remove(self, path):
        element = self.find(path)
        next(parent for parent in self.namespace.iter() if element in parent).remove(element)

    def compare(self, version="1.0.0"):
        with tempfile.NamedTemporaryFile(suffix=".gir") as file:
            self.tree.write(file.name)
            return api.compare(self.baseline, version, api.describe(file.name))

    def assert_found(self, *words):
        """One thing has changed, and it is the one with these words."""
        problems, additions = self.compare()
        self.assertEqual((len(problems), additions), (1, []), problems)
        for word in words:
            self.assertIn(word, problems[0])

    def assert_passes(self, word):
        problems, additions = self.compare()
        self.assertEqual(problems, [])
        self.assertEqual([word in addition for addition in additions], [True], additions)

    def test_same(self):
        self.assertEqual(self.compare(), ([], []))

    def test_removed_method(self):
        self.remove(CLIENT + "core:method[@name='reconnect_now']")
        self.assert_found("removed: method pusher_client_reconnect_now:")

    def test_removed_property(self):
        self.remove(CLIENT + "core:property[@name='tls-port']")
        self.assert_found("removed: property PusherClient:tls-port:")

    def test_removed_signal(self):
        self.remove(CLIENT + "glib:signal[@name='connecting-in']")
        self.assert_found("removed: signal PusherClient::connecting-in:")

    def test_removed_value(self):
        self.remove("core:enumeration[@name='ChannelKind']/core:member[@name='encrypted']")
        self.assert_found("removed: value PUSHER_CHANNEL_KIND_ENCRYPTED:")

    def test_changed_value(self):
        self.find("core:enumeration[@name='ChannelKind']/core:member[@name='encrypted']").set(
            "value", "4")
        self.assert_found("was:     value PUSHER_CHANNEL_KIND_ENCRYPTED: 3")

    def test_changed_parameter(self):
        kind = self.find(
            CLIENT + "core:constructor[@name='new_for_host']/core:parameters/"
            "core:parameter[@name='port']/core:type")
        kind.set("name", "guint64")
        kind.set(api.C + "type", "guint64")
        self.assert_found("constructor pusher_client_new_for_host:", "port guint,", "port guint64,")

    def test_removed_parameter(self):
        method = CLIENT + "core:method[@name='unsubscribe']/core:parameters"
        self.find(method).remove(self.find(method + "/core:parameter"))
        self.assert_found("method pusher_client_unsubscribe:")

    def test_nullable_parameter(self):
        parameter = self.find(CLIENT + PARAMETERS + "[@name='cancellable']")
        del parameter.attrib["nullable"]
        self.assert_found("method pusher_client_ping_async:")

    def test_nullable_result(self):
        result = self.find(CLIENT + "core:method[@name='get_channel']/core:return-value")
        del result.attrib["nullable"]
        self.assert_found("method pusher_client_get_channel:")

    def test_ownership_of_result(self):
        result = self.find(CLIENT + "core:method[@name='get_channel']/core:return-value")
        result.set("transfer-ownership", "full")
        self.assert_found("transfer-full")

    def test_no_error_any_more(self):
        method = self.find(CLIENT + "core:method[@name='use_endpoint']")
        del method.attrib["throws"]
        self.assert_found("method pusher_client_use_endpoint:")

    def test_type_of_property(self):
        self.find(CLIENT + "core:property[@name='tls-port']/core:type").set("name", "gint64")
        self.assert_found("property PusherClient:tls-port:")

    def test_property_becomes_read_only(self):
        del self.find(CLIENT + "core:property[@name='tls-port']").attrib["writable"]
        self.assert_found("property PusherClient:tls-port:")

    def test_signal_without_details(self):
        del self.find(CLIENT + "glib:signal[@name='event']").attrib["detailed"]
        self.assert_found("signal PusherClient::event:")

    def test_moved_member(self):
        metrics = self.find("core:record[@name='Metrics']")
        first, second = metrics.findall(api.CORE + "field")[:2]
        metrics.remove(second)
        metrics.insert(list(metrics).index(first), second)
        problems, _ = self.compare()
        self.assertEqual(len(problems), 2, problems)

    def test_new_member_of_structure(self):
        metrics = self.find("core:record[@name='Metrics']")
        ElementTree.SubElement(
            ElementTree.SubElement(metrics, api.CORE + "field", name="more"),
            api.CORE + "type", name="guint")
        self.assert_found("changes a structure: field PusherMetrics.more:")

    def test_other_parent(self):
        self.find("core:class[@name='EncryptedChannel']").set("parent", "GObject.Object")
        self.assert_found("class PusherEncryptedChannel:")

    def add_method(self, since):
        method = ElementTree.fromstring(ElementTree.tostring(
            self.find(CLIENT + "core:method[@name='reconnect_now']")))
        method.set(api.C + "identifier", "pusher_client_reconnect_later")
        method.set("version", since)
        self.find("core:class[@name='Client']").append(method)

    def test_new_method(self):
        self.add_method("1.0")
        self.assert_passes("method pusher_client_reconnect_later:")

    def test_new_value(self):
        enum = self.find("core:enumeration[@name='ChannelKind']")
        ElementTree.SubElement(enum, api.CORE + "member", {
            "name": "quiet", "value": "4", api.C + "identifier": "PUSHER_CHANNEL_KIND_QUIET"})
        self.assert_passes("value PUSHER_CHANNEL_KIND_QUIET:")

    def test_new_in_a_later_version(self):
        self.add_method("1.1")
        self.assertEqual(self.compare("1.1.0")[0], [])

    def test_new_but_said_to_be_old(self):
        self.add_method("1.0")
        problems, _ = self.compare("1.1.0")
        self.assertEqual(len(problems), 1)
        self.assertIn("was not in 1.0: method pusher_client_reconnect_later:", problems[0])


SYMBOL = re.compile(r"    <elf-symbol name='pusher_client_reconnect_now'.*\n")
FUNCTION = re.compile(r"    <function-decl name='pusher_client_reconnect_now'(?:.*\n)*?    </.*\n")
PORT = re.compile(
    r"(<function-decl name='pusher_client_new_for_host'(?:.*\n){3}.*type-id=')(\w+)(')")
VALUE = re.compile(r"(<enumerator name='PUSHER_CHANNEL_KIND_ENCRYPTED' value=')3(')")
LAST_VALUE = re.compile(r" *<enumerator name='PUSHER_CHANNEL_KIND_ENCRYPTED'.*\n")
LAST_MEMBER = re.compile(r" *<data-member .*\n.* name='channels_failed'.*\n *</data-member>\n")
SIZE = re.compile(r"(<class-decl name='PusherMetrics'[^>]* size-in-bits=')768")
NAME = "pusher_client_reconnect_now"


@unittest.skipUnless(TOOLS, "no abidiff, or no debugging information")
class AbiTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.abidiff, abidw, library, *headers = TOOLS
        cls.dump = abi.dump(abidw, library, headers)

    def compare(self, dump):
        with tempfile.NamedTemporaryFile("w", suffix=".abi") as file:
            file.write(dump)
            file.flush()
            return abi.compare(self.abidiff, file.name, self.dump)

    def change(self, pattern, replacement):
        changed, count = pattern.subn(replacement, self.dump)
        self.assertEqual(count, 1, pattern.pattern)
        return changed

    def assert_found(self, dump, *words):
        problems, additions = self.compare(dump)
        self.assertEqual((len(problems), additions), (1, []))
        for word in words:
            self.assertIn(word, problems[0])

    def test_same(self):
        self.assertEqual(self.compare(self.dump), ([], []))

    def test_nothing_of_the_machine(self):
        paths = set(re.findall(r" path='([^']*)'", self.dump))
        self.assertEqual([path for path in paths if not path.startswith("pusher-glib/")], [])

    def test_removed_function(self):
        dump = self.dump
        for pattern in SYMBOL, FUNCTION:
            both = pattern.search(dump)[0]
            dump = dump.replace(both, both + both.replace(NAME, NAME + "_or_never"))
        self.assert_found(dump, "[D]", NAME + "_or_never")

    def test_changed_parameter(self):
        other = re.search(r"<type-decl name='unsigned long[^>]* id='(\w+)'", self.dump)[1]
        self.assert_found(self.change(PORT, rf"\g<1>{other}\3"), "pusher_client_new_for_host")

    def test_changed_value(self):
        self.assert_found(self.change(VALUE, r"\g<1>7\2"), "PUSHER_CHANNEL_KIND_ENCRYPTED")

    def test_new_member_of_structure(self):
        dump, count = SIZE.subn(r"\g<1>704", self.change(LAST_MEMBER, ""))
        self.assertEqual(count, 1)
        self.assert_found(dump, "channels_failed", "from 704 to 768")

    def test_other_soname(self):
        self.assert_found(self.dump.replace(".so.0'", ".so.1'"), "SONAME")

    def test_no_dump(self):
        self.assert_found("nothing", "abidiff failed")

    def test_new_function(self):
        dump = FUNCTION.sub("", SYMBOL.sub("", self.dump))
        problems, additions = self.compare(dump)
        self.assertEqual(problems, [])
        self.assertEqual([NAME in addition for addition in additions], [True], additions)

    def test_new_value(self):
        self.assertEqual(self.compare(self.change(LAST_VALUE, ""))[0], [])


if __name__ == "__main__":
    tap.main()
