// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Cache channels of all kinds: a miss, and the last event for who comes later.

import assert from 'node:assert/strict';

import {apps} from '../lib/apps.js';

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

async function checkReplay(program, {peer, keeper}, prefix) {
  const channel = `${prefix}${program.language}`;
  await keeper?.subscribe(channel);
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

async function checkReconnect(program, prefixes) {
  const channels = prefixes.map(prefix => `${prefix}${program.language}`);
  const mark = program.mark();
  program.send('reconnect');
  await program.next(...channels.map(channel =>
    ({type: 'event', via: 'channel', channel, name: 'news', data: '{"n":2}'})));
  assert.deepEqual(program.since(mark, {type: 'cache-miss'}), []);
}

// What is particular to Reverb.
async function checkForgotten(program, {backend}) {
  const channel = `cache-forgotten-${program.language}`;
  program.send(`subscribe ${channel}`);
  await program.next({type: 'cache-miss', channel});
  await backend.trigger(channel, 'news', {n: 1});
  await program.next({type: 'event', via: 'channel', channel, name: 'news'});
  program.send(`unsubscribe ${channel}`);
  program.send(`subscribe ${channel}`);
  await program.next({type: 'cache-miss', channel});
}

async function checkNoCache(program, {backend}) {
  const channel = `private-encrypted-cache-${program.language}`;
  const mark = program.mark();
  program.send(`subscribe-async ${channel}`);
  await program.next({type: 'subscribe-finished', channel});
  await backend.trigger(channel, 'news', {n: 1});
  await program.next({type: 'event', via: 'channel', channel, name: 'news'});
  program.send('reconnect');
  await program.next({type: 'subscribed', channel});
  await program.settle();
  const told = program.since(mark, {channel, type: /^(cache-miss|event)$/})
    .map(({type, name}) => name ?? type);
  assert.deepEqual(told.filter(name => !name.startsWith('pusher:subscription_')), ['news']);
}

async function checkLeaver(program, {backend, keeper, peer}) {
  const channel = `presence-cache-${program.language}`;
  await keeper.subscribe(channel);
  await backend.trigger(channel, 'news', {n: 1});
  await peer.subscribe(channel);
  peer.pusher.unsubscribe(channel);
  await keeper.next({channel, name: 'pusher:member_removed'});

  program.send(`subscribe ${channel}`);
  await program.next({type: 'subscribed', channel});
  await program.settle();
  program.send(`members ${channel}`);
  const {members} = await program.next({type: 'members'});
  assert.deepEqual(members.map(({id}) => id).sort(), [program.language, 'keeper'].sort());
  assert.deepEqual(program.since(0, {channel, type: /^member-|^cache-miss/}), [],
    'who is not there cannot leave');

  program.send(`unsubscribe ${channel}`);
  await keeper.next({channel, name: 'pusher:member_removed'});
  const mark = program.mark();
  program.send(`subscribe-async ${channel}`);
  await program.next({type: 'subscribe-finished', channel});
  await program.settle();
  program.send(`members ${channel}`);
  const again = await program.next({type: 'members'});
  assert.equal(again.me, program.language);
  assert.deepEqual(again.members.map(({id}) => id).sort(), [program.language, 'keeper'].sort());
  assert.deepEqual(program.since(mark, {channel, type: 'member-removed'}), [],
    'who has come back is not away');
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
  const server = await suite.server();
  const settings = {encryptionMasterKeyBase64: MASTER_KEY};
  const endpoint = await suite.endpoint(server, apps.main, settings);
  const group = {
    server, endpoint, backend: suite.backend(server, apps.main, settings),
    peer: suite.peer(server, {endpoint, who: 'js'}),
    // Reverb forgets a channel, and its event, when the last one leaves.
    keeper: suite.at('reverb') ? suite.peer(server, {endpoint, who: 'keeper'}) : null,
  };
  // For Reverb, an encrypted one is a private channel, and who left last is the last
  // event of a presence channel.
  const prefixes = Object.keys(kinds).filter(prefix =>
    suite.at('soketi') || ['public', 'private'].includes(kinds[prefix]));
  const programs = suite.programs(server, language => ({
    args: ['--endpoint', endpoint.channelUrl, '--param', `who=${language}`],
  }));

  for (const prefix of prefixes) {
    const kind = kinds[prefix];
    await suite.checkEach(programs, `${kind}: is told of a miss`, program =>
      checkMiss(program, group, prefix));
    await suite.checkEach(programs, `${kind}: gets the last event when it comes later`,
      program => checkReplay(program, group, prefix));
  }
  await suite.checkEach(programs, 'gets the last events again after a reconnect', program =>
    checkReconnect(program, prefixes));
  if (suite.at('reverb')) {
    await suite.checkEach(programs, 'a channel that all have left has forgotten its event',
      program => checkForgotten(program, group));
    await suite.checkEach(programs, 'a presence channel tells again who left last', program =>
      checkLeaver(program, group));
    await suite.checkEach(programs, 'an encrypted channel is not cached', program =>
      checkNoCache(program, group));
  }
  await checkPeerMiss(suite, group);
}
