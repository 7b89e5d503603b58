# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A server of its own for each case of a test program."""

import unittest
from typing import Any

import gi

gi.require_version("Pusher", "1")
gi.require_version("PusherTest", "1")
from gi.repository import GLib, Pusher, PusherTest  # noqa: E402


def wait_until(condition, seconds=10):
    """Runs the main context until condition() is true."""
    expired: list[bool] = []

    def expire():
        expired.append(True)
        return GLib.SOURCE_CONTINUE

    timeout = GLib.timeout_add_seconds(seconds, expire)
    try:
        while not condition():
            if expired:
                raise AssertionError(f"did not happen in {seconds} s")
            GLib.MainContext.default().iteration(True)
    finally:
        GLib.source_remove(timeout)


def call(function, *arguments):
    """Calls an …_async function and returns what its …_finish returns."""
    name = function.__name__.replace("_async", "_finish")
    results = []
    function(*arguments, lambda source, result: results.append((source, result)))
    wait_until(lambda: results)
    assert len(results) == 1
    source, result = results[0]
    return getattr(source, name)(result)


class PusherCase(unittest.TestCase):
    def setUp(self):
        self.server = PusherTest.Server()
        self.backend = self.server.get_backend()
        self.faults = self.server.get_faults()
        self.server.start()

    def tearDown(self):
        self.assertIsNone(self.server.get_last_violation())
        self.server.stop()

    def new_client(self, **properties):
        settings: dict[str, Any] = dict(
            key=self.server.props.key, host="127.0.0.1", port=self.server.props.port, use_tls=False
        )
        settings.update(properties)
        return Pusher.Client(**settings)

    def keep(self, thing):
        """Until the end of the case: a client that nobody keeps is closed."""
        self.addCleanup(lambda: thing)
        return thing

    def new_connected_client(self):
        client = self.new_client()
        call(client.open_async, None)
        return client

    def subscribe(self, client, name):
        """What the server has accepted."""
        return call(client.subscribe_async, name, None)

    def hear(self, source, *signals):
        """The list of what signals are emitted with from now on: (signal, values…)."""
        heard = []
        for signal in signals:
            source.connect(signal, lambda _, *values, name=signal: heard.append((name, *values)))
        return heard

    def assertGError(self, error, quark, code):
        self.assertIsInstance(error, GLib.Error)
        self.assertTrue(error.matches(quark, code), f"{error.domain} {error.code}: {error.message}")
        self.assertTrue(error.message)
