// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Encrypted channels: boxes that open, and boxes that do not.

const channel = 'private-encrypted-a';
const asked = [['accept'], ['subscribe', channel]];
const joined = [...asked, ['succeed', channel]];
const box = (event, text, key) => ['publish_encrypted', channel, event, text, key];
const send = (event, data) => ['send', {event, channel, data}];
const base64 = n => Buffer.alloc(n, 5).toString('base64');

const texts = {
  'an object': '{"a":1}', 'text': '"hello"', 'a number': '5', 'null': 'null', 'no JSON': 'hello',
  'empty': '', 'unicode': '"ü☃😀"',
  'half an object': '{"a":', 'long': JSON.stringify('x'.repeat(20_000)),
};

const boxes = {
  'none': undefined, 'null': null, 'text': 'hello', 'a number': 5, 'an array': [], 'empty': {},
  'no nonce': {ciphertext: base64(40)}, 'no ciphertext': {nonce: base64(24)},
  'nonce empty': {nonce: '', ciphertext: base64(40)},
  'nonce too short': {nonce: base64(23), ciphertext: base64(40)},
  'nonce too long': {nonce: base64(25), ciphertext: base64(40)},
  'ciphertext too short': {nonce: base64(24), ciphertext: base64(15)},
  'no base64': {nonce: '!', ciphertext: '?'},
  'ciphertext no base64': {nonce: base64(24), ciphertext: '????'},
  'numbers': {nonce: 1, ciphertext: 2},
};

const secrets = {
  'missing': undefined, 'null': null, 'empty': '', 'no base64': '!!!!', 'too short': base64(31),
  'too long': base64(33), 'a number': 5,
};

const rotating = {[channel]: [{}, {masterKey: Buffer.alloc(32, 9)}]};

export default [
  ...Object.entries(texts).map(([name, text]) => ({name: `encrypted/${name}`,
    steps: [...joined, box('news', text)]})),
  ...Object.entries(boxes).map(([name, data]) => ({name: `encrypted/box ${name}`, steps: [
    ...joined, send('news', data), box('next', '2'),
  ]})),
  ...Object.entries(secrets).map(([name, secret]) => ({
    name: `encrypted/secret ${name}`, auth: {[channel]: {body: {shared_secret: secret}}},
      steps: [...asked, ['channel', channel]],
  })),
  {name: 'encrypted/not encrypted', steps: [...joined, send('news', {a: 1}),
    send('pusher:x', {a: 1}), box('next', '2')]},
  {name: 'encrypted/client event', steps: [...joined, send('client-hi', {a: 1})]},
  {name: 'encrypted/before the answer', steps: [...asked, box('news', '1'), ['succeed', channel],
    box('next', '2')]},
  {name: 'encrypted/before the key', auth: {'*': 'hold'}, steps: [
    ...asked, box('news', '1'), ['authorize', channel], ['succeed', channel], box('next', '2'),
  ]},
  {name: 'encrypted/cache', steps: [
    ['accept'], ['subscribe', 'private-encrypted-cache-a'],
    ['succeed', 'private-encrypted-cache-a'],
    ['miss-cache', 'private-encrypted-cache-a'],
    ['publish_encrypted', 'private-encrypted-cache-a', 'news', '1'],
  ]},
  {name: 'encrypted/a new key', auth: rotating, steps: [
    ...joined, box('old', '1'), box('new', '2', 'new'), box('newer', '3', 'new'),
  ]},
  {name: 'encrypted/a new key that is wrong as well',
    steps: [...joined, box('new', '1', 'new'), box('old', '2')]},
  {name: 'encrypted/a new key that is refused', auth: {[channel]: [{}, {error: 'No'}]}, steps: [
    ...joined, box('new', '1', 'new'), box('old', '2'),
  ]},
  {name: 'encrypted/a new key that comes late', auth: {[channel]: [{}, 'hold']}, steps: [
    ...joined, box('new', '1', 'new'), box('newer', '2', 'new'),
    ['authorize', channel, {masterKey: Buffer.alloc(32, 9)}],
  ]},
  {name: 'encrypted/events of others meanwhile', auth: {[channel]: [{}, 'hold']}, steps: [
    ...joined, ['subscribe', 'pub'], ['succeed', 'pub'], box('new', '1', 'new'),
    ['publish', 'pub', 'news', 1],
    ['authorize', channel, {masterKey: Buffer.alloc(32, 9)}],
  ]},
  {name: 'encrypted/given up while a key is fetched', auth: {[channel]: [{}, 'hold']}, steps: [
    ...joined, box('new', '1', 'new'), ['unsubscribe', channel],
    ['authorize', channel, {masterKey: Buffer.alloc(32, 9)}],
  ]},
  {name: 'encrypted/a new connection', steps: [
    ...joined, ['close', 4200], ['accept'], ['in-state', 'connected'],
    ['received', {event: 'pusher:subscribe'}],
    ['succeed', channel], box('news', '1'),
  ]},
];
