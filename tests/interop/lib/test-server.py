#!/usr/bin/python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""PusherTest.Server for programs in other languages.

Takes one JSON array a line on its standard input, ["method", argument, ...], or
["get", property] or ["set", property, value], and answers each with one line:
{"result": ...} or {"error": "..."}. Names may begin with "backend." or "faults.".
["received"] are the names of the events that clients have sent, since ["forget"].
Ends with its standard input.
"""

import json
import sys

import gi

gi.require_version('PusherTest', '1')
from gi.repository import GLib, PusherTest  # noqa: E402

server = PusherTest.Server()
loop = GLib.MainLoop()
received = []


def find(name):
    *owners, name = name.split('.')
    return (server.get_property(*owners) if owners else server), name


def message_received_cb(server, socket_id, text):
    received.append(json.loads(text)['event'])


def call(name, *args):
    if name == 'received':
        return received
    if name == 'forget':
        return received.clear()
    if name in ('get', 'set'):
        owner, name_of_property = find(args[0])
        return getattr(owner, f'{name}_property')(name_of_property, *args[1:])
    owner, name = find(name)
    return getattr(owner, name)(*args)


def answer(line):
    try:
        return {'result': call(*json.loads(line))}
    except Exception as error:
        return {'error': str(error)}


def input_cb(channel, condition):
    line = channel.readline()
    if not line:
        loop.quit()
        return GLib.SOURCE_REMOVE

    print(json.dumps(answer(line)), flush=True)
    return GLib.SOURCE_CONTINUE


server.connect('message-received', message_received_cb)
channel = GLib.IOChannel.unix_new(sys.stdin.fileno())
GLib.io_add_watch(channel, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP,
                  input_cb)
loop.run()
