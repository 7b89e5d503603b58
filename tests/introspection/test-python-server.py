# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What a Python program sees of PusherTest.Server."""

import json
import urllib.parse
from typing import Any

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
        server = PusherTest.Server(port=0, path="/p", client_events=False)
        self.assertEqual((server.props.app_id, server.props.key), ("1", "test-key"))
        self.assertEqual(server.props.secret, "test-secret")
        self.assertEqual(server.props.path, "/p")
        self.assertIs(server.props.client_events, False)
        self.assertIs(server.props.subscription_counts, False)
        self.assertIsNone(server.props.last_violation)
        for name in "port", "n_attempts", "n_connections", "n_violations":
            self.assertEqual(getattr(server.props, name), 0)
        counts = [server.props.n_attempts, server.props.n_connections, server.props.n_violations]
        self.assertEqual(counts, [0] * 3)
        server.props.client_event_rate = 3
        server.props.max_event_size = 100
        self.assertEqual(server.get_client_event_rate(), 3)
        self.assertEqual(server.get_max_event_size(), 100)
        self.assertEqual(len(server.props.encryption_master_key), 44)

    def test_properties_of_backend(self):
        server = PusherTest.Server()
        backend = server.props.backend
        self.assertIs(backend, server.get_backend())
        self.assertIsNone(backend.props.auth_endpoint)
        self.assertIsNone(backend.props.user_auth_endpoint)
        self.assertEqual(backend.props.n_auth_requests, 0)

    def test_properties_of_faults(self):
        server = PusherTest.Server()
        faults = server.props.faults
        self.assertIs(faults, server.get_faults())
        faults.props.silent = True
        self.assertIs(faults.props.silent, True)
        self.assertIs(faults.props.hold_answers, False)
        self.assertIs(faults.props.never_answer, False)
        self.assertEqual(faults.props.handshake_delay_ms, 0)
        faults.props.activity_timeout = 7
        self.assertEqual(faults.get_activity_timeout(), 7)
        self.assertEqual(faults.props.idle_timeout_ms, 0)
        faults.props.idle_timeout_ms = 5
        self.assertEqual(faults.get_idle_timeout_ms(), 5)

    def test_flavors(self):
        server = PusherTest.Server()
        self.assertEqual(server.props.flavor, PusherTest.Flavor.PUSHER)
        server.props.flavor = PusherTest.Flavor.SOKETI
        self.assertEqual(server.get_flavor(), PusherTest.Flavor.SOKETI)
        self.assertEqual(server.props.max_message_size, 0)
        self.assertEqual(server.props.max_connections, 0)
        server.props.max_message_size = 10
        server.props.max_connections = 2
        self.assertEqual((server.get_max_message_size(), server.get_max_connections()), (10, 2))

    def test_reverb(self):
        """A server that has what its users set in their own."""
        server = PusherTest.Server(flavor=PusherTest.Flavor.REVERB)
        server.set_allowed_origins(["app.example.org"])
        server.start()
        client = Pusher.Client(key=server.props.key, host="127.0.0.1", port=server.props.port,
                               use_tls=False)
        with self.assertRaises(GLib.Error) as refused:
            call(client.open_async, None)
        self.assertIn("Origin not allowed", refused.exception.message)

        server.set_allowed_origins(None)
        server.set_rate_limit(1, 60_000, False)
        errors = self.hear(client, "error")
        call(client.open_async, None)
        self.subscribe(client, "news")
        client.ping_async(None, None)
        wait_until(lambda: errors)
        self.assertGError(errors[0][1], Pusher.server_error_quark(),
                          Pusher.ServerError.CLIENT_EVENT_RATE)
        client.close()
        server.stop()

    def test_held_longer(self):
        """What is held longer than its server is harmless."""
        server = PusherTest.Server()
        server.start()
        backend, faults = server.get_backend(), server.get_faults()
        heard = self.hear(backend, "notify::auth-endpoint")
        del server
        self.assertEqual(len(heard), 1)
        self.assertEqual(backend.get_n_auth_requests(), 0)
        for thing in backend, PusherTest.Backend():
            self.assertIsNone(thing.get_auth_endpoint())
            self.assertIsNone(thing.get_user_auth_endpoint())
            self.assertIs(thing.set_user("42", None), True)
            thing.set_watchlist(["43"])
            thing.forbid("private-a")
            thing.set_cross_origin(True)
            thing.set_status(503)
        for fault in faults, PusherTest.Faults():
            fault.set_hold_answers(True)
            fault.set_hold_answers(False)
            fault.set_never_answer(True)
            self.assertIs(fault.get_never_answer(), True)
            fault.set_never_answer(False)
            fault.set_silent(True)
            fault.set_silent(False)
            fault.fail_subscription("a", "AuthError", "no", 401)
            fault.send_text(None, "hello")
            fault.refuse(4100, "over capacity")
            fault.close_connections(4200, None)
            fault.cut_connections()
            fault.reset_connections()

    def test_signals(self):
        server = self.server
        heard: list[Any] = []
        server.connect("client-connected", lambda _, socket_id: heard.append("client-connected"))
        server.connect("client-disconnected", lambda _, socket_id, code: heard.append(code))
        server.connect("message-received",
                       lambda _, socket_id, text: heard.append(json.loads(text)["event"]))
        server.connect("subscribed", lambda _, socket_id, name: heard.append(f"+{name}"))
        server.connect("unsubscribed", lambda _, socket_id, name: heard.append(f"-{name}"))
        self.backend.connect("auth-requested", lambda _, socket_id, name: heard.append(f"?{name}"))
        client = self.new_connected_client()
        client.use_endpoint(self.backend.get_auth_endpoint())
        self.subscribe(client, "private-a").unsubscribe()
        wait_until(lambda: not server.has_subscriber("private-a"))
        call(client.close_async, None)
        wait_until(lambda: 1000 in heard)
        self.assertEqual(heard, ["client-connected", "?private-a", "pusher:subscribe", "+private-a",
                                 "pusher:unsubscribe", "-private-a", 1000])
        self.assertEqual(self.backend.get_n_auth_requests(), 1)

    def test_violation(self):
        heard: list[str] = []
        self.server.connect("violation", lambda server, socket_id, what: heard.append(what))
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
        faults = self.faults
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
        self.assertGError(lose(faults.cut_connections), *lost)
        self.assertGError(lose(faults.reset_connections), *lost)
        self.assertGError(lose(lambda: faults.close_connections(4202, "idle")),
                          Pusher.server_error_quark(), Pusher.ServerError.INACTIVE)
        self.assertGError(
            lose(lambda: faults.send_bytes(None, GLib.Bytes.new(b"\x00\x01"), True)),
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
        self.faults.refuse(4004, "over quota")
        self.assertRefused(Pusher.server_error_quark(), Pusher.ServerError.OVER_QUOTA)
        self.faults.refuse(0, None)
        server.set_app_enabled(server.get_key(), False)
        self.assertRefused(Pusher.server_error_quark(), Pusher.ServerError.APP_DISABLED)

    def test_handshake(self):
        faults = self.faults
        for break_it, mend in (
            (lambda: faults.set_first_message("{}"), lambda: faults.set_first_message(None)),
            (lambda: faults.set_http_status(503), lambda: faults.set_http_status(0)),
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
        self.faults.set_hold_answers(True)
        channel = client.subscribe("a")
        answers = []
        client.ping_async(None, lambda client, result: answers.append(client.ping_finish(result)))
        wait_until(lambda: answers)
        self.assertEqual(channel.get_state(), Pusher.ChannelState.PENDING)
        self.faults.set_hold_answers(False)
        wait_until(lambda: server.get_n_subscribers("a") == 1)

        self.faults.fail_subscription("b", "LimitReached", "too many", 429)
        with self.assertRaises(GLib.Error) as caught:
            self.subscribe(client, "b")
        self.assertGError(caught.exception, Pusher.server_error_quark(), 429)

    def test_endpoint(self):
        backend = self.backend
        session = Soup.Session()

        def ask():
            message = Soup.Message.new("POST", backend.get_auth_endpoint())
            body = urllib.parse.urlencode({"socket_id": "1.1", "channel_name": "presence-a"})
            message.set_request_body_from_bytes(
                "application/x-www-form-urlencoded", GLib.Bytes.new(body.encode()))
            answers = []
            session.send_and_read_async(message, 0, None, lambda session, result: answers.append(
                session.send_and_read_finish(result).get_data()))
            wait_until(lambda: answers)
            return message.get_status(), answers[0].decode()

        self.assertEqual(set(json.loads(ask()[1])), {"auth"})
        self.assertIs(backend.set_user("42", '{"name":"Al"}'), True)
        self.assertEqual(json.loads(json.loads(ask()[1])["channel_data"]),
                         {"user_id": "42", "user_info": {"name": "Al"}})
        backend.set_delay_ms(1)
        backend.set_body("nonsense")
        self.assertEqual(ask(), (200, "nonsense"))
        backend.set_status(418)
        self.assertEqual(ask()[0], 418)
        with self.assertRaises(GLib.Error):
            backend.set_user("42", "{")

    def test_store(self):
        store = self.server.get_store()
        session = Soup.Session()
        heard = self.hear(store, "requested")

        def ask(query):
            message = Soup.Message.new("GET", f"{store.get_endpoint()}?channel=news{query}")
            answers = []
            session.send_and_read_async(message, 0, None, lambda session, result: answers.append(
                session.send_and_read_finish(result).get_data()))
            wait_until(lambda: answers)
            return message.get_status(), answers[0]

        def list_ids(query=""):
            status, text = ask(query)
            self.assertEqual(status, 200)
            answer = json.loads(text)
            return [event["id"] for event in answer["events"]] + [answer["more"]]

        self.assertIs(self.server.props.store, store)
        self.assertIsInstance(store, PusherTest.Store)
        store.keep("news")
        for _ in range(2):
            self.server.publish("news", "said", "{}")
        store.skip_ids(5)
        self.server.publish("news", "said", '{"text":"Hi"}')
        self.assertEqual(store.get_n_events("news"), 3)
        self.assertEqual(list_ids(), [1, 2, 8, False])
        self.assertEqual(list_ids("&after=1"), [2, 8, False])
        self.assertEqual([tuple(request[1:]) for request in heard],
                         [("news", None, 0), ("news", "1", 0)])
        store.set_page_size(1)
        self.assertEqual(list_ids("&last=2"), [2, True])
        self.assertIs(store.lose("news", "2"), True)
        self.assertEqual(list_ids("&after=1"), [8, False])
        self.assertIs(store.forget("news", "1"), True)
        self.assertEqual(ask("&after=1")[0], 410)
        store.set_delay_ms(1)
        store.set_body("nonsense")
        self.assertEqual(ask(""), (200, b"nonsense"))
        store.set_status(500)
        self.assertEqual(ask(""), (500, b"nonsense"))
        self.assertEqual(store.props.n_requests, 7)

    def test_users(self):
        server = self.server
        client = self.new_connected_client()
        signer = Pusher.SecretAuthorizer(secret=server.get_secret(), user_data='{"id":"42"}')
        client.set_user_authenticator(signer)
        call(client.get_user().sign_in_async, None)
        errors = self.hear(client, "error")
        self.assertEqual(server.terminate_user_connections("42"), 1)
        wait_until(lambda: errors)
        self.assertGError(errors[0][1],
                          Pusher.server_error_quark(), Pusher.ServerError.UNAUTHORIZED)


if __name__ == "__main__":
    tap.main()
