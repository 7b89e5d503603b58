// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A server behind a reverse proxy, under a prefix.

import assert from 'node:assert/strict';

import {PrefixProxy} from '../lib/proxy.js';

const CHANNEL = 'interop-path';
const PREFIX = '/realtime/v1';

export default async function (suite) {
  const server = await suite.soketi();
  const backend = suite.backend(server);
  const proxy = await suite.use(new PrefixProxy(server, PREFIX));

  await suite.check('pusher-js connects with the prefix', () =>
    suite.peer(proxy, {path: PREFIX}).subscribe(CHANNEL));

  const programs = suite.programs(proxy, {channels: [CHANNEL], args: ['--path', PREFIX]});
  await suite.checkEach(programs, 'connects with the prefix, and gets an event', async program => {
    await program.next({type: 'state', state: 'connected'}, {type: 'subscribed', channel: CHANNEL});
    const name = `behind a proxy to ${program.language}`;
    await backend.trigger(CHANNEL, name, {});
    await program.next({type: 'event', name});
  });

  const lost = suite.programs(proxy, {channels: [CHANNEL]});
  await suite.checkEach(lost, 'is told of the 404 without it', async program => {
    const {error} = await program.next({type: 'error'});
    assert.match(error.message, /404/);
    await program.next({type: 'connecting-in'});
    program.send('close');
  });
}
