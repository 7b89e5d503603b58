#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Runs a quickstart program with good and bad options, against a server here.

Usage: check-quickstart.py PROGRAM [ARGUMENT…]
"""

import signal
import subprocess
import sys
import unittest

from gi.repository import GLib

from program_case import ProgramCase

PROGRAM = sys.argv[1:]

NONSENSE = {
    "--channel a": "need --key",
    "--no-tls": "need --key",
    "--key k": "--cluster or --host",
    "--key k --cluster eu --host h": "exclude each other",
    "--key k --cluster eu --port 80 --channel a": "need --host",
    "--key k --cluster eu": "--channel",
    "--key k --host h --port 70000 --channel a": "--port",
    "--key k --host h --port x --channel a": "port",
    "--key= --host h --channel a": "--key is empty",
    "--key k --host h --channel a --event=": "--event is empty",
    "--nonsense": "nonsense",
    "argument": "argument",
}


class QuickstartTest(ProgramCase):
    def start(self, *arguments):
        process = subprocess.Popen([*PROGRAM, *arguments], text=True, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        self.addCleanup(process.kill)
        return process

    def start_with(self, server, *arguments):
        return self.start("--host", "127.0.0.1", "--port", str(server.get_port()), "--no-tls",
                          *arguments)

    def test_help(self):
        process = self.start("--help")
        out, err = process.communicate(timeout=self.timeout)
        self.assertEqual((process.returncode, err), (0, ""))
        self.assertIn("--cluster", out)

    def test_nonsense(self):
        for arguments, message in NONSENSE.items():
            with self.subTest(arguments=arguments):
                process = self.start(*arguments.split())
                out, err = process.communicate(timeout=self.timeout)
                self.assertEqual((process.returncode, out), (2, ""))
                self.assertIn(message, err)

    def test_bad_channel_name(self):
        process = self.start("--key", "k", "--host", "h", "--channel", "#a")
        _, err = process.communicate(timeout=self.timeout)
        self.assertEqual(process.returncode, 1)
        self.assertIn("#a", err)

    def test_wrong_key(self):
        server = self.start_server()
        process = self.start_with(server, "--key", "wrong", "--channel", "a")
        self.iterate_until(lambda: process.poll() is not None)
        out, err = process.communicate()
        self.assertEqual(process.returncode, 1)
        self.assertIn("4001", err)
        self.assertIn("failed", out)

    def listen(self, *arguments):
        """What the program prints of events on two channels until interrupted."""
        server = self.start_server()
        process = self.start_with(server, "--key", server.get_key(), "--channel", "a",
                                  "--channel", "b", *arguments)
        self.iterate_until(lambda: server.has_subscriber("a") and server.has_subscriber("b"))
        for channel, event, data in ("a", "x", '{"n":1}'), ("b", "y", "text"), ("b", "z", "2"):
            server.publish(channel, event, data)

        lines = []
        while "  z  2" not in (lines[-1] if lines else ""):
            GLib.MainContext.default().iteration(False)
            lines.append(process.stdout.readline().rstrip("\n"))
            self.assertNotEqual(lines[-1], "", "the program ended")
        process.send_signal(signal.SIGINT)
        self.iterate_until(lambda: process.poll() is not None)
        self.assertEqual(process.returncode, 0, process.communicate())
        self.iterate_until(lambda: server.get_n_connections() == 0)
        self.assertEqual(server.get_n_violations(), 0)
        return [line for line in lines if not line.startswith("*")]

    def test_all_events(self):
        self.assertEqual(self.listen(), ['a  x  {"n":1}', "b  y  text", "b  z  2"])

    def test_some_events(self):
        self.assertEqual(self.listen("--event", "x", "--event", "z"),
                         ['a  x  {"n":1}', "b  z  2"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
