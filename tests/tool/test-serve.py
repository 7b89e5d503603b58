#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A server for development, from the command line."""

import base64
import http.client
import signal
import socket
import urllib.parse

import gi
import tool
from fixture import call
from tool import DONE, FAILED, USAGE

gi.require_version("Soup", "3.0")
from gi.repository import GLib, Pusher, Soup  # noqa: E402

MASTER_KEY = base64.b64encode(bytes(range(32))).decode()


class Serve(tool.ToolCase):
    def serve(self, *arguments, port="0", **options):
        """Starts it, and waits until it says where it is."""
        run = self.tool("serve", "--port", port, *arguments, **options)
        run.wait_for_text("with Laravel Echo:")
        run.wait_for(lambda: run.err.text.endswith("})\n"), "all of how to connect")
        if "columns" not in options:
            run.wait_for_lines(1)
        run.settings = dict(
            line.strip().split("=", 1) for line in run.err.lines if line.startswith("    PUSHER_")
        )
        run.port = int(run.settings["PUSHER_PORT"])
        return run

    def client(self, run, **properties):
        settings = dict(key=run.settings["PUSHER_APP_KEY"], port=run.port)
        settings.update(properties)
        client = self.keep(self.new_client(**settings))
        if "PUSHER_AUTH_ENDPOINT" in run.settings:
            client.use_endpoint(run.settings["PUSHER_AUTH_ENDPOINT"])
            client.use_user_endpoint(run.settings["PUSHER_USER_AUTH_ENDPOINT"])
        return client

    def connect(self, run, **properties):
        client = self.client(run, **properties)
        call(client.open_async, None)
        return client

    def ask(self, run, method="POST", path="/pusher/auth", headers=None, **form):
        connection = http.client.HTTPConnection("127.0.0.1", run.port, timeout=tool.PATIENCE)
        self.addCleanup(connection.close)
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, urllib.parse.urlencode(form), {**kind, **(headers or {})})
        response = connection.getresponse()
        return response, response.read().decode()


