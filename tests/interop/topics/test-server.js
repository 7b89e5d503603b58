// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// PusherTest.Server, proven by the official client and the official server SDK:
// a server that hides the faults of a client would prove nothing.

import assert from 'node:assert/strict';

import {ALLOWED_ORIGINS, checkOrigins} from '../lib/origins.js';
import {LOOPBACK} from '../lib/ports.js';
import {TestServer} from '../lib/test-server.js';

const SECONDS = 1000;
const FLAVOR_REVERB = 1;
const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');

// The data of the next event of that name; with the sender, if it is known.
function next(emitter, name) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`waited in vain for ${name}`)), 10 * SECONDS);
    emitter.bind(name, function handler(...args) {
      clearTimeout(timer);
      emitter.unbind(name, handler);
      resolve(args[1]?.user_id ? args : args[0]);
    });
  });
}

async function subscribed(client, name) {
  const channel = client.subscribe(name);
  const members = await next(channel, 'pusher:subscription_succeeded');
  return {channel, members};
}

export default async function (suite) {
  const PusherJS = suite.require('pusher-js');
  const Pusher = suite.require('pusher');
  const server = await suite.use(new TestServer(suite.buildDir));
  const key = await server.get('key');
  const port = await server.get('port');
  const authEndpoint = await server.get('backend.auth-endpoint');
  const userAuthEndpoint = await server.get('backend.user-auth-endpoint');
  await server.call('set', 'encryption-master-key', MASTER_KEY);

  const sdk = new Pusher({
    appId: await server.get('app-id'), key, secret: await server.get('secret'),
    host: '127.0.0.1', port: String(port), useTLS: false,
    encryptionMasterKeyBase64: MASTER_KEY,
  });

  const clients = [];

  // Who it is, is what the endpoint is told.
  function connect(userId, more = {}, channelParams = undefined) {
    const params = userId ? {user_id: userId, user_info: JSON.stringify({name: userId}), ...more} : {};
    const client = new PusherJS(key, {
      cluster: '', wsHost: '127.0.0.1', wsPort: port, forceTLS: false,
      enabledTransports: ['ws'], disableStats: true,
      channelAuthorization: {endpoint: authEndpoint, params: channelParams ?? params},
      userAuthentication: {endpoint: userAuthEndpoint, params},
    });
    clients.push(client);
    return client;
  }

  async function check(name, run) {
    await suite.check(`pusher-js: ${name}`, async () => {
      try {
        await run();
        assert.equal(await server.get('last-violation'), null);
      } finally {
        clients.splice(0).forEach(client => client.disconnect());
      }
    });
  }

  await check('private', async () => {
    const {channel} = await subscribed(connect(), 'private-a');
    const event = next(channel, 'news');
    await sdk.trigger('private-a', 'news', {n: 1});
    assert.deepEqual(await event, {n: 1});
  });

  await check('forbidden', async () => {
    await server.call('backend.forbid', 'private-forbidden');
    const channel = connect().subscribe('private-forbidden');
    assert.equal((await next(channel, 'pusher:subscription_error')).status, 403);
  });

  await check('wrong signature', async () => {
    await server.call('backend.set_body', JSON.stringify({auth: `${key}:00`}));
    const channel = connect().subscribe('private-a');
    const error = await next(channel, 'pusher:subscription_error');
    await server.call('backend.set_body', null);
    assert.equal(error.status, 401);
    assert.equal(error.type, 'AuthError');
  });

  await check('presence', async () => {
    const al = await subscribed(connect('al'), 'presence-p');
    assert.equal(al.members.count, 1);
    assert.deepEqual(al.members.me, {id: 'al', info: {name: 'al'}});
    const added = next(al.channel, 'pusher:member_added');
    const client = connect('bo');
    const bo = await subscribed(client, 'presence-p');
    assert.deepEqual(Object.keys(bo.members.members), ['al', 'bo']);
    assert.deepEqual(await added, {id: 'bo', info: {name: 'bo'}});
    assert.deepEqual(await server.call('list_members', 'presence-p'), ['al', 'bo']);

    const said = next(al.channel, 'client-hi');
    assert.ok(bo.channel.trigger('client-hi', {t: 1}));
    assert.deepEqual(await said, [{t: 1}, {user_id: 'bo'}]);

    const removed = next(al.channel, 'pusher:member_removed');
    client.unsubscribe('presence-p');
    assert.equal((await removed).id, 'bo');
  });

  await check('client events', async () => {
    const {channel: one} = await subscribed(connect(), 'private-talk');
    const {channel: two} = await subscribed(connect(), 'private-talk');
    const there = next(two, 'client-there');
    const back = next(one, 'client-back');
    one.trigger('client-there', {way: 'there'});
    assert.deepEqual(await there, {way: 'there'});
    two.trigger('client-back', 'text');
    assert.equal(await back, 'text');
  });

  await check('encrypted', async () => {
    const {channel} = await subscribed(connect(), 'private-encrypted-e');
    let event = next(channel, 'sdk');
    await sdk.trigger('private-encrypted-e', 'sdk', {from: 'sdk'});
    assert.deepEqual(await event, {from: 'sdk'});
    event = next(channel, 'own');
    await server.call('publish', 'private-encrypted-e', 'own', '{"from":"server"}');
    assert.deepEqual(await event, {from: 'server'});

    await server.call('set', 'encryption-master-key', Buffer.alloc(32, 9).toString('base64'));
    event = next(channel, 'rotated');
    await server.call('publish', 'private-encrypted-e', 'rotated', '{"key":"new"}');
    assert.deepEqual(await event, {key: 'new'});
    await server.call('set', 'encryption-master-key', MASTER_KEY);
  });

  for (const name of ['cache-c', 'private-cache-c', 'presence-cache-c', 'private-encrypted-cache-c'])
    await check(`cache: ${name}`, async () => {
      const one = connect('al').subscribe(name);
      await next(one, 'pusher:cache_miss');
      const live = next(one, 'e');
      await sdk.trigger(name, 'e', {n: 1});
      assert.deepEqual(await live, {n: 1});
      const two = connect('bo').subscribe(name);
      assert.deepEqual(await next(two, 'e'), {n: 1});
    });

  await check('users', async () => {
    const al = connect('al', {watchlist: '["bo"]'});
    al.signin();
    await al.user.signinDonePromise;
    assert.equal(al.user.user_data.id, 'al');

    const watched = al.user.watchlist;
    const online = next(watched, 'online');
    const bo = connect('bo');
    bo.signin();
    assert.deepEqual((await online).user_ids, ['bo']);
    await bo.user.signinDonePromise;

    await server.until('has_subscriber', '#server-to-user-bo');
    const event = next(bo.user, 'mail');
    await sdk.sendToUser('bo', 'mail', {n: 1});
    assert.deepEqual(await event, {n: 1});
    const own = next(bo.user, 'own');
    assert.equal(await server.call('send_to_user', 'bo', 'own', '"x"'), 1);
    assert.equal(await own, 'x');

    const late = connect('cy', {watchlist: '["bo","di"]'});
    late.signin();
    assert.deepEqual((await next(late.user.watchlist, 'online')).user_ids, ['bo']);

    const offline = next(watched, 'offline');
    const disconnected = next(bo.connection, 'disconnected');
    await sdk.terminateUserConnections('bo');
    assert.deepEqual((await offline).user_ids, ['bo']);
    await disconnected;
  });

  await check('presence of who is signed in', async () => {
    const client = connect('al', {}, {}); // the endpoint gives no channel_data
    client.signin();
    await client.user.signinDonePromise;
    const {members} = await subscribed(client, 'presence-signed-in');
    assert.equal(members.me.id, 'al');
  });

  await check('wrong sign-in', async () => {
    await server.call('backend.set_body',
      JSON.stringify({auth: `${key}:00`, user_data: '{"id":"al"}'}));
    const client = connect('al');
    client.signin();
    const error = await next(client.connection, 'error');
    await server.call('backend.set_body', null);
    assert.equal(error.data.code, 4009);
  });

  await check('counts', async () => {
    await server.call('set', 'subscription-counts', true);
    const one = connect().subscribe('counted');
    await next(one, 'pusher:subscription_count');
    assert.equal(one.subscriptionCount, 1);
    const count = next(one, 'pusher:subscription_count');
    const other = connect();
    other.subscribe('counted');
    assert.equal((await count).subscription_count, 2);
    const fewer = next(one, 'pusher:subscription_count');
    other.disconnect();
    assert.equal((await fewer).subscription_count, 1);
    await server.call('set', 'subscription-counts', false);
  });

  const choosy = await suite.use(new TestServer(suite.buildDir, {flavor: FLAVOR_REVERB}));
  await choosy.call('set_allowed_origins', ALLOWED_ORIGINS);
  await checkOrigins(suite, {host: LOOPBACK, port: await choosy.get('port')},
    {key: await choosy.get('key')});
}
