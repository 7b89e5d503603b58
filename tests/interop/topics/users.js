// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Users: signing in, what the server sends to one of them, and its end.

import assert from 'node:assert/strict';

import {apps} from '../lib/apps.js';
import {until} from '../lib/wait.js';

const {key, secret} = apps.user;
const PUSHER_ERROR_AUTHORIZATION = 10;
const unauthorized = {domain: 'pusher-server-error-quark', code: 4009, message: /not authorized/};
const signedIn = id => ({type: 'signed-in', signed_in: true, id});
const signedOut = {type: 'signed-in', signed_in: false, id: null};
const socketId = program => program.since(0, {type: 'socket-id', socket_id: /./}).at(-1).socket_id;

function asks(endpoint, who) {
  return {key, args: ['--endpoint', endpoint.channelUrl, '--user-endpoint', endpoint.userUrl,
    '--param', `who=${who}`, '--header', 'X-Token=token-of-app']};
}

async function checkSignIn(program, {endpoint}) {
  const who = program.language;
  await program.next({type: 'state', state: 'connected'});
  program.send('watch-client pusher:signin_success');
  program.send('sign-in-async');
  const [line] = await program.next(signedIn(who), {type: 'sign-in-finished'},
    {type: 'event', via: 'client::pusher:signin_success', data: /user_data/});
  assert.deepEqual(JSON.parse(line.data), endpoint.userOf(who));
  const requests = endpoint.matching({user: true, who});
  assert.equal(requests.length, 1);
  assert.deepEqual(requests[0].form, {socket_id: socketId(program), who});
  assert.equal(requests[0].headers['x-token'], 'token-of-app');

  program.send('sign-in-async');
  await program.next({type: 'sign-in-finished'});
  assert.equal(endpoint.matching({user: true, who}).length, 1, 'already signed in');
}

async function checkEvents(program, {backend}) {
  const name = `greeting-${program.mark()}`;
  const mark = program.mark();
  await backend.sendToUser('js', name, {to: 'js'});
  await backend.sendToUser('nobody', name, {to: 'nobody'});
  await backend.sendToUser(program.language, name, {to: program.language});
  const event = await program.next({type: 'event', via: 'user', name});
  assert.equal(event.data, JSON.stringify({to: program.language}));
  await program.settle();
  assert.equal(program.since(mark, {type: 'event', name}).length, 1);
}

// Servers other than soketi send to those only who subscribed to the user's own
// channel, as pusher-js does.
async function checkOwnChannel(program, {backend}) {
  await program.settle();
  const channels = await backend.occupiedChannels();
  assert.ok(channels.includes(`#server-to-user-${program.language}`), channels.join());
}

async function checkReconnect(program, {endpoint}) {
  const before = socketId(program);
  program.send('reconnect');
  await program.next(signedOut, signedIn(program.language));
  const requests = endpoint.matching({user: true, who: program.language});
  assert.equal(requests.length, 2, 'authenticated anew');
  assert.notEqual(requests[1].socketId, before);
  assert.equal(requests[1].socketId, socketId(program));
}

async function checkTermination(program, {backend}) {
  await backend.terminateUserConnections(program.language);
  await program.next({type: 'state', state: 'failed', error: {...unauthorized, message: /./}},
    signedOut);
  program.send('open-async');
  await program.next({type: 'opened'}, signedIn(program.language));
}

async function through(suite, {server, backend, endpoint}) {
  const group = {backend, endpoint};
  const peer = suite.peer(server, {key, endpoint, who: 'js'});
  const greetings = [];
  await suite.check('pusher-js signs in', async () => {
    peer.pusher.user.bind('hello', data => {
      greetings.push(data);
      peer.emit('progress');
    });
    peer.pusher.signin();
    await peer.pusher.user.signinDonePromise;
    assert.equal(peer.pusher.user.user_data.id, 'js');
  });

  const programs = suite.programs(server, language => asks(endpoint, language));
  const check = (title, test) =>
    suite.checkEach(programs, title, program => test(program, group));
  await check('signs in through the endpoint, once', checkSignIn);
  await check('is subscribed to the channel of the user', checkOwnChannel);
  await check('gets what is sent to it, and not what is sent to others', checkEvents);
  await check('signs in again after a reconnect', checkReconnect);
  await check('gets what is sent to it after the reconnect', checkEvents);
  await check('fails with 4009 when its connections are terminated, and may come back',
    checkTermination);
  await check('gets what is sent to it once it is back', checkEvents);
  await suite.check('pusher-js gets what is sent to it', async () => {
    await backend.sendToUser('js', 'hello', {to: 'js'});
    await until(peer, 'progress', () => greetings[0], () => 'pusher-js got no event of its user');
    assert.deepEqual(greetings, [{to: 'js'}]);
  });
  await suite.retire(programs);
  peer.stop();
}

