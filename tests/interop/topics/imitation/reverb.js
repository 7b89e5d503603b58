// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What Reverb answers: see ../imitation.js.

import assert from 'node:assert/strict';

const error = (code, message) => ({event: 'pusher:error', data: {text: {code, message}}});
const unauthorized = error(4009, 'Connection is unauthorized');
const invalid = error(4200, 'Invalid message format');
const rateLimit = error(4301, 'Rate limit exceeded');
const quota = error(4004, 'Application is over connection quota');
const origin = error(4009, 'Origin not allowed');
const succeeded = (channel, data = {}) =>
  ({event: 'pusher_internal:subscription_succeeded', channel, data: {text: data}});
const miss = channel => ({event: 'pusher:cache_miss', channel});
const whisper = (channel, data, more) => ({event: 'client-hi', channel, data, ...more});
const removed = (channel, id) =>
  ({event: 'pusher_internal:member_removed', channel, data: {text: {user_id: id}}});
const added = (channel, id, info) => ({
  event: 'pusher_internal:member_added', channel, data: {text: {user_id: id, user_info: info}},
});
const presence = (channel, ids, hash) =>
  succeeded(channel, {presence: {count: ids.length, ids, hash}});

async function unknownApp(stage) {
  const client = await stage.connect({key: 'no-such-key'});
  assert.deepEqual(await client.take(), error(4001, 'Application does not exist'));
  assert.deepEqual(await client.ended(), {}, 'there is no close frame');
}

async function refusals(stage) {
  const client = await stage.join();
  for (const channel of ['private-a', 'privatebeta', 'presence-a', 'presencelist',
    'private-cache-a', 'presence-cache-a', 'private-encrypted-a']) {
    client.subscribe(channel);
    assert.deepEqual(await client.take(), unauthorized, channel);
    client.subscribe(channel, {auth: `${client.key}:00`});
    assert.deepEqual(await client.take(), unauthorized, channel);
  }
  client.subscribeSigned('privatebeta');
  assert.deepEqual(await client.take(), succeeded('privatebeta'));
}

async function nonsense(stage) {
  const client = await stage.join();
  for (const text of ['nonsense', '[]', '12.5', '{}', '{"event":""}', '{"event":7}',
    '{"event":"pusher:subscribe"}', '{"event":"pusher:subscribe","data":{}}',
    '{"event":"pusher:unsubscribe","data":{}}', '{"event":"pusher:other"}',
    '{"event":"client-hi"}', '{"event":"client-hi","channel":""}',
    '{"event":"pusher:subscribe","data":{"channel":"presence-p","channel_data":"{"}}',
    '{"event":"pusher:signin","data":{"auth":"a:b","user_data":"{}"}}']) {
    client.send(text);
    assert.deepEqual(await client.take(), invalid, text);
  }
  client.send({event: 'other', channel: 'a'});
  client.unsubscribe('a');
  client.send({event: 'pusher:pong'});
  client.send({event: 'pusher:ping'});
  assert.deepEqual(await client.takeAll(1), [{event: 'pusher:pong'}]);
}

async function names(stage) {
  const client = await stage.join();
  for (const channel of ['a b/c:d é', '', 'x'.repeat(1000), '#server-to-user-1']) {
    client.subscribe(channel);
    const {event, data} = await client.take();
    assert.deepEqual({event, data}, {event: succeeded('').event, data: {text: {}}}, channel);
  }
  client.subscribe('twice');
  client.subscribe('twice');
  assert.deepEqual(await client.takeAll(2), [succeeded('twice'), succeeded('twice')]);
}

async function whispers(stage) {
  const [one, two] = [await stage.join(), await stage.join()];
  // A server that never had a channel says 4200 to what follows.
  two.subscribe('other');
  await two.take();
  one.trigger('client-hi', 'open', {});
  assert.deepEqual(await one.take(),
    error(4009, 'The client is not a member of the specified channel.'));
  for (const client of [one, two]) {
    client.subscribe('open');
    await client.take();
  }
  const forms = [
    [{t: 1}, {t: 1}],
    [[], []],
    [undefined, null],
    [null, null],
    ['{"t":1}', {t: 1}],
    [{a: {}, b: {0: 1, 1: 2}, c: {1: 2}}, {a: [], b: [1, 2], c: {1: 2}}],
  ];
  for (const [said, heard] of forms) {
    one.trigger('client-hi', 'open', said);
    assert.deepEqual(await two.take(), whisper('open', heard));
  }
  for (const data of [12.5, 'x', true]) {
    one.trigger('client-hi', 'open', data);
    assert.deepEqual(await one.take(), invalid);
  }
  assert.deepEqual([await one.settle(), await two.settle()], [[], []]);
}

