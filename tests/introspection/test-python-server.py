# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What a Python program sees of PusherTest.Server."""

import json
import urllib.parse

import gi

gi.require_version("Pusher", "1")
gi.require_version("PusherTest", "1")
gi.require_version("Soup", "3.0")
from gi.repository import GLib, Pusher, PusherTest, Soup  # noqa: E402

import tap  # noqa: E402
from fixture import PusherCase, call, wait_until  # noqa: E402

State = Pusher.ConnectionState


class ServerTest(PusherCase):
    def test_properties(self):
        server = PusherTest.Server(port=0, path="/p", silent=True, client_events=False)
        self.assertEqual((server.props.app_id, server.props.key), ("1", "test-key"))
        self.assertEqual(server.props.secret, "test-secret")
        self.assertEqual(server.props.path, "/p")
        self.assertIs(server.props.silent, True)
        self.assertIs(server.props.client_events, False)
        self.assertIs(server.props.subscription_counts, False)
        self.assertIs(server.props.hold_answers, False)
        self.assertIsNone(server.props.auth_endpoint)
        self.assertIsNone(server.props.user_auth_endpoint)
        self.assertIsNone(server.props.last_violation)
        for name in "port", "n_attempts", "n_connections", "n_violations", "n_auth_requests":
            self.assertEqual(getattr(server.props, name), 0)
        counts = [server.props.n_attempts, server.props.n_connections, server.props.n_violations,
                  server.props.n_auth_requests, server.props.handshake_delay]
        self.assertEqual(counts, [0] * 5)
        server.props.activity_timeout = 7
        server.props.client_event_rate = 3
        server.props.max_event_size = 100
        self.assertEqual(server.get_activity_timeout(), 7)
        self.assertEqual(server.get_client_event_rate(), 3)
        self.assertEqual(server.get_max_event_size(), 100)
        self.assertEqual(len(server.props.encryption_master_key), 44)

    def test_signals(self):
        server = self.server
        heard = []
        server.connect("client-connected", lambda _, socket_id: heard.append("client-connected"))
        server.connect("client-disconnected", lambda _, socket_id, code: heard.append(code))
        server.connect("message-received",
                       lambda _, socket_id, text: heard.append(json.loads(text)["event"]))
        server.connect("subscribed", lambda _, socket_id, name: heard.append(f"+{name}"))
        server.connect("unsubscribed", lambda _, socket_id, name: heard.append(f"-{name}"))
        server.connect("auth-requested", lambda _, socket_id, name: heard.append(f"?{name}"))
        client = self.new_connected_client()
        client.use_endpoint(server.get_auth_endpoint())
        self.subscribe(client, "private-a").unsubscribe()
        wait_until(lambda: not server.has_subscriber("private-a"))
        call(client.close_async, None)
        wait_until(lambda: 1000 in heard)
        self.assertEqual(heard, ["client-connected", "?private-a", "pusher:subscribe", "+private-a",
                                 "pusher:unsubscribe", "-private-a", 1000])
        self.assertEqual(server.get_n_auth_requests(), 1)

    def test_violation(self):
        self.server.connect("violation", lambda server, socket_id, what: heard.append(what))
        heard = []
        session = Soup.Session()
        message = Soup.Message.new("GET", f"ws://127.0.0.1:{self.server.get_port()}/app/test-key"
                                          "?protocol=7&client=test&version=1")
        sockets = []
        session.websocket_connect_async(
            message, None, None, 0, None,
            lambda session, result: sockets.append(session.websocket_connect_finish(result)))
        wait_until(lambda: sockets)
        sockets[0].send_text("{}")
        wait_until(lambda: heard)
        self.assertEqual(self.server.get_last_violation(), heard[0])
        self.assertEqual(self.server.get_n_violations(), 1)
        self.server = PusherTest.Server()

    def test_faults(self):
        server = self.server
        client = self.new_connected_client()
        errors = self.hear(client, "error")

        def lose(break_it):
            del errors[:]
            break_it()
            wait_until(lambda: errors)
            client.reconnect_now()
            wait_until(lambda: client.get_state() == State.CONNECTED)
            return errors[0][1]

        lost = Pusher.error_quark(), Pusher.Error.CONNECTION_LOST
        self.assertGError(lose(server.cut_connections), *lost)
        self.assertGError(lose(server.reset_connections), *lost)
        self.assertGError(lose(lambda: server.close_connections(4202, "idle")),
                          Pusher.server_error_quark(), Pusher.ServerError.INACTIVE)
        self.assertGError(
            lose(lambda: server.send_bytes(None, GLib.Bytes.new(b"\x00\x01"), True)),
            Pusher.error_quark(), Pusher.Error.PROTOCOL)

    def restart(self, stop):
        port = self.server.get_port()
        client = self.new_connected_client()
        errors = self.hear(client, "error")
        stop()
        wait_until(lambda: errors)
        self.server.set_port(port)
        self.server.start()
        client.reconnect_now()
        wait_until(lambda: client.get_state() == State.CONNECTED)

    def test_stop(self):
        self.restart(self.server.stop)

    def test_kill(self):
        self.restart(self.server.kill)

    def assertRefused(self, quark, code):
        client = self.new_client()
        with self.assertRaises(GLib.Error) as caught:
            call(client.open_async, None)
        self.assertGError(caught.exception, quark, code)

    def test_refuse(self):
        server = self.server
        server.refuse(4004, "over quota")
        self.assertRefused(Pusher.server_error_quark(), Pusher.ServerError.OVER_QUOTA)
        server.refuse(0, None)
        server.set_app_enabled(server.get_key(), False)
        self.assertRefused(Pusher.server_error_quark(), Pusher.ServerError.APP_DISABLED)

    def test_handshake(self):
        server = self.server
        for break_it, mend in (
            (lambda: server.set_first_message("{}"), lambda: server.set_first_message(None)),
            (lambda: server.set_http_status(503), lambda: server.set_http_status(0)),
        ):
            break_it()
            client = self.new_client()
            errors = self.hear(client, "error")
            client.open()
            wait_until(lambda: errors)
            mend()
            client.reconnect_now()
            wait_until(lambda: client.get_state() == State.CONNECTED)
            client.close()

    def test_subscriptions(self):
        server = self.server
        client = self.new_connected_client()
        server.set_hold_answers(True)
        channel = client.subscribe("a")
        answers = []
        client.ping_async(None, lambda client, result: answers.append(client.ping_finish(result)))
        wait_until(lambda: answers)
        self.assertEqual(channel.get_state(), Pusher.ChannelState.PENDING)
        server.set_hold_answers(False)
        wait_until(lambda: server.get_n_subscribers("a") == 1)

        server.fail_subscription("b", "LimitReached", "too many", 429)
        with self.assertRaises(GLib.Error) as caught:
            self.subscribe(client, "b")
        self.assertGError(caught.exception, Pusher.server_error_quark(), 429)

    def test_endpoint(self):
        server = self.server
        session = Soup.Session()

        def ask():
            message = Soup.Message.new("POST", server.get_auth_endpoint())
            body = urllib.parse.urlencode({"socket_id": "1.1", "channel_name": "presence-a"})
            message.set_request_body_from_bytes(
                "application/x-www-form-urlencoded", GLib.Bytes.new(body.encode()))
            answers = []
            session.send_and_read_async(message, 0, None, lambda session, result: answers.append(
                session.send_and_read_finish(result).get_data()))
            wait_until(lambda: answers)
            return message.get_status(), answers[0].decode()

        self.assertEqual(set(json.loads(ask()[1])), {"auth"})
        self.assertIs(server.set_endpoint_user("42", '{"name":"Al"}'), True)
        self.assertEqual(json.loads(json.loads(ask()[1])["channel_data"]),
                         {"user_id": "42", "user_info": {"name": "Al"}})
        server.set_endpoint_delay(1)
        server.set_endpoint_body("nonsense")
        self.assertEqual(ask(), (200, "nonsense"))
        server.set_endpoint_status(418)
        self.assertEqual(ask()[0], 418)
        with self.assertRaises(GLib.Error):
            server.set_endpoint_user("42", "{")

    def test_users(self):
        server = self.server
        client = self.new_connected_client()
        signer = Pusher.SecretAuthorizer(secret=server.get_secret(), user_data='{"id":"42"}')
        client.set_user_authenticator(signer)
        call(client.get_user().signin_async, None)
        errors = self.hear(client, "error")
        self.assertEqual(server.terminate_user_connections("42"), 1)
        wait_until(lambda: errors)
        self.assertGError(errors[0][1],
                          Pusher.server_error_quark(), Pusher.ServerError.UNAUTHORIZED)


if __name__ == "__main__":
    tap.main()
