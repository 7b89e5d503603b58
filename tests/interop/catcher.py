#!/usr/bin/python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""catcher.c in Python; README.md beside it has the language of its lines."""

import argparse
import gc
import json
import sys

import gi

gi.require_version('Pusher', '1')
from gi.repository import GLib, Pusher  # noqa: E402


def tell(type, **members):
    print(json.dumps({'type': type, **members}), flush=True)


def describe(error):
    return {'domain': error.domain, 'code': error.code, 'message': error.message}


class Catcher:
    def __init__(self, options):
        self.loop = GLib.MainLoop()
        self.client = Pusher.Client.new(options.key, None)
        self.client.props.host = options.host
        self.client.props.port = options.port
        self.client.props.use_tls = False
        self.client.props.unavailable_timeout = 600
        self.client.connect('notify::state', lambda client, pspec: tell(
            'state', state=client.props.state.value_nick))

        backfill = Pusher.HttpBackfill.new(options.store)
        backfill.props.max_attempts = 0
        positions = dict(saved.split('=', 1) for saved in options.position)
        for name in options.channels:
            self.add_channel(name, backfill, positions.get(name))

    # The client is not open yet.
    def add_channel(self, name, backfill, position):
        channel = self.client.subscribe(name)
        channel.props.backfill = backfill
        if position is not None:
            channel.props.position = position

        channel.connect('subscription-succeeded', lambda channel: tell(
            'subscribed', channel=name))
        # The event and the position are one line, as they would be one transaction.
        channel.connect('event', lambda channel, event: tell(
            'event', channel=name, name=event.get_name(), data=event.get_data(),
            position=channel.props.position))
        channel.connect('caught-up', lambda channel, events: tell(
            'caught-up', channel=name, events=events))
        channel.connect('lost', lambda channel, error: tell(
            'lost', channel=name, error=describe(error)))

    def run(self):
        self.client.open()
        GLib.io_add_watch(GLib.IOChannel.unix_new(0), GLib.PRIORITY_DEFAULT,
                          GLib.IOCondition.IN | GLib.IOCondition.HUP, self.on_input)
        self.loop.run()
        self.say_goodbye()

    # Whether nothing but this program held references to the client.
    def say_goodbye(self):
        finalized = []
        self.client.weak_ref(lambda: finalized.append(True))
        del self.client
        gc.collect()
        tell('bye', finalized=bool(finalized))

    def on_input(self, source, condition):
        line = source.readline()
        if not line:
            self.loop.quit()
            return GLib.SOURCE_REMOVE
        getattr(self, 'do_' + line.rstrip('\n'))()
        return GLib.SOURCE_CONTINUE

    def do_reconnect(self):
        self.client.reconnect_now()

    def do_ping(self):
        def pinged(client, result):
            try:
                client.ping_finish(result)
                tell('pong')
            except GLib.Error as error:
                tell('call-failed', call='ping', error=describe(error))
        self.client.ping_async(None, pinged)

    def do_quit(self):
        self.loop.quit()


def parse_options():
    parser = argparse.ArgumentParser()
    parser.add_argument('--host', required=True)
    parser.add_argument('--port', type=int, required=True)
    parser.add_argument('--key', required=True)
    parser.add_argument('--store', required=True)
    parser.add_argument('--position', action='append', default=[])
    parser.add_argument('channels', nargs='*')
    return parser.parse_args()


# An exception in a handler must not pass unnoticed.
def fail(*exception):
    sys.__excepthook__(*exception)
    sys.stderr.flush()
    GLib.idle_add(lambda: sys.exit(1))


sys.excepthook = fail
Catcher(parse_options()).run()
