// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Laravel Echo with pusher-js, at a server whatever address they are given.

import path from 'node:path';

import {poll} from './wait.js';

async function importEcho(suite) {
  // What require() is given is no module to Node: the package says that its files are.
  const directory = path.dirname(suite.resolve('laravel-echo'));
  return (await import(path.join(directory, 'echo.js'))).default;
}

// at: {host, port, key, endpoint}. Returns {Echo, stop}: the class, and what ends all
// that were made.
export async function redirectEcho(suite, {host, port, key, endpoint: usualEndpoint}) {
  const Echo = await importEcho(suite);
  const PusherJS = suite.require('pusher-js');
  const settings = {
    wsHost: host, wsPort: port, forceTLS: false, enabledTransports: ['ws'],
    nacl: suite.require('tweetnacl'),
  };
  const instances = [];

  class RedirectedPusher extends PusherJS {
    constructor(_key, {endpoint = usualEndpoint, ...options}) {
      super(key, {...options, ...settings, authEndpoint: endpoint});
      instances.push(this);
    }
  }

  return {
    // endpoint: another one than the usual
    Echo: class extends Echo {
      constructor(options) {
        super({...options, Pusher: RedirectedPusher});
      }
    },
    stop: () => instances.splice(0).forEach(pusher => pusher.disconnect()),
  };
}

// Waits until it is connected, and subscribed to all that it was asked for.
export async function isSubscribed({connector: {pusher}}) {
  await poll(() => pusher.connection.state === 'connected', () => 'Echo did not connect');
  for (const channel of pusher.allChannels())
    await poll(() => channel.subscribed, () => `Echo was not subscribed to ${channel.name}`);
}
