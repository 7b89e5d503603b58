// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Opening, closing, subscribing and unsubscribing, as often as one likes.

import assert from 'node:assert/strict';

const CHANNELS = ['lifecycle-a', 'lifecycle-b', 'lifecycle-c'];

const connected = {type: 'state', state: 'connected', error: null};

const subscribed = channel => ({type: 'subscribed', channel});

function event(channel, name, via = 'channel') {
  return {type: 'event', via, channel, name};
}

async function checkChannels(program) {
  program.send('channels');
  assert.deepEqual((await program.next({type: 'channels'})).names, CHANNELS);

  program.send(`channel ${CHANNELS[1]}`);
  assert.deepEqual(await program.next({type: 'channel'}), {
    type: 'channel', channel: CHANNELS[1], found: true, known: true, state: 'subscribed',
    kind: 'public',
  });

  program.send('channel never-subscribed');
  assert.equal((await program.next({type: 'channel'})).found, false);
}

async function checkPing(program) {
  program.send('ping');
  const {microseconds} = await program.next({type: 'pong'});
  assert.ok(microseconds > 0 && microseconds < 10_000_000, `a round trip of ${microseconds} µs`);
}

// Handlers for one event, or for all, on one channel, or on the client.
async function checkDetails(program, backend) {
  const name = `detailed-${program.language}`;
  program.send(`watch-channel ${CHANNELS[0]} ${name}`);
  program.send(`watch-client ${name}`);
  program.send('watch-client');
  await program.settle();

  const mark = program.mark();
  await backend.trigger(CHANNELS, name, 'x');
  await backend.trigger(CHANNELS[0], `other-${name}`, 'x');
  const last = event(CHANNELS[0], `other-${name}`, 'client');
  await program.next(last);

  const told = program.since(mark, {type: 'event', name: value => value.endsWith(name)});
  const count = pattern =>
    told.filter(line => Object.keys(pattern).every(key => pattern[key] === line[key])).length;
  for (const channel of CHANNELS) {
    assert.equal(count(event(channel, name)), 1);
    assert.equal(count(event(channel, name, 'client')), 1);
    assert.equal(count(event(channel, name, `client::${name}`)), 1);
  }
  assert.equal(count(event(CHANNELS[0], name, `channel::${name}`)), 1);
  assert.equal(count(event(CHANNELS[0], `other-${name}`)), 1);
  assert.equal(count(last), 1);
  assert.equal(told.length, 12, 'no handler is called for what it did not ask for');
}

async function checkUnsubscribe(program, backend) {
  const [kept, left] = CHANNELS;
  program.send(`unsubscribe ${left}`);
  await program.settle();
  program.send(`channel ${left}`);
  assert.equal((await program.next({type: 'channel'})).found, false);

  const mark = program.mark();
  const name = `unsubscribed-${program.language}`;
  await backend.trigger(left, name, 'x');
  await backend.trigger(kept, name, 'x');
  await program.next(event(kept, name), event(kept, name, 'client'));
  assert.deepEqual(program.since(mark, {type: 'event', channel: left, name}), []);

  program.send(`subscribe-async ${left}`);
  await program.next({type: 'subscribe-finished', channel: left});
  await backend.trigger(left, `again-${name}`, 'x');
  await program.next(event(left, `again-${name}`));
}

async function checkCloseAndOpen(program, backend) {
  const mark = program.mark();
  program.send('close-async');
  await program.next({type: 'state', state: 'disconnected', error: null},
    {type: 'socket-id', socket_id: null}, {type: 'closed'});
  program.send('ping');
  const {error} = await program.next({type: 'call-failed', call: 'ping'});
  assert.equal(error.domain, 'pusher-error-quark');

  program.send('open-async');
  await program.next(connected, {type: 'opened'}, {type: 'socket-id', socket_id: /./},
    ...CHANNELS.map(subscribed));
  assert.deepEqual(program.since(mark, {type: 'state'}).map(({state}) => state),
    ['disconnected', 'connecting', 'connected']);

  const name = `reopened-${program.language}`;
  await backend.trigger(CHANNELS, name, 'x');
  await program.next(...CHANNELS.map(channel => event(channel, name)));
  assert.equal(program.events('channel', mark).filter(line => line.name === name).length, 3);
}

async function checkReconnectNow(program) {
  const ids = program.since(0, {type: 'socket-id', socket_id: /./});
  program.send('reconnect');
  const [{socket_id: id}] = await program.next({type: 'socket-id', socket_id: /./},
    ...CHANNELS.map(subscribed));
  assert.notEqual(id, ids.at(-1).socket_id);
}

async function checkReservedNames(program) {
  for (const command of ['subscribe', 'subscribe-async']) {
    program.send(`${command} #not-mine`);
    const {error} = await program.next({type: 'call-failed', call: command});
    assert.equal(error.domain, 'pusher-error-quark');
    assert.match(error.message, /#not-mine/);
  }
  await program.settle();
}

// What else there may be, the server decides: soketi by the rules of Pusher, Reverb by none.
async function checkOddName(program, suite) {
  const channel = `not#a/channel-${program.language}`;
  program.send(`subscribe-async ${channel}`);
  if (suite.at('reverb')) {
    await program.next({type: 'subscribe-finished', channel});
  } else {
    await program.next({type: 'call-failed', call: 'subscribe-async', error: {
      domain: 'pusher-server-error-quark', code: 4009, message: /not allowed/,
    }});
  }
  program.send(`unsubscribe ${channel}`);
  await program.settle();
}

export default async function (suite) {
  const server = await suite.server();
  const backend = suite.backend(server);
  const programs = suite.programs(server, {channels: CHANNELS});

  await suite.checkEach(programs, 'subscribes to several channels', program =>
    program.next(connected, ...CHANNELS.map(subscribed)));
  await suite.checkEach(programs, 'lists its channels, and gets one by name', checkChannels);
  await suite.checkEach(programs, 'measures a round trip', checkPing);
  await suite.checkEach(programs, 'refuses a name that is reserved', checkReservedNames);
  await suite.checkEach(programs, 'leaves an odd name to the server', program =>
    checkOddName(program, suite));
  await suite.checkEach(programs, 'hears of events by name, by channel and all together',
    program => checkDetails(program, backend));
  await suite.checkEach(programs, 'hears nothing of a channel that it left, until it is back',
    program => checkUnsubscribe(program, backend));
  await suite.checkEach(programs, 'closes and opens again, with all its channels',
    program => checkCloseAndOpen(program, backend));
  await suite.checkEach(programs, 'makes a new connection when it is told to', checkReconnectNow);

  await suite.check('the server knows of no channel once all have left', async () => {
    for (const program of programs) {
      for (const channel of CHANNELS)
        program.send(`unsubscribe ${channel}`);
      await program.settle();
    }
    assert.deepEqual(await backend.occupiedChannels(), []);
  });
}
