# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Runs a Python snippet with a server.

Usage: harness.py program|task|statements|scene|gtk|logs SNIPPET EXPECTED

Of a program EXPECTED is what it prints, of a scene all that there is about it.
"""

import builtins
import json
import os
import runpy
import sys

import gi

gi.require_version("Pusher", "1")
gi.require_version("PusherTest", "1")
from gi.repository import GLib, Gio, Pusher, PusherTest  # noqa: E402

AL = '{"user_id":"1","user_info":{"name":"Al"}}'
MODE, SNIPPET, EXPECTED = sys.argv[1:]


def fail(*what):
    """Says why, not by print(), which is watched."""
    if len(what) == 3:
        sys.__excepthook__(*what)
    else:
        sys.stderr.write(f"{what[0]}\n")
    sys.stderr.flush()
    os._exit(1)


def connect_to(server, client):
    client.set_host("127.0.0.1")
    client.set_port(server.get_port())
    client.set_use_tls(False)


def use_endpoints_of(server, client):
    """What a snippet calls https://example.org is the server's."""
    backend = server.get_backend()
    endpoints = {client.get_authorizer(): backend.get_auth_endpoint(),
                 client.get_user_authenticator(): backend.get_user_auth_endpoint()}
    for authorizer, endpoint in endpoints.items():
        if isinstance(authorizer, Pusher.HttpAuthorizer):
            authorizer.set_endpoint(endpoint)


def new_server(key=None):
    server = PusherTest.Server()
    if key is not None:
        server.add_app("2", key, "secret")
    server.get_backend().set_user("1", '{"name":"Al"}')
    server.start()
    return server


def publish_to(server, channels):
    """To other apps than the default one as well, to which server.publish does not."""
    for channel in channels:
        message = {"event": "price-changed", "channel": channel.get_name(),
                   "data": '{"price":12.5}'}
        server.get_faults().send_text(None, json.dumps(message))


def run_program():
    open_client, open_async = Pusher.Client.open, Pusher.Client.open_async
    print_text = builtins.print
    servers = []
    printed = []

    def subscribed(client, event):
        publish_to(servers[0], [client.get_channel(event.get_channel_name())])

    def connect_here(client):
        servers.append(new_server(client.get_key()))
        connect_to(servers[0], client)
        client.connect("event::pusher:subscription_succeeded", subscribed)

    def open_here(client):
        connect_here(client)
        open_client(client)

    def open_async_here(client, *arguments):
        connect_here(client)
        return open_async(client, *arguments)

    def print_here(*values, **options):
        print_text(*values, **options)
        if EXPECTED in " ".join(map(str, values)):
            printed.append(values)
        if printed and MODE == "program":
            sys.stdout.flush()
            os._exit(0)

    Pusher.Client.open, Pusher.Client.open_async = open_here, open_async_here
    builtins.print = print_here
    runpy.run_path(SNIPPET, run_name="__main__")
    if not printed:
        fail(f"It ended without printing {EXPECTED}")


def iterate_until(condition):
    while not condition():
        GLib.MainContext.default().iteration(True)


class Scene:
    """What happens at the server, what it receives then, and what the snippet prints."""

    def __init__(self, steps=(), receives=(), prints=None):
        self.steps, self.receives, self.expected = steps, set(receives), prints
        self.received, self.printed = set(), []

    def watch(self, server):
        server.connect("message-received", lambda server, socket_id, text:
                       self.received.add(json.loads(text)["event"]))
        if self.expected is not None:
            builtins.print = lambda *values: self.printed.append(" ".join(map(str, values)))

    def play(self, server):
        for how, channel, event, data in self.steps:
            data = json.dumps(data)
            if how == "publish":
                server.publish(channel, event, data)
            else:
                message = {"event": event, "channel": channel, "data": data}
                server.get_faults().send_text(None, json.dumps(message))

    def check(self):
        iterate_until(lambda: self.receives <= self.received)
        if self.expected is not None and self.printed != self.expected:
            fail(f"It printed {self.printed}")


def run_statements(scene):
    server = new_server()
    scene.watch(server)
    client = Pusher.Client(key=server.get_key())
    connect_to(server, client)
    signer = Pusher.SecretAuthorizer(
        secret=server.get_secret(), channel_data=AL,
        user_data='{"id":"1"}',
        encryption_master_key=server.props.encryption_master_key)
    client.set_authorizer(signer)
    client.set_user_authenticator(signer)
    names = dict(GLib=GLib, Gio=Gio, Pusher=Pusher, PusherTest=PusherTest, __name__="__main__",
                 client=client, server=server, channel=client.subscribe("prices"))
    with open(SNIPPET, encoding="utf-8") as file:
        exec(compile(file.read(), SNIPPET, "exec"), names)
    use_endpoints_of(server, client)

    heard = set()
    client.connect("event::price-changed", lambda _, event: heard.add(event.get_channel_name()))
    if client.get_state() == Pusher.ConnectionState.INITIALIZED:
        client.open()
    state = Pusher.ChannelState.SUBSCRIBED
    iterate_until(lambda: all(channel.get_state() == state for channel in client.get_channels()))
    scene.play(server)
    for channel in client.get_channels():
        server.publish(channel.get_name(), "price-changed", '{"price":12.5}')
    iterate_until(lambda: heard.issuperset(channel.get_name() for channel in client.get_channels()))
    if client.get_user_authenticator() != signer:
        iterate_until(client.get_user().get_signed_in)
    scene.check()
    if server.get_last_violation():
        fail(server.get_last_violation())


def run_applications_shortly():
    """An application ends by itself, once it has done what it does at first."""
    gi.require_version("Gtk", "4.0")
    from gi.repository import Gtk
    run = Gtk.Application.run

    def run_shortly(application, *arguments):
        GLib.idle_add(application.quit)
        return run(application, *arguments)

    Gtk.Application.run = run_shortly


def is_settled(client):
    """Whether it waits for its next attempt, or has all answers of the server."""
    states = (Pusher.ChannelState.SUBSCRIBED, Pusher.ChannelState.FAILED)
    return client.get_retry_at() or (
        client.get_state() == Pusher.ConnectionState.CONNECTED
        and all(channel.get_state() in states for channel in client.get_channels()))


def run_logging():
    """Has no handler of its own, which the log would count."""
    server = new_server()
    client = Pusher.Client(key=server.get_key())
    connect_to(server, client)
    runpy.run_path(SNIPPET, dict(Pusher=Pusher, client=client, server=server))
    client.open()
    iterate_until(lambda: is_settled(client))
    if client.get_state() == Pusher.ConnectionState.CONNECTED:
        server.publish("prices", "price-changed", '{"price":12.5}')
        answers = []
        client.ping_async(None, lambda _, result: answers.append(client.ping_finish(result)))
        iterate_until(lambda: answers)
    sys.stdout.flush()
    os._exit(0)


sys.excepthook = fail
GLib.timeout_add_seconds(30, lambda: fail("Too late"))
if MODE in ("program", "task"):
    run_program()
elif MODE == "logs":
    run_logging()
else:
    if MODE == "gtk":
        run_applications_shortly()
    run_statements(Scene(**(json.loads(EXPECTED) if MODE == "scene" else {})))
