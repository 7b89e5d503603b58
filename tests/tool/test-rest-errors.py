#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What the tool says when the REST interface does not do what it was asked for."""

import pathlib
import socket

import gi
import tool
from tool import FAILED, USAGE

gi.require_version("Soup", "3.0")
from gi.repository import Gio, Soup  # noqa: E402

TLS = pathlib.Path(__file__).resolve().parent.parent / "support" / "tls"


class Refusals(tool.ToolCase):
    """By the server of this project."""

    def setUp(self):
        super().setUp()
        self.use_rest()

    def assert_refused(self, *texts, arguments=("channels",)):
        run = self.run_tool(*arguments, status=FAILED)
        for text in texts:
            self.assertIn(text, run.err.text)
        self.assertEqual(run.out.text, "")
        return run

    def test_secret(self):
        self.environment["PUSHER_APP_SECRET"] = "other-secret"
        run = self.assert_refused("answers 401: Invalid signature", "Look at the secret")
        self.assertNotIn("other-secret", run.err.text)

    def test_key(self):
        self.environment["PUSHER_APP_KEY"] = "other-key"
        self.assert_refused("answers 401:", "Look at the key:")

    def test_app_id(self):
        self.environment["PUSHER_APP_ID"] = "7"
        self.assert_refused("answers 404: There is no app with the id 7", "Look at the id")

    def test_disabled(self):
        self.server.set_app_enabled(self.server.props.key, False)
        self.assert_refused("answers 403: The app 1 is disabled", "over its quota")

    def test_data(self):
        self.assert_refused(
            "answers 413: The data of the event e is 20000 bytes", "takes 10 kB",
            arguments=("publish", "a", "e", "x" * 20000),
        )
        self.assert_refused(
            "answers 400: ", arguments=("publish", "no spaces in names", "e"),
        )
        self.assert_refused(
            "answers 400: The “socket_id”", arguments=("publish", "a", "e", "--socket-id", "me")
        )


