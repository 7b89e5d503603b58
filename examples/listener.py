#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Prints one kind of event of a channel, until it is interrupted."""

import argparse
import sys

import gi

gi.require_version("Pusher", "1")
from gi.repository import GLib, Pusher


def event_cb(channel, event):
    print(event.get_data() or "")


def gap(channel, duration):
    """After the connection was lost, and is there again."""
    print(f"Perhaps events of {duration / 1e6:.1f} s are missing")


def state_changed(client, pspec):
    """The client connects again by itself after all that may pass. This does not."""
    if client.get_state() == Pusher.ConnectionState.FAILED:
        print("Refused:", client.get_last_error().message, file=sys.stderr)
        loop.quit()


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--key", required=True, help="key of the application")
parser.add_argument("--cluster", help="its cluster at pusher.com")
parser.add_argument("--host", help="host of another server")
parser.add_argument("--port", type=int, default=0, help="its port")
parser.add_argument("--no-tls", action="store_true", help="connect without TLS")
parser.add_argument("--channel", default="prices", help="channel to listen to")
parser.add_argument("--event", default="price-changed", help="event to print")
options = parser.parse_args()
if not (options.cluster or options.host):
    parser.error("either --cluster or --host is needed")

loop = GLib.MainLoop()
client = Pusher.Client(
    key=options.key,
    cluster=options.cluster,
    host=options.host,
    port=options.port,
    use_tls=not options.no_tls,
)

channel = client.subscribe(options.channel)
channel.connect(f"event::{options.event}", event_cb)
channel.connect("gap", gap)

client.connect("notify::state", state_changed)
client.open()
loop.run()
sys.exit(1)
