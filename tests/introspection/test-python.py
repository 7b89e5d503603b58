# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What a Python program sees of the library."""

import gc
import json
import unittest

import gi

gi.require_version("Json", "1.0")
gi.require_version("Pusher", "1")
gi.require_version("Soup", "3.0")
from gi.repository import Gio, GLib, Json, Pusher, Soup  # noqa: E402

import tap  # noqa: E402
from fixture import PusherCase, call, wait_until  # noqa: E402

State = Pusher.ConnectionState


class ConstructTest(PusherCase):
    def test_properties(self):
        session = Soup.Session()
        client = Pusher.Client(
            key="k",
            cluster="eu",
            host="example.org",
            port=6001,
            path="/p",
            use_tls=False,
            session=session,
            activity_timeout=1,
            pong_timeout=2,
            unavailable_timeout=3,
            connect_timeout=4,
            subscription_timeout=5,
            max_message_size=2**40,
            max_event_size=2**41,
            tls_port=6002,
            origin="https://example.org",
        )

        self.assertEqual(client.props.key, "k")
        self.assertEqual(client.get_cluster(), "eu")
        self.assertEqual(client.props.host, "example.org")
        self.assertEqual(client.props.port, 6001)
        self.assertEqual(client.props.path, "/p")
        self.assertIs(client.props.use_tls, False)
        self.assertIs(client.props.session, session)
        self.assertEqual(client.props.activity_timeout, 1)
        self.assertEqual(client.props.pong_timeout, 2)
        self.assertEqual(client.props.unavailable_timeout, 3)
        self.assertEqual(client.props.connect_timeout, 4)
        self.assertEqual(client.get_subscription_timeout(), 5)
        self.assertEqual(client.get_max_message_size(), 2**40)
        self.assertEqual(client.get_max_event_size(), 2**41)
        self.assertEqual(client.props.tls_port, 6002)
        self.assertEqual(client.get_origin(), "https://example.org")

    def test_new(self):
        self.assertEqual(Pusher.Client.new("k", "eu").props.cluster, "eu")
        self.assertIsNone(Pusher.Client.new("k", None).get_cluster())
        self.assertEqual(Pusher.Client.new_for_host("k", "h", 6001, False).props.port, 6001)

    def test_nothing_set(self):
        client = Pusher.Client()

        for name in ("key", "cluster", "host", "path", "socket_id", "last_error"):
            with self.subTest(name):
                self.assertIsNone(client.get_property(name))
                self.assertIsNone(getattr(client, "get_" + name)())
        self.assertEqual(client.props.state, State.INITIALIZED)
        self.assertEqual(client.props.retry_at, 0)
        self.assertEqual(len(client.props.channels), 0)

    def test_set_to_none(self):
        client = Pusher.Client(key="k", host="example.org", path="/p", session=Soup.Session())

        client.set_host(None)
        client.props.path = None
        client.set_session(None)
        self.assertIsNone(client.get_host())
        self.assertIsNone(client.get_path())
        self.assertIsInstance(client.get_session(), Soup.Session)

    def test_notify_only_on_change(self):
        client = Pusher.Client(key="k")
        notified = []
        client.connect("notify", lambda client, pspec: notified.append(pspec.name))

        client.props.host = "a"
        client.props.host = "a"
        client.set_pong_timeout(30)
        client.set_pong_timeout(31)
        self.assertEqual(notified, ["host", "pong-timeout"])

    def test_wrong(self):
        with self.assertRaises(TypeError):
            Pusher.Client(colour="red")  # type: ignore[call-arg]
        with self.assertRaises(TypeError):
            Pusher.Client(port=-1)
        with self.assertRaises(TypeError):
            Pusher.Client().props.state = State.CONNECTED  # type: ignore[misc]
        with self.assertRaises(TypeError):
            Pusher.Client.new(None, "eu")  # type: ignore[arg-type]

    def test_version(self):
        numbers = (Pusher.MAJOR_VERSION, Pusher.MINOR_VERSION, Pusher.MICRO_VERSION)
        self.assertEqual(Pusher.VERSION_S, ".".join(str(number) for number in numbers))
        self.assertEqual(
            numbers,
            (Pusher.get_major_version(), Pusher.get_minor_version(), Pusher.get_micro_version()))

        major, minor, micro = numbers
        self.assertTrue(Pusher.check_version(major, minor, micro))
        self.assertFalse(Pusher.check_version(major, minor, micro + 1))


