// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Reverb with a rate limit that counts every message: more channels than it takes
// in a minute are all subscribed in two.

import assert from 'node:assert/strict';

import {CountingProxy} from '../lib/proxy.js';

const CHANNELS = 80;
const LIMIT = {enabled: true, max_attempts: 60, decay_seconds: 60};
const TWO_MINUTES = 120_000;

const names = Array.from({length: CHANNELS}, (_, i) => `pace-${String(i).padStart(2, '0')}`);

async function paced(suite, {title, terminate, connections}) {
  const server = await suite.server({
    app: {rate_limiting: {...LIMIT, terminate_on_limit: terminate}},
  });
  const backend = suite.backend(server);
  const proxy = await suite.use(new CountingProxy(server));
  const program = suite.program('C', proxy, {channels: names});
  await suite.check(`C: ${CHANNELS} channels are subscribed where ${title}`, async () => {
    const begin = performance.now();
    await program.nextWithin(TWO_MINUTES, ...names.map(channel => ({type: 'subscribed', channel})));
    console.log(`# ${title}: ${((performance.now() - begin) / 1000).toFixed(0)} s, ` +
      `${proxy.connections} connections`);
    assert.ok(proxy.connections <= connections, `${proxy.connections} connections`);
    await backend.trigger(names.at(-1), 'last', {});
    await program.next({type: 'event', via: 'channel', channel: names.at(-1), name: 'last'});
  });
}

export default async function (suite) {
  await Promise.all([
    paced(suite, {title: 'what is too much is refused', terminate: false, connections: 1}),
    paced(suite, {title: 'what is too much ends the connection', terminate: true, connections: 3}),
  ]);
}
