#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What comes on channels, as lines for people and for programs."""

import os
import pathlib
import re
import shutil
import signal
import unicodedata
import unittest

import tool
from tool import DONE, FAILED, LOST, TIMED_OUT, USAGE

from gi.repository import Gio, GLib


class Listen(tool.ToolCase):
    def setUp(self):
        super().setUp()
        self.use_server()

    def publish(self, event="changed", data='{"usd": 1.08}', channel="prices"):
        self.assertTrue(self.server.publish(channel, event, data))


class Lines(Listen):
    def test_json_when_piped(self):
        run = self.listen("-n", "3", "prices")
        self.publish()
        self.publish("text", "two\nlines")
        self.publish("pretty", '{\n  "big": 12345678901234567890.10\n}')

        self.assertEqual(run.wait(), DONE)
        first, second, third = run.out.objects
        self.assertEqual(
            (first["channel"], first["event"], first["data"]), ("prices", "changed", {"usd": 1.08})
        )
        self.assertIsNotNone(GLib.DateTime.new_from_iso8601(first["time"], None))
        self.assertEqual(second["data"], "two\nlines")
        self.assertIn('"big": 12345678901234567890.10', run.out.lines[2])
        self.assertNotIn("user_id", third)

    def test_raw(self):
        run = self.listen("-n", "1", "--raw", "prices")
        self.publish(data=' {"a":  1}')

        self.assertEqual(run.wait(), DONE)
        self.assertEqual(run.out.text, ' {"a":  1}\n')

    def test_format(self):
        run = self.listen("-n", "1", "--format", "{channel}/{event}: {/usd}, {/of/0}{/none}. {user}",
                          "prices")
        self.publish(data='{"usd":1.08,"of":["ECB"]}')

        self.assertEqual(run.wait(), DONE)
        self.assertEqual(run.out.text, "prices/changed: 1.08, ECB. \n")

    def test_only_some_events(self):
        run = self.listen("-n", "2", "--format", "{event}", "-e", "b", "-e", "c", "prices")
        for name in "abac":
            self.publish(name)

        self.assertEqual(run.wait(), DONE)
        self.assertEqual(run.out.lines, ["b", "c"])

    def test_several_channels(self):
        run = self.listen("-n", "2", "--format", "{channel}", "prices", "news", channels=2)
        self.publish(channel="news")
        self.publish()

        self.assertEqual(run.wait(), DONE)
        self.assertEqual(run.out.lines, ["news", "prices"])

    def test_terminal(self):
        run = self.listen("-n", "2", "prices", columns=60)
        self.publish(data="0123456789" * 15)
        self.publish("wide", "漢字" * 40)

        self.assertEqual(run.wait(), DONE)
        plain = run.out.text
        for code in ("\x1b[2m", "\x1b[36m", "\x1b[1m", "\x1b[0m"):
            self.assertIn(code, plain)
            plain = plain.replace(code, "")
        lines = plain.replace("\r\n", "\n").split("\n")
        for line in lines:
            cells = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
            self.assertLessEqual(cells, 60, line)
        self.assertGreater(len(lines), 5)
        self.assertRegex(lines[0], r"^\d\d:\d\d:\d\d  prices  changed  0123")

    def test_no_colors_if_not_wanted(self):
        self.environment["NO_COLOR"] = "1"
        run = self.listen("-n", "1", "prices", columns=80)
        self.publish()

        self.assertEqual(run.wait(), DONE)
        self.assertNotIn("\x1b", run.out.text)

    def test_server_cannot_drive_the_terminal(self):
        self.environment["NO_COLOR"] = "1"
        run = self.listen("-n", "1", "prices", columns=80)
        self.publish("a\x1b[2J", "\x1b]0;owned\x07\u202e\r\n")

        self.assertEqual(run.wait(), DONE)
        self.assertNotRegex(run.out.text, "[\x1b\x07\u202e]")
        self.assertIn("a\\u001b[2J  \\u001b]0;owned\\u0007\\u202e\\u000d\\u000a", run.out.text)


