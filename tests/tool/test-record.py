#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Events are recorded, and published again."""

import json
import pathlib

import tool
from tool import DONE, FAILED, TIMED_OUT, USAGE

EVENTS = (
    ("prices", "changed", '{"price": 12.50, "id": 12345678901234567890}'),
    ("news", "update", "plain “text”\n\t\\"),
    ("prices", "changed", ""),
)


class RecordCase(tool.ToolCase):
    def setUp(self):
        super().setUp()
        self.use_rest()
        self.file = pathlib.Path(self.home.name) / "events.jsonl"

    def record(self, *arguments, channels=1):
        run = self.tool("record", *arguments)
        run.wait_for(lambda: run.err.text.count("* subscribed to ") >= channels, "subscription")
        return run

    def write(self, *events):
        self.file.write_text("".join(json.dumps(event) + "\n" for event in events), "utf-8")

    @property
    def recorded(self):
        return [json.loads(line) for line in self.file.read_text("utf-8").splitlines()]


class Record(RecordCase):
    def test_lines(self):
        run = self.record("-n", "3", str(self.file), "prices", "news", channels=2)
        for channel, event, data in EVENTS:
            self.server.publish(channel, event, data)
        self.assertEqual(run.wait(), DONE)

        lines = self.recorded
        self.assertEqual(
            [(line["channel"], line["event"], line["data"]) for line in lines], list(EVENTS)
        )
        offsets = [line["offset"] for line in lines]
        self.assertEqual(offsets, sorted(offsets))
        self.assertIn("* 3 events recorded, in ", run.err.text)

    def test_user_ids_and_zeros(self):
        run = self.record("-n", "2", "-", "--user-id", "ada", "presence-room")
        client = self.keep(self.new_client())
        client.use_secret(self.server.props.secret, None)
        client.get_authorizer().set_member("grace", None, None)
        client.open()
        room = self.keep(self.subscribe(client, "presence-room"))
        room.trigger("client-hello", '"hi"')
        run.wait_for_lines(1)
        self.server.publish_json("presence-room", "zero", '"a\\u0000b\\u0000"')
        self.assertEqual(run.wait(), DONE)

        first, second = run.out.objects
        self.assertEqual((first["event"], first["user_id"]), ("client-hello", "grace"))
        self.assertEqual(second["data"], "a\0b\0")

    def test_gap(self):
        run = self.record("-n", "1", str(self.file), "prices")
        self.faults.cut_connections()
        run.wait_for(lambda: run.err.text.count("* subscribed to prices") == 2, "second time")
        self.server.publish("prices", "changed", "1")
        self.assertEqual(run.wait(), DONE)

        gap, event = self.recorded
        self.assertEqual((gap["channel"], event["event"]), ("prices", "changed"))
        self.assertGreaterEqual(gap["gap"], 0)
        self.assertIn("* prices: nothing was heard for", run.err.text)

    def test_file_that_is_there(self):
        self.file.write_text("precious", "utf-8")
        run = self.run_tool("record", "-w", "0.01", str(self.file), "prices", status=USAGE)
        self.assertIn("--force overwrites it", run.err.text)
        self.assertEqual(self.file.read_text("utf-8"), "precious")
        self.run_tool("record", "--force", "-w", "0.01", str(self.file), "prices")
        self.assertEqual(self.file.read_text("utf-8"), "")

    def test_ends(self):
        run = self.record(str(self.file), "prices")
        self.server.publish("prices", "changed", "1")
        tool.wait_until(lambda: self.file.read_text("utf-8").endswith("\n"))
        run.interrupt(2)
        self.assertEqual(run.wait(), DONE)
        self.assertEqual(len(self.recorded), 1)

        run = self.run_tool(
            "record", "-n", "1", "-w", "0.05", "-", "prices", status=TIMED_OUT
        )
        self.assertEqual(run.out.text, "")

    def test_what_cannot_be(self):
        for arguments, status, text in (
            (["/nowhere/x", "prices"], USAGE, "/nowhere/x: "),
            (["-", "x" * 600], USAGE, "may have 512"),
            (["-"], USAGE, "FILE CHANNEL…"),
        ):
            with self.subTest(arguments):
                run = self.run_tool("record", *arguments, status=status)
                self.assertIn(text, run.err.text)

    def test_refused(self):
        self.faults.fail_subscription("prices", "AuthError", "not today", 401)
        run = self.run_tool("record", "-", "prices", status=FAILED)
        self.assertIn("not today", run.err.text)

    def test_full_disk(self):
        run = self.record("--force", "/dev/full", "prices")
        self.server.publish("prices", "changed", "1")
        self.assertEqual(run.wait(), FAILED)
        self.assertIn("/dev/full: ", run.err.text)


