// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// doc/coming-from-laravel-echo.md: what it shows of Laravel Echo runs, at
// PusherTest.Server, in the scenes in which tests/snippets runs the rest of the page.
// What Echo asks an application's server, and whom that leaves out, is the same for
// the library.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

import {redirectEcho, isSubscribed} from '../lib/echo.js';
import {AuthEndpoint} from '../lib/endpoint.js';
import {TestServer} from '../lib/test-server.js';
import {poll} from '../lib/wait.js';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const NAME = 'coming-from-laravel-echo';
const page = path.join(root, 'doc', `${NAME}.md`);
const scenesFile = path.join(root, 'tests', 'snippets', `${NAME}.json`);
const SNIPPET = /^<!-- snippet: laravel-echo (\w+) -->\n```js\n([^]*?)^```$/gm;
const REVERB = {broadcaster: 'reverb', key: 'app-key', wsHost: 'ws.example.org'};
const ORDERS = 'orders.1';
const ORDER_SHIPPED = 'App\\Events\\OrderShipped';
const AsyncFunction = (async () => {}).constructor;

// --- The names ---

const readCode = cell => [...cell.matchAll(/`(.*?)`/g)].map(([, code]) => code);

// [call of Echo, name of a channel or an event], as the page has them
function* readNames(text) {
  for (const [, calls, names] of text.matchAll(/^\| (`.*?`) \| (`.*?`) \| .* \|$/gm)) {
    for (const [i, call] of readCode(calls).entries()) {
      if (/^(Echo)?\./.test(call))
        yield [call, readCode(names)[i]];
    }
  }
}

function checkNames(text, echo) {
  const names = [...readNames(text)];
  const channel = echo.join('chat.1');
  let bound;
  channel.on = name => {
    bound = name;
    return channel;
  };

  assert.ok(names.length >= 14, `There are ${names.length} names`);
  for (const [call, name] of names) {
    if (call.startsWith('Echo')) {
      assert.equal(new Function('Echo', `return ${call}`)(echo).name, name, call);
      continue;
    }
    bound = undefined;
    new Function('channel', `channel${call}`)(channel);
    assert.equal(bound, name, call);
  }
}

// --- The scenes ---

async function play(steps, server) {
  for (const [how, channel, event, data] of steps) {
    const text = JSON.stringify(data);
    if (how === 'publish')
      await server.call('publish', channel, event, text);
    else
      await server.call('faults.send_text', null, JSON.stringify({event, channel, data: text}));
  }
}

// What comes after all the others, on each channel.
async function reachesAll({connector: {pusher}}, server) {
  const heard = new Set();
  for (const {name} of pusher.allChannels()) {
    pusher.channel(name).bind('last', () => heard.add(name));
    await server.call('publish', name, 'last', '{}');
  }
  await poll(() => pusher.allChannels().every(({name}) => heard.has(name)),
    () => `only ${[...heard].join(', ')} heard the last event`);
}

async function checkScene(text, {steps, receives, prints}, Echo, server) {
  const printed = [];
  const window = {};
  const given = text.includes('new Echo(') ? Echo : new Echo(REVERB);
  const snippet = new AsyncFunction('window', 'Echo', 'console', text);

  await server.call('forget');
  await snippet(window, given, {log: line => printed.push(line)});
  const echo = window.Echo ?? given;
  echo.channel('prices');
  await isSubscribed(echo);
  await play(steps, server);
  await reachesAll(echo, server);
  for (const event of receives)
    await poll(async () => (await server.call('received')).includes(event), () => `no ${event} came`);

  assert.deepEqual(printed, prints);
  assert.equal(await server.get('last-violation'), null);
}

// --- Side by side ---

