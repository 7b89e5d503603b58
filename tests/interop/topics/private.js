// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Private channels, and all that may happen at an authorization endpoint.

import assert from 'node:assert/strict';

import {apps} from '../lib/apps.js';

const CHANNEL = 'private-orders';
const PARAM = 'a value & more = ümläut+%';
const PASSWORD = 'pass:word-é';

const PUSHER_ERROR_CLOSED = 5;
const PUSHER_ERROR_AUTHORIZATION = 10;
// What a server says of a wrong signature: Reverb with no name of a channel
const refusalAt = {
  soketi: {status: 401, message: /unauthorized/},
  reverb: {status: 4009, message: /unauthorized/},
};
const forbidden = {domain: 'pusher-http-error-quark', code: 403};

const subscribed = channel => ({type: 'subscribed', channel});
const refused = (channel, error) => ({type: 'subscription-error', channel, error});
const socketIds = program =>
  program.since(0, {type: 'socket-id', socket_id: /./}).map(line => line.socket_id);

function asks(endpoint, who, ...more) {
  return {args: ['--endpoint', endpoint.channelUrl, '--param', `who=${who}`, ...more]};
}

async function getsEvents(program, backend, channel, name = `for ${program.language}`) {
  await backend.trigger(channel, name, {to: program.language});
  const {data} = await program.next({type: 'event', via: 'channel', channel, name});
  assert.equal(data, JSON.stringify({to: program.language}));
}

async function endpointAndSecret(suite, {server, backend, endpoint}) {
  const peer = suite.peer(server, {endpoint, who: 'js'});
  await suite.check('pusher-js is authorized by the endpoint', () => peer.subscribe(CHANNEL));

  const programs = suite.programs(server, language => ({
    ...asks(endpoint, language, '--param', `more=${PARAM}`, '--header', 'X-Token=token-of-app',
      '--username', 'user', '--password', PASSWORD),
    channels: [CHANNEL],
  }));
  await suite.checkEach(programs, 'is authorized by an endpoint, and gets an event',
    async program => {
      await program.next(subscribed(CHANNEL));
      await getsEvents(program, backend, CHANNEL);
      program.send(`channel ${CHANNEL}`);
      assert.equal((await program.next({type: 'channel'})).kind, 'private');
    });
  await suite.checkEach(programs, 'sends a form, its parameters, headers and credentials',
    program => {
      const requests = endpoint.matching({who: program.language});
      assert.equal(requests.length, 1, 'the endpoint is asked once');
      const [{method, headers, form}] = requests;
      assert.equal(method, 'POST');
      assert.match(headers['content-type'], /^application\/x-www-form-urlencoded\b/);
      assert.deepEqual(form, {
        socket_id: socketIds(program)[0], channel_name: CHANNEL, who: program.language, more: PARAM,
      });
      assert.equal(headers['x-token'], 'token-of-app');
      assert.equal(headers.authorization,
        `Basic ${Buffer.from(`user:${PASSWORD}`).toString('base64')}`);
    });
  await suite.retire(programs);

  const signers = suite.programs(server, {
    args: ['--secret', apps.main.secret], channels: [CHANNEL],
  });
  await suite.checkEach(signers, 'authorizes itself with the secret, and gets an event',
    async program => {
      await program.next(subscribed(CHANNEL));
      await getsEvents(program, backend, CHANNEL, `signed by ${program.language}`);
    });
  await suite.retire(signers);
  peer.stop();
}

