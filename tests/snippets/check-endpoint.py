#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Authorizes clients by an endpoint, whose signatures PusherTest.Server verifies.

Usage: check-endpoint.py COMMAND…, in which PORT is the port to listen at

The command gets PUSHER_KEY, PUSHER_SECRET and PORT in its environment. It knows
the user Al with the id 1 by the token “al-token”.
"""

import json
import os
import socket
import subprocess
import sys

import gi

gi.require_version("Pusher", "1")
gi.require_version("PusherTest", "1")
from gi.repository import GLib, Pusher, PusherTest  # noqa: E402


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


def fail(why):
    print(why, file=sys.stderr, flush=True)
    endpoint.kill()
    os._exit(1)


def subscribe(name, token):
    """The channel, or why not."""
    client = Pusher.Client(key=server.get_key(), host="127.0.0.1", port=server.get_port(),
                           use_tls=False)
    for authorizer in client.use_endpoint(url), Pusher.HttpAuthorizer(endpoint=url):
        authorizer.set_header("Authorization", f"Bearer {token}")
    client.set_user_authenticator(authorizer)
    answers = []
    client.open()
    client.subscribe_async(name, None, lambda client, result: answers.append(result))
    iterate_until(lambda: answers)
    try:
        return client, client.subscribe_finish(answers[0])
    except GLib.Error as error:
        return client, error


def check_refused(name, token):
    _, error = subscribe(name, token)
    assert isinstance(error, GLib.Error), f"{name} was not refused"
    assert error.matches(Pusher.http_error_quark(), Pusher.HttpError.FORBIDDEN), error.message


def check():
    _, channel = subscribe("private-user-1", "al-token")
    assert isinstance(channel, Pusher.Channel), channel.message
    client, channel = subscribe("presence-lobby", "al-token")
    assert isinstance(channel, Pusher.PresenceChannel), channel.message
    me = channel.get_me()
    assert (me.get_id(), me.get_field("name")) == ("1", "Al"), me.get_info()
    user = client.get_user()
    user.sign_in()
    iterate_until(user.get_signed_in)
    assert json.loads(user.get_data())["id"] == "1"
    check_refused("private-user-1", "nobody's")
    check_refused("private-user-2", "al-token")
    assert server.get_last_violation() is None, server.get_last_violation()


server = PusherTest.Server()
server.start()
port = find_free_port()
url = f"http://127.0.0.1:{port}/"
command = [word.replace("PORT", str(port)) for word in sys.argv[1:]]
endpoint = subprocess.Popen(command, env={
    **os.environ,
    "PUSHER_KEY": server.get_key(), "PUSHER_SECRET": server.get_secret(), "PORT": str(port),
})
GLib.timeout_add_seconds(30, lambda: fail("Too late"))
try:
    iterate_until(lambda: listens(port) or endpoint.poll() is not None)
    check()
finally:
    endpoint.kill()
    endpoint.wait()
