#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Runs an example as a user would, with a server and its auth endpoint here.

Usage: check-example.py listener|private|presence PROGRAM [ARGUMENT…]
"""

import os
import signal
import subprocess
import sys
import unittest

import gi

gi.require_version("Pusher", "1")
from gi.repository import Pusher

from program_case import ProgramCase

KIND, *PROGRAM = sys.argv[1:]


class ExampleCase(ProgramCase):
    def setUp(self):
        self.server = self.start_server()
        self.backend = self.server.get_backend()
        self.printed = self.complained = ""

    def start(self, *arguments, key=None):
        process = subprocess.Popen(
            [*PROGRAM, "--key", key or self.server.get_key(), "--host", "127.0.0.1",
             "--port", str(self.server.get_port()), "--no-tls", *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            # What a shell runs in the background ignores it, as do the children of that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        self.addCleanup(self.end, process)
        for pipe in process.stdout, process.stderr:
            os.set_blocking(pipe.fileno(), False)
        return process

    def end(self, process):
        process.send_signal(signal.SIGINT)
        process.communicate()

    def read(self, process):
        self.printed += (process.stdout.read() or b"").decode()
        self.complained += (process.stderr.read() or b"").decode()

    def describe(self):
        return f"{self.printed!r} {self.complained!r}"

    def run_until(self, condition, process):
        self.iterate_until(condition, lambda: self.read(process))

    def expect(self, process, *lines):
        """It prints these lines, and nothing else."""
        self.run_until(lambda: self.printed.count("\n") >= len(lines), process)
        self.assertEqual(self.printed.splitlines(), list(lines))
        self.assertEqual((self.complained, self.server.get_last_violation()), ("", None))

    def expect_failure(self, process, status, text):
        self.run_until(lambda: process.poll() is not None, process)
        self.read(process)
        self.assertEqual(process.returncode, status)
        self.assertIn(text, self.complained)

    def new_client(self):
        client = Pusher.Client(key=self.server.get_key(), host="127.0.0.1",
                               port=self.server.get_port(), use_tls=False)
        self.addCleanup(lambda: client.close())  # keeps it until then
        client.use_secret(self.server.get_secret(),
                          '{"user_id":"2","user_info":{"name":"Bo"}}')
        client.open()
        return client


class ListenerCase(ExampleCase):
    needed = ()

    def test_prints(self):
        process = self.start("--channel", "weather", "--event", "rain")
        self.run_until(lambda: self.server.has_subscriber("weather"), process)
        for event, data in ("rain", '{"mm":1}'), ("snow", "2"), ("rain", '{"mm":3}'):
            self.server.publish("weather", event, data)
        self.expect(process, '{"mm":1}', '{"mm":3}')

    def test_defaults(self):
        process = self.start()
        self.run_until(lambda: self.server.has_subscriber("prices"), process)
        self.server.publish("prices", "price-changed", "12")
        self.expect(process, "12")


class PrivateCase(ExampleCase):
    needed = ("--endpoint", "http://127.0.0.1:1/")

    def start_private(self, *arguments):
        return self.start("--endpoint", self.backend.get_auth_endpoint(), *arguments)

    def test_prints(self):
        other = self.new_client().subscribe("private-orders")
        heard = []
        other.connect("event::client-hello", lambda _, event: heard.append(event.get_data()))
        self.iterate_until(lambda: other.get_state() == Pusher.ChannelState.SUBSCRIBED)
        process = self.start_private("--token", "secret")
        self.run_until(lambda: heard, process)
        self.assertIn("from", heard[0])
        self.server.publish("private-orders", "shipped", '{"order":7}')
        self.expect(process, "Subscribed to private-orders", 'shipped {"order":7}')
        self.assertEqual(self.backend.get_n_auth_requests(), 1)

    def test_refused(self):
        self.backend.forbid("private-x")
        process = self.start_private("--channel", "private-x")
        self.expect_failure(process, 1, "No subscription to private-x: ")


class PresenceCase(ExampleCase):
    needed = ("--endpoint", "http://127.0.0.1:1/", "--user", "1")

    def test_prints(self):
        process = self.start("--endpoint", self.backend.get_auth_endpoint(), "--user", "1")
        self.expect(process, "me 1")
        client = self.new_client()
        client.subscribe("presence-lobby")
        self.expect(process, "me 1", "joined Bo")
        client.close()
        self.expect(process, "me 1", "joined Bo", "left Bo")

    def test_is_there_already(self):
        self.new_client().subscribe("presence-lobby")
        self.iterate_until(lambda: self.server.has_subscriber("presence-lobby"))
        process = self.start("--endpoint", self.backend.get_auth_endpoint(), "--user", "1")
        self.expect(process, "here Bo", "me 1")

    def test_refused(self):
        self.backend.forbid("presence-lobby")
        process = self.start("--endpoint", self.backend.get_auth_endpoint(), "--user", "1")
        self.expect_failure(process, 1, "No subscription to presence-lobby: ")


CASES = {"listener": ListenerCase, "private": PrivateCase, "presence": PresenceCase}


class ExampleTest(CASES[KIND]):
    def test_wrong_key(self):
        self.expect_failure(self.start(*self.needed, key="wrong"), 1, "Refused: ")

    def test_usage(self):
        for arguments in [], ["--key", "k"], ["--nonsense", "x"]:
            process = subprocess.run([*PROGRAM, *arguments], capture_output=True, timeout=self.timeout)
            self.assertEqual((process.returncode, process.stdout), (2, b""), arguments)
            self.assertNotEqual(process.stderr, b"")


if __name__ == "__main__":
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(ExampleTest)
    sys.exit(not unittest.TextTestRunner().run(suite).wasSuccessful())