class Replay(RecordCase):
    def hear_published(self, *channels, server=None):
        """What clients hear, and when."""
        client = self.keep(self.new_client())
        client.open()
        heard = []

        def note(channel, event):
            if not event.get_name().startswith("pusher"):
                heard.append((channel.get_name(), event.get_name(), event.get_data()))

        for name in channels:
            self.keep(self.subscribe(client, name)).connect("event", note)
        return heard

    def test_what_was_recorded(self):
        run = self.record("-n", "3", str(self.file), "prices", "news", channels=2)
        for channel, event, data in EVENTS:
            self.server.publish(channel, event, data)
        run.wait()
        heard = self.hear_published("prices", "news")
        run = self.run_tool("replay", str(self.file))

        tool.wait_until(lambda: len(heard) >= 3)
        self.assertEqual(heard, list(EVENTS))
        self.assertIn("* 3 events published; late by ", run.err.text)

    def test_pauses(self):
        """An event is not published before its time, and the next one not before it."""
        self.write(
            *({"offset": 100 + number / 10, "channel": "a", "event": "e", "data": str(number)}
              for number in range(3))
        )
        heard = self.hear_published("a")
        start = tool.GLib.get_monotonic_time()
        self.run_tool("replay", str(self.file))
        self.assertGreaterEqual(tool.GLib.get_monotonic_time() - start, 200_000)
        tool.wait_until(lambda: len(heard) >= 3)
        self.assertEqual([event[2] for event in heard], ["0", "1", "2"])

    def test_without_pauses(self):
        self.write(
            *({"offset": number * 1000, "channel": "a", "event": "e", "data": str(number)}
              for number in range(25))
        )
        heard = self.hear_published("a")
        self.run_tool("replay", "--speed", "0", str(self.file))
        tool.wait_until(lambda: len(heard) >= 25)
        self.assertEqual([event[2] for event in heard], [str(number) for number in range(25)])

    def test_speed(self):
        self.write(
            {"offset": 0, "channel": "a", "event": "e", "data": "1"},
            {"offset": 3600, "channel": "a", "event": "e", "data": "2"},
        )
        heard = self.hear_published("a")
        self.run_tool("replay", "--speed", "36000", str(self.file))
        tool.wait_until(lambda: len(heard) >= 2)

    def test_encrypted_again(self):
        key = self.server.props.encryption_master_key
        self.environment["PUSHER_ENCRYPTION_MASTER_KEY"] = key
        name = "private-encrypted-ward"
        self.write({"offset": 0, "channel": name, "event": "alarm", "data": '{"room": 3}'})
        listen = self.listen("-e", "alarm", "-n", "1", "--raw", name)
        self.run_tool("replay", str(self.file))
        self.assertEqual(listen.wait(), DONE)
        self.assertEqual(listen.out.lines, ['{"room": 3}'])

        del self.environment["PUSHER_ENCRYPTION_MASTER_KEY"]
        run = self.run_tool("replay", str(self.file), status=FAILED)
        self.assertIn("There is no master key", run.err.text)

    def test_what_is_passed_over(self):
        self.write(
            {"offset": 0, "channel": "a", "gap": 1.5},
            {"offset": 1, "channel": "a", "event": "client-x", "user_id": "ada", "data": "1"},
        )
        run = self.run_tool("replay", str(self.file))
        self.assertEqual(
            run.err.lines[:2],
            ["* 1 gap in the recording was passed over",
             "* 1 event came from a client; it was published without the user id"],
        )

    def test_wrong_lines(self):
        good = '{"offset":0,"channel":"a","event":"e","data":"1"}'
        for line, text in (
            ("{", "It is not a JSON object."),
            ('{"channel":"a","event":"e","data":"1"}', "no “offset”"),
            ('{"offset":-1,"channel":"a","event":"e","data":"1"}', "no “offset”"),
            ('{"offset":"x","channel":"a","event":"e","data":"1"}', "no “offset”"),
            ('{"offset":1e99,"channel":"a","event":"e","data":"1"}', "no “offset”"),
            ('{"offset":1,"event":"e","data":"1"}', "no “channel”"),
            ('{"offset":1,"channel":"a","data":"1"}', "no “event”"),
            ('{"offset":1,"channel":"a","event":"e","data":1}', "“data” is not a string"),
        ):
            with self.subTest(line):
                self.file.write_text(f"{good}\n\n{line}\n", "utf-8")
                run = self.run_tool("replay", str(self.file), status=FAILED)
                self.assertIn("Line 3: ", run.err.text)
                self.assertIn(text, run.err.text)

    def test_refusals(self):
        self.write({"offset": 0, "channel": "no spaces", "event": "e", "data": "1"})
        run = self.run_tool("replay", str(self.file), status=FAILED)
        self.assertIn("answers 400", run.err.text)
        for arguments, text in (
            (["/nowhere"], "/nowhere"),
            (["--speed", "-1", str(self.file)], "The speed"),
            ([], "FILE"),
        ):
            with self.subTest(arguments):
                run = self.run_tool("replay", *arguments, status=USAGE)
                self.assertIn(text, run.err.text)
        del self.environment["PUSHER_APP_ID"]
        run = self.run_tool("replay", str(self.file), status=USAGE)
        self.assertIn("no id of the application", run.err.text)

    def test_interrupted_in_a_pause(self):
        self.write(
            {"offset": 0, "channel": "a", "event": "e", "data": "1"},
            {"offset": 0.01, "channel": "a", "event": "e", "data": "2"},
            {"offset": 3600, "channel": "a", "event": "e", "data": "3"},
        )
        heard = self.hear_published("a")
        run = self.tool("replay", str(self.file))
        tool.wait_until(lambda: len(heard) == 2)
        run.interrupt(2)
        self.assertEqual(run.wait(), FAILED)
        # The answer for the second one may not be there yet.
        self.assertRegex(run.err.text, r"\* [12] events? published")


