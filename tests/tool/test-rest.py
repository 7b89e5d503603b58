#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What the server of an application does, from the command line."""

import base64
import json
import os

import tool
from fixture import call
from gi.repository import Pusher
from tool import DONE, FAILED, USAGE

MASTER_KEY = base64.b64encode(bytes(range(32))).decode()


class Rest(tool.ToolCase):
    def setUp(self):
        super().setUp()
        self.use_rest()

    def listener(self, *channels, user=None):
        """A client, and what it hears of what is published."""
        client = self.keep(self.new_client())
        client.use_secret(self.server.props.secret, None)
        signer = client.get_authorizer()
        signer.set_encryption_master_key(MASTER_KEY)
        signer.set_member(user or "ada", None, None)
        client.open()
        heard = []
        for name in channels:
            channel = self.keep(self.subscribe(client, name))
            channel.connect("event", lambda channel, event: self.note(heard, channel, event))
        return client, heard

    @staticmethod
    def note(heard, channel, event):
        if not event.get_name().startswith("pusher"):
            heard.append((channel.get_name(), event.get_name(), event.get_data()))

    def heard(self, heard, count):
        tool.wait_until(lambda: len(heard) >= count)
        return heard


class Publish(Rest):
    def test_one_channel(self):
        _, heard = self.listener("prices")
        run = self.run_tool("publish", "prices", "changed", '{"price": 12.50}')

        self.assertEqual(self.heard(heard, 1), [("prices", "changed", '{"price": 12.50}')])
        self.assertEqual((run.out.text, run.err.text), ("", ""))

    def test_without_data(self):
        _, heard = self.listener("prices")
        self.run_tool("publish", "prices", "changed")

        self.assertEqual(self.heard(heard, 1), [("prices", "changed", "{}")])

    def test_more_channels_and_any_text(self):
        _, heard = self.listener("prices", "news")
        text = 'plain “text”\nof two lines\t\\'
        self.run_tool("publish", "news", "prices", "changed", text)

        self.assertEqual(
            sorted(self.heard(heard, 2)), [("news", "changed", text), ("prices", "changed", text)]
        )

    def test_standard_input(self):
        _, heard = self.listener("prices")
        self.run_tool("publish", "prices", "changed", "-", text='["from", "a", "pipe"]\n')

        self.assertEqual(self.heard(heard, 1)[0][2], '["from", "a", "pipe"]\n')

    def test_all_but_one_client(self):
        author, own = self.listener("prices")
        _, others = self.listener("prices")
        socket_id = author.get_socket_id()
        self.run_tool("publish", "prices", "changed", "1", "--socket-id", socket_id)
        self.run_tool("publish", "prices", "changed", "2")

        self.assertEqual([event[2] for event in self.heard(others, 2)], ["1", "2"])
        self.assertEqual([event[2] for event in self.heard(own, 1)], ["2"])

    def test_under_a_path(self):
        self.server.set_path("/behind")
        self.environment["PUSHER_PATH"] = "behind"
        run = self.run_tool("publish", "-v", "prices", "changed")

        port = self.server.props.port
        self.assertEqual(
            run.err.lines, [f"* POST http://127.0.0.1:{port}/behind/apps/1/events"]
        )

    def test_encrypted(self):
        self.environment["PUSHER_ENCRYPTION_MASTER_KEY"] = MASTER_KEY
        _, heard = self.listener("private-encrypted-ward")
        self.run_tool("publish", "--encrypt", "private-encrypted-ward", "alarm", '{"room": "ü"}')

        self.assertEqual(
            self.heard(heard, 1), [("private-encrypted-ward", "alarm", '{"room": "ü"}')]
        )

    def test_what_cannot_be(self):
        ward = "private-encrypted-ward"
        for arguments, text in (
            ([ward, "alarm"], "--encrypt does so"),
            (["--encrypt", "prices", "alarm"], "prices is not an encrypted channel"),
            (["--encrypt", ward, ward, "alarm", "1"], "one at a time"),
            (["--encrypt", ward, "alarm"], "There is no master key"),
            (["prices"], "“publish” needs: CHANNEL… EVENT [DATA|-]"),
            ([], "“publish” needs:"),
            (["--batch", "prices"], "stand in the lines"),
            (["--batch", "--socket-id", "1.2"], "stand in the lines"),
            ([*(f"c{i}" for i in range(101)), "alarm", "1"], "100 channels at most"),
            (["prices", "\udcff"], "Argument 2 is not UTF-8 text."),
        ):
            with self.subTest(arguments):
                run = self.run_tool("publish", *arguments, status=USAGE)
                self.assertIn(text, run.err.text)

    def test_wrong_master_key(self):
        self.environment["PUSHER_ENCRYPTION_MASTER_KEY"] = "c2hvcnQ="
        run = self.run_tool(
            "publish", "--encrypt", "private-encrypted-ward", "alarm", status=USAGE
        )

        self.assertIn("not Base64 of 32 bytes", run.err.text)
        self.assertNotIn("c2hvcnQ=", run.err.text)


