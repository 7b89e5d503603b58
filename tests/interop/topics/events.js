// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A thousand events of the official server SDK reach every program once each and
// in order, and say the same as in pusher-js.

import assert from 'node:assert/strict';


const CHANNEL = 'interop-events';
const COUNT = 1000;
const BATCH = 10; // the most that Pusher allows

const names = [
  'price-changed',
  'a',
  'with space',
  'App\\Events\\OrderShipped',
  'ns:event.sub/é☃😀',
  'client-like',
  'n'.repeat(200),
];

// Not the empty string: soketi refuses it.
const values = [
  n => ({n, text: 'object'}),
  n => `plain text ${n}`,
  n => [n, [n, [n]], {deep: {deeper: {deepest: [null, true, false, n]}}}],
  n => n,
  n => -n / 3,
  n => n % 2 === 0,
  () => null,
  () => ({}),
  () => [],
  n => `"quoted" \\ slash / and \n newline \t tab ${n}`,
  n => ({'clé': 'été', 'снег': '☃', '😀': ['𝄞', '\u2028\u2029', '\u0001\u001f\u007f', n]}),
  n => `ünïcödé ☃ 😀 𝄞 \u2028 ${n}`,
  n => JSON.stringify({text: 'JSON in a string', n}),
  n => JSON.stringify(JSON.stringify({text: 'JSON in JSON in a string', n})),
  n => `{"broken": ${n}`,
  n => ({half: '\ud83d', zero: '\u0000', n}),
  n => [9007199254740991, -9007199254740991, 1e-300, 1.7976931348623157e308, 0.1, n],
  n => ({'': '', 'constructor': n, '__proto__x': n, 'data': {data: {data: n}}, 'event': 'event'}),
  n => ' ' + n + ' ',
  () => 'null',
  () => '""',
  n => ({long: 'x'.repeat(n * 8)}),
  n => Array.from({length: 100}, (_, i) => i * n),
];

function makeEvents(count) {
  return Array.from({length: count}, (_, n) => ({
    channel: CHANNEL,
    name: names[n % names.length],
    data: values[n % values.length](n),
  }));
}

// How every client of Pusher reads the data of an event.
function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

// What is sent is text: strings as they are, anything else as JSON.
function expected({name, data}) {
  return {name, data: typeof data === 'string' ? read(data) : JSON.parse(JSON.stringify(data))};
}

function told(program, mark = 0) {
  return program.events('channel', mark).map(({name, data}) => ({name, data: read(data)}));
}

// Says where two lists part, rather than show them.
function assertSameList(actual, wanted, who) {
  for (let i = 0; i < Math.min(actual.length, wanted.length); i++)
    assert.deepEqual(actual[i], wanted[i], `${who}: event ${i} of ${wanted.length} differs: ` +
      `${JSON.stringify(actual[i]).slice(0, 200)} for ${JSON.stringify(wanted[i]).slice(0, 200)}`);
  assert.equal(actual.length, wanted.length, `${who}: not as many events as were sent`);
}

// Batches, and every tenth batch one by one.
async function triggerAll(backend, events) {
  for (let i = 0; i < events.length; i += BATCH) {
    const batch = events.slice(i, i + BATCH);
    if (i / BATCH % 10 !== 9)
      await backend.triggerBatch(batch);
    else
      for (const {channel, name, data} of batch)
        await backend.trigger(channel, name, data);
  }
}

