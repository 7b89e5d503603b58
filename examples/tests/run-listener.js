// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Runs listener.js against a server in the same process and looks at what it
// prints.

import GLib from 'gi://GLib';
import Pusher from 'gi://Pusher?version=1';
import PusherTest from 'gi://PusherTest?version=1';
import System from 'system';

const EXPECTED = ['{"price":1}', '{"price":2}'];

const server = new PusherTest.Server();
server.start();

function send(event, data) {
  server.send_text(null, JSON.stringify({event, channel: 'prices', data}));
}

const open = Pusher.Client.prototype.open;
Pusher.Client.prototype.open = function () {
  server.add_app('2', this.key, 'secret');
  this.host = '127.0.0.1';
  this.port = server.port;
  this.useTls = false;
  this.connect('event::pusher:subscription_succeeded', () => {
    send('price-changed', EXPECTED[0]);
    send('name-changed', 'not asked for');
    send('price-changed', EXPECTED[1]);
  });
  open.call(this);
};

const printed = [];
globalThis.print = text => {
  printed.push(text);
  if (printed.length === EXPECTED.length) {
    printerr(printed.join('\n'));
    System.exit(printed.join() === EXPECTED.join() ? 0 : 1);
  }
};
GLib.timeout_add_seconds(GLib.PRIORITY_DEFAULT, 10, () => {
  printerr('too late');
  System.exit(1);
});

await import(GLib.filename_to_uri(System.programArgs[0], null));
