#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

import gi

gi.require_version("Pusher", "1")
from gi.repository import GLib, Pusher


def price_changed(channel, event):
    print(event.get_data())


client = Pusher.Client(key="app-key", cluster="eu")
prices = client.subscribe("prices")
prices.connect("event::price-changed", price_changed)
client.open()
GLib.MainLoop().run()
