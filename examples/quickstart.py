#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Prints the events of channels as they arrive.

Without options it brings its own server, which publishes a few events, so that
it works anywhere.
"""

import argparse
import io
import random
import signal
import sys

import gi

gi.require_version("Pusher", "1")
gi.require_version("PusherTest", "1")
from gi.repository import GLib, Pusher, PusherTest

DEMO_CHANNEL = "ticker"
DEMO_EVENT = "tick"
DEMO_INTERVAL_MS = 200
DEMO_EVENTS = 5
DEMO_DEADLINE_SECONDS = 10


class Quickstart:
    def __init__(self):
        self.loop = GLib.MainLoop()
        self.n_received = 0
        self.n_wanted = None
        self.status = 0

    # The core: a client, its channels and their events.

    def run(self, client, channels, events):
        client.connect("notify::state", self.state_changed)
        client.connect("error", self.error)
        client.connect("connecting-in", self.connecting_in)
        for name in channels:
            channel = client.subscribe(name)
            channel.connect("subscription-succeeded", self.subscribed)
            channel.connect("gap", self.gap)
            for signal_name in [f"event::{event}" for event in events] or ["event"]:
                channel.connect(signal_name, self.event)

        self.client = client
        client.open()
        self.loop.run()
        return self.status

    def finish(self, status):
        self.status = status
        self.client.close_async(None, lambda *_: self.loop.quit())

    # What the client reports

    def state_changed(self, client, pspec):
        state = client.get_state()
        print("*", state.value_nick)
        if state == Pusher.ConnectionState.FAILED:
            self.finish(1)

    def error(self, client, error):
        print(f"* error: {error.message} ({error.domain} {error.code})", file=sys.stderr)

    def connecting_in(self, client, delay):
        print(f"* next attempt in {delay / 1e6:.1f} s")

    # What the channels report

    def subscribed(self, channel):
        print("* subscribed to", channel.get_name())

    def gap(self, channel, duration):
        print(f"* {channel.get_name()} may have missed events of the last {duration / 1e6:.1f} s")

    def event(self, channel, event):
        # The channel's own affairs, which the signals above tell.
        if event.get_name().startswith("pusher:"):
            return

        print(channel.get_name(), event.get_name(), event.get_data() or "", sep="  ")

        self.n_received += 1
        if self.n_received == self.n_wanted:
            self.finish(0)


def run_demo(app):
    server = PusherTest.Server()
    server.start()
    print(f"* no --key: listening to a server of my own, on port {server.get_port()}")
    price = 100.0

    def publish():
        nonlocal price
        price += random.uniform(-1, 1)
        data = f'{{"symbol":"GLIB","cents":{int(price * 100)}}}'
        server.publish(DEMO_CHANNEL, DEMO_EVENT, data)
        return GLib.SOURCE_CONTINUE

    def too_late():
        print(f"Only {app.n_received} of {DEMO_EVENTS} events arrived within "
              f"{DEMO_DEADLINE_SECONDS} seconds", file=sys.stderr)
        app.finish(1)
        return GLib.SOURCE_CONTINUE

    GLib.timeout_add(DEMO_INTERVAL_MS, publish)
    GLib.timeout_add_seconds(DEMO_DEADLINE_SECONDS, too_late)

    app.n_wanted = DEMO_EVENTS
    client = Pusher.Client(key=server.get_key(), host="127.0.0.1", port=server.get_port(),
                           use_tls=False)
    return app.run(client, [DEMO_CHANNEL], [])


def run_real(app, options):
    client = Pusher.Client(key=options.key, cluster=options.cluster, host=options.host,
                           port=options.port, path=options.path, use_tls=not options.no_tls)
    return app.run(client, options.channel, options.event)


def parse_options():
    parser = argparse.ArgumentParser(description="Print events as they arrive")
    parser.add_argument("-k", "--key",
                        help="key of the application; without it, a demonstration")
    parser.add_argument("-c", "--cluster",
                        help="cluster of the application at pusher.com, such as eu")
    parser.add_argument("-H", "--host", help="host of another server")
    parser.add_argument("-p", "--port", type=int, default=0,
                        help="its port, if not 443, or 80 without TLS")
    parser.add_argument("--path", help="what its paths begin with")
    parser.add_argument("--no-tls", action="store_true", help="connect without TLS")
    parser.add_argument("-n", "--channel", action="append", default=[], metavar="NAME",
                        help="subscribe to a channel (several times for more)")
    parser.add_argument("-e", "--event", action="append", default=[], metavar="NAME",
                        help="print only this event (several times for more)")
    options = parser.parse_args()

    nonsense = find_nonsense(options)
    if nonsense:
        parser.error(nonsense)
    return options


def find_nonsense(options):
    if options.key is None:
        if options != argparse.Namespace(key=None, cluster=None, host=None, port=0, path=None,
                                         no_tls=False, channel=[], event=[]):
            return "these options need --key: without it there is only the demonstration"
        return None
    if not options.key:
        return "--key is empty"
    if options.cluster is None and options.host is None:
        return "--key needs either --cluster or --host"
    if options.cluster is not None and options.host is not None:
        return "--cluster and --host exclude each other"
    if options.host is None and (options.port or options.path is not None):
        return "--port and --path need --host"
    if not 0 <= options.port <= 65535:
        return "--port is a number from 1 to 65535"
    if not options.channel:
        return "--key needs at least one --channel"
    if "" in options.event:
        return "--event is empty"
    return None


def main():
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    options = parse_options()
    app = Quickstart()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: app.finish(0))

    try:
        return run_real(app, options) if options.key is not None else run_demo(app)
    except GLib.Error as error:
        print(f"{sys.argv[0]}: {error.message}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
