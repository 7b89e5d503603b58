# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What a Python program sees of catching up."""

import json

import gi

gi.require_version("Pusher", "1")
gi.require_version("Soup", "3.0")
from gi.repository import GLib, Pusher, Soup  # noqa: E402

import tap  # noqa: E402
from fixture import PusherCase, wait_until  # noqa: E402


class Store(Pusher.Backfill):
    """What an application that derives from the class has."""

    def __init__(self, events):
        super().__init__()
        self.events = events
        self.asked = []

    def do_fetch(self, request):
        self.asked.append((request.get_after(), request.get_last()))
        first = int(request.props.after or 0)
        if request.props.last:
            first = max(0, len(self.events) - request.props.last)
        for number, data in enumerate(self.events[first:], first + 1):
            request.add("e", json.dumps(data), str(number))
        request.complete(False)
        return True


class BackfillTest(PusherCase):
    def setUp(self):
        super().setUp()
        self.client = self.new_client()
        self.channel = self.client.subscribe("a")
        self.heard = self.hear(self.channel, "event::e", "caught-up", "lost")

    def get_heard(self):
        return [json.loads(values[0].get_data()) if name == "event::e" else name
                for name, *values in self.heard]

    def catch_up(self, backfill, position):
        self.channel.set_backfill(backfill)
        self.channel.set_position(position)
        self.assertIs(self.channel.get_backfill(), backfill)
        self.client.open()
        wait_until(lambda: any(word[0] == "caught-up" for word in self.heard))

    def test_subclass(self):
        store = Store([{"id": 1}, {"id": 2}, {"id": 3}])
        self.catch_up(store, "1")
        self.assertEqual(store.asked, [("1", 0)])
        self.assertEqual(self.get_heard(), [{"id": 2}, {"id": 3}, "caught-up"])
        self.assertEqual(self.heard[-1], ("caught-up", 2))
        self.assertEqual(self.channel.props.position, "3")
        self.assertFalse(self.channel.props.catching_up)

        self.server.publish("a", "e", '{"id": 4}')
        wait_until(lambda: self.channel.get_position() == "4")

    def test_initial_count(self):
        store = Store([{"id": 1}, {"id": 2}, {"id": 3}])
        store.set_initial_count(2)
        self.catch_up(store, None)
        self.assertEqual(store.asked, [(None, 2)])
        self.assertEqual(self.get_heard(), [{"id": 2}, {"id": 3}, "caught-up"])

    def test_signals(self):
        backfill = Pusher.Backfill.new()
        kept = []

        def fetch(backfill, request):
            kept.append(request)
            return True

        backfill.connect("fetch", fetch)
        backfill.connect("identify", lambda backfill, event: event.lookup_string("/key"))
        self.channel.props.backfill = backfill
        self.channel.props.position = "a"
        notified = self.hear(self.channel, "notify::catching-up", "notify::position")
        self.client.open()
        wait_until(lambda: kept)
        request = kept.pop()
        self.assertIsInstance(request, Pusher.BackfillRequest)
        self.assertEqual(request.get_channel_name(), "a")
        self.assertEqual(request.props.channel_name, "a")
        self.assertFalse(request.get_cancellable().is_cancelled())
        self.assertFalse(request.props.cancellable.is_cancelled())
        request.fail_for_now(GLib.Error("Later"))
        wait_until(lambda: kept)
        request = kept.pop()
        request.add("e", '{"key": "b"}', None)
        request.complete(True)
        wait_until(lambda: kept)
        request = kept.pop()
        self.assertEqual(request.get_after(), "b")
        error = GLib.Error.new_literal(Pusher.http_error_quark(), "Gone", 410)
        request.fail(error)
        wait_until(lambda: self.heard[-1][0] == "caught-up")
        self.assertEqual(self.get_heard(), [{"key": "b"}, "lost", "caught-up"])
        self.assertGError(self.heard[1][1], Pusher.http_error_quark(), 410)
        self.assertEqual([name for name, _ in notified],
                         ["notify::catching-up", "notify::position", "notify::catching-up"])

        self.channel.set_backfill(None)
        self.assertIsNone(self.channel.get_backfill())

    def test_nobody(self):
        self.catch_up(Pusher.Backfill(), "1")
        self.assertEqual(self.get_heard(), ["lost", "caught-up"])
        self.assertGError(self.heard[0][1], Pusher.error_quark(), Pusher.Error.BACKFILL)

    def test_combined(self):
        """One passes on to another."""
        store = Store([{"id": 1}, {"id": 2}])
        backfill = Pusher.Backfill()
        backfill.connect("fetch", lambda backfill, request: store.fetch(request))
        backfill.connect("identify", lambda backfill, event: store.identify(event))
        self.catch_up(backfill, "1")
        self.assertEqual(self.get_heard(), [{"id": 2}, "caught-up"])

    def test_settings(self):
        backfill = Pusher.Backfill(id_pointer="/key", max_attempts=2)
        self.assertEqual(backfill.get_id_pointer(), "/key")
        self.assertFalse(backfill.props.client_events)
        backfill.set_client_events(True)
        self.assertTrue(backfill.get_client_events())
        backfill.set_max_held_events(1)
        backfill.set_max_held_bytes(2)
        backfill.props.max_concurrent = 3
        backfill.props.timeout = 4
        self.assertEqual((backfill.props.max_held_events, backfill.props.max_held_bytes,
                          backfill.get_max_concurrent(), backfill.get_timeout(),
                          backfill.props.max_attempts), (1, 2, 3, 4, 2))


