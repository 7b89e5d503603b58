// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// doc/coming-from-pusher-js.md: what it shows of pusher-js runs, at
// PusherTest.Server, and pusher-js has no names that the page does not have.

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import {TestServer} from '../lib/test-server.js';
import {poll} from '../lib/wait.js';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const page = path.join(root, 'doc', 'coming-from-pusher-js.md');
const parity = path.join(root, 'tests', 'parity');
const SNIPPET = /^#+ (.*)$|^<!-- snippet: pusher-js -->\n```js\n([^]*?)^```$/gm;
const AsyncFunction = (async () => {}).constructor;

// What the page calls https://example.org and ws.example.org is the server.
async function redirect(PusherJS, nacl, server) {
  const key = await server.get('key');
  const port = await server.get('port');
  const channelEndpoint = await server.get('backend.auth-endpoint');
  const userEndpoint = await server.get('backend.user-auth-endpoint');
  const instances = [];

  class Redirected extends PusherJS {
    constructor(_key, {channelAuthorization, userAuthentication, ...options}) {
      super(key, {
        ...options, nacl, wsHost: '127.0.0.1', wsPort: port, forceTLS: false,
        enabledTransports: ['ws'],
        channelAuthorization: {transport: 'ajax', ...channelAuthorization,
          endpoint: channelEndpoint},
        userAuthentication: {transport: 'ajax', ...userAuthentication, endpoint: userEndpoint},
      });
      instances.push(this);
    }
  }

  return {Redirected, instances};
}

// Until an event has arrived at every channel, and the user is signed in who is to.
async function checkInstance(pusher, server) {
  if (pusher.connection.state === 'disconnected')
    return;
  await poll(() => pusher.connection.state === 'connected', () => 'it did not connect');
  for (const channel of pusher.allChannels()) {
    const heard = [];
    channel.bind('price-changed', data => heard.push(data));
    await poll(() => channel.subscribed, () => `${channel.name} was not subscribed`);
    await server.call('publish', channel.name, 'price-changed', '{"price":12.5}');
    await poll(() => heard.length > 0, () => `${channel.name} heard nothing`);
    assert.deepEqual(heard, [{price: 12.5}]);
  }
  if (pusher.user.signin_requested)
    await poll(() => pusher.user.user_data !== null, () => 'nobody was signed in');
}

async function checkSnippet(text, {Redirected, instances}, server) {
  const pusher = new Redirected('app-key', {cluster: ''});
  const channel = pusher.subscribe('prices');
  const quiet = {log() {}};
  const snippet = new AsyncFunction('Pusher', 'pusher', 'channel', 'console', `{${text}}`);

  try {
    await snippet(Redirected, pusher, channel, quiet);
    for (const instance of instances)
      await checkInstance(instance, server);
    assert.equal(await server.get('last-violation'), null);
  } finally {
    instances.splice(0).forEach(instance => instance.disconnect());
  }
}

// --- What the page says that pusher-js does ---

const ERROR = '{"event":"pusher:error","data":{"code":4302,"message":"x"}}';
const LAST = '{"event":"last","data":{}}';

async function checkWhoIsGivenWhat({Redirected}, server) {
  const pusher = new Redirected('app-key', {cluster: ''});
  const given = new Set();
  const messages = new Set();
  pusher.bind_global(name => given.add(name));
  pusher.connection.bind('message', ({event}) => messages.add(event));
  const room = pusher.subscribe('presence-room');
  await poll(() => room.subscribed, () => 'it was not subscribed');
  for (const text of ['{"event":"pusher:ping"}', '{"event":"pusher:pong"}', ERROR, LAST])
    await server.call('faults.send_text', null, text);
  await poll(() => given.has('last'), () => 'it heard nothing');

  const both = ['pusher:ping', 'pusher:pong', 'pusher:error', 'last'];
  assert.deepEqual([...given], both);
  assert.deepEqual([...messages], ['pusher_internal:subscription_succeeded', ...both]);
}

async function checkClose(code, {Redirected}, server) {
  const pusher = new Redirected('app-key', {cluster: ''});
  await poll(() => pusher.connection.state === 'connected', () => 'it did not connect');
  const states = [];
  pusher.connection.bind('state_change', ({current}) => states.push(current));
  await server.call('faults.close_connections', code, 'because');
  await poll(() => states.length > 0, () => 'it took no notice');
  return {state: states[0], tls: pusher.connection.usingTLS};
}

async function checkCloses(redirected, server) {
  const refused = {state: 'disconnected', tls: false};
  const again = {state: 'connecting', tls: false};
  const reactions = {
    1000: again, 3999: again, 4000: {state: 'connecting', tls: true}, 4001: refused, 4099: refused,
    4100: again, 4199: again, 4200: again, 4299: again, 4300: refused, 4999: refused,
  };
  for (const [code, expected] of Object.entries(reactions)) {
    assert.deepEqual(await checkClose(Number(code), redirected, server), expected, code);
    redirected.instances.splice(0).forEach(instance => instance.disconnect());
  }
}

async function checkConnectWhileWaiting({Redirected}, server) {
  const pusher = new Redirected('app-key', {cluster: ''});
  await poll(() => pusher.connection.state === 'connected', () => 'it did not connect');
  const told = [];
  pusher.connection.bind('connecting_in', seconds => told.push(seconds));
  await server.call('faults.cut_connections');
  await poll(() => told.length > 0, () => 'it did not wait');
  pusher.connect();
  assert.equal(pusher.connection.state, 'connecting');
}

export default async function (suite) {
  const server = await suite.use(new TestServer(suite.buildDir));
  const redirected = await redirect(suite.require('pusher-js'), suite.require('tweetnacl'), server);
  await server.call('backend.set_user', '1', '{"name":"Al"}');

  let heading = null;
  let count = 0;
  for (const [, newHeading, text] of fs.readFileSync(page, 'utf8').matchAll(SNIPPET)) {
    heading = newHeading ?? heading;
    if (text === undefined)
      continue;
    count++;
    await suite.check(`pusher-js: ${heading}`, () => checkSnippet(text, redirected, server));
  }
  await suite.check('there are snippets', () => assert.ok(count >= 10, `${count}`));

  const checks = {
    'who is given what': checkWhoIsGivenWhat,
    'which codes refuse': checkCloses,
    'connect() while waiting': checkConnectWhileWaiting,
  };
  for (const [name, check] of Object.entries(checks)) {
    await suite.check(`pusher-js: ${name}`, async () => {
      try {
        await check(redirected, server);
      } finally {
        redirected.instances.splice(0).forEach(instance => instance.disconnect());
      }
    });
  }

  await suite.check('all names of pusher-js are on the page', () => {
    const files = [page, ...['cases', 'names-of-pusher-js'].map(name => path.join(parity, name))];
    const packageDir = path.dirname(suite.resolve('pusher-js/package.json'));
    const {status, stdout, stderr} = spawnSync('/usr/bin/python3', [
      '-B', path.join(parity, 'check-parity.py'), ...files, path.join(root, 'tests'), packageDir,
    ], {encoding: 'utf8'});
    assert.equal(status, 0, stdout + stderr);
  });
}
