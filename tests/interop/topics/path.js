// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A server under a prefix: behind a reverse proxy, or by itself.

import assert from 'node:assert/strict';

import {apps} from '../lib/apps.js';
import {PrefixProxy} from '../lib/proxy.js';

const CHANNEL = 'interop-path';
const PREFIX = '/realtime/v1';

async function behindProxy(suite) {
  const server = await suite.server();
  const backend = suite.backend(server);
  const proxy = await suite.use(new PrefixProxy(server, PREFIX));
  await prefixed(suite, proxy, (channel, name) => backend.trigger(channel, name, {}));
}

// REVERB_SERVER_PATH
async function byItself(suite) {
  const server = await suite.server({prefix: PREFIX});
  await prefixed(suite, server, (channel, name) => server.publish(apps.main, channel, name, {}));
}

export default async function (suite) {
  await behindProxy(suite);
  if (suite.at('reverb'))
    await byItself(suite);
}

async function prefixed(suite, address, trigger) {
  await suite.check('pusher-js connects with the prefix', () =>
    suite.peer(address, {path: PREFIX}).subscribe(CHANNEL));

  const programs = suite.programs(address, {channels: [CHANNEL], args: ['--path', PREFIX]});
  await suite.checkEach(programs, 'connects with the prefix, and gets an event', async program => {
    await program.next({type: 'state', state: 'connected'}, {type: 'subscribed', channel: CHANNEL});
    const name = `with a prefix to ${program.language}`;
    await trigger(CHANNEL, name);
    await program.next({type: 'event', name});
  });

  const lost = suite.programs(address, {channels: [CHANNEL]});
  await suite.checkEach(lost, 'is told of the 404 without it', async program => {
    const {error} = await program.next({type: 'error'});
    assert.match(error.message, /404/);
    await program.next({type: 'connecting-in'});
    program.send('close');
  });
}