async function noWhispers(stage) {
  const client = await stage.join();
  client.subscribe('open');
  await client.take();
  client.trigger('client-hi', 'open', {});
  assert.deepEqual(await client.take(),
    error(4301, 'The app does not have client messaging enabled.'));
}

async function numbers(stage) {
  const channel = 'presence-numbers';
  const [zero, one] = [await stage.join(), await stage.join()];
  zero.subscribeSigned(channel, {user_id: 0, user_info: {name: 'Al'}});
  assert.deepEqual(await zero.take(), presence(channel, [0], [{name: 'Al'}]));
  one.subscribeSigned(channel, {user_id: 1, user_info: {}});
  assert.deepEqual(await one.take(), presence(channel, [0, 1], [{name: 'Al'}, []]));
  assert.deepEqual(await zero.take(), added(channel, 1, []));

  zero.trigger('client-hi', channel, {});
  assert.deepEqual(await one.take(), whisper(channel, []), 'from nobody');
  one.trigger('client-hi', channel, {});
  assert.deepEqual(await zero.take(), whisper(channel, [], {user_id: 1}));

  zero.unsubscribe(channel);
  assert.deepEqual([await zero.settle(), await one.settle()], [[], []], 'nobody leaves');
  zero.subscribeSigned(channel, {user_id: '5', user_info: null});
  assert.deepEqual(await zero.take(), presence(channel, [1, '5'], {1: [], 5: null}));
  one.unsubscribe(channel);
  assert.deepEqual(await zero.takeAll(1), [removed(channel, 1)]);
}

async function noInfo(stage) {
  const channel = 'presence-no-info';
  const [one, two] = [await stage.join(), await stage.join()];
  one.subscribeSigned(channel, {user_id: 'u1'});
  assert.deepEqual(await one.take(), invalid);
  two.subscribeSigned(channel, {user_id: 'u2', user_info: {n: 1}});
  assert.deepEqual(await two.take(), invalid);
  assert.deepEqual(await one.take(), added(channel, 'u2', {n: 1}));
  await stage.publish(channel, 'news', {n: 1});
  for (const client of [one, two])
    assert.deepEqual(await client.take(), {event: 'news', channel, data: {text: {n: 1}}});
}

async function sameUser(stage) {
  const channel = 'presence-twice';
  const al = {user_id: 'al', user_info: {n: 1}};
  const [one, two, other] = [await stage.join(), await stage.join(), await stage.join()];
  other.subscribeSigned(channel, {user_id: 'other', user_info: 1});
  await other.take();
  for (const client of [one, two]) {
    client.subscribeSigned(channel, al);
    assert.deepEqual(await client.take(),
      presence(channel, ['other', 'al'], {other: 1, al: {n: 1}}));
  }
  one.unsubscribe(channel);
  await one.settle();
  two.unsubscribe(channel);
  await two.settle();
  assert.deepEqual(await other.settle(), [added(channel, 'al', {n: 1}), removed(channel, 'al')]);
}

async function cache(stage) {
  const channel = 'cached';
  const news = {event: 'news', channel, data: {text: {n: 1}}};
  const [one, two] = [await stage.join(), await stage.join()];
  one.subscribe(channel);
  assert.deepEqual(await one.takeAll(2), [succeeded(channel), miss(channel)]);
  await stage.publish(channel, 'news', {n: 1});
  assert.deepEqual(await one.take(), news);
  two.subscribe(channel);
  assert.deepEqual(await two.takeAll(2), [succeeded(channel), news]);
  two.trigger('client-hi', channel, {n: 2});
  assert.deepEqual(await one.take(), whisper(channel, {n: 2}));
  two.unsubscribe(channel);
  two.subscribe(channel);
  assert.deepEqual(await two.takeAll(2), [succeeded(channel), whisper(channel, {n: 2})],
    'a client event counts too');

  for (const client of [one, two]) {
    client.unsubscribe(channel);
    await client.settle();
  }
  one.subscribe(channel);
  assert.deepEqual(await one.takeAll(2), [succeeded(channel), miss(channel)], 'it is forgotten');
  one.subscribeSigned('private-encrypted-cache-a');
  assert.deepEqual(await one.settle(), [succeeded('private-encrypted-cache-a')]);
}

