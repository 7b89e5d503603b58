# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What a Python program sees of authorization, and of what needs it."""

import gc
import json

import gi

gi.require_version("Json", "1.0")
gi.require_version("Pusher", "1")
gi.require_version("Soup", "3.0")
from gi.repository import Gio, GLib, Json, Pusher, Soup  # noqa: E402

import tap  # noqa: E402
from fixture import PusherCase, call, wait_until  # noqa: E402

MASTER_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
AL = '{"user_id":"1","user_info":{"name":"Al","age":40}}'
BO = '{"user_id":"2","user_info":{"name":"Bo"}}'


class Signer(Pusher.Authorizer):
    """What an application that derives from the class has."""

    def __init__(self, secret):
        super().__init__()
        self.signer = Pusher.SecretAuthorizer.new(secret)
        self.asked = []

    def do_authorize(self, request):
        self.asked.append((request.get_kind(), request.get_channel_name()))
        return self.signer.authorize(request)


class Later(Pusher.Authorizer):
    """Keeps its requests."""

    def __init__(self):
        super().__init__()
        self.requests = []

    def do_authorize(self, request):
        self.requests.append(request)
        return True


class AuthorizerTest(PusherCase):
    def setUp(self):
        super().setUp()
        self.client = self.new_connected_client()

    def refuse(self, name="private-a"):
        with self.assertRaises(GLib.Error) as caught:
            self.subscribe(self.client, name)
        return caught.exception

    def test_subclass(self):
        authorizer = Signer(self.server.get_secret())
        self.client.set_authorizer(authorizer)
        self.assertIs(self.client.props.authorizer, authorizer)

        channel = self.subscribe(self.client, "private-a")
        self.assertEqual(channel.get_kind(), Pusher.ChannelKind.PRIVATE)
        self.assertEqual(authorizer.asked, [(Pusher.AuthorizationKind.CHANNEL, "private-a")])

    def test_subclass_lives(self):
        """A client keeps its authorizer, and what Python added to it."""
        self.client.set_authorizer(Signer(self.server.get_secret()))
        gc.collect()
        self.subscribe(self.client, "private-a")
        self.assertEqual(len(self.client.get_authorizer().asked), 1)

    def test_signal(self):
        authorizer = Pusher.Authorizer()
        signer = Pusher.SecretAuthorizer(secret=self.server.get_secret())
        authorizer.connect("authorize", lambda authorizer, request: signer.authorize(request))
        self.client.props.authorizer = authorizer
        self.subscribe(self.client, "private-a")

    def test_nobody_answers(self):
        self.client.set_authorizer(Pusher.Authorizer.new())
        self.assertGError(self.refuse(), Pusher.error_quark(), Pusher.Error.AUTHORIZATION)

    def test_request(self):
        authorizer = Later()
        self.client.set_authorizer(authorizer)
        channel = self.client.subscribe("private-a")
        wait_until(lambda: authorizer.requests)
        request = authorizer.requests.pop()

        self.assertIsInstance(request, Pusher.AuthorizationRequest)
        self.assertEqual(request.props.kind, Pusher.AuthorizationKind.CHANNEL)
        self.assertEqual(request.props.key, self.client.get_key())
        self.assertEqual(request.props.channel_name, "private-a")
        self.assertEqual(request.props.socket_id, self.client.get_socket_id())
        self.assertIsInstance(request.props.cancellable, Gio.Cancellable)
        self.assertFalse(request.get_cancellable().is_cancelled())
        channel.unsubscribe()
        self.assertTrue(request.get_cancellable().is_cancelled())
        request.complete("too:late")

    def test_fail(self):
        authorizer = Later()
        self.client.set_authorizer(authorizer)
        channel = self.client.subscribe("private-a")
        heard = self.hear(channel, "subscription-error")
        wait_until(lambda: authorizer.requests)
        request = authorizer.requests.pop()
        code = Gio.IOErrorEnum.FAILED
        request.fail(GLib.Error.new_literal(Gio.io_error_quark(), "no entry", code))
        wait_until(lambda: heard)
        self.assertGError(heard[0][1], Gio.io_error_quark(), Gio.IOErrorEnum.FAILED)
        self.assertEqual(heard[0][1].message, "no entry")

    def test_fail_for_now(self):
        """The client would ask again by itself, but the application may be faster."""
        authorizer = Later()
        signer = Pusher.SecretAuthorizer.new(self.server.get_secret())
        self.client.set_authorizer(authorizer)
        channel = self.client.subscribe("private-a")
        heard = self.hear(channel, "subscription-error", "subscription-succeeded")
        wait_until(lambda: authorizer.requests)
        request = authorizer.requests.pop()
        code = Gio.IOErrorEnum.BUSY
        request.fail_for_now(GLib.Error.new_literal(Gio.io_error_quark(), "not now", code))
        wait_until(lambda: heard)
        self.assertGError(heard[0][1], Gio.io_error_quark(), Gio.IOErrorEnum.BUSY)
        self.assertEqual(channel.get_state(), Pusher.ChannelState.FAILED)
        channel.resubscribe()
        wait_until(lambda: authorizer.requests)
        self.assertIs(signer.authorize(authorizer.requests.pop()), True)
        wait_until(lambda: len(heard) == 2)
        self.assertEqual(heard[1][0], "subscription-succeeded")

    def test_complete(self):
        authorizer = Later()
        self.client.set_authorizer(authorizer)
        for complete in (
            lambda request: request.complete("", None, None),
            lambda request: request.complete_json('{"auth": 1}'),
        ):
            channel = self.client.subscribe("private-a")
            heard = self.hear(channel, "subscription-error")
            wait_until(lambda: authorizer.requests)
            try:
                complete(authorizer.requests.pop())
            except GLib.Error as error:
                self.assertGError(error, Pusher.error_quark(), Pusher.Error.AUTHORIZATION)
            wait_until(lambda: heard)
            self.assertGError(heard[0][1], Pusher.error_quark(), Pusher.Error.AUTHORIZATION)

    def test_http(self):
        http = self.client.use_endpoint(self.backend.get_auth_endpoint())
        prepared = []

        def prepare(http, request, message):
            message.get_request_headers().append("X-Prepared", request.get_channel_name())
            prepared.append(message)

        http.connect("prepare", prepare)
        self.assertIs(http, self.client.get_authorizer())
        self.assertEqual(http.props.endpoint, self.backend.get_auth_endpoint())
        self.assertIs(http.props.session, self.client.get_session())
        http.set_header("X-Header", "1")
        http.set_param("user_id", "7")
        http.props.username = "al"
        http.props.password = "secret"
        self.assertEqual(http.get_username(), "al")
        self.subscribe(self.client, "presence-a")
        self.assertIsInstance(prepared[0], Soup.Message)
        self.assertEqual(self.server.list_members("presence-a"), ["7"])

    def test_http_settings(self):
        http = Pusher.HttpAuthorizer(endpoint="http://localhost/", batch=True, timeout=2)
        self.assertIs(http.props.batch, True)
        self.assertEqual(http.props.timeout, 2)
        self.assertEqual(http.get_expires_at(), 0)
        http.set_expires_at(2**40)
        self.assertEqual(http.get_expires_at(), 2**40)
        http.props.max_attempts = 1
        self.assertEqual(http.get_max_attempts(), 1)
        http.props.max_concurrent = 3
        self.assertEqual(http.get_max_concurrent(), 3)
        http.props.max_batch_size = 20
        self.assertEqual(http.get_max_batch_size(), 20)
        http.set_username(None)
        self.assertIsNone(http.get_username())
        self.assertEqual(Pusher.HttpAuthorizer.new("http://a/").get_endpoint(), "http://a/")

    def test_http_refused(self):
        self.client.use_endpoint(self.backend.get_auth_endpoint())
        self.backend.forbid("private-a")
        self.assertGError(self.refuse(), Pusher.http_error_quark(), Pusher.HttpError.FORBIDDEN)

    def test_endpoints(self):
        self.backend.set_user("42", None)
        http = self.client.use_user_endpoint(self.backend.get_user_auth_endpoint())
        self.assertIs(self.client.get_user_authenticator(), http)
        for use in self.client.use_endpoint, self.client.use_user_endpoint:
            with self.assertRaises(GLib.Error) as caught:
                use("not a url")
            self.assertGError(caught.exception, Pusher.error_quark(),
                              Pusher.Error.INVALID_SETTINGS)
        self.assertIs(self.client.get_user_authenticator(), http)
        self.assertIs(call(self.client.get_user().sign_in_async, None), True)

    def test_refusal_finds_the_client(self):
        errors = []
        self.client.connect("error", lambda client, error: errors.append(error.message))
        self.client.use_endpoint(self.backend.get_auth_endpoint())
        self.backend.forbid("private-a")
        channel = self.client.subscribe("private-a")
        self.assertIsNone(channel.get_last_error())
        wait_until(lambda: errors)
        self.assertGError(channel.props.last_error, Pusher.http_error_quark(),
                          Pusher.HttpError.FORBIDDEN)
        self.assertEqual(
            errors, [f"Cannot subscribe to “private-a”: {channel.get_last_error().message}"])

    def test_http_renewed(self):
        http = self.client.use_endpoint(self.backend.get_auth_endpoint())
        statuses = []

        def renew(http, status):
            statuses.append(status)
            self.backend.set_status(0)
            GLib.idle_add(http.renewed)
            return True

        http.connect("renew", renew)
        self.backend.set_status(401)
        self.subscribe(self.client, "private-a")
        self.assertEqual(statuses, [401])

    def test_secret(self):
        signer = Pusher.SecretAuthorizer(
            secret="s", channel_data=AL, encryption_master_key=MASTER_KEY)
        self.assertEqual(signer.props.channel_data, AL)
        self.assertIsNone(signer.props.user_data)
        signer.props.secret = None
        signer.set_secret("other")
        self.assertIs(signer.set_encryption_master_key(None), True)
        signer.props.encryption_master_key = MASTER_KEY
        signer.set_channel_data_node(Json.from_string('{"user_id":"3"}'))
        self.assertEqual(json.loads(signer.get_channel_data() or ""), {"user_id": "3"})
        signer.set_user_data_node(Json.from_string('{"id":"3"}'))
        self.assertEqual(json.loads(signer.get_user_data() or ""), {"id": "3"})
        setters = signer.set_channel_data, signer.set_user_data, signer.set_encryption_master_key
        for setter in setters:
            with self.assertRaises(GLib.Error) as caught:
                setter("{")
            self.assertGError(caught.exception, Pusher.error_quark(), Pusher.Error.INVALID_DATA)
            self.assertIs(setter(None), True)


