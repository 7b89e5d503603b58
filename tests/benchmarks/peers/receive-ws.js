// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Node's `ws` with an empty handler: it gets the text, and parses nothing.

import {begin, channelName, end, load, settings} from './node.js';

const WebSocket = load('ws');
const websocket = new WebSocket(`ws://127.0.0.1:${settings.port}/app/key?protocol=7`,
  {maxPayload: 16 * 1024 * 1024});

// pusher:connection_established, and an answer for each channel, come before.
const first = 1 + settings.channels + settings.warmUp;
let received = 0;

function subscribe(channel) {
  websocket.send(JSON.stringify({event: 'pusher:subscribe', data: {channel}}));
}

websocket.on('open', () => {
  for (let i = 0; i < settings.channels; i++)
    subscribe(channelName(i));
});

websocket.on('message', data => {
  received++;
  if (received === first) {
    begin();
    subscribe('go');
  }
  if (received === first + 1 + settings.count + 1) {
    if (JSON.parse(data).event !== 'end')
      throw new Error(`A message too many: ${data}`);
    end();
  }
});
