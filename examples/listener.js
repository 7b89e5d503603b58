#!/usr/bin/env -S gjs -m
// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Prints one kind of event of a channel, until it is interrupted.

import GLib from 'gi://GLib';
import Pusher from 'gi://Pusher?version=1';
import System from 'system';

/** @type {Object<string, any>} */
const options = {
  'key': null, 'cluster': null, 'host': null, 'port': '0', 'no-tls': false,
  'channel': 'prices', 'event': 'price-changed',
};

function usage() {
  printerr(`Options: --${Object.keys(options).join(' --')}`);
  System.exit(2);
}

const args = [...System.programArgs];
for (let option = args.shift(); option; option = args.shift()) {
  const name = option.replace(/^--/, '');
  if (!(name in options))
    usage();
  options[name] = options[name] === false ? true : args.shift();
}
if (!options.key || !(options.cluster || options.host))
  usage();

const loop = new GLib.MainLoop(null, false);
const client = new Pusher.Client({
  key: options.key,
  cluster: options.cluster,
  host: options.host,
  port: Number(options.port),
  useTls: !options['no-tls'],
});

const channel = client.subscribe(options.channel);
channel.connect(`event::${options.event}`, (_channel, event) => print(event.data ?? ''));

// After the connection was lost, and is there again.
channel.connect('gap', (_channel, duration) =>
  print(`Perhaps events of ${(duration / 1e6).toFixed(1)} s are missing`));

// The client connects again by itself after all that may pass. This does not.
client.connect('notify::state', () => {
  if (client.state === Pusher.ConnectionState.FAILED) {
    printerr(`Refused: ${client.last_error?.message}`);
    loop.quit();
  }
});
client.open();
loop.run();
System.exit(1);
