// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A proxy cuts what is silent: a client learns to ping before that, and pusher-js does
// the same beside it.

import assert from 'node:assert/strict';
import {setTimeout as delay} from 'node:timers/promises';

import {LOOPBACK} from '../lib/ports.js';
import {ImpatientProxy} from '../lib/proxy.js';
import {apps} from '../lib/apps.js';
import {TestServer} from '../lib/test-server.js';

const CHANNEL = 'interop-idle-cuts';

// Seconds: what the proxy bears, and how long a client has.
const LIMIT = 24;
const DURATION = 110;
const MAX_CONNECTIONS = 2;

// soketi asks for a ping after 30 s of silence
async function soketi(suite) {
  const server = await suite.server();
  const backend = suite.backend(server);
  return {
    name: 'soketi', server, key: apps.main.key,
    publish: event => backend.trigger(CHANNEL, event, {}),
  };
}

// … and this one, like pusher.com, after 120 s.
async function testServer(suite) {
  const server = await suite.use(new TestServer(suite.buildDir));
  await server.call('faults.set_activity_timeout', 120);
  return {
    name: 'PusherTest.Server', server: {host: LOOPBACK, port: await server.get('port')},
    key: await server.get('key'),
    publish: event => server.call('publish', CHANNEL, event, '{}'),
  };
}

// Each has a proxy of its own, which counts its connections.
async function behindProxy(suite, group, name, start) {
  const proxy = await suite.use(new ImpatientProxy(group.server, LIMIT));
  return {name: `${name} at ${group.name}`, group, proxy, client: start(proxy)};
}

async function startGroup(suite, group) {
  const {key} = group;
  const other = await behindProxy(suite, group, 'pusher-js', proxy => suite.peer(proxy, {key}));
  const own = await Promise.all(suite.languages.map(language =>
    behindProxy(suite, group, language, proxy =>
      suite.program(language, proxy, {key, channels: [CHANNEL]}))));
  return {other, own};
}

function checkEach(suite, all, description, test) {
  return Promise.all(all.map(one =>
    suite.check(`${one.name}: ${description}`, () => test(one))));
}

export default async function (suite) {
  const groups = [await soketi(suite), await testServer(suite)];
  const started = await Promise.all(groups.map(group => startGroup(suite, group)));
  const others = started.map(({other}) => other);
  const own = started.flatMap(each => each.own);

  await checkEach(suite, others, 'subscribes', ({client}) => client.subscribe(CHANNEL));
  await checkEach(suite, own, 'subscribes', ({client}) =>
    client.next({type: 'state', state: 'connected'}, {type: 'subscribed', channel: CHANNEL}));

  await delay(DURATION * 1000);

  for (const {name, proxy} of [...others, ...own])
    console.log(`# idle-cuts: ${name}: ${proxy.connections} connections in ${DURATION} s, ` +
      `of which the proxy cut ${proxy.cuts} after ${LIMIT} s of silence`);
  await checkEach(suite, [...others, ...own], 'learns from the first cut', ({proxy}) => {
    assert.ok(proxy.cuts >= 1, 'the proxy has cut nothing');
    assert.ok(proxy.connections <= MAX_CONNECTIONS, `made ${proxy.connections} connections`);
  });

  await checkEach(suite, own, 'hears of what comes then', async ({client, group}) => {
    const name = `at-last-for-${client.language}`;
    await group.publish(name);
    await client.next({type: 'event', via: 'channel', name});
  });
}
