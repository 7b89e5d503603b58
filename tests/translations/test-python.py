#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What a program in Python reads, in German."""

import locale
import os
import pathlib
import sys
import tempfile
import unittest

here = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(here), str(here.parent / "introspection")]
import tap  # noqa: E402
from fixture import GLib, PusherCase, PusherTest, wait_until  # noqa: E402
from german import is_possible, make_locale  # noqa: E402

DOMAIN = "pusher-glib-1"


@unittest.skipUnless(is_possible(), "there is no C.UTF-8")
class Translations(PusherCase):
    bound: str

    @classmethod
    def setUpClass(cls):
        PusherTest.Server()  # whereupon both libraries are there, and have bound the domain
        cls.bound = locale.bindtextdomain(DOMAIN, None)
        locale.bindtextdomain(DOMAIN, os.environ["PUSHER_TESTS_LOCALEDIR"])
        with tempfile.TemporaryDirectory() as folder:
            os.environ |= make_locale(folder)
            locale.setlocale(locale.LC_ALL, "")

    @classmethod
    def tearDownClass(cls):
        locale.setlocale(locale.LC_ALL, "C")

    def test_bound_by_the_library(self):
        self.assertEqual(self.bound, os.environ["PUSHER_TESTS_INSTALLED_LOCALEDIR"])

    def test_refused(self):
        with self.assertRaises(GLib.Error) as caught:
            self.new_client().subscribe("")
        self.assertEqual(caught.exception.message, "Der Kanalname ist leer")

    def test_of_the_server_for_tests(self):
        with self.assertRaises(GLib.Error) as caught:
            self.backend.set_user("", None)
        self.assertEqual(caught.exception.message,
                         "Eine Benutzerkennung besteht aus mindestens einem Zeichen in UTF-8")

    def test_told(self):
        messages = []
        client = self.new_client()
        client.connect("error", lambda _, error: messages.append(error.message))
        self.faults.fail_subscription("a", "AuthError", "not today", 403)
        client.open()
        client.subscribe("a")
        wait_until(lambda: messages)
        self.assertEqual(messages, ["»a« kann nicht abonniert werden: AuthError: not today"])


if __name__ == "__main__":
    tap.main()
