#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Runs listener.py against a server in the same process and looks at what it prints."""

import builtins
import json
import runpy
import sys

import gi

gi.require_version("Pusher", "1")
gi.require_version("PusherTest", "1")
from gi.repository import GLib, Pusher, PusherTest

EXPECTED = ['{"price":1}', '{"price":2}']

server = PusherTest.Server()
server.start()
printed = []
status = 1


def send(event, data):
    server.send_text(None, json.dumps({"event": event, "channel": "prices", "data": data}))


def subscribed(client, event):
    send("price-changed", EXPECTED[0])
    send("name-changed", "not asked for")
    send("price-changed", EXPECTED[1])


def open_here(client):
    server.add_app("2", client.get_key(), "secret")
    client.set_host("127.0.0.1")
    client.set_port(server.get_port())
    client.set_use_tls(False)
    client.connect("event::pusher:subscription_succeeded", subscribed)
    open_client(client)


def check_print(text):
    global status
    printed.append(text)
    if len(printed) == len(EXPECTED):
        status = 0 if printed == EXPECTED else 1
        loop.quit()


def run_here(main_loop):
    global loop
    loop = main_loop
    GLib.timeout_add_seconds(10, loop.quit)
    run_loop(loop)


run_loop = GLib.MainLoop.run
GLib.MainLoop.run = run_here
open_client = Pusher.Client.open
Pusher.Client.open = open_here
builtins.print, print_text = check_print, print
runpy.run_path(sys.argv[1])
print_text(*printed, sep="\n")
sys.exit(status)
