// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Client events, both ways between the library and pusher-js.

import assert from 'node:assert/strict';

import {apps} from '../lib/apps.js';

const PRIVATE = 'private-chat';
const PRESENCE = 'presence-chat';
const PUBLIC = 'chat';
const ENCRYPTED = 'private-encrypted-chat';

const PusherError = {INVALID_NAME: 1, INVALID_DATA: 2, INVALID_STATE: 4, NOT_SUPPORTED: 12};
const failed = (call, code) =>
  ({type: 'call-failed', call, error: {domain: 'pusher-error-quark', code, message: /./}});
const rate = {domain: 'pusher-server-error-quark', code: 4301, message: /./};

// Not an empty object in it: PHP makes an array of that.
const data = from => ({from, text: 'ünïcödé ☃ 😀 " \\ \n', n: [1, 2.5, -3, true, null, {a: 1}]});

async function checkSpeaking(program, {peer, channels}, channel) {
  const name = `client-from-${program.language}`;
  const users = [];
  channels[channel].bind(name, (_data, metadata) => users.push(metadata?.user_id));
  program.send(`trigger ${channel} ${name} ${JSON.stringify(data(program.language))}`);
  const heard = await peer.next({channel, name});
  assert.deepEqual(heard.data, data(program.language));
  assert.deepEqual(users, [channel === PRESENCE ? program.language : undefined]);
}

// The answer of pusher-js comes after an echo would have come.
async function checkHearing(program, {peer}, channel) {
  const name = `client-to-${program.language}`;
  peer.pusher.channel(channel).trigger(name, data('js'));
  const event = await program.next({type: 'event', via: 'channel', channel, name});
  assert.deepEqual(JSON.parse(event.data), data('js'));
  assert.equal(event.user_id, channel === PRESENCE ? 'js' : null);
  assert.deepEqual(program.since(0, {type: 'event', name: `client-from-${program.language}`}), [],
    'what it sent does not come back');
}

async function checkForms(program, {peer, box}) {
  const name = form => `client-${form}-${program.language}`;
  program.send(`trigger-node ${PRIVATE} ${name('node')} {"a":[1,"b c"]}`);
  assert.deepEqual((await peer.next({name: name('node')})).data, {a: [1, 'b c']});
  program.send(`trigger-variant ${PRIVATE} ${name('variant')} {'a': <[1, 2]>, 'b': <'c d'>}`);
  assert.deepEqual((await peer.next({name: name('variant')})).data, {a: [1, 2], b: 'c d'});
  program.send(`trigger ${PRIVATE} ${name('text')} ${JSON.stringify(box('just text'))}`);
  assert.deepEqual((await peer.next({name: name('text')})).data, box('just text'));
  program.send(`trigger ${PRIVATE} ${name('none')}`);
  await peer.next({name: name('none')});
  const much = box('x'.repeat(9900));
  program.send(`trigger ${PRIVATE} ${name('large')} ${JSON.stringify(much)}`);
  assert.deepEqual((await peer.next({name: name('large')})).data, much);
}

async function checkRefused(program, {peer}) {
  const refuse = async (words, code) => {
    program.send(`trigger ${words}`);
    await program.next(failed('trigger', code));
  };
  await refuse(`${PRIVATE} hello {}`, PusherError.INVALID_NAME);
  await refuse(`${PRIVATE} client-${'x'.repeat(200)} {}`, PusherError.INVALID_NAME);
  await refuse(`${PRIVATE} client-bad {"half":`, PusherError.INVALID_DATA);
  await refuse(`${PRIVATE} client-bad "${'x'.repeat(10_000)}"`, PusherError.INVALID_DATA);
  await refuse(`${ENCRYPTED} client-bad {}`, PusherError.NOT_SUPPORTED);
  await program.settle();
  assert.deepEqual(peer.events.filter(({name}) => !name.startsWith('client-') ||
    name === 'client-bad' || name.length > 200), []);
}

async function checkTooEarly(program, {endpoint}) {
  const channel = `private-early-${program.language}`;
  const release = endpoint.hold({channel});
  program.send(`subscribe ${channel}`);
  await endpoint.hasRequests({channel});
  program.send(`trigger ${channel} client-early {}`);
  await program.next(failed('trigger', PusherError.INVALID_STATE));
  release();
  await program.next({type: 'subscribed', channel});

  program.send(`unsubscribe ${channel}`);
  program.send(`trigger ${channel} client-late {}`);
  await program.next(failed('trigger', PusherError.INVALID_STATE));
}