class HttpTest(PusherCase):
    def setUp(self):
        super().setUp()
        self.asked = []
        self.answers = []
        self.http = Soup.Server()
        self.http.add_handler("/events", self.answer)
        self.http.listen_local(0, Soup.ServerListenOptions.IPV4_ONLY)
        self.addCleanup(self.http.disconnect)
        self.store = Pusher.HttpBackfill.new(
            f"http://127.0.0.1:{self.http.get_uris()[0].get_port()}/events{{?channel,after,last}}")

    def answer(self, server, message, path, query, *_):
        headers = message.get_request_headers()
        self.asked.append((message.get_uri().get_query(), headers.get_one("Authorization")))
        status, body = self.answers.pop(0)
        message.set_status(status, None)
        message.set_response("application/json", Soup.MemoryUse.COPY, body.encode())

    def test_pages(self):
        store = self.store
        renewed = []

        def renew(store, status):
            renewed.append(status)
            store.set_header("Authorization", "Bearer new")
            store.set_expires_at(0)
            store.renewed()
            return True

        prepared = self.hear(store, "prepare")
        store.connect("renew", renew)
        store.set_events_pointer("/data")
        store.set_more_pointer("/next_page_url")
        store.set_item_id_pointer("/key")
        store.set_item_name_pointer("/type")
        store.set_item_data_pointer("/payload")
        self.answers = [
            (401, ""),
            (200, '{"data": [{"key": "b", "type": "e", "payload": {"n": 1}}],'
                  ' "next_page_url": "http://…"}'),
            (200, '{"data": [{"key": "c", "type": "e", "payload": "x"}], "next_page_url": null}'),
        ]
        client = self.new_client()
        channel = client.subscribe("a")
        channel.set_backfill(store)
        channel.set_position("a")
        heard = self.hear(channel, "event::e", "caught-up")
        client.open()
        wait_until(lambda: heard and heard[-1][0] == "caught-up")
        self.assertEqual([values[0].get_data() for name, *values in heard[:-1]], ['{"n": 1}', "x"])
        self.assertEqual(self.asked, [("channel=a&after=a", None),
                                      ("channel=a&after=a", "Bearer new"),
                                      ("channel=a&after=b", "Bearer new")])
        self.assertEqual(renewed, [401])
        self.assertEqual(len(prepared), 3)
        self.assertEqual(store.get_expires_at(), 0)

    def test_settings(self):
        store = self.store
        store.set_username("user")
        store.set_password("password")
        self.assertEqual(store.props.username, "user")
        self.assertIsInstance(store.props.session, Soup.Session)
        self.assertEqual((store.props.events_pointer, store.props.more_pointer,
                          store.props.item_id_pointer, store.props.item_name_pointer,
                          store.props.item_data_pointer),
                         ("/events", "/more", "/id", "/name", "/data"))
        store.set_url("http://example.com")
        self.assertEqual(store.get_url(), "http://example.com")


if __name__ == "__main__":
    tap.main()
