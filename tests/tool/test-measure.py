#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Round trips, and what comes on a channel."""

import json
import os
import pathlib
import signal
import time

import tool
from tool import DONE, FAILED, LOST, TIMED_OUT, USAGE, wait_until


def memory_of(process):
    """In bytes, what of it is in use."""
    text = pathlib.Path(f"/proc/{process}/statm").read_text(encoding="ascii")
    return int(text.split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Measure(tool.ToolCase):
    def setUp(self):
        super().setUp()
        self.use_server()

    def read(self, run, status=DONE):
        self.assertEqual(run.wait(), status, run.err.text)
        (result,) = run.out.objects
        return result

    def assert_ordered(self, distribution):
        values = [distribution[name] for name in ("min", "median", "p90", "p99", "max")]
        self.assertEqual(values, sorted(values))

    def assert_usage(self, *cases):
        for arguments, text in cases:
            with self.subTest(arguments):
                run = self.run_tool(*arguments, status=USAGE)
                self.assertIn(text, run.err.text)
                self.assertEqual(run.out.text, "")


class RoundTrips(Measure):
    def rtt(self, *arguments):
        return self.tool("rtt", "--json", "--interval", "0", *arguments)

    def test_all_are_answered(self):
        result = self.read(self.rtt("-n", "50"))

        self.assertEqual((result["sent"], result["answered"], result["lost"]), (50, 50, 0))
        self.assertGreater(result["microseconds"]["min"], 0)
        self.assert_ordered(result["microseconds"])

    def test_for_people(self):
        run = self.run_tool("rtt", "-v", "-n", "2", "--interval", "1")

        self.assertEqual(run.out.lines[0], "pings: 2, answered: 2, lost: 0")
        self.assertRegex(run.out.lines[1], r"^min [0-9.]+ ms, median .*, max [0-9.]+ ms$")
        self.assertEqual(run.err.text.count(" ms\n"), 2)

    def be_silent(self, *arguments):
        """From the middle of a run: the server is in the main loop of the test, so that no more
        than one ping is answered at a time."""
        run = self.rtt("-v", "-n", "100", *arguments)
        run.wait_for_text(" ms\n")
        self.faults.set_silent(True)
        return run

    def test_lost_connection(self):
        """One ping is under way when the network has had enough of the silence."""
        run = self.be_silent()
        self.faults.set_idle_timeout_ms(1000)
        wait_until(lambda: self.server.get_n_connections() == 0)
        self.faults.set_silent(False)
        result = self.read(run, LOST)

        self.assertEqual((result["sent"], result["answered"], result["lost"]), (100, 99, 1))

    def test_silent_server(self):
        result = self.read(self.be_silent("-w", "0.5"), TIMED_OUT)

        self.assertEqual(result["sent"], result["answered"] + 1)

    def test_interrupted(self):
        run = self.tool("rtt", "--json", "-v", "--interval", "3600000")
        run.wait_for_text(" ms\n")
        run.interrupt(signal.SIGINT)

        self.assertEqual(self.read(run)["answered"], 1)

    def test_no_server(self):
        self.server.stop()
        run = self.run_tool("rtt", "-w", "0.2", status=TIMED_OUT)
        self.assertEqual(run.out.text, "")

    def test_wrong_key(self):
        self.environment["PUSHER_APP_KEY"] = "other"
        self.run_tool("rtt", status=FAILED)

    def test_usage(self):
        self.assert_usage(
            (["rtt", "prices"], "“rtt” takes no arguments."),
            (["rtt", "-n", "0"], "--count"),
            (["rtt", "-w", "-1"], "--wait"),
            (["rtt", "--interval", "-1"], "--interval"),
        )


class Bench(Measure):
    def bench(self, *arguments):
        """Runs until it is subscribed."""
        run = self.tool("bench", "-v", "--json", *arguments, "prices")
        run.wait_for_text("* subscribed to prices")
        return run

    def publish(self, count, data="{}"):
        for _ in range(count):
            self.assertEqual(self.server.publish("prices", "changed", data), 1)

    def test_counts(self):
        run = self.bench("-n", "1000")
        self.publish(1000, '{"usd": 1}')
        result = self.read(run)

        self.assertEqual(result["events"], 1000)
        self.assertEqual(result["bytes"], 1000 * len('{"usd": 1}'))
        self.assertGreater(result["events_per_second"], 0)
        self.assertEqual((result["gaps"], result["lateness"]), (0, None))

    def test_lateness(self):
        for unit, name in ((1, "seconds"), (1000, "milliseconds")):
            with self.subTest(name):
                run = self.bench("-n", "3", "--time-pointer", "/sent/at")
                self.publish(1, json.dumps({"sent": {"at": (time.time() - 3600) * unit}}))
                self.publish(1, json.dumps({"sent": {"at": (time.time() - 60) * unit}}))
                self.publish(1)
                result = self.read(run)

                self.assertEqual(result["without_time"], 1)
                self.assertGreaterEqual(result["lateness"]["min"], 59_000_000)
                self.assertGreaterEqual(result["lateness"]["max"], 3_599_000_000)
                self.assert_ordered(result["lateness"])

    def test_gap(self):
        run = self.bench("-n", "2")
        self.publish(1)
        self.faults.cut_connections()
        run.wait_for_text("* a gap of ")
        self.publish(1)
        result = self.read(run)

        self.assertEqual((result["events"], result["gaps"]), (2, 1))
        self.assertGreater(result["missed_microseconds"], 0)

    def test_memory_is_flat(self):
        run = self.bench("-n", "3001")
        before = memory_of(run.process.pid)
        self.publish(3000, "x" * 9000)
        run.wait_for_text("* events: 3000")
        grown = memory_of(run.process.pid) - before
        self.publish(1)

        self.assertEqual(self.read(run)["bytes"], 3000 * 9000 + 2)
        self.assertLess(grown, 15_000_000)

    def test_for_people(self):
        run = self.tool("bench", "-v", "--time-pointer", "/t", "-w", "0", "prices")
        run.wait_for_text("* subscribed to prices")
        self.publish(2, json.dumps({"t": time.time()}))
        run.wait_for_text("* events: 2")
        run.interrupt(signal.SIGINT)

        self.assertEqual(run.wait(), DONE)
        self.assertRegex(run.out.lines[0], r"^events: 2 in [0-9.]+ s, [0-9.]+ a second; data: ")
        self.assertRegex(run.out.lines[1], r"^late by: min .* ms$")

    def test_time(self):
        self.assertEqual(self.read(self.bench("-w", "0.1"))["events"], 0)
        run = self.bench("-w", "0.1", "-n", "1")
        self.assertEqual(self.read(run, TIMED_OUT)["events"], 0)

    def test_refused(self):
        run = self.run_tool("bench", "private-chat", status=FAILED)
        self.assertTrue(run.err.text)
        self.assertEqual(run.out.text, "")

    def test_usage(self):
        self.assert_usage(
            (["bench"], "“bench” needs: CHANNEL"),
            (["bench", "prices", "-w", "-1"], "--wait"),
            (["bench", "prices", "--time-pointer", "t"], "“t” is no JSON Pointer"),
            (["bench", "#server-to-user-1"], "#server-to-user-1"),
        )


if __name__ == "__main__":
    tool.tap.main()