class Running(Serve):
    def test_says_how_to_connect(self):
        run = self.serve("--auth")
        port = run.port
        self.assertEqual(
            run.settings,
            {
                "PUSHER_APP_ID": "1",
                "PUSHER_APP_KEY": "test-key",
                "PUSHER_APP_SECRET": "test-secret",
                "PUSHER_ENCRYPTION_MASTER_KEY": run.settings["PUSHER_ENCRYPTION_MASTER_KEY"],
                "PUSHER_HOST": "127.0.0.1",
                "PUSHER_PORT": str(port),
                "PUSHER_SCHEME": "http",
                "PUSHER_AUTH_ENDPOINT": f"http://127.0.0.1:{port}/pusher/auth",
                "PUSHER_USER_AUTH_ENDPOINT": f"http://127.0.0.1:{port}/pusher/user-auth",
            },
        )
        self.assertIn(f'wsHost: "127.0.0.1", wsPort: {port}, forceTLS: false', run.err.text)
        self.assertIn('new Echo({broadcaster: "pusher", key: "test-key"', run.err.text)
        [serving] = run.out.objects
        self.assertEqual(serving["event"], "serving")
        self.assertEqual(
            serving["data"], {"host": "127.0.0.1", "port": port, "key": "test-key"}
        )

    def test_tool_at_itself(self):
        """What it says is what the other commands want."""
        run = self.serve("--auth")
        self.environment.update(run.settings)
        listen = self.listen("-e", "alarm", "-n", "1", "--raw", "private-encrypted-ward",
                             "presence-room", channels=2)
        self.assertEqual(
            [channel["channel"] for channel in self.run_tool("channels").out.objects],
            ["presence-room", "private-encrypted-ward"],
        )
        self.assertEqual(self.run_tool("users", "presence-room").out.objects, [{"id": "guest"}])
        self.run_tool("publish", "--encrypt", "private-encrypted-ward", "alarm", "3")
        self.assertEqual(listen.wait(), DONE)
        self.assertEqual(listen.out.lines, ["3"])

    def test_settings_are_its_own(self):
        self.environment.update(
            PUSHER_APP_ID="7", PUSHER_APP_KEY="own-key", PUSHER_APP_SECRET="own-secret",
            PUSHER_ENCRYPTION_MASTER_KEY=MASTER_KEY, PUSHER_PATH="/below",
            PUSHER_APP_CLUSTER="eu",
        )
        run = self.serve()
        self.assertEqual(
            [run.settings[f"PUSHER_{name}"] for name in ("APP_ID", "APP_KEY", "PATH")],
            ["7", "own-key", "/below"],
        )
        for secret in "own-secret", MASTER_KEY:
            self.assertNotIn(secret, run.err.text + run.out.text)
        self.assertIn('wsPath: "/below"', run.err.text)
        self.connect(run, path="/below")
        self.environment.update(PUSHER_HOST="127.0.0.1", PUSHER_PORT=str(run.port))
        self.assertEqual(self.run_tool("channels", "--no-tls").out.text, "")

    def test_port(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            run = self.run_tool("serve", "--port", port, status=FAILED)
            self.assertIn(f"Another program uses port {port}: ", run.err.text)
            self.environment.update(PUSHER_HOST="localhost", PUSHER_PORT=port)
            self.run_tool("serve", status=FAILED)
        self.assertEqual(self.serve(port=port).settings["PUSHER_PORT"], port)

    def test_end(self):
        for number in signal.SIGINT, signal.SIGTERM:
            with self.subTest(number):
                run = self.serve()
                client = self.connect(run)
                errors = self.hear(client, "error")
                run.interrupt(number)
                self.assertEqual(run.wait(), DONE)
                tool.wait_until(lambda: errors)  # noqa: B023
                self.assertIn("reconnect", errors[0][1].message)

    def test_wrong_usage(self):
        for arguments, text in (
            (["--flavor", "vanilla"], "and not “vanilla”"),
            (["--user-info", "{", "--auth"], "--user-info"),
            (["--user-id", "", "--auth"], "--user-id"),
            (["here"], "“serve” takes no arguments."),
        ):
            with self.subTest(arguments):
                run = self.run_tool("serve", "--port", "0", *arguments, status=USAGE)
                self.assertIn(text, run.err.text)
        self.environment["PUSHER_ENCRYPTION_MASTER_KEY"] = "short"
        self.assertIn("32 bytes", self.run_tool("serve", status=USAGE).err.text)


class Log(Serve):
    def events(self, run):
        return [(line["event"], line.get("data", {})) for line in run.out.objects[1:]]

    def test_all(self):
        run = self.serve("--log", "--auth")
        client = self.connect(run)
        self.keep(self.subscribe(client, "private-a"))
        client.unsubscribe("private-a")
        call(client.close_async, None)
        run.wait_for(lambda: '"disconnected"' in run.out.text, "disconnection")

        events = self.events(run)
        self.assertEqual(
            [name for name, _ in events],
            ["connecting", "connected", "auth-requested", "message", "subscribed", "message",
             "unsubscribed", "disconnected"],
        )
        socket_id = events[1][1]["socket_id"]
        self.assertEqual(events[2][1], {"socket_id": socket_id, "channel": "private-a"})
        self.assertIn('"pusher:subscribe"', events[3][1]["message"])
        self.assertEqual(events[4][1], {"socket_id": socket_id, "channel": "private-a"})
        self.assertEqual(events[-1][1], {"socket_id": socket_id, "code": 1000})

    def test_what_is_wrong_is_always_there(self):
        run = self.serve()
        address = f"ws://127.0.0.1:{run.port}/app/test-key?protocol=7&client=own"
        message = Soup.Message.new("GET", address)
        Soup.Session().websocket_connect_async(message, None, None, 0, None, None)
        run.wait_for_lines(2)

        [(name, data)] = self.events(run)
        self.assertEqual(name, "violation")
        self.assertIn("no parameter “version”", data["what"])

    def test_on_a_terminal(self):
        run = self.serve("--log", columns=200)
        client = self.connect(run)
        run.wait_for(lambda: len(run.out.lines) == 2, "connection")
        self.assertIn(f"{client.get_socket_id()}\x1b", run.out.lines[1].replace("\x1b[0m", "\x1b"))
        self.assertNotIn("serving", run.out.text)

    def test_reader_that_goes(self):
        run = self.tool("serve", "--port", "0", "--log")
        run.wait_for_lines(1)
        run.out.close()
        tool.wait_until(lambda: run.process.poll() is not None)
        self.assertEqual(run.process.returncode, DONE)
        run.out.close = lambda: None


class Endpoint(Serve):
    PRIVATE = {"socket_id": "1.2", "channel_name": "private-a"}

    def test_page_of_another_origin(self):
        run = self.serve("--auth")
        page = {"Origin": "http://localhost:5173", "Access-Control-Request-Headers": "x-csrf-token"}
        response, _ = self.ask(run, "OPTIONS", headers=page)
        self.assertEqual(response.status, 204)
        self.assertEqual(response.headers["Access-Control-Allow-Headers"], "x-csrf-token")
        response, body = self.ask(run, headers=page, **self.PRIVATE)
        self.assertEqual(response.status, 200)
        self.assertEqual(response.headers["Access-Control-Allow-Origin"], page["Origin"])
        self.assertIn('"auth":"test-key:', body)

    def test_none_unless_it_is_asked_for(self):
        run = self.serve()
        response, body = self.ask(run, **self.PRIVATE)
        self.assertEqual((response.status, body), (404, "There is no endpoint without --auth."))
        self.assertNotIn("PUSHER_AUTH_ENDPOINT", run.settings)

    def test_who_it_is(self):
        run = self.serve("--auth", "--user-id", "ada", "--user-info", '{"name":"Ada"}')
        client = self.connect(run)
        room = self.keep(self.subscribe(client, "presence-room"))
        self.assertEqual(room.get_me().get_id(), "ada")
        self.assertEqual(room.get_me().get_name(), "Ada")
        call(client.get_user().sign_in_async, None)
        self.assertEqual(client.get_user().get_id(), "ada")

        form = {"socket_id": "1.2", "channel_name": "presence-room", "user_id": "grace"}
        self.assertIn('\\"grace\\"', self.ask(run, **form)[1])


class Faults(Serve):
    def assert_refused(self, run, **properties):
        client = self.client(run, **properties)
        errors = self.hear(client, "error")
        client.open()
        tool.wait_until(lambda: errors)
        return errors[0][1]

    def test_list_is_what_there_is(self):
        run = self.run_tool("serve", "--list-faults")
        values = {"STATUS": "503", "CODE": "4100", "SECONDS": "30", "COUNT": "5", "BYTES": "500",
                  "TEXT": "hello", "CHANNEL": "private-a", "PATTERN": "*.example.org"}
        for line in run.out.lines:
            name, _, value = line.split()[0].partition("=")
            with self.subTest(name):
                fault = f"{name}={values[value]}" if value else name
                self.assertEqual(self.serve_briefly("--fault", fault), DONE)
                wrong = name if value else f"{name}=1"
                self.assertEqual(self.serve_briefly("--fault", wrong), USAGE)
                if value in ("STATUS", "CODE", "SECONDS", "COUNT", "BYTES"):
                    self.assertEqual(self.serve_briefly("--fault", f"{name}=0"), USAGE)
        self.assertGreater(len(run.out.lines), 20)
        self.assertEqual(self.serve_briefly("--fault", "nonsense"), USAGE)
        self.assertEqual(self.serve_briefly("--fault", "\udcff"), USAGE)

    def serve_briefly(self, *arguments):
        """The status; the first line that nobody reads is its end."""
        run = self.tool("serve", "--port", "0", *arguments)
        run.wait_for(lambda: run.out.lines or run.err.ended, "beginning")
        run.interrupt(signal.SIGINT)
        return run.wait()

    def test_connections(self):
        for fault, code in (
            ("refuse=4100", Pusher.ServerError.OVER_CAPACITY),
            ("disabled", Pusher.ServerError.APP_DISABLED),
            ("allowed-origin=*.example.org", Pusher.ServerError.UNAUTHORIZED),
        ):
            with self.subTest(fault):
                error = self.assert_refused(self.serve("--fault", fault))
                self.assertGError(error, Pusher.server_error_quark(), code)

        error = self.assert_refused(self.serve("--fault", "http-status=503"))
        self.assertIn("503", error.message)
        run = self.serve("--fault", "max-connections=1")
        self.connect(run)
        self.assertGError(self.assert_refused(run), Pusher.server_error_quark(),
                          Pusher.ServerError.OVER_QUOTA)

    def test_subscriptions(self):
        run = self.serve("--auth", "--fault", "forbid=private-a", "--fault", "fail-subscription=b")
        client = self.connect(run)
        for name, status in ("private-a", "403"), ("b", "wants it so"):
            with self.subTest(name), self.assertRaises(GLib.Error) as refused:
                self.subscribe(client, name)
            self.assertIn(status, refused.exception.message)

    def test_again_and_again(self):
        for fault in "cut-every=0.05", "restart-every=0.05", "idle-timeout=0.05":
            with self.subTest(fault):
                run = self.serve("--fault", fault)
                client = self.connect(run)
                states = self.hear(client, "notify::state")
                tool.wait_until(lambda: len(states) > 1)  # noqa: B023
                client.close()

    def test_endpoint(self):
        run = self.serve("--fault", "auth-status=419", "--fault", "auth-body=<html>", "--auth")
        response, body = self.ask(run, **Endpoint.PRIVATE)
        self.assertEqual((response.status, body), (419, "<html>"))

    def test_flavors_and_counts(self):
        run = self.serve("--flavor", "reverb")
        self.assertIn('new Echo({broadcaster: "reverb"', run.err.text)
        error = self.assert_refused(run, key="other")
        self.assertIn("Application does not exist", error.message)
        run = self.serve("--subscription-counts")
        channel = self.keep(self.subscribe(self.connect(run), "news"))
        tool.wait_until(lambda: channel.get_subscription_count() == 1)


if __name__ == "__main__":
    tool.tap.main()