class KindsTest(PusherCase):
    def new_user(self, channel_data=None):
        client = self.keep(self.new_connected_client())
        client.use_secret(self.server.get_secret(), channel_data)
        return client

    def test_use_secret(self):
        client = self.new_client()
        self.assertIs(client.use_secret("secret"), True)
        with self.assertRaises(GLib.Error) as caught:
            client.use_secret("secret", "{")
        self.assertGError(caught.exception, Pusher.error_quark(), Pusher.Error.INVALID_DATA)

    def test_trigger(self):
        channel = self.subscribe(self.new_user(), "private-a")
        other = self.subscribe(self.new_user(), "private-a")
        heard = []

        def said(channel, event):
            heard.append(json.loads(event.get_data()))

        other.connect("event::client-said", said)

        self.assertIs(channel.trigger("client-said", '{"a":1}'), True)
        channel.trigger_node("client-said", Json.from_string("[2]"))
        channel.trigger_variant("client-said", GLib.Variant("a{sv}", {"b": GLib.Variant("i", 3)}))
        wait_until(lambda: len(heard) == 3)
        self.assertEqual(heard, [{"a": 1}, [2], {"b": 3}])

    def test_outbox(self):
        client = self.new_user()
        other = self.subscribe(self.new_user(), "private-a")
        heard = self.hear(other, "event")
        channel = client.subscribe("private-a")
        lengths = []
        channel.connect("notify::outbox-length",
                        lambda channel, _: lengths.append(channel.get_outbox_length()))

        self.assertEqual((channel.props.outbox_size, channel.props.outbox_expiry), (0, 60))
        channel.set_outbox_size(2)
        channel.props.outbox_expiry = 0
        self.assertIs(channel.trigger("client-a", "1"), True)
        self.assertIs(channel.trigger("client-b"), True)
        with self.assertRaises(GLib.Error) as caught:
            channel.trigger("client-c")
        self.assertGError(caught.exception, Pusher.error_quark(), Pusher.Error.BUSY)
        wait_until(lambda: len(heard) == 2)
        self.assertEqual([event.get_data() for _, event in heard], ["1", None])
        self.assertEqual(lengths, [1, 2, 1, 0])

    def test_trigger_error(self):
        channel = self.keep(self.new_client()).subscribe("private-a")
        heard = self.hear(channel, "trigger-error")
        channel.set_outbox_size(2)
        channel.set_outbox_expiry(5)
        channel.trigger("client-a", "1")
        channel.trigger("client-b")
        channel.unsubscribe()
        self.assertEqual([(name, data) for _, name, data, _ in heard],
                         [("client-a", "1"), ("client-b", None)])
        for *_, error in heard:
            self.assertGError(error, Pusher.error_quark(), Pusher.Error.CLOSED)
        self.assertEqual((channel.get_outbox_size(), channel.get_outbox_expiry()), (2, 5))

    def test_trigger_nothing(self):
        channel = self.subscribe(self.new_user(), "private-a")
        other = self.subscribe(self.new_user(), "private-a")
        heard = self.hear(other, "event::client-typing")
        channel.trigger("client-typing")
        wait_until(lambda: heard)
        self.assertIsNone(heard[0][1].get_data())

    def test_trigger_errors(self):
        client = self.new_user()
        for name, event, data, code in (
            ("private-a", "x", None, Pusher.Error.INVALID_NAME),
            ("private-a", "client-x", "{", Pusher.Error.INVALID_DATA),
        ):
            channel = self.subscribe(client, name)
            with self.subTest(code), self.assertRaises(GLib.Error) as caught:
                channel.trigger(event, data)
            self.assertGError(caught.exception, Pusher.error_quark(), code)
        channel.unsubscribe()
        with self.assertRaises(GLib.Error) as caught:
            channel.trigger("client-x", None)
        self.assertGError(caught.exception, Pusher.error_quark(), Pusher.Error.INVALID_STATE)

    def test_channel_error(self):
        self.server.set_client_events(False)
        channel = self.subscribe(self.new_user(), "private-a")
        heard = self.hear(channel, "error")
        channel.trigger("client-x")
        wait_until(lambda: heard)
        self.assertGError(heard[0][1],
                          Pusher.server_error_quark(), Pusher.ServerError.CLIENT_EVENT_RATE)

    def test_presence(self):
        presence = self.subscribe(self.new_user(AL), "presence-a")
        heard = self.hear(presence, "member-added", "member-changed", "member-removed")
        members = presence.get_members()

        self.assertIsInstance(presence, Pusher.PresenceChannel)
        self.assertIsInstance(presence, Pusher.Channel)
        self.assertIs(presence.props.members, members)
        self.assertEqual(members.get_item_type(), Pusher.Member.__gtype__)
        me = presence.props.me
        self.assertIs(me, members[0])
        self.assertEqual(me.props.id, "1")
        self.assertEqual((me.get_field("name"), me.get_field("age")), ("Al", "40"))
        self.assertIsNone(me.get_field("none"))
        self.assertEqual((me.get_name(), me.props.name), ("Al", "Al"))
        self.assertEqual(json.loads(me.props.info), {"name": "Al", "age": 40})
        self.assertEqual(me.get_info_node().get_object().get_string_member("name"), "Al")

        client = self.new_user(BO)
        self.subscribe(client, "presence-a")
        wait_until(lambda: len(members) == 2)
        self.assertEqual([member.get_id() for member in members], ["1", "2"])
        member = presence.get_member("2")
        self.assertIs(member, members[1])
        self.assertIsNone(presence.get_member("3"))
        client.close()
        wait_until(lambda: len(members) == 1)
        self.assertEqual(heard, [("member-added", member), ("member-removed", member)])

    def test_presence_change(self):
        client = self.new_user(AL)
        presence = self.subscribe(client, "presence-a")
        me = presence.get_me()
        heard = self.hear(presence, "member-changed")
        client.use_secret(self.server.get_secret(), AL.replace("Al", "Alan"))
        client.reconnect_now()
        wait_until(lambda: heard)
        self.assertEqual(heard, [("member-changed", me)])
        self.assertEqual(me.get_field("name"), "Alan")

    def test_presence_by_name(self):
        client = self.new_client()
        client.use_secret(self.server.get_secret())
        signer = client.get_authorizer()
        signer.set_member("7", "Cy", Json.from_string('{"age": 41}'))
        self.assertEqual(json.loads(signer.get_channel_data() or ""),
                         {"user_id": "7", "user_info": {"name": "Cy", "age": 41}})
        call(client.open_async, None)
        me = self.subscribe(client, "presence-a").get_me()
        self.assertEqual((me.get_id(), me.get_name(), me.get_field("age")), ("7", "Cy", "41"))

        # The same signs in.
        self.assertIs(client.get_user_authenticator(), signer)
        self.assertIs(call(client.get_user().sign_in_async, None), True)
        self.assertEqual(json.loads(client.get_user().get_data())["id"], "7")
        signer.set_member("8")
        self.assertEqual(json.loads(signer.get_channel_data() or ""), {"user_id": "8", "user_info": {}})

    def test_encrypted(self):
        client = self.new_client()
        signer = Pusher.SecretAuthorizer(
            secret=self.server.get_secret(),
            encryption_master_key=self.server.props.encryption_master_key,
        )
        client.set_authorizer(signer)
        call(client.open_async, None)
        channel = self.subscribe(client, "private-encrypted-a")
        heard = self.hear(channel, "event::secret", "error")

        self.assertIsInstance(channel, Pusher.EncryptedChannel)
        self.assertEqual(channel.get_kind(), Pusher.ChannelKind.ENCRYPTED)
        self.server.publish("private-encrypted-a", "secret", '{"a":1}')
        wait_until(lambda: heard)
        self.assertEqual(heard[0][1].get_data(), '{"a":1}')
        self.server.props.encryption_master_key = MASTER_KEY
        self.server.publish("private-encrypted-a", "secret", '{"a":2}')
        wait_until(lambda: len(heard) == 2)
        self.assertGError(heard[1][1], Pusher.error_quark(), Pusher.Error.DECRYPTION)

    def test_cache_and_count(self):
        self.server.set_subscription_counts(True)
        client = self.new_connected_client()
        channel = client.subscribe("cache-a")
        heard = self.hear(channel, "cache-miss", "notify::subscription-count")
        wait_until(lambda: len(heard) == 2)
        self.assertIs(channel.props.is_cache, True)
        self.assertEqual(channel.props.subscription_count, 1)
        self.server.publish("cache-a", "x", "1")
        other = client = self.new_connected_client()
        heard = self.hear(other.subscribe("cache-a"), "cache-miss", "event::x")
        wait_until(lambda: heard)
        self.assertEqual(heard[0][0], "event::x")

    def test_switch_cluster(self):
        self.server.set_default_app("7", "test-key", "test-secret")
        self.assertEqual(self.server.get_app_id(), "7")
        self.server.add_app("2", "other", "other-secret")
        client = self.new_connected_client()
        channel = self.subscribe(client, "a")
        heard = self.hear(channel, "subscription-succeeded")
        client.switch_cluster("other")
        wait_until(lambda: heard)
        self.assertEqual((client.get_key(), client.get_cluster()), ("other", None))