class NicksTest(unittest.TestCase):
    def test_nicks(self):
        expected = {
            Pusher.ConnectionState: [
                "initialized", "connecting", "connected", "unavailable", "failed", "disconnected",
            ],
            Pusher.AuthorizationKind: ["channel", "user"],
            Pusher.ChannelKind: ["public", "private", "presence", "encrypted"],
            Pusher.ChannelState: ["unsubscribed", "pending", "subscribed", "failed"],
        }
        for enum, nicks in expected.items():
            with self.subTest(enum):
                values = sorted(enum.__enum_values__.items())
                self.assertEqual([value.value_nick for _, value in values], nicks)
                for nick in nicks:
                    self.assertEqual(getattr(enum, nick.upper()).value_nick, nick)

    def test_error_codes(self):
        expected = {
            Pusher.Error: dict(zip([
                "FAILED", "INVALID_NAME", "INVALID_DATA", "INVALID_SETTINGS", "INVALID_STATE",
                "CLOSED", "PROTOCOL", "TIMEOUT", "CONNECTION_LOST", "SUBSCRIPTION",
                "AUTHORIZATION", "DECRYPTION", "NOT_SUPPORTED", "CERTIFICATE",
                "UNREACHABLE", "BUSY", "TIMED_OUT", "BACKFILL",
            ], range(20))),
            Pusher.ServerError: {
                "UNSPECIFIED": 0, "TLS_REQUIRED": 4000, "APP_NOT_FOUND": 4001,
                "APP_DISABLED": 4003, "OVER_QUOTA": 4004, "PATH_NOT_FOUND": 4005,
                "INVALID_VERSION": 4006, "UNSUPPORTED_PROTOCOL": 4007, "NO_PROTOCOL": 4008,
                "UNAUTHORIZED": 4009, "OVER_CAPACITY": 4100, "RECONNECT": 4200,
                "PONG_MISSED": 4201, "INACTIVE": 4202, "CLIENT_EVENT_RATE": 4301,
                "WATCHLIST_LIMIT": 4302,
            },
            Pusher.HttpError: {
                "BAD_REQUEST": 400, "UNAUTHORIZED": 401, "FORBIDDEN": 403, "NOT_FOUND": 404,
                "REQUEST_TIMEOUT": 408, "TOO_MANY_REQUESTS": 429, "INTERNAL_SERVER_ERROR": 500,
                "BAD_GATEWAY": 502, "SERVICE_UNAVAILABLE": 503, "GATEWAY_TIMEOUT": 504,
            },
        }
        for domain, codes in expected.items():
            with self.subTest(domain):
                self.assertEqual({name: getattr(domain, name) for name in codes}, codes)
                nicks = {value.value_nick for value in domain.__enum_values__.values()}
                self.assertEqual(nicks, {name.lower().replace("_", "-") for name in codes})

    def test_error_domains(self):
        quarks = Pusher.error_quark(), Pusher.server_error_quark(), Pusher.http_error_quark()
        self.assertEqual(
            [GLib.quark_to_string(quark) for quark in quarks],
            ["pusher-error-quark", "pusher-server-error-quark", "pusher-http-error-quark"],
        )


