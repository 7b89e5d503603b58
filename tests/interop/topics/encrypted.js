// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Encrypted channels: what the official SDK encrypts, the library and pusher-js
// decrypt, also while the key changes.

import assert from 'node:assert/strict';

import {apps} from '../lib/apps.js';

const keyOf = letter => Buffer.alloc(32, letter).toString('base64');
const settings = letter => ({encryptionMasterKeyBase64: keyOf(letter)});

const PUSHER_ERROR_AUTHORIZATION = 10;
const PUSHER_ERROR_DECRYPTION = 11;
const PUSHER_ERROR_NOT_SUPPORTED = 12;
const own = code => ({domain: 'pusher-error-quark', code, message: /./});

const values = [
  {text: 'object', deep: {list: [1, 2.5, null, true]}},
  [], {}, 12.5, true, null, 'just text', '{"half": ', 'ünïcödé ☃ 😀 " \\ \n',
  {long: 'x'.repeat(8000)},
];

const roomOf = (title, {language}) => `private-encrypted-${title}-${language}`;
const subscribed = channel => ({type: 'subscribed', channel});

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

// The events of one channel, without those of the protocol.
function told(program, channel) {
  return program.events('channel').filter(event => event.channel === channel);
}

async function checkReading(program, {backend, peer}, channel) {
  program.send(`subscribe ${channel}`);
  await program.next(subscribed(channel));
  program.send(`channel ${channel}`);
  assert.equal((await program.next({type: 'channel'})).kind, 'encrypted');

  await peer.subscribe(channel);
  for (const [i, value] of values.entries())
    await backend.trigger(channel, `secret-${i}`, value);
  await program.next({type: 'event', via: 'channel', channel, name: `secret-${values.length - 1}`});
  await peer.next({channel, name: `secret-${values.length - 1}`});
  const wanted = values.map((value, i) => ({channel, name: `secret-${i}`, data: value}));
  assert.deepEqual(peer.events.filter(event => event.channel === channel), wanted, 'pusher-js');
  assert.deepEqual(
    told(program, channel).map(({name, data}) => ({channel, name, data: read(data)})), wanted);
}

// The server passes on what it cannot read: an outsider sees that.
async function checkUnreadable(program, {backend}) {
  const channel = roomOf('unreadable', program);
  program.send('watch-client');
  program.send(`subscribe ${channel}`);
  await program.next(subscribed(channel));
  await backend.triggerRaw(channel, 'plain', '{"not":"encrypted"}');
  await program.next({type: 'channel-error', channel, error: own(PUSHER_ERROR_DECRYPTION)});
  await backend.trigger(channel, 'good', {fine: true});
  await program.next({type: 'event', via: 'channel', channel, name: 'good', data: '{"fine":true}'});
  assert.deepEqual(program.since(0, {type: 'event', name: 'plain'}), []);
}

async function checkClientEvents(program) {
  const channel = roomOf('reading', program);
  program.send(`trigger ${channel} client-no {}`);
  await program.next({type: 'call-failed', call: 'trigger',
    error: own(PUSHER_ERROR_NOT_SUPPORTED)});
}

async function checkNoKey(program, {endpoint}) {
  const channel = roomOf('no-key', program);
  endpoint.plan({channel}, body => delete body.shared_secret,
    body => { body.shared_secret = 'c2hvcnQ='; });
  program.send(`subscribe ${channel}`);
  await program.next({type: 'subscription-error', channel,
    error: own(PUSHER_ERROR_AUTHORIZATION)});
  program.send(`resubscribe ${channel}`);
  await program.next({type: 'subscription-error', channel,
    error: own(PUSHER_ERROR_AUTHORIZATION)});
  program.send(`resubscribe ${channel}`);
  await program.next(subscribed(channel));
}

// Ten events with the new key are there before the endpoint tells the new key.
async function checkRotation(program, {backend, rotated, endpoint, keys}) {
  const channel = roomOf('rotation', program);
  const other = `other-${program.language}`;
  for (const name of [other, channel]) {
    program.send(`subscribe ${name}`);
    await program.next(subscribed(name));
  }
  await backend.trigger(channel, 'before', {});
  await program.next({type: 'event', via: 'channel', channel, name: 'before'});

  keys.set(channel, rotated.sdk);
  const release = endpoint.hold({channel});
  await rotated.triggerBatch(Array.from({length: 10}, (_, n) =>
    ({channel, name: `rotated-${n}`, data: {n}})));
  await endpoint.hasRequests({channel}, 2);
  await backend.trigger(other, 'meanwhile', {});
  await program.next({type: 'event', via: 'channel', channel: other, name: 'meanwhile'});
  assert.deepEqual(told(program, channel).map(({name}) => name), ['before'],
    'the other channel did not wait, this one did');

  release();
  await program.next({type: 'event', via: 'channel', channel, name: 'rotated-9'});
  await rotated.trigger(channel, 'after', {});
  await program.next({type: 'event', via: 'channel', channel, name: 'after'});
  const wanted = Array.from({length: 10}, (_, n) => [`rotated-${n}`, JSON.stringify({n})]);
  assert.deepEqual(told(program, channel).map(({name, data}) => [name, data]),
    [['before', '{}'], ...wanted, ['after', '{}']]);
  assert.equal(endpoint.matching({channel}).length, 2, 'one refresh');
  assert.deepEqual(program.since(0, {type: 'channel-error', channel}), []);
}

