#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Subscribes to a private channel, which the application's own server allows or not.

Prints what it says, and greets the other subscribers.
"""

import argparse
import json
import sys

import gi

gi.require_version("Pusher", "1")
from gi.repository import GLib, Pusher


def subscribed(channel):
    print("Subscribed to", channel.get_name())

    # From client to client: the names of such events begin with “client-”.
    channel.trigger("client-hello", json.dumps({"from": "Python"}))


def event_cb(channel, event):
    if not event.get_name().startswith("pusher:"):
        print(event.get_name(), event.get_data() or "")


def refused(channel, error):
    print(f"No subscription to {channel.get_name()}: {error.message}", file=sys.stderr)
    loop.quit()


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
parser.add_argument("--endpoint", required=True, help="URL that authorizes")
parser.add_argument("--token", help="what the endpoint knows you by")
parser.add_argument("--channel", default="private-orders", help="private channel")
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

# The endpoint is asked for every subscription. It has to know who asks: by a
# header, a cookie of the session, or HTTP Basic.
authorizer = client.use_endpoint(options.endpoint)
if options.token:
    authorizer.set_header("Authorization", f"Bearer {options.token}")

channel = client.subscribe(options.channel)
channel.connect("subscription-succeeded", subscribed)
channel.connect("subscription-error", refused)
channel.connect("event", event_cb)

client.connect("notify::state", state_changed)
client.open()
loop.run()
sys.exit(1)
