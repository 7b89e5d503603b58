#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What an endpoint would answer, and what encrypted channels carry."""

import base64
import hashlib
import hmac
import json

import gi
import tool
from fixture import call
from tool import FAILED, USAGE

gi.require_version("Soup", "3.0")
from gi.repository import Pusher, Soup  # noqa: E402

MASTER_KEY = base64.b64encode(bytes(range(32))).decode()
OTHER_KEY = base64.b64encode(bytes(32)).decode()
WARD = "private-encrypted-ward"


class Auth(tool.ToolCase):
    def setUp(self):
        super().setUp()
        self.environment.update(
            PUSHER_APP_KEY="278d425bdf160c739803", PUSHER_APP_SECRET="7ad3773142a6692b25b8"
        )

    def auth(self, *arguments):
        [answer] = self.run_tool("auth", *arguments).out.objects
        return answer

    def sign(self, text):
        secret = self.environment["PUSHER_APP_SECRET"].encode()
        signature = hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()
        return f"{self.environment['PUSHER_APP_KEY']}:{signature}"

    def test_example_of_the_protocol(self):
        self.assertEqual(
            self.auth("1234.1234", "private-foobar"),
            {
                "auth": "278d425bdf160c739803:"
                "58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4"
            },
        )

    def test_presence(self):
        answer = self.auth("1.2", "presence-room", "--member", 'a"da', "--info", '{"n": 1.50}')
        data = '{"user_id":"a\\"da","user_info":{"n": 1.50}}'
        self.assertEqual(
            answer, {"auth": self.sign(f"1.2:presence-room:{data}"), "channel_data": data}
        )

        self.environment.update(PUSHER_USER_ID="grace")
        answer = self.auth("1.2", "presence-room")
        self.assertEqual(json.loads(answer["channel_data"]), {"user_id": "grace"})

    def test_user(self):
        answer = self.auth("1.2", "--user", "--member", "ada", "--info", '{"name":"Ada"}')
        data = '{"id":"ada","user_info":{"name":"Ada"}}'
        self.assertEqual(answer, {"auth": self.sign(f"1.2::user::{data}"), "user_data": data})

    def test_encrypted(self):
        self.environment["PUSHER_ENCRYPTION_MASTER_KEY"] = MASTER_KEY
        key = hashlib.sha256(WARD.encode() + bytes(range(32))).digest()
        self.assertEqual(
            self.auth("1.2", WARD),
            {"auth": self.sign(f"1.2:{WARD}"), "shared_secret": base64.b64encode(key).decode()},
        )

    def test_signed_text_is_said(self):
        run = self.run_tool("auth", "-v", "1.2", "private-chat")
        self.assertEqual(run.err.lines, ["* signed is: 1.2:private-chat"])

    def test_secret_stays_one(self):
        self.environment["PUSHER_ENCRYPTION_MASTER_KEY"] = MASTER_KEY
        run = self.run_tool("auth", "-v", "1.2", WARD)
        for secret in MASTER_KEY, self.environment["PUSHER_APP_SECRET"]:
            self.assertNotIn(secret, run.out.text + run.err.text)

    def test_server_takes_it(self):
        self.use_server()
        self.use_secret()
        self.environment["PUSHER_ENCRYPTION_MASTER_KEY"] = MASTER_KEY
        self.server.set_encryption_master_key(MASTER_KEY)
        client = self.keep(self.new_client())
        self.answers = {"presence-room": ["--member", "ada"], "private-a": [], WARD: []}
        authorizer = Pusher.Authorizer()
        authorizer.connect("authorize", self.authorize)
        client.set_authorizer(authorizer)
        client.set_user_authenticator(authorizer)
        client.open()
        for name in self.answers:
            self.keep(self.subscribe(client, name))
        call(client.get_user().sign_in_async, None)

        self.assertEqual(self.server.list_members("presence-room"), ["ada"])
        self.assertEqual(client.get_user().get_id(), "grace")

    def authorize(self, authorizer, request):
        name = request.get_channel_name()
        who = [name, *self.answers[name]] if name else ["--user", "--member", "grace"]
        run = self.run_tool("auth", request.get_socket_id(), *who)
        request.complete_json(run.out.text)
        return True

    def test_what_cannot_be(self):
        for arguments, text in (
            (["1.2", "news"], "news is a public channel"),
            (["1.2"], "A channel, or --user, is needed."),
            (["1.2", "private-a", "--user"], "With --user there is no channel."),
            (["12", "private-a"], "“12” is not a socket id"),
            (["1.2\n", "private-a"], "is not a socket id"),
            (["1.2", "presence-a"], "--member says so"),
            (["1.2", "--user"], "--member says so"),
            (["1.2", "presence-a", "--member", "x", "--info", "{"], "--info: "),
            (["1.2", WARD], "There is no master key"),
            ([], "SOCKET"),
        ):
            with self.subTest(arguments):
                run = self.run_tool("auth", *arguments, status=USAGE)
                self.assertIn(text, run.err.text)
                self.assertEqual(run.out.text, "")
        self.environment["PUSHER_USER_ID"] = "\udcff"
        self.assertIn("not UTF-8", self.run_tool("auth", "1.2", "--user", status=USAGE).err.text)
        del self.environment["PUSHER_APP_SECRET"]
        self.assertIn("secret", self.run_tool("auth", "1.2", "private-a", status=USAGE).err.text)


