#!/usr/bin/env -S gjs -m
// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

import GLib from 'gi://GLib';
import Pusher from 'gi://Pusher?version=1';

function priceChanged(channel, event) {
  print(event.get_data());
}

const client = new Pusher.Client({key: 'app-key', cluster: 'eu'});
const prices = client.subscribe('prices');
prices.connect('event::price-changed', priceChanged);
client.open();
new GLib.MainLoop(null, false).run();