class UserTest(PusherCase):
    def setUp(self):
        super().setUp()
        self.client = self.new_connected_client()
        endpoint = self.backend.props.user_auth_endpoint
        assert endpoint is not None
        authenticator = Pusher.HttpAuthorizer(endpoint=endpoint)
        self.client.set_user_authenticator(authenticator)
        self.assertIs(self.client.props.user_authenticator, authenticator)

    def test_sign_in(self):
        self.backend.set_user("42", '{"name":"Al"}')
        user = self.client.get_user()
        self.assertIs(user, self.client.props.user)
        self.assertIsInstance(user, Pusher.User)
        self.assertIs(user.props.signed_in, False)
        self.assertIsNone(user.props.id)
        self.assertIsNone(user.props.data)

        self.assertIs(call(user.sign_in_async, None), True)
        self.assertIs(user.get_signed_in(), True)
        self.assertEqual(user.props.id, "42")
        self.assertEqual(json.loads(user.get_data()), {"id": "42", "user_info": {"name": "Al"}})
        heard = self.hear(user, "event::hi")
        wait_until(lambda: self.server.send_to_user("42", "hi", "1") == 1)
        wait_until(lambda: heard)
        self.assertEqual(heard[0][1].get_data(), "1")

    def test_watchlist(self):
        self.backend.set_user("42")
        self.backend.set_watchlist(["43"])
        self.backend.set_cross_origin(True)
        user = self.client.get_user()
        heard = self.hear(user, "online", "offline")
        events = []
        user.connect("watchlist-event", lambda user, name, ids: events.append((name, ids)))
        call(user.sign_in_async, None)
        other = self.new_connected_client()
        other.set_user_authenticator(self.client.get_user_authenticator())
        self.backend.set_watchlist(None)
        self.backend.set_user("43")
        call(other.get_user().sign_in_async, None)
        wait_until(lambda: heard)
        self.assertIs(user.is_online("43"), True)
        other.close()
        wait_until(lambda: len(heard) == 2)
        self.assertIs(user.is_online("43"), False)
        self.assertEqual(heard, [("online", "43"), ("offline", "43")])
        self.assertEqual(events[-2:], [("online", ["43"]), ("offline", ["43"])])

    def test_sign_in_error(self):
        user = self.client.get_user()
        heard = self.hear(user, "sign-in-error")
        user.sign_in()
        wait_until(lambda: heard)
        self.assertGError(heard[0][1], Pusher.http_error_quark(), Pusher.HttpError.FORBIDDEN)
        with self.assertRaises(GLib.Error) as caught:
            call(user.sign_in_async, None)
        self.assertGError(caught.exception, Pusher.http_error_quark(), 403)


if __name__ == "__main__":
    tap.main()
