// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A Laravel application whose pages use Laravel Echo, and programs of the library:
// both are authorized by it, and hear the same.

import assert from 'node:assert/strict';

import {apps} from '../lib/apps.js';
import {isSubscribed, redirectEcho} from '../lib/echo.js';
import {Laravel} from '../lib/laravel.js';
import {poll} from '../lib/wait.js';

const ORDERS = 'private-orders.1';
const CHAT = 'presence-chat.1';
const USER = 'private-App.Models.User.1';
const NOTIFICATION = 'Illuminate\\Notifications\\Events\\BroadcastNotificationCreated';
const REVERB = {broadcaster: 'reverb', key: 'app-key', wsHost: 'ws.example.org'};
const TOKEN = '1|al-token';
const SUBSCRIBED = {type: 'subscribed'};

const asks = (endpoint, ...headers) =>
  ['--endpoint', endpoint, ...headers.flatMap(header => ['--header', header])];

async function whoMayListen(suite, server, laravel, session) {
  const sessionUrl = `${laravel.url}/broadcasting/auth`;
  const tokenUrl = `${laravel.url}/api/broadcasting/auth`;
  const cookie = `Cookie=${session.cookie}`;
  const token = `Authorization=Bearer ${TOKEN}`;
  const cases = [
    ['a session without a CSRF token', ORDERS, asks(sessionUrl, cookie), null],
    ['a session with one', ORDERS, asks(sessionUrl, cookie, `X-XSRF-TOKEN=${session.token}`), null],
    ['a token', ORDERS, asks(tokenUrl, token), null],
    ['a token, on a channel of others', 'private-orders.2', asks(tokenUrl, token), 403],
    ['no session', ORDERS, asks(sessionUrl), 403],
    ['a token where sessions are wanted', ORDERS, asks(sessionUrl, token), 403],
    ['no token', ORDERS, asks(tokenUrl), 401],
    ['a wrong token', ORDERS, asks(tokenUrl, 'Authorization=Bearer 2|bo-token'), 401],
  ];
  for (const [name, channel, args, status] of cases) {
    const programs = suite.programs(server, {args, channels: [channel]});
    await suite.checkEach(programs, `with ${name}`, async program => {
      if (status === null) {
        await program.next({...SUBSCRIBED, channel});
        return;
      }
      const {error} = await program.next({type: 'subscription-error', channel});
      assert.equal(error.domain, 'pusher-http-error-quark');
      assert.equal(error.code, status);
    });
    await suite.retire(programs);
  }
}

// What Echo calls its handlers with, by the names that it is asked for.
function listen(echo) {
  const heard = [];
  const add = name => data => heard.push([name, data]);
  echo.private('orders.1').listen('OrderShipped', add('OrderShipped'))
    .listen('.order.paid', add('.order.paid'));
  echo.private('App.Models.User.1').notification(add('notification'));
  echo.join('chat.1').here(add('here'));
  return heard;
}

// Everybody hears all that is whispered but the own.
async function whisperToAll(suite, programs, echo) {
  const heard = [];
  const whispers = by => ({type: 'event', via: 'channel', channel: CHAT, name: 'client-typing',
    data: JSON.stringify({by}), user_id: '1'});
  echo.join('chat.1').listenForWhisper('typing', ({by}) => heard.push(by)).whisper('typing',
    {by: 'Echo'});
  await suite.checkEach(programs, 'is whispered to', program => program.next(whispers('Echo')));
  for (const program of programs)
    program.send(`trigger ${CHAT} client-typing ${JSON.stringify({by: program.language})}`);
  await suite.check('Echo: is whispered to', async () => {
    await poll(() => heard.length === programs.length, () => `Echo heard ${heard}`);
    assert.deepEqual(heard.sort(), programs.map(({language}) => language).sort());
  });
}

// Returns the event of the last program, which is the same for all.
async function hearAll(suite, programs) {
  let notification = null;
  await suite.checkEach(programs, 'hears events under the names of Laravel', async program => {
    const [shipped, paid, notified] = await program.next(
      {type: 'event', via: 'channel', channel: ORDERS, name: 'App\\Events\\OrderShipped'},
      {type: 'event', via: 'channel', channel: ORDERS, name: 'order.paid'},
      {type: 'event', via: 'channel', channel: USER, name: NOTIFICATION});
    assert.deepEqual(JSON.parse(shipped.data), {order: {id: 1}});
    assert.deepEqual(JSON.parse(paid.data), {paid: true});
    const {text, type} = JSON.parse(notified.data);
    assert.deepEqual({text, type}, {text: 'Paid', type: 'App\\Notifications\\InvoicePaid'});
    notification = notified;
  });
  return notification;
}

// The programs have a session, and Echo has a token: outside of a browser it has no
// cookies.
async function sameForAll(suite, server, laravel, session) {
  const {Echo, stop} = await redirectEcho(suite, {
    host: server.host, port: server.port, key: apps.main.key,
    endpoint: `${laravel.url}/api/broadcasting/auth`,
  });
  const echo = new Echo({...REVERB, bearerToken: TOKEN});
  const heard = listen(echo);
  const programs = suite.programs(server, {
    args: asks(`${laravel.url}/broadcasting/auth`, `Cookie=${session.cookie}`),
    channels: [ORDERS, USER, CHAT],
  });
  await suite.checkEach(programs, 'is subscribed', async program => {
    for (const channel of [ORDERS, USER, CHAT])
      await program.next({...SUBSCRIBED, channel});
    program.send(`members ${CHAT}`);
    const {members} = await program.next({type: 'members', channel: CHAT});
    assert.deepEqual(members.map(({id, info}) => [id, JSON.parse(info)]), [['1', {name: 'Al'}]]);
  });
  await suite.check('Echo: is subscribed', async () => {
    await isSubscribed(echo);
    assert.deepEqual(heard.splice(0), [['here', [{name: 'Al'}]]]);
  });

  await whisperToAll(suite, programs, echo);

  // Echo's page ships the order: it is one of these that are no others.
  const {status} = await laravel.post('/orders/1', session, {'X-Socket-ID': echo.socketId()});
  await suite.check('the order is shipped', () => assert.equal(status, 200, laravel.output));
  const {data} = await hearAll(suite, programs);
  await suite.check('Echo: hears what others have not caused', async () => {
    await poll(() => heard.length === 2, () => `Echo heard ${JSON.stringify(heard)}`);
    assert.deepEqual(heard.find(([name]) => name === '.order.paid'), ['.order.paid', {paid: true}]);
    assert.deepEqual(heard.find(([name]) => name === 'notification')[1], JSON.parse(data));
  });
  stop();
}

export default async function (suite) {
  const server = await suite.server();
  const laravel = await suite.use(new Laravel(server, apps.main));
  const session = await laravel.logIn();

  await suite.check('Laravel: wants CSRF tokens elsewhere', async () => {
    const {status} = await laravel.post('/orders/1', {...session, token: ''});
    assert.equal(status, 419);
  });
  await whoMayListen(suite, server, laravel, session);
  await sameForAll(suite, server, laravel, session);
}