class Channels(Listen):
    def test_members(self):
        self.environment["PUSHER_APP_SECRET"] = self.server.props.secret
        run = self.listen("--members", "--user-id", "me", "--user-info", '{"name":"Me"}',
                          "presence-room")
        other = self.keep(self.new_client())
        other.use_secret(self.server.props.secret, '{"user_id":"ada"}')
        other.open()
        self.keep(self.subscribe(other, "presence-room"))
        run.wait_for_lines(2)
        other.unsubscribe("presence-room")
        run.wait_for_lines(3)

        self.assertEqual(
            [(line["event"], line["data"]) for line in run.out.objects],
            [
                ("member", {"user_id": "me", "user_info": {"name": "Me"}}),
                ("pusher:member_added", {"user_id": "ada"}),
                ("pusher:member_removed", {"user_id": "ada"}),
            ],
        )

    def test_encrypted(self):
        self.environment.update(
            PUSHER_APP_SECRET=self.server.props.secret,
            PUSHER_ENCRYPTION_MASTER_KEY=self.server.dup_encryption_master_key(),
        )
        run = self.listen("-n", "1", "--raw", "private-encrypted-vault")
        self.publish(channel="private-encrypted-vault", data="hidden")

        self.assertEqual(run.wait(), DONE)
        self.assertEqual(run.out.text, "hidden\n")

    def test_endpoint_with_a_header(self):
        self.backend.set_user("ada", None)
        self.environment["PUSHER_AUTH_HEADERS"] = "X-One: 1\nX-Two: 2"
        run = self.listen("-n", "1", "--auth-endpoint", self.backend.get_auth_endpoint(),
                          "private-x")
        self.publish(channel="private-x")

        self.assertEqual(run.wait(), DONE)

    def test_sign_in(self):
        self.use_secret()
        run = self.tool("listen", "-n", "1", "--signin", "--user-id", "ada", "prices")
        run.wait_for_text("* signed in as ada")
        tool.wait_until(lambda: self.server.has_subscriber("#server-to-user-ada"))
        self.assertTrue(self.server.send_to_user("ada", "hello", "there"))

        self.assertEqual(run.wait(), DONE)
        self.assertEqual((run.out.objects[0]["event"], run.out.objects[0]["data"]),
                         ("hello", "there"))

    def test_cache_miss(self):
        run = self.listen("cache-prices")
        run.wait_for_text("* nothing is cached of cache-prices")

    def test_refused(self):
        self.environment["PUSHER_APP_SECRET"] = "wrong"
        run = self.run_tool("listen", "private-x", status=FAILED)

        self.assertIn("Look at the secret", run.err.text)

    def test_refused_by_the_endpoint(self):
        self.backend.set_status(403)
        run = self.run_tool("listen", "--auth-endpoint", self.backend.get_auth_endpoint(),
                            "private-x", status=FAILED)

        self.assertIn("PUSHER_AUTH_HEADERS", run.err.text)


class End(Listen):
    def test_wait_for_what_does_not_come(self):
        run = self.run_tool("listen", "-n", "1", "-w", "0.2", "prices", status=TIMED_OUT)
        self.assertIn("The time is over.", run.err.text)

    def test_wait_is_enough_without_a_count(self):
        self.run_tool("listen", "-w", "0.2", "prices", status=DONE)

    def test_interrupts(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number):
                run = self.listen("prices")
                run.interrupt(number)
                self.assertEqual(run.wait(), DONE)
                tool.wait_until(lambda: self.server.get_n_connections() == 0)

    def test_reader_that_goes(self):
        run = self.listen("prices")
        run.out.close()
        tool.wait_until(lambda: run.err.ended)

        self.assertEqual(run.process.wait(), DONE)
        run.out = tool.Output(os.open(os.devnull, os.O_RDONLY))

    def test_gap_is_said(self):
        run = self.listen("prices")
        self.faults.cut_connections()
        run.wait_for_text("* prices: nothing was heard for ")
        self.publish()
        run.wait_for_lines(1)

    def test_gap_as_failure(self):
        run = self.listen("--fail-on-gap", "prices")
        self.faults.cut_connections()

        self.assertEqual(run.wait(), LOST)

    def test_closed_for_good(self):
        run = self.listen("prices")
        self.faults.close_connections(4003, "gone")

        self.assertEqual(run.wait(), FAILED)

    def test_quiet_and_verbose(self):
        self.assertEqual(self.run_tool("listen", "-q", "-w", "0.2", "prices").err.text, "")
        verbose = self.run_tool("listen", "-v", "-w", "0.2", "prices")
        self.assertIn("* connecting\n* connected as ", verbose.err.text)

    def test_wrong_usage(self):
        for arguments, text in (
            ([], "“listen” needs: CHANNEL…"),
            (["--json", "--raw", "x"], "Only one of"),
            (["--format", "{what}", "x"], "“{what}” is none of them"),
            (["--format", "{event", "x"], "“{event” is none of them"),
            (["--exec", "'", "x"], "quote"),
            (["--many", "x"], "--many"),
            (["--user-info", "{", "--user-id", "a", "x"], "“{” is not JSON."),
            (["--ca-file", "/nowhere", "x"], "/nowhere"),
        ):
            with self.subTest(arguments):
                self.environment["PUSHER_APP_SECRET"] = "x"
                run = self.run_tool("listen", *arguments, status=USAGE)
                self.assertIn(text, run.err.text)


