// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What Reverb limits, and what the client makes of it; also its restart.

import assert from 'node:assert/strict';

import {apps} from '../lib/apps.js';
import {ALLOWED_ORIGINS, checkOrigins} from '../lib/origins.js';
import {DEADLINE} from '../lib/wait.js';

// The longest delay between two attempts, and the attempt itself.
const RECONNECTION = 30_000 + DEADLINE;
// How often Reverb looks whether it shall end, and that
const RESTART_INTERVAL = 5000 + DEADLINE;

const PUSHER_ERROR_CONNECTION_LOST = 8;
const secret = ['--secret', apps.main.secret];
const refusal = (code, message) => ({domain: 'pusher-server-error-quark', code, message});
const subscribed = channel => ({type: 'subscribed', channel});

// The limit is of the whole message; close to it, either way.
async function messageSize(suite) {
  const channel = 'private-size';
  const server = await suite.server({app: {max_message_size: 5000}});
  const peer = suite.peer(server, {
    channelAuthorization: {
      customHandler: ({socketId}, callback) => callback(null,
        suite.backend(server).sdk.authorizeChannel(socketId, channel)),
    },
  });
  const programs = suite.programs(server, {channels: [channel], args: secret});
  await suite.check('pusher-js subscribes', () => peer.subscribe(channel));
  await suite.checkEach(programs, 'sends what just fits', async program => {
    await program.next(subscribed(channel));
    program.send(`trigger ${channel} client-${program.language} ["${'x'.repeat(4900)}"]`);
    assert.equal((await peer.next({name: `client-${program.language}`})).data[0].length, 4900);
  });
  await suite.checkEach(programs, 'is cut off for more, with 1009, and comes back',
    async program => {
      const mark = program.mark();
      program.send(`trigger ${channel} client-${program.language} ["${'x'.repeat(5000)}"]`);
      await program.nextWithin(RECONNECTION, {type: 'state', state: 'connected'},
        subscribed(channel));
      const losses = program.since(mark, {type: 'error'});
      assert.equal(losses.length, 1, 'one loss is told once');
      assert.match(losses[0].error.message, /1009|too (big|large)|maximum/i);
    });
}

async function requestSize(suite) {
  const server = await suite.server({maxRequestSize: 10_000});
  await suite.check('the SDK is told 413 for an event of 10 kB', () =>
    assert.rejects(suite.backend(server).trigger('any', 'large', 'x'.repeat(10_000)),
      {status: 413}));
}

async function refused(suite, {title, app, code, message, before}) {
  const server = await suite.server({app});
  await before?.(server);
  const programs = suite.programs(server, {channels: ['refused']});
  const error = refusal(code, message);
  await suite.checkEach(programs, `fails with ${code} ${title}, and stays away`, async program => {
    await program.next({type: 'state', state: 'failed', error}, {type: 'error', error});
    program.send('open-async');
    await program.next({type: 'call-failed', call: 'open-async', error});
    assert.deepEqual(program.since(0, {type: 'connecting-in'}), []);
    assert.deepEqual(program.since(0, subscribed('refused')), []);
  });
}

async function restarted(suite) {
  const channel = 'restarted';
  const server = await suite.server();
  const backend = suite.backend(server);
  const programs = suite.programs(server, {
    channels: [channel], args: ['--unavailable-timeout', '600'],
  });
  await suite.checkEach(programs, 'subscribes before reverb:restart', program =>
    program.next(subscribed(channel)));
  await suite.check('reverb:restart ends the server', async () => {
    await server.run('reverb:restart');
    await server.ended(RESTART_INTERVAL);
  });
  await suite.checkEach(programs, 'tells that the connection is lost', program => program.next(
    {type: 'error', error: {domain: 'pusher-error-quark', code: PUSHER_ERROR_CONNECTION_LOST}},
    {type: 'channel-state', channel, state: 'pending'}));
  await server.start();
  await suite.checkEach(programs, 'is subscribed again, and gets the next event once',
    async program => {
      await program.nextWithin(RECONNECTION, subscribed(channel));
      for (const name of ['after', 'last'])
        await backend.trigger(channel, `${name}-${program.language}`, {});
      await program.next({type: 'event', name: `last-${program.language}`});
      assert.equal(program.events().filter(({name}) => name === `after-${program.language}`).length,
        1);
    });
}

export default async function (suite) {
  await messageSize(suite);
  await requestSize(suite);
  await checkOrigins(suite, await suite.server({app: {allowed_origins: ALLOWED_ORIGINS}}));
  await refused(suite, {
    title: 'where no more connections are allowed', app: {max_connections: 1},
    code: 4004, message: 'Application is over connection quota',
    before: server => suite.peer(server).subscribe('first'),
  });
  await restarted(suite);
}
