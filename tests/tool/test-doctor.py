#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What the doctor says of servers that are well, and of others."""

import email.utils
import json
import re
import signal
import socket
import time

import broken
import tool
from gi.repository import PusherTest
from tool import DONE, FAILED, TIMED_OUT, USAGE

CHECKS = ["settings", "proxy", "dns", "tcp", "tunnel", "tls", "upgrade", "hello", "ping", "public",
          "endpoint", "private", "clock", "idle"]


def can_listen_at(address):
    with socket.socket(socket.AF_INET6) as listener:
        try:
            listener.bind((address, 0))
        except OSError:
            return False
    return True


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Doctor(tool.ToolCase):
    def setUp(self):
        super().setUp()
        self.use_server()
        self.servers = broken.Servers()
        self.addCleanup(self.servers.close)

    def use_port(self, port, tls=False):
        self.environment.update(PUSHER_PORT=str(port), PUSHER_SCHEME="https" if tls else "http")

    def use_tls(self, certificate="good"):
        port = self.servers.start(broken.relay(self.server.props.port), certificate)
        self.use_port(port, tls=True)
        self.environment["PUSHER_CA_FILE"] = str(broken.AUTHORITY)

    def use_proxy(self, port, login=""):
        """By the environment, as glib-networking looks it up there."""
        self.environment.pop("GIO_USE_PROXY_RESOLVER", None)
        self.environment.update(
            PUSHER_HOST="server.invalid",
            http_proxy=f"http://{login}127.0.0.1:{port}",
            https_proxy=f"http://{login}127.0.0.1:{port}",
        )

    def use_endpoint(self, serve):
        port = self.servers.start(serve)
        self.environment["PUSHER_AUTH_ENDPOINT"] = f"http://127.0.0.1:{port}/auth"

    def start(self, *arguments):
        return self.tool("doctor", "--json", *arguments)

    def read(self, run, status):
        """What it found of each check, when it has ended."""
        self.assertEqual(run.wait(), status, run.out.text + run.err.text)
        document = json.loads(run.out.text)
        self.assertEqual([check["check"] for check in document["checks"]], CHECKS)
        return {check["check"]: check for check in document["checks"]}

    def doctor(self, *arguments, status=DONE):
        return self.read(self.start(*arguments), status)

    def assert_fault(self, found, check, fault, outcome="failed"):
        """That this was found, and nothing else."""
        faults = [(name, one["fault"]) for name, one in found.items() if "fault" in one]
        self.assertEqual(faults, [(check, fault)])
        self.assertEqual(found[check]["outcome"], outcome)
        self.assertTrue(found[check]["message"])
        self.assertTrue(found[check]["advice"])

    def assert_diagnosis(self, check, fault, *arguments, status=FAILED):
        found = self.doctor(*arguments, status=status)
        self.assert_fault(found, check, fault)
        return found[check]

    # Nothing is wrong

    def test_all_is_well(self):
        self.use_secret()
        found = self.doctor("--idle=1")

        well = [name for name, check in found.items() if check["outcome"] == "ok"]
        self.assertEqual(well, ["settings", "proxy", "tcp", "upgrade", "hello", "ping", "public",
                                "private", "clock", "idle"])
        self.assertEqual(found["idle"]["details"]["silence"], 1_000_000)
        self.assertGreater(found["ping"]["details"]["max"], 0)
        self.assertEqual(self.server.get_n_subscribers("pusher-glib-doctor"), 0)

    def test_with_tls_and_an_endpoint(self):
        self.use_tls()
        self.environment["PUSHER_AUTH_ENDPOINT"] = self.backend.get_auth_endpoint()
        self.backend.set_user("ada", None)
        found = self.doctor("prices", "--private", "presence-room")

        self.assertEqual(found["tls"]["outcome"], "ok")
        self.assertIn("localhost", found["tls"]["details"]["names"])
        self.assertEqual(found["endpoint"]["outcome"], "ok")
        self.assertEqual(found["public"]["details"]["channel"], "prices")
        self.assertEqual(found["private"]["details"]["channel"], "presence-room")

    def test_through_a_proxy(self):
        self.use_tls()
        target = int(self.environment["PUSHER_PORT"])
        self.use_proxy(self.servers.start(broken.proxy(target, "ada:b@d pass")),
                       login="ada:b%40d%20pass@")
        self.environment["PUSHER_HOST"] = "localhost"
        run = self.start()
        found = self.read(run, DONE)

        self.assertEqual(found["tunnel"]["outcome"], "ok")
        self.assertNotIn("d pass", run.out.text)
        self.assertNotIn("d%20pass", run.out.text)

    def test_for_people(self):
        self.use_secret()
        run = self.run_tool("doctor")

        self.assertEqual(run.out.lines[0].split()[:2], ["✓", "settings"])
        self.assertRegex(run.out.text, r"\n    host: 127\.0\.0\.1, by the environment\n")
        self.assertRegex(run.out.text, r"\n✓ ping +[0-9.]+ ms  of 5 the fastest ")
        self.assertRegex(run.out.text, r"\n- tls +not wanted\n")
        self.assertEqual(run.out.lines[-1], "All is well.")
        self.assertNotIn("\033", run.out.text)

    def test_for_people_on_a_terminal(self):
        self.environment.update(PUSHER_APP_KEY="other", TERM="xterm")
        run = self.run_tool("doctor", columns=80, status=FAILED)

        self.assertRegex(run.out.text, "\033\\[31m✗\033\\[0m hello ")
        self.assertRegex(run.out.text, "\n  → Look at the key")
        self.assertRegex(run.out.text, "\033\\[2m-\033\\[0m ping +cannot be tried without “hello”")

    def test_no_secret_is_told(self):
        headers = "X-CSRF-TOKEN: token-123456\nAuthorization: Bearer bearer-123456"
        self.use_secret()
        self.environment["PUSHER_AUTH_HEADERS"] = headers
        self.environment["PUSHER_ENCRYPTION_MASTER_KEY"] = "bWFzdGVyLWtleS1tYXN0ZXIta2V5LW1hc3Rlci1rZXk="
        self.use_endpoint(broken.http_answer(
            "403 Forbidden", json.dumps({"message": f"You sent {headers}"})))
        self.environment["PUSHER_AUTH_ENDPOINT"] += "?token=query-123456"
        for options in ([], ["--json"]):
            run = self.run_tool("doctor", *options, status=FAILED)
            shown = run.out.text + run.err.text
            self.assertIn("You sent", shown)
            for secret in ("token-123456", "bearer-123456", "query-123456", "bWFzdGVy",
                           self.server.props.secret):
                self.assertNotIn(secret, shown)

    # The network

    def test_unknown_host(self):
        self.environment["PUSHER_HOST"] = "nowhere.invalid"
        found = self.doctor(status=FAILED)

        # Without a name server nobody can tell.
        self.assertIn(found["dns"]["fault"], ["unknown-host", "dns"])
        self.assertEqual(found["tcp"]["outcome"], "blocked")
        self.assertIn("dns", found["tcp"]["message"])
        self.assertEqual(found["clock"]["outcome"], "blocked")

    def test_wrong_port(self):
        self.use_port(free_port())
        self.assertIn("127.0.0.1", self.assert_diagnosis("tcp", "connection-refused")["message"])

    def test_dead_ipv6(self):
        self.use_port(self.servers.start(broken.relay(self.server.props.port)))
        self.environment["PUSHER_HOST"] = "localhost"
        found = self.doctor()

        if can_listen_at("::1"):
            self.assert_fault(found, "tcp", "ipv6-dead", outcome="warning")
            self.assertEqual(found["tcp"]["details"]["dead"], ["::1"])
        self.assertEqual(found["tcp"]["details"]["alive"], ["127.0.0.1"])

    def test_proxy_refused(self):
        self.use_port(443, tls=True)
        self.use_proxy(free_port())
        self.assert_diagnosis("tcp", "proxy-connection-refused")

    def test_proxy_with_wrong_login(self):
        self.use_port(443, tls=True)
        self.use_proxy(self.servers.start(broken.proxy(1, "ada:right")), login="ada:wrong-login@")
        told = self.assert_diagnosis("tunnel", "proxy-login")
        self.assertNotIn("wrong-login", json.dumps(told))

    def test_proxy_that_wants_a_login(self):
        self.use_port(443, tls=True)
        self.use_proxy(self.servers.start(broken.proxy(1, "ada:right")))
        self.assert_diagnosis("tunnel", "proxy-login-missing")

    def test_proxy_that_does_not_reach_the_server(self):
        self.use_port(443, tls=True)
        self.use_proxy(self.servers.start(broken.http_answer("503 Service Unavailable")))
        self.assert_diagnosis("tunnel", "proxy-broken")

    # TLS

    def test_expired_certificate(self):
        self.use_tls("expired")
        told = self.assert_diagnosis("tls", "certificate-expired")
        self.assertRegex(told["details"]["valid-to"], r"^20\d\d-\d\d-\d\d$")

    def test_certificate_of_the_future(self):
        self.use_tls("early")
        self.assert_diagnosis("tls", "certificate-early")

    def test_foreign_certificate(self):
        self.use_tls()
        del self.environment["PUSHER_CA_FILE"]
        self.assert_diagnosis("tls", "certificate-authority")

    def test_certificate_of_another_host(self):
        self.use_tls("elsewhere")
        told = self.assert_diagnosis("tls", "certificate-name")
        self.assertEqual(told["details"]["names"], "elsewhere.example")

    def test_no_tls_where_tls_is(self):
        self.use_tls()
        self.environment["PUSHER_SCHEME"] = "http"
        self.assert_diagnosis("upgrade", "tls-needed")

    def test_tls_where_none_is(self):
        self.environment["PUSHER_SCHEME"] = "https"
        self.assert_diagnosis("tls", "no-tls")

    def test_bad_ca_file(self):
        self.use_tls()
        self.environment["PUSHER_CA_FILE"] = "/nowhere/ca.pem"
        self.assert_diagnosis("settings", "settings")

    # The server

    def test_wrong_path(self):
        self.server.set_path("/reverb")
        self.assert_diagnosis("upgrade", "wrong-path")

    def test_web_server(self):
        for status, fault in (
            ("200 OK", "no-websocket"),
            ("302 Found", "upgrade-redirect"),
            ("403 Forbidden", "upgrade-forbidden"),
            ("426 Upgrade Required", "no-websocket"),
            ("502 Bad Gateway", "gateway"),
            ("500 Internal Server Error", "server-broken"),
        ):
            with self.subTest(status):
                headers = ["Location: https://elsewhere.example/"] if "302" in status else []
                self.use_port(self.servers.start(
                    broken.http_answer(status, "no", "text/plain", headers)))
                self.assert_diagnosis("upgrade", fault)

    def test_no_web_server(self):
        async def speak(reader, writer):
            writer.write(b"220 mail.example ESMTP\r\n")
            await writer.drain()

        self.use_port(self.servers.start(speak))
        self.assert_diagnosis("upgrade", "upgrade-broken")

    def test_wrong_key(self):
        self.environment["PUSHER_APP_KEY"] = "other"
        self.assert_diagnosis("hello", "wrong-key")

    def test_disabled_app(self):
        self.server.set_app_enabled(self.server.props.key, False)
        self.assert_diagnosis("hello", "app-disabled")

    def test_refusals(self):
        for code, fault in (
            (4000, "tls-needed"),
            (4004, "over-quota"),
            (4009, "origin"),
            (4100, "over-capacity"),
            (4301, "rate-limit"),
            (4007, "refused"),
        ):
            with self.subTest(code):
                self.faults.refuse(code, "No.")
                told = self.assert_diagnosis("hello", fault)
                self.assertEqual(told["details"]["code"], code)

    def test_origin(self):
        self.server.set_allowed_origins(["app.example"])
        self.assert_diagnosis("hello", "origin")
        self.assertEqual(self.doctor("--origin", "https://app.example")["hello"]["outcome"], "ok")

    def test_other_protocol(self):
        self.faults.set_first_message('{"type": "welcome"}')
        self.assert_diagnosis("hello", "not-the-protocol")

    def test_activity_timeout(self):
        self.faults.set_activity_timeout(17)
        self.assertEqual(self.doctor()["hello"]["details"]["ping-interval"], 17_000_000)

    def test_silences(self):
        """All at once: each takes its time."""
        limit = ["-w", "5"]
        runs = {}
        for check, fault, serve, tls in (
            ("upgrade", "upgrade-silent", broken.silent, False),
            ("tls", "tls-silent", broken.silent, True),
            ("hello", "hello-silent", broken.silent_websocket, False),
        ):
            self.use_port(self.servers.start(serve), tls)
            runs[check, fault] = self.start(*limit)

        self.use_server()
        self.use_endpoint(broken.silent)
        runs["endpoint", "endpoint-silent"] = self.start(*limit)
        del self.environment["PUSHER_AUTH_ENDPOINT"]
        other = PusherTest.Server()
        other.start()
        self.addCleanup(other.stop)
        other.get_faults().set_never_answer(True)
        self.use_port(other.props.port)
        runs["public", "subscription-silent"] = self.start(*limit)

        for (check, fault), run in runs.items():
            with self.subTest(fault):
                found = self.read(run, TIMED_OUT)
                self.assert_fault(found, check, fault, outcome="timed-out")

    # Channels

    def test_bad_channel_name(self):
        self.assert_diagnosis("public", "channel-name", "#server-to-user-1")

    def test_refused_channel(self):
        self.faults.fail_subscription("prices", "AuthError", "not for you", 403)
        told = self.assert_diagnosis("public", "subscription-refused", "prices")
        self.assertIn("not for you", told["message"])

    def test_nobody_to_sign(self):
        self.assert_diagnosis("private", "no-authorization", "--private", "private-chat")

    def test_wrong_secret(self):
        self.environment["PUSHER_APP_SECRET"] = "wrong-secret"
        self.assert_diagnosis("private", "wrong-secret")

    def test_answers_of_the_endpoint(self):
        key = self.server.props.key
        for status, body, kind, fault in (
            ("401 Unauthorized", "{}", "application/json", "endpoint-login"),
            ("403 Forbidden", '{"message": "Not you."}', "application/json", "endpoint-forbidden"),
            ("404 Not Found", "no", "text/plain", "endpoint-not-found"),
            ("419 unknown status", '{"message": "CSRF token mismatch."}', "application/json",
             "endpoint-csrf"),
            ("429 Too Many Requests", "", "text/plain", "endpoint-rate-limit"),
            ("500 Internal Server Error", "<html>", "text/html", "endpoint-broken"),
            ("302 Found", "", "text/plain", "endpoint-redirect"),
            ("200 OK", "<!doctype html><title>Log in</title>", "text/html", "endpoint-html"),
            ("200 OK", "true", "application/json", "endpoint-no-json"),
            ("200 OK", "[" * 16384, "application/json", "endpoint-no-json"),
            ("200 OK", "{}", "application/json", "endpoint-no-auth"),
            ("200 OK", '{"auth": "other:00"}', "application/json", "endpoint-other-key"),
        ):
            with self.subTest(status=status, body=body[:80]):
                self.use_endpoint(broken.http_answer(status, body, kind))
                told = self.assert_diagnosis("endpoint", fault)
                self.assertEqual(told["details"]["status"], int(status[:3]))

        self.use_endpoint(broken.http_answer("200 OK", f'{{"auth": "{key}:00"}}'))
        self.assert_diagnosis("private", "wrong-signature")
        self.use_secret()
        self.assert_diagnosis("endpoint", "endpoint-other-secret")

    def test_unreachable_endpoint(self):
        self.environment["PUSHER_AUTH_ENDPOINT"] = f"http://127.0.0.1:{free_port()}/"
        self.assert_diagnosis("endpoint", "endpoint-unreachable")

    def test_endpoint_with_foreign_certificate(self):
        port = self.servers.start(broken.http_answer("200 OK"), "good")
        self.environment["PUSHER_AUTH_ENDPOINT"] = f"https://127.0.0.1:{port}/"
        self.assert_diagnosis("endpoint", "endpoint-tls")

    def test_channel_data_that_were_not_signed(self):
        """A relay of the endpoint names somebody else."""
        self.backend.set_user("ada", None)
        self.use_endpoint(broken.relay(self.server.props.port,
                                       lambda data: data.replace(b"ada", b"bob")))
        endpoint = self.environment["PUSHER_AUTH_ENDPOINT"]
        path = re.sub("^http://[^/]*", "", self.backend.get_auth_endpoint())
        self.environment["PUSHER_AUTH_ENDPOINT"] = endpoint.replace("/auth", path)
        self.assert_diagnosis("private", "wrong-channel-data", "--private", "presence-room")

    def test_channel_data_that_are_none(self):
        key = self.server.props.key
        for data in ("", '"channel_data": "[]", ', '"channel_data": "{}", ',
                     '"channel_data": {"user_id": "1"}, '):
            with self.subTest(data):
                self.use_endpoint(broken.http_answer("200 OK", f'{{{data}"auth": "{key}:00"}}'))
                self.assert_diagnosis("endpoint", "wrong-channel-data", "--private",
                                      "presence-room")

    # Time

    def use_date(self, header):
        """Instead of that of the server, in all that it answers."""
        def rewrite(data):
            return re.sub(rb"\r\nDate: [^\r]*", b"\r\n" + header.encode(), data)

        self.use_port(self.servers.start(broken.relay(self.server.props.port, rewrite)))

    def test_wrong_clock(self):
        hour = 3600
        for ahead, outcome, status in ((-hour, "failed", FAILED), (hour, "failed", FAILED),
                                       (120, "warning", DONE)):
            with self.subTest(ahead):
                date = email.utils.formatdate(time.time() - ahead, usegmt=True)
                self.use_date(f"Date: {date}")
                found = self.doctor(status=status)

                self.assert_fault(found, "clock", "clock", outcome)
                self.assertEqual(found["clock"]["details"]["skew"] > 0, ahead > 0)

    def test_server_without_a_clock(self):
        self.use_date("X-Date: now")
        self.assertEqual(self.doctor()["clock"]["outcome"], "skipped")

    def test_idle_cut(self):
        self.faults.set_idle_timeout_ms(700)
        told = self.assert_diagnosis("idle", "idle-cut", "--idle=20")
        self.assertLess(told["details"]["cut-after"], 20_000_000)

    # The command line

    def test_usage(self):
        for arguments, text in (
            (["--idle=soon"], "“soon” is not a number of seconds."),
            (["-w", "0"], "A check needs some time"),
            (["--private", "chat"], "The name of a private channel begins with"),
            (["private-a", "--private", "private-b"], "“private-a” is no public channel."),
            (["a", "b"], "takes nothing more than"),
        ):
            with self.subTest(arguments):
                run = self.run_tool("doctor", *arguments, status=USAGE)
                self.assertIn(text, run.err.text)
                self.assertEqual(run.out.text, "")

    def test_interrupted(self):
        run = self.start("--idle=3600")
        run.wait_for_text("* silent for")
        run.interrupt(signal.SIGINT)
        found = self.read(run, FAILED)

        self.assertEqual(found["clock"]["outcome"], "ok")
        self.assertEqual(found["idle"]["outcome"], "blocked")


if __name__ == "__main__":
    tool.tap.main()
