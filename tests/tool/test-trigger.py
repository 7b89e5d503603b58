#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Client events from the command line."""

import signal

import tool
from tool import FAILED, TIMED_OUT, USAGE


class Trigger(tool.ToolCase):
    def setUp(self):
        super().setUp()
        self.use_server()
        self.use_secret()

    def other(self):
        """Another client of the channel, and what it hears."""
        client = self.keep(self.new_client())
        client.use_secret(self.server.props.secret, None)
        client.open()
        heard = self.hear(self.keep(self.subscribe(client, "private-chat")), "event")
        return heard

    def assert_heard(self, heard, name, data):
        tool.wait_until(lambda: heard)
        event = heard[0][1]
        self.assertEqual((event.get_name(), event.get_data()), (name, data))

    def test_argument(self):
        heard = self.other()
        run = self.run_tool("trigger", "private-chat", "client-typing", '{"user":"ada"}')

        self.assert_heard(heard, "client-typing", '{"user":"ada"}')
        self.assertEqual((run.out.text, run.err.text), ("", ""))

    def test_standard_input(self):
        heard = self.other()
        self.run_tool("trigger", "private-chat", "client-text", "-", text='["a",1]')

        self.assert_heard(heard, "client-text", '["a",1]')

    def test_refusals(self):
        for arguments, status, text in (
            (["private-chat", "typing"], FAILED, "client-"),
            (["private-chat", "client-x", "{"], FAILED, "JSON"),
            (["", "client-x"], USAGE, "name"),
            (["private-chat"], USAGE, "CHANNEL EVENT"),
            (["private-chat", "client-x", "1", "2"], USAGE, "CHANNEL EVENT"),
        ):
            with self.subTest(arguments):
                run = self.run_tool("trigger", *arguments, status=status)
                self.assertIn(text, run.err.text)

    def test_public_channel(self):
        run = self.run_tool("trigger", "news", "client-x", status=FAILED)

        self.assertIn("only supported on private and presence channels", run.err.text)
        self.expect_violation()

    def test_server_that_objects(self):
        self.server.set_client_events(False)
        run = self.run_tool("trigger", "private-chat", "client-x", status=FAILED)

        self.assertTrue(run.err.text)

    def test_silent_server(self):
        self.faults.set_never_answer(True)
        run = self.run_tool("trigger", "-w", "0.2", "private-chat", "client-x", status=TIMED_OUT)

        self.assertIn("The time is over.", run.err.text)

    def test_interrupted_before_it_was_sent(self):
        self.faults.set_never_answer(True)
        run = self.tool("trigger", "-v", "private-chat", "client-x")
        run.wait_for_text("* connecting")
        run.interrupt(signal.SIGINT)

        self.assertEqual(run.wait(), FAILED)

    def test_binary_input(self):
        self.environment["PUSHER_APP_SECRET"] = "x"
        run = self.run_tool("trigger", "private-chat", "client-x", "-", text="\udcff", status=USAGE)

        self.assertIn("UTF-8", run.err.text)


if __name__ == "__main__":
    tool.tap.main()
