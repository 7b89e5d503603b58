#!/usr/bin/python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""listener.c in Python; README.md beside it has the language of its lines."""

import argparse
import gc
import json
import sys

import gi

gi.require_version('Pusher', '1')
gi.require_version('Soup', '3.0')
from gi.repository import Gio, GLib, Pusher, Soup  # noqa: E402


def tell(type, **members):
    print(json.dumps({'type': type, **members}), flush=True)


def describe(error):
    if error is None:
        return None
    return {'domain': error.domain, 'code': error.code, 'message': error.message}


def tell_event(event, via):
    tell('event', via=via, channel=event.get_channel_name(), name=event.get_name(),
         data=event.get_data(), user_id=event.get_user_id())


def make_session(options):
    session = Soup.Session()
    if options.ca:
        session.set_tls_database(Gio.TlsFileDatabase.new(options.ca))
    if options.any_certificate:
        session.connect('request-queued', lambda session, message: message.connect(
            'accept-certificate', lambda *args: True))
    return session


class Listener:
    def __init__(self, options):
        self.loop = GLib.MainLoop()
        self.channels = {}
        self.client = Pusher.Client.new(options.key, None)
        self.client.props.host = options.host
        self.client.props.port = options.port
        self.client.props.path = options.path
        self.client.props.use_tls = options.tls
        if options.unavailable_timeout:
            self.client.props.unavailable_timeout = options.unavailable_timeout
        if options.ca or options.any_certificate:
            self.client.set_session(make_session(options))

        self.client.connect('notify::state', self.on_state)
        self.client.connect('notify::socket-id', lambda client, pspec: tell(
            'socket-id', socket_id=client.props.socket_id))
        self.client.connect('error', lambda client, error: tell('error', error=describe(error)))
        self.client.connect('connecting-in', lambda client, seconds: tell(
            'connecting-in', seconds=seconds))

    def run(self, channels):
        for name in channels:
            self.do_subscribe(name)
        self.client.open()
        GLib.io_add_watch(GLib.IOChannel.unix_new(0), GLib.PRIORITY_DEFAULT,
                          GLib.IOCondition.IN | GLib.IOCondition.HUP, self.on_input)
        self.loop.run()
        self.say_goodbye()

    # Whether nothing but this program held references to the client.
    def say_goodbye(self):
        finalized = []
        self.client.weak_ref(lambda: finalized.append(True))
        self.channels.clear()
        del self.client
        gc.collect()
        tell('bye', finalized=bool(finalized))

    def on_input(self, source, condition):
        line = source.readline()
        if not line:
            self.loop.quit()
            return GLib.SOURCE_REMOVE
        command, *args = line.rstrip('\n').split(' ', 2)
        getattr(self, 'do_' + command.replace('-', '_'))(*args)
        return GLib.SOURCE_CONTINUE

    def on_state(self, client, pspec):
        tell('state', state=client.props.state.value_nick,
             error=describe(client.props.last_error))

    def listen_to_channel(self, channel):
        name = channel.props.name
        if self.channels.get(name) == channel:
            return
        self.channels[name] = channel
        channel.connect('notify::state', lambda channel, pspec: tell(
            'channel-state', channel=name, state=channel.props.state.value_nick))
        channel.connect('subscription-succeeded', lambda channel: tell(
            'subscribed', channel=name))
        channel.connect('subscription-error', lambda channel, error: tell(
            'subscription-error', channel=name, error=describe(error)))
        channel.connect('gap', lambda channel, duration: tell(
            'gap', channel=name, microseconds=duration))
        channel.connect('event', lambda channel, event: tell_event(event, 'channel'))

    def do_open(self):
        self.client.open()

    def do_open_async(self):
        def opened(client, result):
            try:
                client.open_finish(result)
                tell('opened')
            except GLib.Error as error:
                tell('call-failed', call='open-async', error=describe(error))
        self.client.open_async(None, opened)

    def do_close(self):
        self.client.close()

    def do_close_async(self):
        def closed(client, result):
            try:
                client.close_finish(result)
                tell('closed')
            except GLib.Error as error:
                tell('call-failed', call='close-async', error=describe(error))
        self.client.close_async(None, closed)

    def do_reconnect(self):
        self.client.reconnect_now()

    def do_subscribe(self, name):
        try:
            self.listen_to_channel(self.client.subscribe(name))
        except GLib.Error as error:
            tell('call-failed', call='subscribe', error=describe(error))

    def do_subscribe_async(self, name):
        def subscribed(client, result):
            try:
                self.listen_to_channel(client.subscribe_finish(result))
                tell('subscribe-finished', channel=name)
            except GLib.Error as error:
                tell('call-failed', call='subscribe-async', error=describe(error))
        self.client.subscribe_async(name, None, subscribed)

    def do_unsubscribe(self, name):
        self.client.unsubscribe(name)

    def do_channels(self):
        tell('channels', names=[channel.props.name for channel in self.client.props.channels])

    def do_channel(self, name):
        channel = self.client.get_channel(name)
        if channel is None:
            tell('channel', channel=name, found=False)
        else:
            tell('channel', channel=name, found=True,
                 known=channel == self.channels.get(name),
                 state=channel.props.state.value_nick, kind=channel.props.kind.value_nick)

    def do_watch_channel(self, name, event):
        self.client.get_channel(name).connect(
            f'event::{event}', lambda channel, value: tell_event(value, f'channel::{event}'))

    def do_watch_client(self, event=None):
        detail = f'::{event}' if event else ''
        self.client.connect(
            f'event{detail}', lambda client, value: tell_event(value, f'client{detail}'))

    def do_ping(self):
        def pinged(client, result):
            try:
                tell('pong', microseconds=client.ping_finish(result))
            except GLib.Error as error:
                tell('call-failed', call='ping', error=describe(error))
        self.client.ping_async(None, pinged)

    def do_quit(self):
        self.loop.quit()


def parse_options():
    parser = argparse.ArgumentParser()
    parser.add_argument('--host')
    parser.add_argument('--port', type=int, default=0)
    parser.add_argument('--path')
    parser.add_argument('--key', required=True)
    parser.add_argument('--tls', action='store_true')
    parser.add_argument('--ca')
    parser.add_argument('--any-certificate', action='store_true')
    parser.add_argument('--unavailable-timeout', type=int)
    parser.add_argument('channels', nargs='*')
    return parser.parse_args()


# An exception in a handler must not pass unnoticed.
def fail(*exception):
    sys.__excepthook__(*exception)
    sys.stderr.flush()
    GLib.idle_add(lambda: sys.exit(1))


sys.excepthook = fail
options = parse_options()
Listener(options).run(options.channels)