class Actions(Listen):
    def test_commands_run_in_order_and_all(self):
        path = pathlib.Path(self.home.name) / "heard"
        script = f'echo "$PUSHER_CHANNEL $PUSHER_EVENT $0" >> {path}'
        run = self.listen("-n", "50", "--exec", f"sh -c '{script}' {{}}", "prices")
        for number in range(50):
            self.publish("n", str(number))

        self.assertEqual(run.wait(), DONE)
        self.assertEqual(path.read_text(encoding="utf-8").split("\n")[:-1],
                         [f"prices n {number}" for number in range(50)])

    def test_data_is_one_argument_and_no_shell_sees_it(self):
        path = pathlib.Path(self.home.name) / "argument"
        run = self.listen("-n", "1", "--exec", f"cp -- {{}} {path}", "prices")
        self.publish(data=f"x; touch {path}")

        self.assertEqual(run.wait(), DONE)
        self.assertFalse(path.exists())

    def test_command_that_fails_is_said(self):
        run = self.listen("-n", "1", "--exec", "false {}", "prices")
        self.publish()

        self.assertEqual(run.wait(), DONE)
        self.assertIn("* false: ", run.err.text)

    def test_command_that_is_missing_is_said(self):
        run = self.listen("-n", "1", "--exec", "/nowhere/program", "prices")
        self.publish()

        self.assertEqual(run.wait(), DONE)
        self.assertIn("/nowhere/program", run.err.text)


@unittest.skipUnless(shutil.which("dbus-daemon"), "there is no dbus-daemon")
class Notifications(Listen):
    """Of a desktop that is in the test."""

    INTERFACE = """<node><interface name="org.freedesktop.Notifications"><method name="Notify">
      <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
      <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
      <arg type="u" direction="out"/></method></interface></node>"""

    def test_notification(self):
        bus = Gio.TestDBus.new(Gio.TestDBusFlags.NONE)
        bus.up()
        self.addCleanup(bus.down)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.get_bus_address()
        flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
                 | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        desktop = Gio.DBusConnection.new_for_address_sync(bus.get_bus_address(), flags, None, None)
        shown = []

        def notify(connection, sender, path, interface, method, parameters, invocation):
            shown.append(parameters.unpack()[3:5])
            invocation.return_value(GLib.Variant("(u)", (1,)))

        interface = Gio.DBusNodeInfo.new_for_xml(self.INTERFACE).interfaces[0]
        desktop.register_object("/org/freedesktop/Notifications", interface, notify, None, None)
        Gio.bus_own_name_on_connection(desktop, "org.freedesktop.Notifications",
                                       Gio.BusNameOwnerFlags.NONE, None, None)

        run = self.listen("--notify", "prices")
        self.publish(data="<b>1 & 2</b>")
        tool.wait_until(lambda: shown)
        self.assertEqual(shown[0], ("changed", "&lt;b&gt;1 &amp; 2&lt;/b&gt;"))
        run.interrupt(signal.SIGTERM)
        self.assertEqual(run.wait(), DONE)


class Many(Listen):
    def publish_until(self, run, total):
        """A thousand at a time, as a server does not send what is not read."""
        for count in range(run.out.count + 1000, total + 1, 1000):
            for _ in range(1000):
                self.publish(data="x")
            tool.wait_until(lambda count=count: run.out.count >= count, tool.PATIENCE)

    def memory(self, run):
        """The most it has used so far, in kB."""
        status = pathlib.Path(f"/proc/{run.process.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1])

    def test_hundred_thousand_lines(self):
        run = self.listen("prices")
        self.publish_until(run, 20000)
        before = self.memory(run)
        self.publish_until(run, 100000)

        self.assertEqual(run.out.count, 100000)
        self.assertLess(self.memory(run) - before, 1024)


class Restarts(Listen):
    def test_what_is_published_while_connected_is_printed_once(self):
        run = self.listen("--format", "{data}", "prices")
        for number in range(4):
            self.publish(data=str(number))
            run.wait_for_lines(number + 1)
            if number % 2:
                self.faults.cut_connections()
            else:
                self.faults.close_connections(4200, "restart")
            tool.wait_until(lambda: not self.server.has_subscriber("prices"))
            tool.wait_until(lambda: self.server.has_subscriber("prices"), tool.PATIENCE)
        run.interrupt(signal.SIGTERM)

        self.assertEqual(run.wait(), DONE)
        self.assertEqual(run.out.lines, [str(number) for number in range(4)])


if __name__ == "__main__":
    tool.tap.main()