async function wrongSecret(suite, {server}) {
  const programs = suite.programs(server, {args: ['--secret', 'wrong'], channels: [CHANNEL]});
  const {status: wanted, message} = refusalAt[suite.kind];
  const unauthorized = {domain: 'pusher-server-error-quark', code: wanted, message};
  await suite.checkEach(programs, `is told ${wanted} for a wrong secret, and stays connected`,
    async program => {
      const [, , event] = await program.next(refused(CHANNEL, unauthorized),
        {type: 'channel-state', channel: CHANNEL, state: 'failed'},
        {type: 'event', channel: CHANNEL, name: 'pusher:subscription_error'});
      const {type, status} = JSON.parse(event.data);
      assert.deepEqual({type, status}, {type: 'AuthError', status: wanted});

      program.send(`subscribe-async ${CHANNEL}`);
      await program.next({type: 'call-failed', call: 'subscribe-async', error: unauthorized});
      program.send('subscribe-async public');
      await program.next({type: 'subscribe-finished', channel: 'public'});
      assert.deepEqual(program.since(0, subscribed(CHANNEL)), []);
      assert.equal(socketIds(program).length, 1);
    });
  await suite.retire(programs);

  const nobody = suite.programs(server, {channels: [CHANNEL]});
  await suite.checkEach(nobody, 'is told that there is nobody to authorize it', program =>
    program.next(refused(CHANNEL,
      {domain: 'pusher-error-quark', code: PUSHER_ERROR_AUTHORIZATION, message: /authorizer/i})));
  await suite.retire(nobody);
}

async function checkForbidden(program, {endpoint, backend}) {
  const channel = `private-forbidden-${program.language}`;
  endpoint.plan({channel}, {status: 403});
  program.send(`subscribe-async ${channel}`);
  await program.next({type: 'call-failed', call: 'subscribe-async', error: forbidden});
  await program.settle();
  assert.equal(endpoint.matching({channel}).length, 1, 'a 403 is final');

  program.send(`subscribe ${channel}`);
  await program.next(subscribed(channel));
  await getsEvents(program, backend, channel);
}

// The channel is known before the refusal comes, so that its signals are told.
async function checkRefusedSignal(program, {endpoint}) {
  const channel = `private-signal-${program.language}`;
  endpoint.plan({channel}, {status: 403}, {status: 401});
  program.send(`subscribe ${channel}`);
  await program.next(refused(channel, forbidden),
    {type: 'channel-state', channel, state: 'failed'});
  program.send(`resubscribe ${channel}`);
  await program.next(refused(channel, {...forbidden, code: 401}));
  program.send(`resubscribe ${channel}`);
  await program.next(subscribed(channel));
}

async function checkRecovery(program, {endpoint}) {
  const channel = `private-recovers-${program.language}`;
  endpoint.plan({channel}, {status: 500}, {status: 503, headers: {'Retry-After': '1'}});
  program.send(`subscribe-async ${channel}`);
  await program.next({type: 'subscribe-finished', channel});
  assert.equal(endpoint.matching({channel}).length, 3);
  assert.deepEqual(program.since(0, refused(channel, {})), []);
}

async function checkBadAnswers(program, {endpoint}) {
  const bad = [
    [{status: 200, body: '<html>'}, /JSON/],
    [body => delete body.auth, /auth/],
    [{status: 302, headers: {Location: 'http://127.0.0.1:9/elsewhere'}}, /origin|redirect/i],
  ];
  for (const [i, [answer, message]] of bad.entries()) {
    const channel = `private-bad-${i}-${program.language}`;
    endpoint.plan({channel}, answer);
    program.send(`subscribe-async ${channel}`);
    const {error} = await program.next({type: 'call-failed', call: 'subscribe-async'});
    assert.match(error.message, message);
    assert.equal(endpoint.matching({channel}).length, 1);
  }
}

async function checkHanging(program, {endpoint, backend}) {
  const channel = `private-hanging-${program.language}`;
  endpoint.hold({channel, socketId: socketIds(program)[0]});
  const mark = program.mark();
  program.send(`subscribe ${channel}`);
  const hanging = await endpoint.hasRequests({channel});

  program.send('reconnect');
  await endpoint.isGone(hanging);
  await program.next(subscribed(channel));
  assert.equal(endpoint.matching({channel}).length, 2);
  assert.equal(endpoint.matching({channel})[1].socketId, socketIds(program).at(-1));
  assert.deepEqual(program.since(mark, refused(channel, {})), []);
  await getsEvents(program, backend, channel);
}