async function cachedLeaver(stage) {
  const channel = 'presence-cache-a';
  const members = [['1', {n: 1}], ['2', {n: 2}]].map(([id, info]) =>
    ({user_id: id, user_info: info}));
  const [one, two] = [await stage.join(), await stage.join()];
  one.subscribeSigned(channel, members[0]);
  assert.deepEqual(await one.takeAll(2),
    [presence(channel, ['1'], {1: {n: 1}}), miss(channel)]);
  two.subscribeSigned(channel, members[1]);
  assert.deepEqual(await two.takeAll(2),
    [presence(channel, ['1', '2'], {1: {n: 1}, 2: {n: 2}}), miss(channel)]);
  two.unsubscribe(channel);
  two.subscribeSigned(channel, members[1]);
  assert.deepEqual(await two.takeAll(2),
    [presence(channel, ['1', '2'], {1: {n: 1}, 2: {n: 2}}), removed(channel, '2')],
    'who left last');
}

async function rate(stage) {
  const [client, other] = [await stage.join(), await stage.join()];
  for (const channel of ['a', 'b', 'c', 'd'])
    client.subscribe(channel);
  client.send({event: 'pusher:ping'});
  assert.deepEqual(await client.takeAll(5),
    [succeeded('a'), succeeded('b'), succeeded('c'), rateLimit, rateLimit]);
  assert.deepEqual(await other.settle(), []);
}

async function rateEnds(stage) {
  const [client, other] = [await stage.join(), await stage.join()];
  for (const channel of ['a', 'b', 'c', 'd', 'e'])
    client.subscribe(channel);
  assert.deepEqual(await client.ended(), {}, 'there is no close frame');
  assert.deepEqual(client.messages, ['a', 'b', 'c'].map(channel => succeeded(channel)));
  assert.deepEqual(await other.settle(), []);
}

async function messageSize(stage) {
  const client = await stage.join();
  const ping = '{"event":"pusher:ping"}';
  client.send(ping.padEnd(100));
  assert.deepEqual(await client.take(), {event: 'pusher:pong'});
  client.send(ping.padEnd(101));
  assert.deepEqual(await client.ended(), {code: 1009, reason: 'Maximum message size exceeded'});
}

async function origins(stage) {
  for (const from of [undefined, 'https://example.org', 'nonsense']) {
    const client = await stage.connect({origin: from});
    assert.deepEqual(await client.take(), origin, from);
    client.subscribe('open');
    assert.deepEqual(await client.take(), succeeded('open'), 'it is not sent away');
  }
  for (const from of ['https://app.example.org', 'http://a.b.example.net:8080'])
    await stage.join({origin: from});
}

async function connections(stage) {
  const idle = await stage.join();
  const busy = await stage.join();
  busy.subscribe('open');
  await busy.take();
  const late = await stage.connect();
  assert.deepEqual(await late.take(), quota);
  assert.deepEqual([await late.settle(), await idle.settle()], [[], []]);
}

async function stops(stage) {
  const client = await stage.join();
  client.subscribe('open');
  await client.take();
  await stage.server.stop();
  assert.deepEqual(await client.ended(), {}, 'there is no close frame');
  assert.deepEqual(client.messages, []);
}

export default [
  {title: 'an app that it does not know', run: unknownApp},
  {title: 'subscriptions without authorization', run: refusals},
  {title: 'messages that make no sense, and sign-in', run: nonsense},
  {title: 'names of channels', run: names},
  {title: 'client events', run: whispers},
  {title: 'client events where there are none', limits: {noClientEvents: true}, run: noWhispers},
  {title: 'members whose ids are 0 and 1', run: numbers},
  {title: 'a member without info', run: noInfo},
  {title: 'a user with two connections', run: sameUser},
  {title: 'cache channels', run: cache},
  {title: 'presence cache channels', run: cachedLeaver},
  {title: 'more messages than allowed', limits: {rate: {count: 3, seconds: 60, terminate: false}},
    run: rate},
  {title: 'more messages than allowed, once',
    limits: {rate: {count: 3, seconds: 60, terminate: true}}, run: rateEnds},
  {title: 'a message that is too large', limits: {messageSize: 100}, run: messageSize},
  {title: 'origins', limits: {origins: ['app.example.org', '*.example.net']}, run: origins},
  {title: 'more connections than allowed', limits: {connections: 1}, run: connections},
  {title: 'the end of the server', run: stops},
];
