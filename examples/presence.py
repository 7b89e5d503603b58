#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Prints who is on a presence channel, who comes and who leaves."""

import argparse
import sys

import gi

gi.require_version("Pusher", "1")
from gi.repository import GLib, Pusher


def print_member(what, member):
    print(what, member.get_name())


def subscribed(channel):
    # The list is a GListModel, to which a Gtk.ListView can be bound as it is.
    for member in channel.get_members():
        print_member("me" if member is channel.get_me() else "here", member)


def added(channel, member):
    print_member("joined", member)


def removed(channel, member):
    print_member("left", member)


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
parser.add_argument("--user", required=True, help="who you are")
parser.add_argument("--channel", default="presence-lobby", help="presence channel")
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

# A real endpoint knows by itself who asks; the one of PusherTest.Server takes
# this field of the form for it.
authorizer = client.use_endpoint(options.endpoint)
authorizer.set_param("user_id", options.user)

channel = client.subscribe(options.channel)
channel.connect("subscription-succeeded", subscribed)
channel.connect("subscription-error", refused)
channel.connect("member-added", added)
channel.connect("member-removed", removed)

client.connect("notify::state", state_changed)
client.open()
loop.run()
sys.exit(1)