async function checkLateEndpoint(program, {endpoint, backend}) {
  const channel = `private-late-${program.language}`;
  const [before] = socketIds(program).slice(-1);
  const answerFirst = endpoint.hold({channel, socketId: before});
  const answerSecond = endpoint.hold({channel});
  program.send(`subscribe ${channel}`);
  await endpoint.hasRequests({channel});

  program.send('reconnect');
  const second = await endpoint.hasRequests({channel}, 2);
  answerFirst();
  await program.settle();
  assert.deepEqual(program.since(0, subscribed(channel)), [], 'the late answer is not used');
  answerSecond();
  await program.next(subscribed(channel));
  assert.notEqual(second.socketId, before);
  assert.equal(second.socketId, socketIds(program).at(-1));
  assert.equal(endpoint.matching({channel}).length, 2);
  await getsEvents(program, backend, channel);
}

async function checkClosing(program, {endpoint}) {
  const channel = `private-closing-${program.language}`;
  const release = endpoint.hold({channel});
  program.send(`subscribe-async ${channel}`);
  const hanging = await endpoint.hasRequests({channel});
  program.send('close');
  const {error} = await program.next({type: 'call-failed', call: 'subscribe-async'});
  assert.equal(error.domain, 'pusher-error-quark');
  assert.equal(error.code, PUSHER_ERROR_CLOSED);
  await endpoint.isGone(hanging);

  release();
  program.send('open-async');
  await program.next({type: 'opened'});
  program.send(`subscribe-async ${channel}`);
  await program.next({type: 'subscribe-finished', channel});
  const requests = endpoint.matching({channel});
  assert.equal(requests.length, 2);
  assert.equal(requests[1].socketId, socketIds(program).at(-1));
}

// The program ends while it waits: that nothing is left behind is checked then.
async function endWhileAsking(suite, {server, endpoint}) {
  const channel = 'private-end';
  const programs = suite.programs(server, language =>
    ({...asks(endpoint, language), channels: [channel]}));
  endpoint.hold({channel});
  await suite.checkEach(programs, 'waits for an endpoint that hangs', program =>
    endpoint.hasRequests({channel, who: program.language}));
  await suite.retire(programs);
  await suite.check('nobody waits for the endpoint any more', async () => {
    for (const request of endpoint.matching({channel}))
      await endpoint.isGone(request);
  });
}

// The application's own authorizer: its late answer does arrive.
async function checkLateAnswer(program, {backend}) {
  const channel = `private-asked-${program.language}`;
  const reply = ({socket_id: id}) => JSON.stringify(backend.sdk.authorizeChannel(id, channel));
  const ask = {type: 'authorize', kind: 'channel', channel};

  program.send(`subscribe ${channel}`);
  const first = await program.next(ask);
  program.send('reconnect');
  const second = await program.next(ask);
  assert.notEqual(first.socket_id, second.socket_id);

  program.send(`answer ${first.number} ${reply(first)}`);
  await program.settle();
  assert.deepEqual(program.since(0, subscribed(channel)), []);
  assert.deepEqual(program.since(0, refused(channel, {})), []);
  program.send(`answer ${second.number} ${reply(second)}`);
  await program.next(subscribed(channel));
  await getsEvents(program, backend, channel);

  program.send(`unsubscribe ${channel}`);
  program.send(`subscribe ${channel}`);
  const third = await program.next(ask);
  program.send(`answer ${third.number}`);
  await program.next(refused(channel, {message: 'Refused by the application'}));
}

async function atTheEndpoint(suite, group) {
  const programs = suite.programs(group.server, language => asks(group.endpoint, language));
  const check = (title, test) =>
    suite.checkEach(programs, title, program => test(program, group));

  await suite.checkEach(programs, 'connects', program =>
    program.next({type: 'socket-id', socket_id: /./}));
  await check('is told the 403 of the endpoint, and asks again when it is told to', checkForbidden);
  await check('tells 403 and 401 by the signal of the channel', checkRefusedSignal);
  await check('gets over a 500 and a 503 of the endpoint', checkRecovery);
  await check('refuses an answer that is not JSON, lacks “auth”, or leads elsewhere',
    checkBadAnswers);
  await check('gives up a hanging request on reconnect, and asks anew', checkHanging);
  await check('does not use the answer that comes after the reconnect', checkLateEndpoint);
  await check('gives up a hanging request when it is closed', checkClosing);
  await suite.retire(programs);

  const askers = suite.programs(group.server, {args: ['--ask']});
  await suite.checkEach(askers, 'answers itself; its late answer is not used either',
    program => checkLateAnswer(program, group));
}