class ReplayAtItself(RecordCase):
    def test_to_who_connects(self):
        self.write(
            {"offset": 7, "channel": "private-encrypted-a", "event": "e", "data": '{"x": 1}'},
            {"offset": 7, "channel": "private-encrypted-a", "event": "f", "data": "ü"},
        )
        for name in list(self.environment):
            if name.startswith("PUSHER_") and name != "PUSHER_TOOL":
                del self.environment[name]
        run = self.tool("replay", "--serve", "--port", "0", str(self.file))
        run.wait_for_text("* waiting for the first subscriber")
        self.environment.update(
            line.strip().split("=", 1) for line in run.err.lines if line.startswith("    PUSHER_")
        )
        listen = self.listen("-e", "e", "-e", "f", "-n", "2", "--format", "{event} {data}",
                             "private-encrypted-a")
        self.assertEqual(listen.wait(), DONE)
        self.assertEqual(listen.out.lines, ['e {"x": 1}', "f ü"])
        self.assertEqual(run.wait(), DONE)
        self.assertIn("* 2 events published", run.err.text)

    def test_interrupted_while_it_waits(self):
        self.write()
        run = self.tool("replay", "--serve", "--port", "0", str(self.file))
        run.wait_for_text("* waiting for the first subscriber")
        run.interrupt(15)
        self.assertEqual(run.wait(), FAILED)

    def test_event_that_is_none(self):
        self.write({"offset": 0, "channel": "no spaces", "event": "e", "data": "1"})
        run = self.tool("replay", "--serve", "--port", "0", str(self.file))
        run.wait_for_text("* waiting for the first subscriber")
        port = next(line for line in run.err.lines if "PUSHER_PORT" in line).split("=")[1]
        client = self.keep(self.new_client(port=int(port)))
        client.open()
        self.keep(self.subscribe(client, "a"))
        self.assertEqual(run.wait(), FAILED)

    def test_port_in_use(self):
        self.write()
        port = str(self.server.props.port)
        run = self.run_tool("replay", "--serve", "--port", port, str(self.file), status=FAILED)
        self.assertIn("Another program uses port", run.err.text)
        run = self.run_tool("replay", "--serve", "--user-info", "{", str(self.file), status=USAGE)
        self.assertIn("--user-info", run.err.text)


if __name__ == "__main__":
    tool.tap.main()