class Batch(Rest):
    def test_more_than_a_request_takes(self):
        _, heard = self.listener("a", "b")
        lines = [
            json.dumps({"channel": "ab"[number % 2], "name": "e", "data": str(number)})
            for number in range(25)
        ]
        run = self.run_tool("publish", "--batch", text="\n".join(lines))

        self.heard(heard, 25)
        self.assertEqual([event[2] for event in heard], [str(number) for number in range(25)])
        self.assertEqual(run.err.lines, ["* 25 events published"])

    def test_data_is_sent_as_it_is_written(self):
        _, heard = self.listener("a")
        text = (
            '{"channel":"a","name":"e","data":{"n":12345678901234567890.10, "s": "}]\\"" }}\n'
            "\n"
            '{"data":"\\u00fc\\n" , "event":"f", "time": 1, "channel":"a"}\r\n'
            '{"d\\u0061ta":[1 , 2],"name":"g","channel":"a"}\n'
        )
        self.run_tool("publish", "--batch", "--quiet", text=text)

        self.assertEqual(
            self.heard(heard, 3),
            [
                ("a", "e", '{"n":12345678901234567890.10, "s": "}]\\"" }'),
                ("a", "f", "ü\n"),
                ("a", "g", "[1 , 2]"),
            ],
        )

    def test_output_of_listen_is_input(self):
        _, heard = self.listener("copy")
        _, _ = self.listener("prices")
        listen = self.listen("-e", "changed", "-n", "1", "prices")
        self.run_tool("publish", "prices", "changed", '{"price": 12.50}')
        self.assertEqual(listen.wait(), DONE)
        self.run_tool("publish", "--batch", text=listen.out.text.replace('"prices"', '"copy"'))

        self.assertEqual(self.heard(heard, 1), [("copy", "changed", '{"price": 12.50}')])

    def test_socket_ids_and_encrypted_channels(self):
        self.environment["PUSHER_ENCRYPTION_MASTER_KEY"] = MASTER_KEY
        author, own = self.listener("a", "private-encrypted-e")
        socket_id = author.get_socket_id()
        events = [
            {"channel": "a", "name": "e", "data": "no", "socket_id": socket_id},
            {"channel": "private-encrypted-e", "name": "e", "data": {"x": 1}},
            {"channel": "private-encrypted-e", "name": "e", "data": "text"},
        ]
        lines = "\n".join(json.dumps(event) for event in events)
        self.run_tool("publish", "--batch", "--encrypt", text=lines)

        self.assertEqual([event[2] for event in self.heard(own, 2)], ['{"x": 1}', "text"])

    def test_what_comes_slowly_is_sent_at_once(self):
        _, heard = self.listener("a")
        reading, writing = os.pipe()
        run = self.tool("publish", "--batch", stdin=reading)
        os.close(reading)
        for number in range(3):
            line = json.dumps({"channel": "a", "name": "e", "data": str(number)})
            os.write(writing, f"{line}\n".encode())
            self.heard(heard, number + 1)
        os.close(writing)

        self.assertEqual(run.wait(), DONE)
        self.assertEqual(run.err.lines, ["* 3 events published"])

    def test_wrong_line_is_named(self):
        good = '{"channel":"a","name":"e","data":"1"}\n'
        for line, text in (
            ("[]", "It is not a JSON object."),
            ("{", "It is not a JSON object."),
            ("\udcff", "It is not a JSON object."),
            ('{"name":"e","data":"1"}', "There is no “channel”."),
            ('{"channel":7,"name":"e","data":"1"}', "There is no “channel”."),
            ('{"channel":"a","data":"1"}', "There is no “name”."),
            ('{"channel":"a","name":"e"}', "There is no “data”."),
            ('{"channel":"private-encrypted-e","name":"e","data":"1"}', "The channel is encrypted: --encrypt is needed."),
        ):
            with self.subTest(line):
                run = self.run_tool("publish", "--batch", text=good + line, status=FAILED)
                self.assertIn(f"Line 2: {text}", run.err.text)

    def test_refused_lines_are_named(self):
        lines = ['{"channel":"a","name":"e","data":"1"}', '{"channel":"b c","name":"e","data":"1"}']
        run = self.run_tool("publish", "--batch", text="\n".join(lines), status=FAILED)

        self.assertIn("Lines 1 to 2: The server answers 400:", run.err.text)
        self.assertIn("* 0 events published", run.err.text)

    def test_line_without_end(self):
        with open("/dev/zero", "rb") as endless:
            run = self.run_tool("publish", "--batch", stdin=endless, status=FAILED)

        self.assertIn("Line 1 is too long.", run.err.text)

    def test_interrupted(self):
        reading, writing = os.pipe()
        self.addCleanup(os.close, writing)
        _, heard = self.listener("a")
        run = self.tool("publish", "--batch", stdin=reading)
        os.close(reading)
        os.write(writing, b'{"channel":"a","name":"e","data":"1"}\n')
        self.heard(heard, 1)
        run.interrupt(2)

        self.assertEqual(run.wait(), FAILED)


