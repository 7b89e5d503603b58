// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// pusher-js: a handler for each name on each channel. It parses the data before it
// calls the handlers.
//
// work=text       receives a flood
// work=tick       the same, with a timer, and handlers that take their time
// work=presence   counts the members that come and go
// work=subscribe  connects and subscribes to all channels
// work=channels   what a channel takes, from the second half of them
// work=clients    what a client takes, from the second half of `count`

import {begin, channelName, check, count, end, eventName, finish, load, memory, settings, spend}
  from './node.js';

const Pusher = load('pusher-js');

function makeClient() {
  return new Pusher('key', {
    cluster: '', wsHost: '127.0.0.1', wsPort: settings.port, forceTLS: false,
    enabledTransports: ['ws'], disableStats: true,
    channelAuthorization: {
      customHandler: (_params, callback) =>
        callback(null, {auth: 'key:auth', channel_data: '{"user_id":"user-0"}'}),
    },
  });
}

function subscribe(client, from, to, listen) {
  return new Promise(resolve => {
    let waiting = to - from;
    for (let i = from; i < to; i++) {
      const channel = client.subscribe(channelName(i));
      channel.bind('pusher:subscription_succeeded', () => {
        if (--waiting === 0)
          resolve();
      });
      listen(channel);
    }
  });
}

let used = 0; // so that nothing is optimised away

function listen(channel) {
  const go = () => channel.pusher.subscribe('go');
  for (let i = 0; i < settings.names; i++)
    channel.bind(eventName(i), data => {
      used += data.price;
      spend(settings.cost / 1000);
      count(go);
    });
  if (settings.work === 'presence') {
    channel.bind('pusher:member_added', () => count(go));
    channel.bind('pusher:member_removed', () => count(go));
  }
  channel.bind('end', () => {
    check();
    end({used});
  });
}

const works = {
  async subscribe() {
    begin();
    await subscribe(makeClient(), 0, settings.channels, () => {});
    end({messages: settings.channels});
  },

  async channels() {
    const client = makeClient();
    const half = settings.channels / 2;
    const bind = channel => channel.bind(eventName(0), () => {});
    await subscribe(client, 0, half, bind);
    const before = memory();
    await subscribe(client, half, settings.channels, bind);
    const after = memory();
    finish({heap: (after.heap - before.heap) / half, rss: (after.rss - before.rss) / half});
  },

  async clients() {
    const clients = [];
    const half = settings.count / 2;
    const connect = async () => {
      for (let i = 0; i < half; i++) {
        const client = makeClient();
        clients.push(client);
        await subscribe(client, 0, 1, channel => channel.bind(eventName(0), () => {}));
      }
    };
    await connect();
    const before = memory();
    await connect();
    const after = memory();
    finish({heap: (after.heap - before.heap) / half, rss: (after.rss - before.rss) / half});
  },
};

if (settings.work in works)
  await works[settings.work]();
else
  await subscribe(makeClient(), 0, settings.channels, listen);