// Old and new keys, mixed, while the key changes.
async function checkMixed(program, {backend, rotated, endpoint, keys}) {
  const channel = roomOf('mixed', program);
  program.send(`subscribe ${channel}`);
  await program.next(subscribed(channel));
  keys.set(channel, rotated.sdk);
  const release = endpoint.hold({channel});
  await rotated.trigger(channel, 'new-1', {});
  await endpoint.hasRequests({channel}, 2);
  await backend.trigger(channel, 'old-1', {});
  await rotated.trigger(channel, 'new-2', {});
  await program.settle();
  release();
  await program.next({type: 'event', via: 'channel', channel, name: 'new-2'});
  assert.deepEqual(told(program, channel).map(({name}) => name), ['new-1', 'old-1', 'new-2']);
  assert.equal(endpoint.matching({channel}).length, 2);
}

// The endpoint knows the old key only.
async function checkHopeless(program, {backend, rotated, endpoint}) {
  const channel = roomOf('hopeless', program);
  program.send(`subscribe ${channel}`);
  await program.next(subscribed(channel));
  await rotated.trigger(channel, 'lost', {});
  const {error} = await program.next({type: 'channel-error', channel,
    error: own(PUSHER_ERROR_DECRYPTION)});
  assert.match(error.message, /lost/);
  assert.equal(endpoint.matching({channel}).length, 2, 'one refresh for that event');
  await backend.trigger(channel, 'fine', {});
  await program.next({type: 'event', via: 'channel', channel, name: 'fine'});
  assert.deepEqual(told(program, channel).map(({name}) => name), ['fine']);
  assert.equal(endpoint.matching({channel}).length, 2);

  // A refresh that fails is told as well.
  endpoint.plan({channel}, {status: 403});
  await rotated.trigger(channel, 'lost-too', {});
  await program.next({type: 'channel-error', channel,
    error: {domain: 'pusher-http-error-quark', code: 403}});
  await program.next({type: 'channel-error', channel, error: own(PUSHER_ERROR_DECRYPTION)});
  await backend.trigger(channel, 'fine-too', {});
  await program.next({type: 'event', via: 'channel', channel, name: 'fine-too'});
}

async function checkReconnect(program, {backend, rotated, endpoint, keys}) {
  const channel = roomOf('reconnect', program);
  program.send(`subscribe ${channel}`);
  await program.next(subscribed(channel));
  keys.set(channel, rotated.sdk);
  program.send('reconnect');
  await program.next(subscribed(channel));
  await rotated.trigger(channel, 'new', {});
  await program.next({type: 'event', via: 'channel', channel, name: 'new'});
  assert.equal(endpoint.matching({channel}).length, 2, 'the key comes with the authorization');
}

async function withSecret(suite, {server, backend}) {
  const programs = suite.programs(server, language => ({
    channels: [roomOf('signed', {language})],
    args: ['--secret', apps.main.secret, '--master-key', keyOf('a')],
  }));
  await suite.checkEach(programs, 'has the key from the master key', async program => {
    const channel = roomOf('signed', program);
    await program.next(subscribed(channel));
    await backend.trigger(channel, 'secret', {n: 1});
    await program.next({type: 'event', via: 'channel', channel, name: 'secret', data: '{"n":1}'});
  });
}

export default async function (suite) {
  const server = await suite.server();
  const backend = suite.backend(server, apps.main, settings('a'));
  const rotated = suite.backend(server, apps.main, settings('b'));
  const endpoint = await suite.endpoint(server, apps.main, settings('a'));
  const keys = new Map(); // channel → the SDK with its new key
  endpoint.sdk = {
    authorizeChannel: (socketId, channel, ...more) =>
      (keys.get(channel) ?? backend.sdk).authorizeChannel(socketId, channel, ...more),
  };
  const peer = suite.peer(server, {endpoint, who: 'js'});
  const group = {server, backend, rotated, endpoint, keys, peer};
  const programs = suite.programs(server, {
    args: ['--endpoint', endpoint.channelUrl, '--param', 'who=us'],
  });
  const check = (title, test, room) => suite.checkEach(programs, title, program =>
    test(program, group, room && roomOf(room, program)));

  await check('reads what pusher-js reads', checkReading, 'reading');
  await check('reads what pusher-js reads on a cache channel', checkReading, 'cache-reading');
  await check('reports what is not encrypted, and goes on', checkUnreadable);
  await check('refuses client events', checkClientEvents);
  await check('refuses an authorization without a key', checkNoKey);
  await check('gets ten events of a new key in order, with one request', checkRotation);
  await check('reads old and new keys while the key changes', checkMixed);
  await check('reports and drops what no key fits', checkHopeless);
  await check('has the new key after a reconnect', checkReconnect);
  await withSecret(suite, group);
}
