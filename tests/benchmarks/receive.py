#!/usr/bin/python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The library in Python: a handler for each name on each channel.

work=text  looks at the data
work=node  parses it with json.loads
"""

import json
import re
import sys
import time

import gi

gi.require_version('Pusher', '1')
from gi.repository import GLib, Pusher  # noqa: E402

DEFAULTS = {'channels': '1', 'names': '1', 'warm-up': '0', 'count': '0', 'prefix': '', 'work': 'text'}
SETTINGS = {**DEFAULTS, **dict(argument.split('=', 1) for argument in sys.argv[1:])}
WARM_UP = int(SETTINGS['warm-up'])
COUNT = int(SETTINGS['count'])


class Receiver:
    def __init__(self):
        self.loop = GLib.MainLoop()
        self.received = 0
        self.used = 0
        self.client = Pusher.Client.new('key', None)
        self.client.props.host = '127.0.0.1'
        self.client.props.port = int(SETTINGS['port'])
        self.client.props.use_tls = False
        on_event = self.on_node if SETTINGS['work'] == 'node' else self.on_text
        for i in range(int(SETTINGS['channels'])):
            channel = self.client.subscribe(f'{SETTINGS["prefix"]}channel-{10_000 + i}')
            for k in range(int(SETTINGS['names'])):
                channel.connect(f'event::price-changed-{k}', on_event)
            channel.connect('event::end', self.on_end)

    def run(self):
        self.client.open()
        self.loop.run()

    def count(self):
        self.received += 1
        if self.received == WARM_UP:
            self.cpu = time.process_time()
            self.wall = time.monotonic()
            self.client.subscribe('go')

    def on_text(self, channel, event):
        self.used += len(event.get_data())
        self.count()

    def on_node(self, channel, event):
        self.used += json.loads(event.get_data())['price']
        self.count()

    def on_end(self, channel, event):
        if self.received != WARM_UP + COUNT:
            sys.exit(f'{self.received} messages arrived')
        with open('/proc/self/status') as status:
            peak = int(re.search(r'VmHWM:\s*(\d+)', status.read())[1]) * 1024
        print(json.dumps({
            'messages': COUNT, 'cpu': (time.process_time() - self.cpu) * 1e6,
            'wall': (time.monotonic() - self.wall) * 1e6, 'peak': peak, 'used': self.used}))
        self.loop.quit()


Receiver().run()