// What both send to /broadcasting/auth
async function checkEndpoint(suite, Echo, server, sdk) {
  const endpoint = await suite.use(new AuthEndpoint(sdk));
  const echo = new Echo({
    ...REVERB, endpoint: endpoint.channelUrl, bearerToken: '1|al-token', csrfToken: 'of-the-page',
  });
  echo.private(ORDERS);
  const address = {host: '127.0.0.1', port: await server.get('port')};
  const key = await server.get('key');
  const programs = suite.programs(address, language => ({
    key,
    args: ['--endpoint', endpoint.channelUrl, '--header', 'Authorization=Bearer 1|al-token',
      '--header', 'X-CSRF-TOKEN=of-the-page', '--header', `X-Language=${language}`],
    channels: [`private-${ORDERS}`],
  }));

  const pick = ({method, form, headers}) => ({
    method, fields: Object.keys(form), channel: form.channel_name,
    type: headers['content-type'], authorization: headers.authorization,
    csrf: headers['x-csrf-token'],
  });
  const expected = {
    method: 'POST', fields: ['socket_id', 'channel_name'], channel: `private-${ORDERS}`,
    type: 'application/x-www-form-urlencoded', authorization: 'Bearer 1|al-token',
    csrf: 'of-the-page',
  };
  await suite.check('Echo: asks the endpoint', async () => {
    await isSubscribed(echo);
    const request = endpoint.requests.find(({headers}) => headers['x-language'] === undefined);
    assert.deepEqual(pick(request), expected);
  });
  await suite.checkEach(programs, 'asks the endpoint as Echo does, and wants JSON',
    async program => {
      await program.next({type: 'subscribed'});
      const request = endpoint.requests.find(
        ({headers}) => headers['x-language'] === program.language);
      assert.deepEqual(pick(request), expected);
      assert.equal(request.headers.accept, 'application/json');
    });
  await suite.retire(programs);
}

// toOthers() of Laravel has the SDK leave out a socket id. The order of a channel's
// events is one for all.
async function checkOthers(suite, Echo, server, sdk) {
  const echo = new Echo(REVERB);
  const heard = [];
  echo.channel(ORDERS).listen('OrderShipped', ({by}) => heard.push(by));
  await isSubscribed(echo);
  const programs = suite.programs({host: '127.0.0.1', port: await server.get('port')}, {
    key: await server.get('key'), channels: [ORDERS],
  });
  const socketIds = {Echo: echo.socketId()};
  await Promise.all(programs.map(async program => {
    socketIds[program.language] =
      (await program.next({type: 'socket-id', socket_id: /./})).socket_id;
    await program.next({type: 'subscribed'});
  }));

  for (const [by, socketId] of Object.entries(socketIds))
    await sdk.trigger(ORDERS, ORDER_SHIPPED, {by}, {socket_id: socketId});
  await sdk.trigger(ORDERS, ORDER_SHIPPED, {by: 'last'});

  const others = who => [...Object.keys(socketIds).filter(by => by !== who), 'last'];
  await suite.check('Echo: hears what others have caused', async () => {
    await poll(() => heard.includes('last'), () => 'Echo heard nothing');
    assert.deepEqual(heard, others('Echo'));
  });
  await suite.checkEach(programs, 'hears what others have caused', async program => {
    await program.next({type: 'event', via: 'channel', data: JSON.stringify({by: 'last'})});
    const events = program.since(0, {type: 'event', via: 'channel', name: ORDER_SHIPPED});
    assert.deepEqual(events.map(({data}) => JSON.parse(data).by), others(program.language));
  });
  await suite.retire(programs);
}

export default async function (suite) {
  const server = await suite.use(new TestServer(suite.buildDir));
  const {Echo, stop} = await redirectEcho(suite, {
    host: '127.0.0.1', port: await server.get('port'), key: await server.get('key'),
    endpoint: await server.get('backend.auth-endpoint'),
  });
  const scenes = JSON.parse(fs.readFileSync(scenesFile, 'utf8'));
  const shown = new Set();
  const pageText = fs.readFileSync(page, 'utf8');
  await server.call('backend.set_user', '1', '{"name":"Al"}');

  await suite.check('Echo: names', () => checkNames(pageText, new Echo(REVERB)));
  stop();
  for (const [, name, text] of pageText.matchAll(SNIPPET)) {
    shown.add(name);
    await suite.check(`Echo: ${name}`, () => checkScene(text, scenes[name], Echo, server));
    stop();
  }
  await suite.check('each scene is shown with Echo', () =>
    assert.deepEqual([...shown], Object.keys(scenes)));

  const Pusher = suite.require('pusher');
  const sdk = new Pusher({
    appId: await server.get('app-id'), key: await server.get('key'),
    secret: await server.get('secret'), host: '127.0.0.1', port: `${await server.get('port')}`,
    useTLS: false,
  });
  await checkEndpoint(suite, Echo, server, sdk);
  stop();
  await checkOthers(suite, Echo, server, sdk);
  stop();
}