class Queries(Rest):
    def setUp(self):
        super().setUp()
        self.listener("prices", "presence-room")
        self.listener("presence-room", user="grace")
        self.listener("presence-room", user="grace")

    def test_channels_in_a_pipe(self):
        self.assertEqual(
            self.run_tool("channels").out.objects,
            [{"channel": "presence-room"}, {"channel": "prices"}],
        )
        run = self.run_tool("channels", "--prefix", "presence-", "--info", "user_count")
        self.assertEqual(run.out.objects, [{"channel": "presence-room", "user_count": 2}])
        self.assertEqual(self.run_tool("channels", "--prefix", "x").out.text, "")

    def test_channels_on_a_terminal(self):
        run = self.run_tool(
            "channels", "--prefix", "presence-", "--info", "user_count", columns=80
        )
        self.assertEqual(run.out.lines, ["presence-room  user_count=2"])
        run = self.run_tool("channels", "--json", columns=80)
        self.assertEqual(len(run.out.objects), 2)

    def test_channel(self):
        run = self.run_tool("channel", "presence-room", "--info", "user_count,subscription_count")
        self.assertEqual(
            run.out.objects,
            [
                {
                    "channel": "presence-room",
                    "occupied": True,
                    "user_count": 2,
                    "subscription_count": 3,
                }
            ],
        )
        run = self.run_tool("channel", "nobody-here", columns=80)
        self.assertEqual(run.out.lines, ["nobody-here  occupied=false"])

    def test_users(self):
        run = self.run_tool("users", "presence-room")
        self.assertEqual(run.out.objects, [{"id": "ada"}, {"id": "grace"}])
        run = self.run_tool("users", "presence-room", columns=80)
        self.assertEqual(run.out.lines, ["ada", "grace"])
        run = self.run_tool("users", "prices", status=FAILED)
        self.assertIn("prices is none", run.err.text)

    def test_terminate(self):
        client, _ = self.listener("prices", user="a/b?")
        user = client.get_user()
        errors = self.hear(user, "sign-in-error")
        call(user.sign_in_async, None)
        self.run_tool("terminate", "somebody-else")
        self.run_tool("terminate", "a/b?")
        tool.wait_until(lambda: client.get_state() == Pusher.ConnectionState.FAILED)

        self.assertEqual(errors, [])

    def test_usage(self):
        for arguments in (["channels", "x"], ["channel"], ["users"], ["terminate"],
                          ["users", "a", "b"]):
            with self.subTest(arguments):
                self.run_tool(*arguments, status=USAGE)
        del self.environment["PUSHER_APP_ID"]
        run = self.run_tool("channels", status=USAGE)
        self.assertIn("no id of the application", run.err.text)


if __name__ == "__main__":
    tool.tap.main()
