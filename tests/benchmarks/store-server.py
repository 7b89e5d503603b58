#!/usr/bin/python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The server and the store of catch-up: a PusherTest.Server in a process of its own.

store-server.py NAME=VALUE…: prints its port, and ends with its standard input.

work=fetch  has one event, and `count` after it, in pages of `page`
work=hold   has one event; asked what came after it, it does not answer, and publishes `count`
"""

import sys

import gi

gi.require_version('PusherTest', '1')
from gi.repository import GLib, PusherTest  # noqa: E402

CHANNEL = 'channel-10000'
SETTINGS = {'count': '0', 'payload': '100', 'page': '0', 'work': 'fetch',
            **dict(argument.split('=', 1) for argument in sys.argv[1:])}
COUNT = int(SETTINGS['count'])


def make_data(number):
    begin = f'{{"id":{number},"note":"'
    return begin + 'a' * (int(SETTINGS['payload']) - len(begin) - 2) + '"}'


class StoreServer:
    def __init__(self):
        self.loop = GLib.MainLoop()
        self.server = PusherTest.Server()
        self.server.set_default_app('app', 'key', 'secret')
        self.server.start()
        self.store = self.server.props.store
        self.store.keep(CHANNEL)
        self.store.set_page_size(int(SETTINGS['page']))
        self.publish(range(1, 2))
        if SETTINGS['work'] == 'hold':
            self.store.set_delay_ms(GLib.MAXUINT32)
            self.store.connect('requested', lambda *args: self.publish_all())
        else:
            self.publish_all()

    def publish(self, numbers):
        for number in numbers:
            self.server.publish(CHANNEL, 'price-changed-0', make_data(number))

    def publish_all(self):
        self.publish(range(2, COUNT + 2))
        self.server.publish('go', 'end', '{}')

    def run(self):
        print(self.server.props.port, flush=True)
        GLib.io_add_watch(GLib.IOChannel.unix_new(0), GLib.PRIORITY_DEFAULT, GLib.IOCondition.HUP,
                          lambda *args: self.loop.quit())
        self.loop.run()


StoreServer().run()