// Before the channel is subscribed, and while it is: more than the server is sent at once.
async function checkKept(program, {endpoint, peer}) {
  const channel = `private-kept-${program.language}`;
  const name = `client-kept-${program.language}`;
  const release = endpoint.hold({channel, who: program.language});
  await peer.subscribe(channel);
  program.send(`subscribe ${channel}`);
  await endpoint.hasRequests({channel, who: program.language});
  program.send(`outbox ${channel} 20`);
  for (let n = 0; n < 10; n++)
    program.send(`trigger ${channel} ${name} {"n":${n}}`);
  release();
  await program.next({type: 'subscribed', channel});
  program.send(`trigger ${channel} ${name}-last {}`);
  await peer.next({channel, name: `${name}-last`});
  assert.deepEqual(
    peer.events.filter(event => event.name === name).map(({data}) => data.n), [...Array(10).keys()]);
}

async function notEnabled(suite, server) {
  const channel = 'private-no-client-events';
  const programs = suite.programs(server, {
    key: apps.noClientEvents.key, channels: [channel],
    args: ['--secret', apps.noClientEvents.secret],
  });
  // Reverb does not say of which channel it speaks.
  const told = suite.at('reverb') ? [{type: 'error', error: rate}] :
    [{type: 'channel-error', channel, error: rate}, {type: 'error', error: rate}];
  await suite.checkEach(programs, 'is told 4301 for it, and stays subscribed',
    async program => {
      await program.next({type: 'subscribed', channel});
      program.send(`trigger ${channel} client-no {}`);
      await program.next(...told);
      program.send(`channel ${channel}`);
      assert.equal((await program.next({type: 'channel'})).state, 'subscribed');
      await program.settle();
      assert.deepEqual(program.since(0, {type: 'state'}).map(({state}) => state),
        ['connecting', 'connected']);
    });
}

// What the server's own limits make of it.
async function limits(suite, server) {
  const channel = 'private-limits';
  const program = suite.program('C', server, {
    key: apps.limits.key, channels: [channel], args: ['--secret', apps.limits.secret],
  });
  await suite.check('C: is told of the limits of the server', async () => {
    await program.next({type: 'subscribed', channel});
    const refuse = async (message, ...triggers) => {
      for (const words of triggers)
        program.send(`trigger ${channel} ${words}`);
      await program.next({type: 'channel-error', channel, error: {...rate, message}});
    };
    await refuse(/name is too long/, `client-${'x'.repeat(60)} {}`);
    await refuse(/less than 1 KB/, `client-large "${'x'.repeat(2000)}"`);
    await refuse(/rate limit/, ...Array(5).fill('client-often {}'));
  });
}

export default async function (suite) {
  const server = await suite.server();
  const endpoint = await suite.endpoint(server, apps.main,
    {encryptionMasterKeyBase64: Buffer.alloc(32, 'k').toString('base64')});
  const peer = suite.peer(server, {endpoint, who: 'js'});
  const group = {
    endpoint, peer, channels: {},
    // What is neither an object nor an array, Reverb takes for no message at all.
    box: suite.at('reverb') ? value => [value] : value => value,
  };
  const programs = suite.programs(server, language => ({
    channels: [PRIVATE, PRESENCE, PUBLIC, ENCRYPTED],
    args: ['--endpoint', endpoint.channelUrl, '--param', `who=${language}`],
  }));
  const check = (title, test, ...more) =>
    suite.checkEach(programs, title, program => test(program, group, ...more));

  await suite.check('pusher-js subscribes', async () => {
    for (const channel of [PRIVATE, PRESENCE, PUBLIC])
      group.channels[channel] = await peer.subscribe(channel);
  });
  await suite.checkEach(programs, 'subscribes', program =>
    program.next(...[PRIVATE, PRESENCE, PUBLIC, ENCRYPTED].map(channel =>
      ({type: 'subscribed', channel}))));
  for (const channel of [PRIVATE, PRESENCE]) {
    await check(`pusher-js hears it on ${channel}`, checkSpeaking, channel);
    await check(`hears pusher-js on ${channel}, and not itself`, checkHearing, channel);
  }
  await check('hears the programs in the other languages', async program => {
    const others = suite.languages.filter(language => language !== program.language);
    for (const channel of [PRIVATE, PRESENCE])
      for (const language of others)
        assert.equal(program.since(0, {
          type: 'event', via: 'channel', channel, name: `client-from-${language}`,
          user_id: channel === PRESENCE ? language : null,
        }).length, 1);
  });
  await check('pusher-js hears it on a public channel, where these servers allow it',
    checkSpeaking, PUBLIC);
  await check('sends nodes, variants, text and nothing, up to 10 kB', checkForms);
  await check('refuses bad names, bad data and the wrong channels by itself', checkRefused);
  await check('refuses to send on a channel that is not subscribed', checkTooEarly);
  await check('keeps what it is told to, and sends it in order', checkKept);
  await check('has had no error from the server', program =>
    assert.deepEqual(program.since(0, {type: /error$/}), []));

  await notEnabled(suite, server);
  if (suite.at('soketi'))
    await limits(suite, server);
}