class Nobody(tool.ToolCase):
    def setUp(self):
        super().setUp()
        self.use_rest()

    def test_nobody_listens(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            self.environment["PUSHER_PORT"] = str(unused.getsockname()[1])
            run = self.run_tool("channels", status=FAILED)

        self.assertIn(f"127.0.0.1:{self.environment['PUSHER_PORT']}:", run.err.text)
        self.assertIn("does the server run?", run.err.text)

    def test_hosted(self):
        """The hosts of a cluster differ for clients and for this."""
        for variable, value, host in (
            ("PUSHER_APP_CLUSTER", "nowhere.invalid", "api-nowhere.invalid.pusher.com"),
            ("PUSHER_HOST", "ws-nowhere.invalid.pusher.com", "api-nowhere.invalid.pusher.com"),
            ("PUSHER_HOST", "::1", "[::1]:1"),
        ):
            with self.subTest(value):
                for name in "PUSHER_HOST", "PUSHER_APP_CLUSTER", "PUSHER_PORT":
                    self.environment.pop(name, None)
                self.environment[variable] = value
                if "[" in host:
                    self.environment["PUSHER_PORT"] = "1"
                run = self.run_tool("channels", "-v", status=FAILED)
                self.assertIn(f"* GET http://{host}/apps/1/channels", run.err.text)

    def test_host_that_is_none(self):
        self.environment["PUSHER_HOST"] = "example.org/apps"
        run = self.run_tool("channels", status=USAGE)
        self.assertIn("There is no such address: example.org/apps", run.err.text)


class Strange(tool.ToolCase):
    """Servers that are none, and others."""

    certificate = None

    def setUp(self):
        super().setUp()
        self.use_rest()
        self.answer = (200, "application/json", b"{}", {})
        self.asked = []
        options = Soup.ServerListenOptions.IPV4_ONLY
        if self.certificate is not None:
            self.soup = Soup.Server(tls_certificate=self.certificate)
            options |= Soup.ServerListenOptions.HTTPS
            self.environment["PUSHER_SCHEME"] = "https"
        else:
            self.soup = Soup.Server()
        self.soup.add_handler(None, self.handle)
        self.soup.listen_local(0, options)
        self.addCleanup(self.soup.disconnect)
        self.environment["PUSHER_PORT"] = str(self.soup.get_uris()[0].get_port())

    def handle(self, server, message, path, query):
        status, kind, body, headers = self.answer
        self.asked.append((message.get_method(), path, query))
        message.set_status(status, None)
        message.set_response(kind, Soup.MemoryUse.COPY, body)
        for name, value in headers.items():
            message.get_response_headers().replace(name, value)


class Answers(Strange):
    def assert_refused(self, status, body, *texts, headers={}):
        self.answer = (status, "text/plain", body, headers)
        run = self.run_tool("channels", status=FAILED)
        for text in texts:
            self.assertIn(text, run.err.text)
        return run

    def test_signed(self):
        self.answer = (200, "application/json", b'{"channels":{}}', {})
        self.run_tool("channels", "--prefix", "ü&", "--info", "user_count,subscription_count")

        [(method, path, query)] = self.asked
        self.assertEqual((method, path), ("GET", "/apps/1/channels"))
        self.assertEqual(query["filter_by_prefix"], "ü&")
        self.assertEqual(query["info"], "user_count,subscription_count")
        self.assertEqual(query["auth_version"], "1.0")
        self.assertNotIn("body_md5", query)

    def test_reasons(self):
        long_ago = {"Date": "Mon, 01 Jan 2001 00:00:00 GMT"}
        for status, body, headers, texts in (
            (401, b'{"error":"The secret authentication failed","code":401}', {},
             ["401: The secret authentication failed", "the key and the secret"]),
            (401, b"Authentication signature invalid.", {},
             ["401: Authentication signature invalid.", "the key and the secret"]),
            (401, b"Timestamp expired: Given timestamp (1) not within 600s", {}, ["Set the clock"]),
            (401, b"Unknown auth_key", {}, ["Look at the key:"]),
            (401, b"Invalid signature: you should have sent HmacSHA256Hex(...)", {},
             ["Look at the secret"]),
            (401, b"no", long_ago, ["401: no", "Set the clock"]),
            (429, b"", {}, ["answers 429.", "Wait a while"]),
            (500, b"<html><h1>Oops", {}, ["answers 500."]),
            (500, b"\xff", {}, ["answers 500."]),
            (500, b"\x1b[31mred", {}, ["answers 500: \\u001b[31mred"]),
            (302, b"", {"Location": "/elsewhere"}, ["answers 302."]),
            (200, b'{"error":"App does not exist","code":404}', {},
             ["404: App does not exist", "Look at the id"]),
            (200, b'{"error":"no"}', {}, ["400: no"]),
            (200, b"\xff", {}, ["is not UTF-8 text"]),
            (200, b"<html>", {}, ["not what it should be"]),
            (200, b'{"channels":7}', {}, ["not what it should be"]),
            (200, b"[]", {}, ["not what it should be"]),
        ):
            with self.subTest((status, body)):
                self.asked.clear()
                self.assert_refused(status, body, *texts, headers=headers)
                self.assertEqual(len(self.asked), 1)

    def test_reason_is_not_longer_than_a_few_lines(self):
        run = self.assert_refused(400, b"x" * 100_000)
        self.assertLess(len(run.err.text), 1000)

    def test_empty_object_of_php(self):
        self.answer = (200, "application/json", b'{"channels":[]}', {})
        self.assertEqual(self.run_tool("channels").out.text, "")

    def test_other_answers(self):
        for command, body, status in (
            ("channel", b'{"occupied":true,"x":"\\u001b"}', tool.DONE),
            ("channel", b"7", FAILED),
            ("users", b'{"users":[{"id":7}]}', tool.DONE),
            ("users", b'{"users":[7]}', FAILED),
            ("users", b'{"users":{}}', FAILED),
        ):
            with self.subTest((command, body)):
                self.answer = (200, "application/json", body, {})
                run = self.run_tool(command, "presence-a", columns=80, status=status)
                self.assertNotIn("\x1b", run.out.text)

    def test_tls_where_there_is_none(self):
        self.environment["PUSHER_SCHEME"] = "https"
        self.addCleanup(self.environment.update, PUSHER_SCHEME="http")
        listener = Gio.SocketListener()
        self.addCleanup(listener.close)
        port = listener.add_any_inet_port(None)
        listener.accept_async(None, self.accepted)
        self.environment["PUSHER_PORT"] = str(port)
        run = self.run_tool("channels", status=FAILED)

        self.assertIn("--no-tls", run.err.text)

    def accepted(self, listener, result):
        self.connection, _ = listener.accept_finish(result)
        self.connection.get_output_stream().write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n", None)

    def test_answer_that_breaks_off(self):
        listener = Gio.SocketListener()
        self.addCleanup(listener.close)
        port = listener.add_any_inet_port(None)
        self.environment["PUSHER_PORT"] = str(port)

        def accepted(listener, result):
            connection, _ = listener.accept_finish(result)
            text = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"
            connection.get_output_stream().write_all(text, None)
            connection.close(None)

        listener.accept_async(None, accepted)
        run = self.run_tool("channels", status=FAILED)
        self.assertIn(f"127.0.0.1:{port}:", run.err.text)

    def test_interrupted(self):
        listener = Gio.SocketListener()
        self.addCleanup(listener.close)
        accepted = []
        self.environment["PUSHER_PORT"] = str(listener.add_any_inet_port(None))
        listener.accept_async(None, lambda source, result: accepted.append(
            source.accept_finish(result)))
        run = self.tool("channels")
        tool.wait_until(lambda: accepted)
        run.interrupt(2)

        self.assertEqual(run.wait(), FAILED)
        self.assertEqual(run.err.text, "")


class Certificates(Strange):
    certificate = Gio.TlsCertificate.new_from_files(str(TLS / "good.pem"), str(TLS / "key.pem"))

    def test_own(self):
        run = self.run_tool("channels", status=FAILED)
        self.assertIn("--ca-file", run.err.text)

        self.answer = (200, "application/json", b'{"channels":{"a":{}}}', {})
        run = self.run_tool("channels", "--ca-file", str(TLS / "authority.pem"))
        self.assertEqual(run.out.objects, [{"channel": "a"}])

    def test_file_that_is_none(self):
        for arguments in ("channels",), ("publish", "--batch"), ("replay", __file__):
            with self.subTest(arguments):
                run = self.run_tool(*arguments, "--ca-file", "/nowhere.pem", status=USAGE)
                self.assertIn("/nowhere.pem", run.err.text)


if __name__ == "__main__":
    tool.tap.main()
