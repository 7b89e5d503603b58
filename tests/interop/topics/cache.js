// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Cache channels of all kinds: a miss, and the last event for who comes later.

import assert from 'node:assert/strict';

import {apps} from '../lib/soketi.js';

const MASTER_KEY = Buffer.alloc(32, 'c').toString('base64');
const kinds = {
  'cache-': 'public',
  'private-cache-': 'private',
  'presence-cache-': 'presence',
  'private-encrypted-cache-': 'encrypted',
};

async function checkMiss(program, {backend}, prefix) {
  const channel = `${prefix}${program.language}`;
  program.send(`subscribe ${channel}`);
  await program.next({type: 'cache-miss', channel},
    {type: 'event', via: 'channel', channel, name: 'pusher:cache_miss'});
  const told = program.since(0, {channel, type: /^(subscribed|cache-miss)$/});
  assert.deepEqual(told.map(({type}) => type), ['subscribed', 'cache-miss']);
  program.send(`channel ${channel}`);
  assert.equal((await program.next({type: 'channel'})).kind, kinds[prefix]);

  for (const n of [1, 2]) {
    await backend.trigger(channel, 'news', {n});
    await program.next({type: 'event', via: 'channel', channel, name: 'news',
      data: JSON.stringify({n})});
  }
}

async function checkReplay(program, {peer}, prefix) {
  const channel = `${prefix}${program.language}`;
  program.send(`unsubscribe ${channel}`);
  const mark = program.mark();
  program.send(`subscribe ${channel}`);
  await program.next({type: 'event', via: 'channel', channel, name: 'news', data: '{"n":2}'});
  const told = program.since(mark, {channel, type: type => type !== 'channel-state'})
    .filter(({type, name}) => type !== 'items-changed' && !name?.startsWith('pusher:'));
  assert.deepEqual(told.map(({type}) => type), ['subscribed', 'event'],
    'the last event only, after the subscription');
  await program.settle();
  assert.deepEqual(program.since(mark, {type: 'cache-miss'}), []);

  await peer.subscribe(channel);
  assert.deepEqual((await peer.next({channel, name: 'news'})).data, {n: 2});
}

async function checkReconnect(program) {
  const channels = Object.keys(kinds).map(prefix => `${prefix}${program.language}`);
  const mark = program.mark();
  program.send('reconnect');
  await program.next(...channels.map(channel =>
    ({type: 'event', via: 'channel', channel, name: 'news', data: '{"n":2}'})));
  assert.deepEqual(program.since(mark, {type: 'cache-miss'}), []);
}

async function checkPeerMiss(suite, {server, endpoint}) {
  const peer = suite.peer(server, {endpoint, who: 'js-too'});
  await suite.check('pusher-js is told of a miss in the same way', async () => {
    await peer.subscribe('cache-nothing');
    await peer.next({channel: 'cache-nothing', name: 'pusher:cache_miss'});
  });
  peer.stop();
}

export default async function (suite) {
  const server = await suite.soketi();
  const settings = {encryptionMasterKeyBase64: MASTER_KEY};
  const endpoint = await suite.endpoint(server, apps.main, settings);
  const group = {
    server, endpoint, backend: suite.backend(server, apps.main, settings),
    peer: suite.peer(server, {endpoint, who: 'js'}),
  };
  const programs = suite.programs(server, language => ({
    args: ['--endpoint', endpoint.channelUrl, '--param', `who=${language}`],
  }));

  for (const [prefix, kind] of Object.entries(kinds)) {
    await suite.checkEach(programs, `${kind}: is told of a miss`, program =>
      checkMiss(program, group, prefix));
    await suite.checkEach(programs, `${kind}: gets the last event when it comes later`,
      program => checkReplay(program, group, prefix));
  }
  await suite.checkEach(programs, 'gets the last events again after a reconnect', checkReconnect);
  await checkPeerMiss(suite, group);
}
