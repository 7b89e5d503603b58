// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Reverb's errors name no channel, and the connection stays: whatever they are
// about fails, or is given up after its time, and nothing else does.

import assert from 'node:assert/strict';

import {apps} from '../lib/apps.js';
import {DEADLINE} from '../lib/wait.js';

// The client's time limit for what it has sent, and then some.
const TIME_LIMIT = 30_000 + DEADLINE;

const unauthorized = {domain: 'pusher-server-error-quark', code: 4009, message: /unauthorized/};
const invalid = {domain: 'pusher-server-error-quark', code: 4200, message: /Invalid message/};
const subscribed = channel => ({type: 'subscribed', channel});

function assertConnectedOnce(program) {
  assert.deepEqual(program.since(0, {type: 'state'}).map(({state}) => state),
    ['connecting', 'connected']);
}

async function checkAmongOthers(program, {endpoint, backend}) {
  const bad = `private-bad-${program.language}`;
  const good = ['private-good', 'presence-good', 'good']
    .map(name => `${name}-${program.language}`);
  endpoint.plan({channel: bad}, body => body.auth = `${apps.main.key}:${'0'.repeat(64)}`);
  for (const channel of [bad, ...good])
    program.send(`subscribe ${channel}`);
  await program.nextWithin(TIME_LIMIT, ...good.map(subscribed),
    {type: 'subscription-error', channel: bad});
  assert.ok(program.since(0, {type: 'error', error: unauthorized}).length > 0 ||
    program.since(0, {type: 'subscription-error', channel: bad, error: unauthorized}).length > 0,
    'what the server said is told');

  for (const channel of good) {
    assert.deepEqual(program.since(0, {type: 'subscription-error', channel}), []);
    const name = `still-there-${channel}`;
    await backend.trigger(channel, name, {});
    await program.next({type: 'event', via: 'channel', channel, name});
  }
  assertConnectedOnce(program);
}

// For Reverb, all that begins with “private” or “presence” is that.
async function checkNoDash(program, {backend}) {
  const names = ['privatebeta', 'presencelist'].map(name => `${name}-${program.language}`);
  const good = `after-${program.language}`;
  const mark = program.mark();
  for (const channel of [...names, good])
    program.send(`subscribe ${channel}`);
  await program.nextWithin(TIME_LIMIT, subscribed(good), ...names.map(channel =>
    ({type: 'subscription-error', channel})));
  assert.deepEqual(program.since(mark, {type: 'subscribed'}).map(({channel}) => channel), [good]);
  await backend.trigger(good, 'still-there', {});
  await program.next({type: 'event', via: 'channel', channel: good, name: 'still-there'});
  for (const channel of names)
    program.send(`unsubscribe ${channel}`);
  assertConnectedOnce(program);
}

// Reverb counts such a member and then fails to describe it: the one who asks is
// told no more than that, but gets the events.
async function checkNoInfo(program, {endpoint}) {
  const channel = `presence-no-info-${program.language}`;
  const good = `private-after-${program.language}`;
  endpoint.plan({channel}, body => Object.assign(body,
    endpoint.sdk.authorizeChannel(program.lines.findLast(({socket_id: id}) => id).socket_id,
      channel, {user_id: program.language})));
  const mark = program.mark();
  program.send(`subscribe ${channel}`);
  program.send(`subscribe ${good}`);
  await program.nextWithin(TIME_LIMIT, subscribed(good), {type: 'subscription-error', channel});
  assert.ok(program.since(mark, {type: /error$/, error: invalid}).length > 0);
  assert.deepEqual(program.since(mark, {type: 'subscription-error', channel: good}), []);
  program.send(`unsubscribe ${channel}`);
  assertConnectedOnce(program);
}

async function checkSignIn(program) {
  program.send('sign-in-async');
  const {error} = await program.nextWithin(TIME_LIMIT,
    {type: 'call-failed', call: 'sign-in-async'});
  assert.ok(error.message.length > 0);
  await program.settle();
  assertConnectedOnce(program);
}

async function checkScalars(program, {backend}) {
  const channel = `private-good-${program.language}`;
  for (const data of ['12.5', '"text"', 'true']) {
    program.send(`trigger ${channel} client-scalar ${data}`);
    await program.next({type: 'error', error: invalid});
  }
  await backend.trigger(channel, 'all-the-same', {});
  await program.next({type: 'event', via: 'channel', channel, name: 'all-the-same'});
  assert.deepEqual(program.since(0, {type: 'channel-error', channel}), []);
  assertConnectedOnce(program);
}

export default async function (suite) {
  const server = await suite.server();
  const endpoint = await suite.endpoint(server);
  const group = {endpoint, backend: suite.backend(server)};
  const settings = who => ({
    args: ['--endpoint', endpoint.channelUrl, '--user-endpoint', endpoint.userUrl,
      '--param', `who=${who}`],
  });

  // Each has a program of its own, so that they wait all at once.
  const start = () => suite.languages.map(language =>
    suite.program(language, server, settings(language)));
  const check = async (title, test, {then: [nextTitle, nextTest] = []} = {}) => {
    const programs = start();
    await suite.checkEach(programs, title, async program => {
      await program.next({type: 'socket-id', socket_id: /^\d+\.\d+$/});
      await test(program, group);
    });
    if (nextTest)
      await suite.checkEach(programs, nextTitle, program => nextTest(program, group));
  };
  await Promise.all([
    check('a wrong signature fails one channel, and leaves the others alone', checkAmongOthers,
      {then: ['is told 4200 for client events that are neither object nor array', checkScalars]}),
    check('a name that is private without a dash fails alone', checkNoDash),
    check('a member without info fails alone, with 4200', checkNoInfo),
    check('a sign-in ends', checkSignIn),
  ]);
}
