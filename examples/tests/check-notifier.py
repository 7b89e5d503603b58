#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Runs the notifier as a session does: with a bus, a server of notifications and systemd's unit.

Usage: dbus-run-session -- check-notifier.py UNIT PROGRAM [ARGUMENT…]

The server of notifications is here, and so is the one of the events.
"""

import json
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

import gi

gi.require_version("Pusher", "1")
from gi.repository import Gio, GLib

from program_case import ProgramCase

EXIT_CONFIG = 78
UNIT = pathlib.Path(sys.argv[1])
PROGRAM = sys.argv[2:]
NAME = "org.example.PusherNotifier"
INTERFACE = """
<node>
  <interface name="org.freedesktop.Notifications">
    <method name="Notify">
      <arg type="s" direction="in"/>
      <arg type="u" direction="in"/>
      <arg type="s" direction="in"/>
      <arg type="s" direction="in"/>
      <arg type="s" direction="in"/>
      <arg type="as" direction="in"/>
      <arg type="a{sv}" direction="in"/>
      <arg type="i" direction="in"/>
      <arg type="u" direction="out"/>
    </method>
    <method name="GetCapabilities"><arg type="as" direction="out"/></method>
    <method name="CloseNotification"><arg type="u" direction="in"/></method>
  </interface>
