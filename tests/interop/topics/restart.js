// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The server goes away and comes back: the client finds it again by itself.

import assert from 'node:assert/strict';

import {DEADLINE} from '../lib/wait.js';

const CHANNEL = 'interop-restart';

// The longest delay between two attempts, which grows with the absence, and the
// attempt itself.
const RECONNECTION = 30_000 + DEADLINE;

const PUSHER_ERROR_CONNECTION_LOST = 8;
const toldToReconnect = {domain: 'pusher-server-error-quark', code: 4200};
const lost = {domain: 'pusher-error-quark', code: PUSHER_ERROR_CONNECTION_LOST};

// Programs of its own for each time: the delays grow from one loss to the next.
async function restart(suite, {server, backend}, {title, signal, error, away, path, args}) {
  const programs = suite.programs(server, {channels: [CHANNEL], args});

  await suite.checkEach(programs, `${title}: connects and subscribes`, program =>
    program.next({type: 'state', state: 'connected'}, {type: 'subscribed', channel: CHANNEL}));

  await server.stop(signal);
  await suite.checkEach(programs, `${title}: tells that and why the connection is gone`,
    async program => {
      await program.next(
        {type: 'state', state: 'connecting', error},
        {type: 'error', error: {...error, message: /./}},
        {type: 'socket-id', socket_id: null},
        {type: 'channel-state', channel: CHANNEL, state: 'pending'});
      if (away)
        await program.next({type: 'state', state: away});
    });

  await server.start();
  await suite.checkEach(programs, `${title}: ${path.join(', ')}, and subscribed again`,
    async program => {
      const [, , gap] = await program.nextWithin(RECONNECTION,
        {type: 'state', state: 'connected', error: null},
        {type: 'subscribed', channel: CHANNEL},
        {type: 'gap', channel: CHANNEL},
        {type: 'socket-id', socket_id: /./});
      assert.ok(gap.microseconds > 0);
      assert.deepEqual(program.since(0, {type: 'state'}).map(({state}) => state), path);
    });

  await suite.checkEach(programs, `${title}: gets the next event, once`, async program => {
    const event = {type: 'event', name: `${title} is over for ${program.language}`};
    const last = {type: 'event', name: `${title} is done for ${program.language}`};
    await backend.trigger(CHANNEL, event.name, {title});
    await backend.trigger(CHANNEL, last.name, {});
    await program.next({...event, data: JSON.stringify({title})});
    await program.next(last);
    assert.equal(program.since(0, event).length, 1);
  });

  await suite.retire(programs);
}

const back = ['connecting', 'connected', 'connecting', 'connected'];
const backAtLast = ['connecting', 'connected', 'connecting', 'unavailable', 'connected'];

export default async function (suite) {
  const server = await suite.server();
  const group = {server, backend: suite.backend(server)};

  // Reverb just hangs up.
  const goodbye = suite.at('reverb') ? lost : toldToReconnect;
  await restart(suite, group, {
    title: 'SIGTERM', signal: 'SIGTERM', error: goodbye, path: back,
    args: ['--unavailable-timeout', '600'],
  });
  await restart(suite, group, {
    title: 'SIGKILL', signal: 'SIGKILL', error: lost, path: back,
    args: ['--unavailable-timeout', '600'],
  });
  await restart(suite, group, {
    title: 'a long absence', signal: 'SIGTERM', error: goodbye, path: backAtLast,
    away: 'unavailable', args: ['--unavailable-timeout', '1'],
  });
}
