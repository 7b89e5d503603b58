// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// pusher-client: a handler for each name on each channel. It parses the data before
// it calls the handlers.

import {channelName, check, count, end, eventName, load, settings} from './node.js';

const Pusher = load('pusher-client');
const client = new Pusher('key', {host: '127.0.0.1', wsPort: settings.port});

const go = () => client.subscribe('go');
let used = 0; // so that nothing is optimised away

for (let i = 0; i < settings.channels; i++) {
  const channel = client.subscribe(channelName(i));
  for (let k = 0; k < settings.names; k++)
    channel.bind(eventName(k), data => {
      used += data.price;
      count(go);
    });
  channel.bind('end', () => {
    check();
    end({used});
  });
}