class ConnectionTest(PusherCase):
    def test_open(self):
        client = self.new_client()
        states = []
        client.connect("notify::state", lambda client, pspec: states.append(client.props.state))

        client.open()
        self.assertEqual(client.get_state(), State.CONNECTING)
        wait_until(lambda: client.props.state == State.CONNECTED)
        self.assertEqual([state.value_nick for state in states], ["connecting", "connected"])
        self.assertEqual([client.props.socket_id], self.server.list_socket_ids())
        self.assertIsNone(client.props.last_error)

    def test_open_async(self):
        client = self.new_client()
        self.assertIs(call(client.open_async, None), True)
        self.assertEqual(client.get_state(), State.CONNECTED)
        self.assertIs(call(client.open_async, None), True)

    def test_open_with_user_data(self):
        client = self.new_client()
        answers = []
        client.open_async(None, lambda source, result, *data: answers.append(data), "a", "b")
        wait_until(lambda: answers)
        self.assertEqual(answers, [("a", "b")])

    def test_wrong_key(self):
        client = self.new_client(key="wrong")
        errors = []
        client.connect("error", lambda client, error: errors.append(error))

        with self.assertRaises(GLib.Error) as caught:
            call(client.open_async, None)
        self.assertEqual(client.get_state(), State.FAILED)
        self.assertEqual(len(errors), 1)
        last_errors = (client.props.last_error, client.get_last_error())
        for error in (caught.exception, errors[0], *last_errors):
            self.assertGError(error, Pusher.server_error_quark(), 4001)
            self.assertGError(error, Pusher.server_error_quark(), Pusher.ServerError.APP_NOT_FOUND)
            self.assertEqual(error.message, caught.exception.message)
        self.assertEqual(client.props.retry_at, 0)

    def test_no_address(self):
        client = Pusher.Client(key="k", host="a b")
        with self.assertRaises(GLib.Error) as caught:
            call(client.open_async, None)
        self.assertGError(caught.exception, Pusher.error_quark(), Pusher.Error.INVALID_SETTINGS)

    def test_cancelled(self):
        self.faults.props.silent = True
        self.faults.set_handshake_delay_ms(60000)
        client = self.new_client()
        cancellable = Gio.Cancellable()

        GLib.idle_add(cancellable.cancel)
        with self.assertRaises(GLib.Error) as caught:
            call(client.open_async, cancellable)
        self.assertGError(caught.exception, Gio.io_error_quark(), Gio.IOErrorEnum.CANCELLED)
        self.assertEqual(client.get_state(), State.CONNECTING)

    def test_ping(self):
        client = self.new_connected_client()
        microseconds = call(client.ping_async, None)
        self.assertGreater(microseconds, 0)
        self.assertLess(microseconds, 10_000_000)

    def test_metrics(self):
        client = self.new_client()
        self.assertEqual(client.get_metrics().last_round_trip, -1)

        call(client.open_async, None)
        call(client.ping_async, None)
        metrics = client.get_metrics()
        self.assertEqual((metrics.attempts, metrics.connects, metrics.reconnects), (1, 1, 0))
        self.assertEqual((metrics.messages_received, metrics.messages_sent), (2, 1))
        self.assertGreater(metrics.bytes_received, metrics.bytes_sent)
        self.assertGreater(metrics.last_round_trip, 0)
        self.assertGreater(metrics.ping_interval, 0)
        self.assertEqual(metrics.messages_dropped, 0)
        channels = metrics.channels_pending, metrics.channels_subscribed, metrics.channels_failed
        self.assertEqual(channels, (0, 0, 0))
        self.assertIn("connections: 1 of 1 attempts", metrics.to_string())

    def test_ping_without_connection(self):
        with self.assertRaises(GLib.Error) as caught:
            call(self.new_client().ping_async, None)
        self.assertGError(caught.exception, Pusher.error_quark(), Pusher.Error.INVALID_STATE)

    def test_close(self):
        client = self.new_connected_client()
        self.assertIs(call(client.close_async, None), True)
        self.assertEqual(client.get_state(), State.DISCONNECTED)
        self.assertIsNone(client.get_socket_id())
        self.assertIsNone(client.get_last_error())
        wait_until(lambda: self.server.props.n_connections == 0)

        client.close()
        call(client.open_async, None)
        self.assertEqual(client.get_state(), State.CONNECTED)

    def test_reconnect(self):
        client = self.new_connected_client()
        channel = call(client.subscribe_async, "prices", None)
        first_socket_id = client.get_socket_id()
        delays, errors, gaps = [], [], []
        client.connect("connecting-in", lambda client, microseconds: delays.append(microseconds))
        client.connect("error", lambda client, error: errors.append(error))
        channel.connect("gap", lambda channel, microseconds: gaps.append(microseconds))

        self.faults.cut_connections()
        wait_until(lambda: delays)
        self.assertIsInstance(delays[0], int)
        self.assertGreater(delays[0], 0)
        self.assertEqual(client.get_state(), State.CONNECTING)
        self.assertEqual(channel.get_state(), Pusher.ChannelState.PENDING)
        self.assertGreater(client.get_retry_at(), GLib.get_monotonic_time() - 1_000_000)
        last_error = client.get_last_error()
        self.assertGError(last_error, Pusher.error_quark(), Pusher.Error.CONNECTION_LOST)

        client.reconnect_now()
        wait_until(lambda: gaps)
        self.assertGreater(gaps[0], 0)
        self.assertEqual(len(errors), 1)
        self.assertEqual(client.get_state(), State.CONNECTED)
        self.assertNotEqual(client.get_socket_id(), first_socket_id)
        self.assertEqual(channel.get_state(), Pusher.ChannelState.SUBSCRIBED)

    def test_dropping_it_closes(self):
        client = self.new_connected_client()
        channel = call(client.subscribe_async, "prices", None)
        channel.connect("event::a", lambda channel, event: None)
        self.assertEqual(self.server.get_n_connections(), 1)

        del client
        gc.collect()
        wait_until(lambda: self.server.get_n_connections() == 0)
        self.assertEqual(channel.get_state(), Pusher.ChannelState.UNSUBSCRIBED)
        with self.assertRaises(GLib.Error) as caught:
            channel.resubscribe()
        self.assertGError(caught.exception, Pusher.error_quark(), Pusher.Error.INVALID_STATE)