class Decrypt(tool.ToolCase):
    def setUp(self):
        super().setUp()
        self.environment["PUSHER_ENCRYPTION_MASTER_KEY"] = MASTER_KEY

    def seal(self, text):
        """By `publish --encrypt`, as its request has it."""
        bodies = []

        def handle(server, message, path, query):
            bodies.append(message.get_request_body().flatten().get_data())
            message.set_status(200, None)

        server = Soup.Server()
        server.add_handler(None, handle)
        server.listen_local(0, Soup.ServerListenOptions.IPV4_ONLY)
        self.use_rest()
        self.environment["PUSHER_PORT"] = str(server.get_uris()[0].get_port())
        self.run_tool("publish", "--encrypt", WARD, "alarm", text)
        server.disconnect()
        body = json.loads(bodies[0])
        self.assertEqual(body["name"], "alarm")
        return body["data"]

    def test_both_ways(self):
        text = '{"room": 3, "what": "ü\\n"}'
        sealed = self.seal(text)
        self.assertNotIn("room", sealed)
        self.assertEqual(self.run_tool("decrypt", WARD, sealed).out.text, text + "\n")
        self.assertEqual(self.run_tool("decrypt", WARD, text=sealed).out.text, text + "\n")
        self.assertEqual(self.run_tool("decrypt", WARD, "-", text=sealed).out.text, text + "\n")

        run = self.run_tool("decrypt", "private-encrypted-other", sealed, status=FAILED)
        self.assertIn("for another channel than private-encrypted-other", run.err.text)
        self.environment["PUSHER_ENCRYPTION_MASTER_KEY"] = OTHER_KEY
        self.run_tool("decrypt", WARD, sealed, status=FAILED)

    def test_what_cannot_be(self):
        nonce = base64.b64encode(bytes(24)).decode()
        for channel, data, text in (
            ("private-ward", "{}", "not an encrypted channel"),
            (WARD, "{}", "has the form"),
            (WARD, "[]", "has the form"),
            (WARD, "{", "has the form"),
            (WARD, '{"nonce":7,"ciphertext":{}}', "has the form"),
            (WARD, '{"nonce":"AAAA","ciphertext":"AAAA"}', "has the form"),
            (WARD, json.dumps({"nonce": nonce, "ciphertext": "AAAA"}), "has the form"),
        ):
            with self.subTest(data):
                run = self.run_tool("decrypt", channel, data, status=USAGE)
                self.assertIn(text, run.err.text)


if __name__ == "__main__":
    tool.tap.main()
