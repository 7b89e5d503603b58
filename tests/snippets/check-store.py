#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Publishes by a server that remembers what it has published, and asks it for that.

Usage: check-store.py COMMAND…, in which PORT is the port to listen at

The command gets PUSHER_KEY, PUSHER_SECRET, PUSHER_API, PORT, STORE and KEPT in its
environment, and knows Al by the token “al-token”. It is started twice: what it has kept
stays.
"""

import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import urllib.parse

import gi

gi.require_version("Pusher", "1")
gi.require_version("PusherTest", "1")
gi.require_version("Soup", "3.0")
from gi.repository import GLib, Pusher, PusherTest, Soup  # noqa: E402

KEPT = 4


def find_free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def iterate_until(condition):
    tick = GLib.timeout_add(20, lambda: True)
    while not condition():
        GLib.MainContext.default().iteration(True)
    GLib.source_remove(tick)


class Endpoint:
    def __init__(self, command, server, store):
        self.session = Soup.Session()
        port = find_free_port()
        self.url = f"http://127.0.0.1:{port}/"
        self.process = subprocess.Popen(
            [word.replace("PORT", str(port)) for word in command],
            env={
                **os.environ,
                "PUSHER_KEY": server.get_key(),
                "PUSHER_SECRET": server.get_secret(),
                "PUSHER_API": f"http://127.0.0.1:{server.get_port()}/apps/{server.get_app_id()}",
                "PORT": str(port), "STORE": str(store), "KEPT": str(KEPT),
            })
        iterate_until(lambda: listens(port) or self.process.poll() is not None)

    def ask(self, method, query="", form=None, token="al-token"):
        """The server that it publishes by is in the same main loop."""
        message = Soup.Message.new(method, self.url + query)
        message.get_request_headers().append("Authorization", f"Bearer {token}")
        if form is not None:
            message.set_request_body_from_bytes(
                "application/x-www-form-urlencoded",
                GLib.Bytes.new(urllib.parse.urlencode(form).encode()))
        answers = []
        self.session.send_and_read_async(message, 0, None, lambda session, result: answers.append(
            session.send_and_read_finish(result).get_data()))
        iterate_until(lambda: answers)
        return message.get_status(), json.loads(answers[0])

    def say(self, channel, text):
        status, _ = self.ask("POST", form={"channel": channel, "text": text})
        assert status == 200, status

    def find(self, query):
        status, answer = self.ask("GET", f"?channel=chat&{query}")
        assert status == 200, status
        assert answer["more"] is False, answer
        return answer["events"]

    def stop(self):
        self.process.kill()
        self.process.wait()


def get_ids(events):
    return [event["id"] for event in events]


def check_publishing(endpoint, heard):
    """Those who listen get the same data, with the same id."""
    endpoint.say("chat", "Grüße")
    endpoint.say("other", "x")
    endpoint.say("chat", "2")
    iterate_until(lambda: len(heard) == 2)
    events = endpoint.find("after=0")
    assert [event["data"] for event in events] == heard, (events, heard)
    assert [event["name"] for event in events] == ["said"] * 2, events
    assert json.loads(heard[0]) == {"id": events[0]["id"], "name": "Al", "text": "Grüße"}, heard[0]
    assert get_ids(events) == [1, 3], events
    assert endpoint.ask("GET", "?channel=chat", token="nobody's")[0] == 403
    assert endpoint.ask("POST", form={"channel": "chat", "text": "3"}, token="nobody's")[0] == 403


def check_asking(endpoint):
    assert get_ids(endpoint.find("after=1")) == [3]
    assert endpoint.find("after=3") == []
    assert get_ids(endpoint.find("last=1")) == [3]
    assert get_ids(endpoint.find("last=9")) == [1, 3]
    endpoint.say("chat", "4")
    endpoint.say("chat", "5")
    endpoint.say("chat", "6")
    assert get_ids(endpoint.find("after=2")) == [3, 4, 5, 6]
    assert get_ids(endpoint.find("last=2")) == [5, 6]

    # 2 is gone: nobody knows what it was.
    assert endpoint.ask("GET", "?channel=chat&after=1")[0] == 410


def main():
    server = PusherTest.Server()
    server.start()
    client = Pusher.Client(key=server.get_key(), host="127.0.0.1", port=server.get_port(),
                           use_tls=False)
    heard = []
    client.subscribe("chat").connect(
        "event::said", lambda channel, event: heard.append(event.get_data()))
    client.open()
    iterate_until(lambda: server.has_subscriber("chat"))

    with tempfile.TemporaryDirectory() as folder:
        for check in lambda endpoint: check_publishing(endpoint, heard), check_asking:
            endpoint = Endpoint(sys.argv[1:], server, pathlib.Path(folder) / "store")
            GLib.timeout_add_seconds(30, lambda stopped=endpoint: stopped.stop() or False)
            try:
                check(endpoint)
            finally:
                endpoint.stop()


if __name__ == "__main__":
    main()