</node>
"""


class Notifications:
    """What a desktop has, and what it was asked to show, by the numbers that it gave."""

    def __init__(self, bus):
        self.n_asked = 0
        self.shown = {}
        interface = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
        bus.register_object("/org/freedesktop/Notifications", interface, self.call, None, None)
        Gio.bus_own_name_on_connection(
            bus, "org.freedesktop.Notifications", Gio.BusNameOwnerFlags.NONE, None, None)

    def call(self, bus, sender, path, interface, method, parameters, invocation):
        answer = None
        if method == "Notify":
            _, replaced, _, title, body, *_ = parameters.unpack()
            self.n_asked += 1
            number = replaced or self.n_asked
            self.shown[number] = (title, body)
            answer = GLib.Variant("(u)", (number,))
        elif method == "GetCapabilities":
            answer = GLib.Variant("(as)", (["body"],))
        invocation.return_value(answer)


class NotifierCase(ProgramCase):
    timeout = 60

    def setUp(self):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        NOTIFICATIONS.n_asked = 0
        NOTIFICATIONS.shown.clear()
        self.server = self.start_server()
        self.close_codes = []
        self.server.connect("client-disconnected",
                            lambda server, socket_id, code: self.close_codes.append(code))
        self.directory = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.directory)

    def configure(self, **changed):
        server = {"key": self.server.get_key(), "host": "127.0.0.1",
                  "port": self.server.get_port(), "tls": "false", **changed}
        path = self.directory / "notifier.conf"
        path.write_text("\n".join([
            "[server]", *(f"{key}={value}" for key, value in server.items()),
            "[notifications]", "channel=alerts", "event=raised", ""]), encoding="utf-8")
        return path

    def start(self, config=None):
        process = subprocess.Popen([*PROGRAM, "--config", str(config or self.configure())],
                                   stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.stderr.close)
        self.addCleanup(lambda: process.poll() is None and (process.kill(), process.wait()))
        return process

    def start_listening(self):
        process = self.start()
        self.iterate_until(lambda: self.server.has_subscriber("alerts"))
        return process

    def wait_for_end(self, process):
        self.iterate_until(lambda: process.poll() is not None)
        return process.returncode

    def terminate(self, process):
        process.send_signal(signal.SIGTERM)
        self.assertEqual(self.wait_for_end(process), 0)
        self.iterate_until(lambda: self.server.get_n_connections() == 0)
        self.assertIsNone(self.server.get_last_violation())

    def call(self, name, path, interface, method, parameters):
        return self.bus.call_sync(name, path, interface, method, parameters, None,
                                  Gio.DBusCallFlags.NONE, -1, None).unpack()

    def activate(self):
        """When that has returned, the notifier has also got the answers that came before."""
        self.call(NAME, "/" + NAME.replace(".", "/"), "org.freedesktop.Application", "Activate",
                  GLib.Variant("(a{sv})", ({},)))

    def publish(self, event, **data):
        self.server.publish("alerts", event, json.dumps(data))

    def wait_for(self, *shown):
        self.iterate_until(lambda: list(NOTIFICATIONS.shown.values()) == list(shown))

    def test_shows(self):
        process = self.start_listening()
        self.publish("other", title="Not this one")
        self.publish("raised", title="Disk full", body="/home has 1 % left")
        self.wait_for(("Disk full", "/home has 1 % left"))
        self.publish("raised", body="Without a title")
        self.wait_for(("Disk full", "/home has 1 % left"), ("raised", "Without a title"))
        self.terminate(process)

    def test_follows_up(self):
        process = self.start_listening()
        self.publish("raised", id="disk", title="Disk full", body="")
        self.wait_for(("Disk full", ""))
        self.activate()
        self.publish("raised", id="disk", title="Disk all right", body="")
        self.wait_for(("Disk all right", ""))
        self.assertEqual(NOTIFICATIONS.n_asked, 2)
        self.terminate(process)

    def test_gap(self):
        process = self.start_listening()
        self.server.get_faults().cut_connections()
        self.iterate_until(lambda: NOTIFICATIONS.shown)
        (title, body), = NOTIFICATIONS.shown.values()
        self.assertEqual(title, "Messages may be missing")
        self.assertIn("There was no connection for ", body)
        self.terminate(process)

    def test_closes(self):
        """Both signals end it, and the server hears that it goes."""
        for number in signal.SIGTERM, signal.SIGINT:
            with self.subTest(number):
                process = self.start_listening()
                self.close_codes.clear()
                process.send_signal(number)
                self.assertEqual(self.wait_for_end(process), 0)
                self.iterate_until(lambda: self.close_codes)
                self.assertEqual(self.close_codes, [1000])
                self.assertEqual(process.stderr.read(), "")

    def test_one_instance(self):
        process = self.start_listening()
        another = self.start()
        self.assertEqual(self.wait_for_end(another), 0)
        self.assertEqual(self.server.get_n_attempts(), 1)
        self.assertIsNone(process.poll())
        self.terminate(process)

    def test_refused(self):
        process = self.start(self.configure(key="no-such-key"))
        self.assertEqual(self.wait_for_end(process), EXIT_CONFIG)
        self.assertIn("no-such-key", process.stderr.read())

    def test_wrong_settings(self):
        for settings, complaint in (
            (self.directory / "nowhere", "nowhere"),
            (self.configure(endpoint="not a url"), "not an HTTP URL"),
        ):
            with self.subTest(complaint):
                process = self.start(settings)
                self.assertEqual(self.wait_for_end(process), EXIT_CONFIG)
                self.assertIn(complaint, process.stderr.read())

    def test_unit(self):
        """What it says fits the program, and systemd has nothing to say against it."""
        unit = GLib.KeyFile()
        unit.load_from_file(str(UNIT), GLib.KeyFileFlags.NONE)
        self.assertEqual(unit.get_string("Service", "RestartPreventExitStatus"), str(EXIT_CONFIG))
        process = self.start_listening()
        name = unit.get_string("Service", "BusName")
        owned, = self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                           "NameHasOwner", GLib.Variant("(s)", (name,)))
        self.assertTrue(owned)
        self.terminate(process)

        if shutil.which("systemd-analyze") is None:
            return
        copy = self.directory / UNIT.name
        text = UNIT.read_text(encoding="utf-8")
        copy.write_text(text.replace(unit.get_string("Service", "ExecStart"), "/bin/true"),
                        encoding="utf-8")
        verified = subprocess.run(["systemd-analyze", "verify", "--user", "--man=no", copy],
                                  capture_output=True, text=True)
        self.assertEqual([line for line in verified.stderr.splitlines() if UNIT.name in line], [])


NOTIFICATIONS = Notifications(Gio.bus_get_sync(Gio.BusType.SESSION))
unittest.main(argv=sys.argv[:1])
