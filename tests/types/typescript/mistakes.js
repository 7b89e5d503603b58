// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What TypeScript has to find, in the lines after each of the marks, and what it
// has to accept: it complains of a mark without a mistake as well.

import Gio from 'gi://Gio?version=2.0';
import Pusher from 'gi://Pusher?version=1';
import PusherTest from 'gi://PusherTest?version=1';

/** @param {Pusher.Client} client */
export function settings(client) {
  new Pusher.Client({key: 'k', cluster: 'eu', useTls: false});
  // @ts-expect-error: misspelt
  new Pusher.Client({kee: 'k'});
  // @ts-expect-error: a text in place of a number
  new Pusher.Client({port: '6001'});
  // @ts-expect-error: no key
  Pusher.Client.new(null, 'eu');
  client.pong_timeout = 30;
  client.pongTimeout = 30;
  // @ts-expect-error: a text in place of a number
  client.pongTimeout = '30 s';
  // @ts-expect-error: misspelt
  client.set_hsot(null);
  // @ts-expect-error: cannot be set
  client.socketId = '1.2';
}

/** @param {Pusher.Client} client @param {Pusher.Event} event */
export function mayBeNull(client, event) {
  print(client.last_error?.message, (event.data ?? '').length, event.name.length);
  // @ts-expect-error: may be null
  print(client.last_error.message);
  // @ts-expect-error: may be null
  print(event.get_data().length);
  // @ts-expect-error: may be null
  client.get_channel('a').unsubscribe();
}

/** @param {Pusher.Event} event */
export function values(event) {
  const [found, number] = event.lookup_int('/number');
  print(found ? number + 1 : 0);
  // @ts-expect-error: the value is the second one
  print(event.lookup_int('/number') + 1);
  // @ts-expect-error: misspelt
  print(Pusher.ConnectionState.CONECTED);
  new PusherTest.Server().set_flavor(PusherTest.Flavor.REVERB);
  // @ts-expect-error: misspelt
  new PusherTest.Server().set_flavour(PusherTest.Flavor.REVERB);
}

/** @param {Pusher.Client} client @param {Pusher.Channel} channel */
export function signals(client, channel) {
  channel.connect('event', (_channel, event) => print(event.data));
  channel.connect('event::price-changed', (_channel, event) => print(event.data));
  // @ts-expect-error: misspelt
  channel.connect('event::price-changed', (_channel, event) => print(event.dta));
  channel.connect('gap', (_channel, duration) => print(duration / 1e6));
  // @ts-expect-error: misspelt
  channel.connect('subscription-suceeded', () => print('subscribed'));
  client.connect('notify::state', () => print(client.state));
  // @ts-expect-error: misspelt
  client.connect('error', (_client, error) => print(error.mesage));
}

/** @param {Pusher.Client} client */
export async function awaited(client) {
  const cancellable = new Gio.Cancellable();
  const channel = await client.subscribe_async('prices', cancellable);
  print(channel.name, await client.ping_async(null) + 1);
  client.open_async(null, (_client, result) => print(client.open_finish(result)));
  // @ts-expect-error: misspelt
  print((await client.subscribe_async('prices', null)).nmae);
  // @ts-expect-error: no name
  await client.subscribe_async(3, null);
  // @ts-expect-error: not cancellable
  await client.open_async(client);
}