class ChannelTest(PusherCase):
    def setUp(self):
        super().setUp()
        self.client = self.new_connected_client()

    def test_subscribe(self):
        channel = self.client.subscribe("prices")
        states = []
        succeeded = []
        channel.connect("notify::state", lambda channel, pspec: states.append(channel.props.state))
        channel.connect("subscription-succeeded", lambda channel: succeeded.append(channel))

        self.assertIs(self.client.subscribe("prices"), channel)
        self.assertIs(self.client.get_channel("prices"), channel)
        self.assertEqual(channel.props.name, "prices")
        self.assertEqual(channel.props.kind, Pusher.ChannelKind.PUBLIC)
        self.assertIs(channel.props.is_cache, False)
        self.assertEqual(channel.props.subscription_count, -1)
        self.assertEqual(channel.props.state, Pusher.ChannelState.PENDING)
        wait_until(lambda: succeeded)
        self.assertEqual(states, [Pusher.ChannelState.SUBSCRIBED])
        self.assertTrue(self.server.has_subscriber("prices"))

    def test_subscribe_async(self):
        channel = call(self.client.subscribe_async, "cache-prices", None)
        self.assertIsInstance(channel, Pusher.Channel)
        self.assertEqual(channel.get_state(), Pusher.ChannelState.SUBSCRIBED)
        self.assertIs(channel.get_is_cache(), True)
        self.assertEqual(self.server.get_n_subscribers("cache-prices"), 1)

    def test_unsubscribe(self):
        channel = call(self.client.subscribe_async, "prices", None)
        self.client.unsubscribe("prices")
        self.assertEqual(channel.props.state.value_nick, "unsubscribed")
        self.assertIsNone(self.client.get_channel("prices"))
        wait_until(lambda: not self.server.has_subscriber("prices"))

        self.assertIs(channel.resubscribe(), True)
        wait_until(lambda: channel.get_state() == Pusher.ChannelState.SUBSCRIBED)

    def test_invalid_name(self):
        for name in ("", "a\n", "#server", "x" * 513):
            with self.subTest(name):
                with self.assertRaises(GLib.Error) as caught:
                    self.client.subscribe(name)
                self.assertGError(caught.exception, Pusher.error_quark(), Pusher.Error.INVALID_NAME)
                with self.assertRaises(GLib.Error) as caught:
                    call(self.client.subscribe_async, name, None)
                self.assertGError(caught.exception, Pusher.error_quark(), Pusher.Error.INVALID_NAME)
        with self.assertRaises(TypeError):
            self.client.subscribe(None)
        self.assertEqual(len(self.client.props.channels), 0)

    def test_refused(self):
        channel = self.client.subscribe("prices")
        errors = []
        channel.connect("subscription-error", lambda channel, error: errors.append(error))
        self.faults.send_text(
            None,
            '{"event":"pusher:subscription_error","channel":"prices",'
            '"data":{"type":"AuthError","error":"no entry","status":403}}',
        )
        wait_until(lambda: errors)
        self.assertGError(errors[0], Pusher.server_error_quark(), 403)
        self.assertIn("no entry", errors[0].message)
        self.assertEqual(channel.get_state(), Pusher.ChannelState.FAILED)

    def test_unsubscribed_while_subscribing(self):
        channel = self.client.subscribe("prices")
        self.faults.send_text(
            None, '{"event":"pusher:subscription_error","channel":"prices","data":{"status":403}}'
        )
        wait_until(lambda: channel.get_state() == Pusher.ChannelState.FAILED)

        channel.connect("notify::state", lambda channel, pspec: channel.unsubscribe())
        with self.assertRaises(GLib.Error) as caught:
            self.client.subscribe("prices")
        self.assertGError(caught.exception, Pusher.error_quark(), Pusher.Error.CLOSED)
        self.assertIsNone(self.client.get_channel("prices"))

    def test_channels(self):
        channels = self.client.get_channels()
        changes = []
        channels.connect("items-changed", lambda model, *change: changes.append(change))
        subscribed = [self.client.subscribe(name) for name in ("b", "a", "c")]

        self.assertEqual(channels.get_item_type(), Pusher.Channel.__gtype__)
        self.assertEqual([channel.get_name() for channel in channels], ["b", "a", "c"])
        self.assertEqual(list(channels), subscribed)
        self.assertEqual(len(channels), 3)
        self.assertIs(channels[1], subscribed[1])
        self.assertIsNone(channels.get_item(3))
        self.client.unsubscribe("a")
        self.assertEqual([channel.get_name() for channel in channels], ["b", "c"])
        self.assertEqual(changes, [(0, 0, 1), (1, 0, 1), (2, 0, 1), (1, 1, 0)])


