# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What the tests of the example programs have in common: a server in the same process."""

import unittest

import gi

gi.require_version("PusherTest", "1")
from gi.repository import GLib, PusherTest


class ProgramCase(unittest.TestCase):
    timeout = 20

    def start_server(self):
        server = PusherTest.Server()
        server.start()
        self.addCleanup(server.stop)
        return server

    def describe(self):
        """What there is to say of a program that is late."""
        return ""

    def iterate_until(self, condition, meanwhile=lambda: None):
        """Runs the server until condition holds."""
        late = []
        source = GLib.timeout_add_seconds(self.timeout, lambda: late.append(True) or True)
        tick = GLib.timeout_add(20, lambda: True)
        while not condition() and not late:
            GLib.MainContext.default().iteration(True)
            meanwhile()
        GLib.source_remove(tick)
        GLib.source_remove(source)
        self.assertFalse(late, f"too late: {self.describe()}")
