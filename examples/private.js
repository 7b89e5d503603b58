#!/usr/bin/env -S gjs -m
// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Subscribes to a private channel, which the application's own server allows or
// not; prints what it says, and greets the other subscribers.

import GLib from 'gi://GLib';
import Pusher from 'gi://Pusher?version=1';
import System from 'system';

/** @type {Object<string, any>} */
const options = {
  'key': null, 'cluster': null, 'host': null, 'port': '0', 'no-tls': false,
  'endpoint': null, 'token': null, 'channel': 'private-orders',
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
if (!options.key || !(options.cluster || options.host) || !options.endpoint)
  usage();

const loop = new GLib.MainLoop(null, false);
const client = new Pusher.Client({
  key: options.key,
  cluster: options.cluster,
  host: options.host,
  port: Number(options.port),
  useTls: !options['no-tls'],
});

// The endpoint is asked for every subscription. It has to know who asks: by a
// header, a cookie of the session, or HTTP Basic.
const authorizer = client.use_endpoint(options.endpoint);
if (options.token)
  authorizer.set_header('Authorization', `Bearer ${options.token}`);

const channel = client.subscribe(options.channel);
channel.connect('subscription-succeeded', () => {
  print(`Subscribed to ${channel.name}`);

  // From client to client: the names of such events begin with “client-”.
  channel.trigger('client-hello', JSON.stringify({from: 'GJS'}));
});
channel.connect('event', (_channel, event) => {
  if (!event.name.startsWith('pusher:'))
    print(`${event.name} ${event.data ?? ''}`);
});
channel.connect('subscription-error', (_channel, error) => {
  printerr(`No subscription to ${channel.name}: ${error.message}`);
  loop.quit();
});

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