class EventTest(PusherCase):
    def setUp(self):
        super().setUp()
        self.client = self.new_connected_client()
        self.channel = call(self.client.subscribe_async, "prices", None)

    def receive(self, name, data):
        events = []
        handler = self.channel.connect(f"event::{name}", lambda _, event: events.append(event))
        self.server.publish("prices", name, data)
        wait_until(lambda: events)
        self.channel.disconnect(handler)
        self.assertEqual(len(events), 1)
        return events[0]

    def test_details(self):
        heard = []

        def listen(source, detail):
            def heard_cb(emitter, event):
                self.assertIs(emitter, source)
                heard.append((type(source).__name__, detail, event.get_name()))

            source.connect("event" + detail, heard_cb)

        for source in (self.channel, self.client):
            for detail in ("", "::price-changed", "::pusher:subscription_count"):
                listen(source, detail)
        self.server.publish("prices", "price-changed", "1")
        self.server.publish("prices", "other", "2")
        wait_until(lambda: len(heard) == 6)
        self.assertEqual(
            heard,
            [
                ("Channel", "", "price-changed"),
                ("Channel", "::price-changed", "price-changed"),
                ("Client", "", "price-changed"),
                ("Client", "::price-changed", "price-changed"),
                ("Channel", "", "other"),
                ("Client", "", "other"),
            ],
        )

    def test_json(self):
        data = {"price": 12.5, "name": "Käse 🧀", "tags": ["a", None, True], "count": 2**53 + 1}
        event = self.receive("price-changed", json.dumps(data))

        self.assertIsInstance(event, Pusher.Event)
        self.assertEqual(event.props.name, "price-changed")
        self.assertEqual(event.props.channel_name, "prices")
        self.assertIsNone(event.props.user_id)
        self.assertEqual(event.get_data(), event.props.data)
        self.assertEqual(json.loads(event.get_data()), data)

        node = event.get_json()
        self.assertIsInstance(node, Json.Node)
        self.assertEqual(node.get_node_type(), Json.NodeType.OBJECT)
        self.assertEqual(node.get_object().get_double_member("price"), 12.5)
        self.assertEqual(node.get_object().get_string_member("name"), "Käse 🧀")
        self.assertEqual(json.loads(Json.to_string(event.get_json(), False)), data)

        variant = event.get_variant()
        self.assertEqual(variant.get_type_string(), "a{sv}")
        self.assertEqual(variant.unpack(), data)

        self.assertEqual(event.lookup_string("/name"), "Käse 🧀")
        self.assertIsNone(event.lookup_string("/price"))
        self.assertEqual(json.loads(event.lookup_json("/tags")), data["tags"])
        self.assertEqual(event.lookup_int("/count"), (True, 2**53 + 1))
        self.assertEqual(event.lookup_int("/name"), (False, 0))
        self.assertEqual(event.lookup_double("/price"), (True, 12.5))
        self.assertEqual(event.lookup_boolean("/tags/2"), (True, True))

    def test_text(self):
        event = self.receive("said", "hello [world")
        self.assertEqual(event.get_data(), "hello [world")
        self.assertIsNone(event.get_json())
        self.assertIsNone(event.get_variant())
        self.assertIsNone(event.lookup_json(""))
        self.assertEqual(event.get_bytes().get_data(), b"hello [world")

    def test_nul(self):
        events = []
        self.client.connect("event::nul", lambda client, event: events.append(event))
        for data in "a\0b", '{"a":"1\\u00002"}':
            self.faults.send_text(None, json.dumps({"event": "nul", "data": data}))
        wait_until(lambda: len(events) == 2)
        self.assertEqual(events[0].get_bytes().get_data(), b"a\0b")
        self.assertEqual(json.loads(events[1].get_data()), {"a": "1\0002"})
        self.assertEqual(events[1].lookup_string("/a"), "1\ufffd2")
        self.assertEqual(events[1].get_variant().unpack(), {"a": "1\ufffd2"})

    def test_without_data(self):
        events = []
        self.client.connect("event::bare", lambda client, event: events.append(event))
        self.faults.send_text(None, '{"event":"bare"}')
        wait_until(lambda: events)
        self.assertIsNone(events[0].get_data())
        self.assertIsNone(events[0].get_bytes())
        self.assertIsNone(events[0].get_json())
        self.assertIsNone(events[0].get_channel_name())

    def test_hostile(self):
        event = self.receive("deep", "[" * 9000)
        self.assertIsNone(event.get_json())
        self.assertEqual(event.get_data(), "[" * 9000)

    def test_outlives_everything(self):
        event = self.receive("kept", '{"kept":true}')
        node = event.get_json()
        self.channel = self.client = None
        gc.collect()
        wait_until(lambda: self.server.get_n_connections() == 0)
        self.assertEqual(event.get_variant().unpack(), {"kept": True})
        del event
        gc.collect()
        self.assertIs(node.get_object().get_boolean_member("kept"), True)

    def test_handler_unsubscribes(self):
        heard = []

        def event_cb(channel, event):
            heard.append(event.get_data())
            channel.unsubscribe()

        self.channel.connect("event::tick", event_cb)
        self.server.publish("prices", "tick", "1")
        self.server.publish("prices", "tick", "2")
        wait_until(lambda: not self.server.has_subscriber("prices"))
        self.assertEqual(heard, ["1"])

    def test_many_in_order(self):
        heard = []

        def tick_cb(channel, event):
            heard.append(json.loads(event.get_data()))

        self.channel.connect("event::tick", tick_cb)
        for number in range(1000):
            self.server.publish_json("prices", "tick", str(number))
        wait_until(lambda: len(heard) >= 1000)
        self.assertEqual(heard, list(range(1000)))


if __name__ == "__main__":
    tap.main()