async function limits(suite, {server}) {
  const long = `private-${'x'.repeat(60)}`;
  const error = {domain: 'pusher-server-error-quark', code: 4009, message: /longer/};
  const program = suite.program('C', server, {
    key: apps.limits.key, channels: [long, CHANNEL], args: ['--secret', apps.limits.secret],
  });
  await suite.check('C: is told LimitReached for one channel, and has the other', async () => {
    const [, , event] = await program.next(refused(long, error), subscribed(CHANNEL),
      {type: 'event', channel: long, name: 'pusher:subscription_error'});
    assert.equal(JSON.parse(event.data).type, 'LimitReached');
  });
}

// What must not be in any log, nor in what is told.
async function secrecy(suite, {server, backend}) {
  const masterKey = Buffer.alloc(32, 'm').toString('base64');
  const endpoint = await suite.endpoint(server, apps.main,
    {encryptionMasterKeyBase64: masterKey});
  const channels = ['private-secrecy', 'presence-secrecy', 'private-encrypted-secrecy'];
  const env = {G_MESSAGES_DEBUG: 'all'};
  const member = '{"user_id":"me","user_info":{}}';
  const mine = ['--secret', apps.main.secret, '--channel-data', member,
    '--user-data', '{"id":"me"}', '--master-key', masterKey];
  const theirs = ['--endpoint', endpoint.channelUrl, '--user-endpoint', endpoint.userUrl,
    '--param', 'who=me', '--param', 'api=key-of-param', '--header', 'X-Token=key-of-header',
    '--username', 'user', '--password', 'key-of-password'];
  const wrong = ['--secret', 'wrong-secret'];
  const run = (key, args, wanted = channels) =>
    suite.program('C', server, {key, args, env, channels: wanted});
  const programs = [run(apps.main.key, mine), run(apps.main.key, theirs)];
  const failing = run(apps.main.key, wrong, channels.slice(0, 1));
  const user = run(apps.user.key, ['--secret', apps.user.secret, '--master-key', masterKey,
    '--channel-data', member, '--user-data', '{"id":"me"}']);

  endpoint.plan({channel: channels[0]}, {status: 500},
    {status: 200, body: '{"auth":"key-of-body'});
  await suite.check('C: no secret and no signature is in any log, whatever goes wrong', async () => {
    for (const program of programs)
      await program.next(...channels.slice(1).map(subscribed));
    await programs[1].next({type: 'subscription-error', channel: channels[0]});
    await failing.next({type: 'subscription-error', channel: channels[0]});
    if (suite.at('soketi')) {
      user.send('sign-in');
      await user.next({type: 'signed-in', signed_in: true});
    }
    for (const program of [...programs, user]) {
      program.send('reconnect');
      await program.next(...channels.slice(1).map(subscribed));
    }
    await backend.trigger('private-secrecy', 'last', {});
    await programs[0].next({type: 'event', name: 'last'});
    assert.match(JSON.stringify(programs[1].lines), /Pusher-DEBUG/);

    for (const program of [...programs, failing, user]) {
      const text = JSON.stringify(program.lines) + program.stderr;
      assert.match(text, /-DEBUG/, 'there is a log to look at');
      const secrets = [apps.main.secret, apps.user.secret, 'wrong-secret', masterKey, 'key-of-',
        ...endpoint.requests.flatMap(({reply}) => Object.entries(reply ?? {})
          .filter(([name]) => name !== 'channel_data' && name !== 'user_data')
          .map(([, value]) => value))];
      for (const secret of secrets)
        assert.ok(!text.includes(secret), `${secret} was told`);
      assert.doesNotMatch(text, /[0-9a-f]{64}/, 'a signature was told');
    }
  });
}

export default async function (suite) {
  const server = await suite.server();
  const group = {server, backend: suite.backend(server), endpoint: await suite.endpoint(server)};

  await endpointAndSecret(suite, group);
  await wrongSecret(suite, group);
  await atTheEndpoint(suite, group);
  await endWhileAsking(suite, group);
  if (suite.at('soketi'))
    await limits(suite, group);
  await secrecy(suite, group);
}