async function withSecret(suite, {server, backend}) {
  const userData = who => JSON.stringify({id: who, user_info: {name: 'Zoë "Z" ☃'}});
  const start = (mySecret, prefix) => suite.programs(server, language => ({
    key, args: ['--secret', mySecret, '--user-data', userData(`${prefix}-${language}`)],
  }));

  const programs = start(secret, 'signed');
  await suite.checkEach(programs, 'signs in with the secret, and gets an event', async program => {
    const who = `signed-${program.language}`;
    program.send('sign-in'); // it may not be connected yet
    const {data} = await program.next(signedIn(who));
    assert.equal(data, userData(who));
    await program.settle();
    await backend.sendToUser(who, 'greeting', {n: 1});
    await program.next({type: 'event', via: 'user', name: 'greeting', data: '{"n":1}'});
  });
  await suite.retire(programs);

  const wrong = start('wrong', 'wrong');
  await suite.checkEach(wrong, 'fails with 4009 for a wrong secret', async program => {
    program.send('sign-in-async');
    await program.next({type: 'state', state: 'failed', error: unauthorized},
      {type: 'call-failed', call: 'sign-in-async', error: unauthorized});
    assert.deepEqual(program.since(0, {type: 'signed-in'}), []);
  });
  await suite.retire(wrong);
}

async function checkFailingEndpoint(program, {endpoint}) {
  const who = program.language;
  const error = code => ({domain: 'pusher-http-error-quark', code, message: /./});
  const before = endpoint.matching({user: true, who}).length;
  endpoint.plan({user: true, who}, {status: 403}, {status: 401}, {status: 500},
    body => delete body.user_data);
  program.send('sign-in-async');
  await program.next({type: 'sign-in-error', error: error(403)},
    {type: 'call-failed', call: 'sign-in-async', error: error(403)});
  program.send('sign-in');
  await program.next({type: 'sign-in-error', error: error(401)});
  program.send('sign-in'); // the 500 is tried again, and what follows lacks the user
  await program.next({type: 'sign-in-error',
    error: {domain: 'pusher-error-quark', code: PUSHER_ERROR_AUTHORIZATION, message: /user_data/}});
  program.send('sign-in');
  await program.next(signedIn(who));
  assert.equal(endpoint.matching({user: true, who}).length - before, 5);
}

async function failing(suite, {server, endpoint}) {
  const channel = 'private-keeps-it-open';
  const programs = suite.programs(server, language =>
    ({...asks(endpoint, language), channels: [channel]}));
  await suite.checkEach(programs, 'tells the status of a failing endpoint, and may try again',
    async program => {
      await program.next({type: 'subscribed', channel});
      await checkFailingEndpoint(program, {endpoint});
    });
  await suite.retire(programs);

  const nobody = suite.programs(server, {key});
  await suite.checkEach(nobody, 'is told that there is nobody to authenticate it',
    async program => {
      const error = {domain: 'pusher-error-quark', code: PUSHER_ERROR_AUTHORIZATION};
      await program.next({type: 'state', state: 'connected'});
      program.send('sign-in-async');
      await program.next({type: 'sign-in-error', error},
        {type: 'call-failed', call: 'sign-in-async', error});
    });
  await suite.retire(nobody);
}

// soketi wants channel data always: that it complains shows that, and when, the
// subscription was sent.
async function checkWaiting(program, {endpoint}) {
  const channel = `presence-waits-${program.language}`;
  endpoint.plan({channel}, body => delete body.channel_data);
  const release = endpoint.hold({user: true, who: program.language});
  program.send('sign-in');
  await endpoint.hasRequests({user: true, who: program.language});
  program.send(`subscribe ${channel}`);
  await endpoint.hasRequests({channel});
  program.send('subscribe-async public'); // and back
  await program.next({type: 'subscribe-finished'});
  program.send(`channel ${channel}`);
  assert.equal((await program.next({type: 'channel'})).state, 'pending');

  release();
  await program.next(signedIn(program.language), {type: 'subscription-error', channel,
    error: {domain: 'pusher-server-error-quark', code: 4302, message: /server error/}});
}

async function checkNotSignedIn(program, {endpoint}) {
  const channel = `presence-nobody-${program.language}`;
  endpoint.plan({channel}, body => delete body.channel_data);
  program.send(`subscribe ${channel}`);
  await program.next({type: 'subscription-error', channel, error: {
    domain: 'pusher-error-quark', code: PUSHER_ERROR_AUTHORIZATION, message: /signed in/,
  }});
}

async function waiting(suite, {server, endpoint}) {
  const programs = suite.programs(server, language => asks(endpoint, language));
  await suite.checkEach(programs, 'connects', program =>
    program.next({type: 'state', state: 'connected'}));
  await suite.checkEach(programs, 'does not join without channel data and sign-in', program =>
    checkNotSignedIn(program, {endpoint}));
  await suite.checkEach(programs, 'waits for the sign-in to join without channel data',
    program => checkWaiting(program, {endpoint}));
  await suite.retire(programs);
}

export default async function (suite) {
  const server = await suite.server();
  const group = {
    server, backend: suite.backend(server, apps.user),
    endpoint: await suite.endpoint(server, apps.user),
  };
  const idle = suite.program('C', server, {key});

  await through(suite, group);
  await withSecret(suite, group);
  await failing(suite, group);
  await waiting(suite, {...group, endpoint: await suite.endpoint(server, apps.user)});
  await suite.check('C: fails with 4009 if it neither signs in nor joins', () =>
    idle.next({type: 'state', state: 'failed', error: unauthorized}));
}