export default async function (suite) {
  const server = await suite.server();
  const backend = suite.backend(server);
  const peer = suite.peer(server);
  const programs = suite.programs(server, {channels: [CHANNEL]});

  await suite.check('pusher-js subscribes', () => peer.subscribe(CHANNEL));
  await suite.checkEach(programs, 'connects and subscribes', async program => {
    const [, socketId] = await program.next(
      {type: 'state', state: 'connected', error: null},
      {type: 'socket-id', socket_id: /^\d+\.\d+$/},
      {type: 'subscribed', channel: CHANNEL});
    assert.deepEqual(program.since(0, {type: 'state'}).map(({state}) => state),
      ['connecting', 'connected']);
    assert.notEqual(socketId.socket_id, peer.pusher.connection.socket_id);
  });

  const sent = makeEvents(COUNT);
  const wanted = sent.map(expected);
  const last = 'the last one';

  await suite.check(`the official SDK triggers ${COUNT} events`, async () => {
    await triggerAll(backend, sent);
    await backend.trigger(CHANNEL, last, {});
    await peer.hasEvents(COUNT + 1);
  });
  await suite.check(`pusher-js gets ${COUNT} events once each, in order`, () =>
    assertSameList(peer.events.slice(0, -1).map(({name, data}) => ({name, data})), wanted,
      'pusher-js'));
  await suite.checkEach(programs, `gets the same ${COUNT} events once each, in order`,
    async program => {
      await program.next({type: 'event', name: last});
      assertSameList(told(program).slice(0, -1), wanted, program.language);
    });

  await oddOnes(suite, {backend, peer, programs});
}

async function refusedData(suite, {backend}) {
  await suite.check('the REST call refuses data that is not text', async () => {
    for (const data of [{n: 1}, ['a'], 12.5, true, null])
      await assert.rejects(backend.triggerRaw(CHANNEL, 'raw', data), {status: 422});
  });
}

async function rawData(suite, {backend, peer, programs}) {
  const raw = [{n: 1, list: [1, 2, {a: 'é'}]}, ['a', 1, null], 12.5, true, 'text', {}, []];
  const marks = new Map(programs.map(program => [program, program.mark()]));
  const before = peer.events.length;

  await suite.check('the REST call triggers events whose data is not text', async () => {
    for (const data of raw)
      await backend.triggerRaw(CHANNEL, 'raw', data);
    await peer.hasEvents(before + raw.length);
    assert.deepEqual(peer.events.slice(before).map(({data}) => data), raw);
  });
  await suite.checkEach(programs, 'gets them as JSON text', async program => {
    await program.next(...raw.map(data => ({
      type: 'event', name: 'raw', data: text => JSON.stringify(read(text)) === JSON.stringify(data),
    })));
    assert.deepEqual(told(program, marks.get(program)),
      raw.map(data => ({name: 'raw', data})));
  });

}

// What does not come from the SDK's usual call.
async function oddOnes(suite, group) {
  const {backend, programs} = group;

  await (suite.at('reverb') ? refusedData : rawData)(suite, group);
  await suite.checkEach(programs, 'has had no error until now', program =>
    assert.deepEqual(program.since(0, {type: 'error'}), []));

  // A C string holds all of JSON's strings but these two.
  await suite.check('the official SDK triggers text with a NUL and with half a pair', async () => {
    await backend.trigger(CHANNEL, 'nul', 'a\u0000b');
    // PHP takes no half a pair, and the SDK's own JSON escapes it.
    if (suite.at('reverb'))
      await assert.rejects(backend.trigger(CHANNEL, 'half', 'a\ud83db'));
    else
      await backend.trigger(CHANNEL, 'half', 'a\ud83db');
    await backend.trigger(CHANNEL, 'whole', 'ab');
  });
  // get_data() ends at the NUL; get_bytes() has all of it.
  await suite.checkEach(programs, 'gets the one, and U+FFFD for the other',
    async program => {
      await program.next({type: 'event', name: 'nul', data: 'a'});
      if (!suite.at('reverb'))
        await program.next({type: 'event', name: 'half', data: 'a\ufffdb'});
      await program.next({type: 'event', name: 'whole', data: 'ab'});
    });

  await suite.checkEach(programs, 'does not get an event that it is excluded from',
    async program => {
      const {socket_id: socketId} = program.lines.find(({type}) => type === 'socket-id');
      const mark = program.mark();
      const name = `not-for-${program.language}`;
      await backend.trigger(CHANNEL, name, {}, {socket_id: socketId});
      await backend.trigger(CHANNEL, `for-${program.language}-too`, {});
      await program.next({type: 'event', name: `for-${program.language}-too`});
      assert.deepEqual(program.since(mark, {type: 'event', name}), []);
      await Promise.all(programs.filter(other => other !== program).map(async other =>
        assert.ok(other.lines.some(line => line.name === name) ||
                  await other.next({type: 'event', name}))));
    });
}
