// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What soketi answers: see ../imitation.js.

import assert from 'node:assert/strict';

const succeeded = channel => ({event: 'pusher_internal:subscription_succeeded', channel});
const error = (code, message, channel) =>
  ({event: 'pusher:error', ...(channel && {channel}), data: {code, message}});
const unauthorized = channel => ({
  event: 'pusher:subscription_error', channel,
  data: {type: 'AuthError', error: 'The connection is unauthorized.', status: 401},
});

async function unknownApp(stage) {
  const client = await stage.connect({key: 'no-such-key'});
  assert.deepEqual(await client.take(), error(4001, 'App key no-such-key does not exist.'));
  assert.equal((await client.ended()).code, 4001);
}

async function refusals(stage) {
  const client = await stage.join();
  for (const channel of ['private-a', 'private-cache-a', 'private-encrypted-a']) {
    client.subscribe(channel);
    assert.deepEqual(await client.take(), unauthorized(channel));
    client.subscribe(channel, {auth: `${client.key}:00`});
    assert.deepEqual(await client.take(), unauthorized(channel));
  }
  client.subscribe('privatebeta');
  assert.deepEqual(await client.take(), succeeded('privatebeta'));
}

async function noAnswer(stage) {
  const client = await stage.join();
  client.send('nonsense');
  client.send({event: 'pusher:other'});
  client.send({event: 'other', channel: 'a'});
  client.unsubscribe('a');
  client.trigger('client-hi', 'a', {});
  client.send({event: 'pusher:signin', data: {auth: 'a:b', user_data: '{}'}});
  assert.deepEqual(await client.settle(), []);
  client.subscribe('a');
  client.subscribe('a');
  assert.deepEqual(await client.takeAll(2), [succeeded('a'), succeeded('a')]);
}

async function whispers(stage) {
  const [one, two] = [await stage.join(), await stage.join()];
  for (const client of [one, two]) {
    client.subscribe('open');
    await client.take();
  }
  for (const data of [{t: 1}, {}, [], 12.5, true, {a: {}, b: {0: 1}}]) {
    one.trigger('client-hi', 'open', data);
    assert.deepEqual(await two.take(), {event: 'client-hi', channel: 'open', data});
  }
  assert.deepEqual([await one.settle(), await two.settle()], [[], []]);
}

async function noWhispers(stage) {
  const client = await stage.join();
  client.subscribe('open');
  await client.take();
  client.trigger('client-hi', 'open', {});
  assert.deepEqual(await client.take(),
    error(4301, 'The app does not have client messaging enabled.', 'open'));
}

async function members(stage) {
  const channel = 'presence-a';
  const [one, two] = [await stage.join(), await stage.join()];
  one.subscribeSigned(channel, {user_id: 0, user_info: {}});
  assert.deepEqual(await one.take(), {
    ...succeeded(channel), data: {text: {presence: {ids: [0], hash: {0: {}}, count: 1}}},
  });
  two.subscribeSigned(channel, {user_id: 'b', user_info: {n: 1}});
  assert.deepEqual(await two.take(), {
    ...succeeded(channel),
    data: {text: {presence: {ids: [0, 'b'], hash: {0: {}, b: {n: 1}}, count: 2}}},
  });
  assert.deepEqual(await one.take(), {
    event: 'pusher_internal:member_added', channel,
    data: {text: {user_id: 'b', user_info: {n: 1}}},
  });
  two.unsubscribe(channel);
  assert.deepEqual(await one.take(), {
    event: 'pusher_internal:member_removed', channel, data: {text: {user_id: 'b'}},
  });
}

async function cache(stage) {
  const channel = 'cache-a';
  const client = await stage.join();
  client.subscribe(channel);
  assert.deepEqual(await client.takeAll(2),
    [succeeded(channel), {event: 'pusher:cache_miss', channel}]);
  await stage.publish(channel, 'news', {n: 1});
  const news = {event: 'news', channel, data: {text: {n: 1}}};
  assert.deepEqual(await client.take(), news);
  client.unsubscribe(channel);
  await client.settle();
  client.subscribe(channel);
  assert.deepEqual(await client.takeAll(2), [succeeded(channel), news], 'it is kept');
}

async function stops(stage) {
  const client = await stage.join();
  await stage.server.stop();
  assert.deepEqual(await client.take(), error(4200, 'Server closed. Please reconnect shortly.'));
  assert.equal((await client.ended()).code, 4200);
}

export default [
  {title: 'an app that it does not know', run: unknownApp},
  {title: 'subscriptions without authorization', run: refusals},
  {title: 'what gets no answer', run: noAnswer},
  {title: 'client events', run: whispers},
  {title: 'client events where there are none', limits: {noClientEvents: true}, run: noWhispers},
  {title: 'members', run: members},
  {title: 'cache channels', run: cache},
  {title: 'the end of the server', run: stops},
];
