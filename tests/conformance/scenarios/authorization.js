// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Authorization: what the application's server answers, when, and what the
// client makes of it.

const ask = name => [['accept'], ['subscribe', name]];
const again = [['accept'], ['in-state', 'connected']];
const ok = [['succeed', 'private-a'], ['channel', 'private-a']];
const body = body => ({'private-a': {body}});

const answers = {
  'no auth': {auth: undefined},
  'auth null': {auth: null},
  'auth empty': {auth: ''},
  'auth a number': {auth: 5},
  'auth of another form': {auth: 'hello'},
  'channel data that nobody asked for': {channel_data: '{"user_id":"me"}'},
  'members that nobody knows': {x: 1, y: {z: []}},
};

const texts = {
  'empty': '', 'no JSON': 'Hello', 'null': 'null', 'an array': '[]', 'a string': '"x"',
  'a number': '5',
  'no members': '{}', 'HTML': '<html></html>',
};

const statuses = [201, 204, 302, 400, 401, 403, 404, 419, 422];

const endpoint = {params: {who: 'me'}, headers: {'X-Token': 't'}};
const posted = {event: 'pusher:subscribe'};

export default [
  ...Object.entries(answers).map(([name, answer]) => ({
    name: `authorization/${name}`, auth: body(answer),
      steps: [...ask('private-a'), ['channel', 'private-a']],
  })),
  {name: 'authorization/an error', auth: {'*': {error: 'Not you'}}, steps: [
    ...ask('private-a'), ['channel', 'private-a'], ['subscribe', 'pub'],
  ]},
  {name: 'authorization/an error, then tried again', auth: {'private-a': [{error: 'Not yet'}, {}]},
    steps: [
    ...ask('private-a'), ['subscribe', 'private-a'], ...ok,
  ]},
  {name: 'authorization/an error, then a new connection',
    auth: {'private-a': [{error: 'Not yet'}, {}]}, steps: [
    ...ask('private-a'), ['close', 4200], ...again, ['received', posted], ...ok,
  ]},
  {name: 'authorization/an error on a presence channel', auth: {'*': {error: 'Not you'}}, steps: [
    ...ask('presence-a'), ['channel', 'presence-a'],
  ]},
  {name: 'authorization/an error on an encrypted channel', auth: {'*': {error: 'Not you'}}, steps: [
    ...ask('private-encrypted-a'), ['channel', 'private-encrypted-a'],
  ]},
  {name: 'authorization/a wrong signature', auth: {'*': {wrong: true}}, steps: [
    ...ask('private-a'), ['refuse', 'private-a'], ['channel', 'private-a'],
  ]},
  {name: 'authorization/later', auth: {'*': 'hold'}, steps: [
    ...ask('private-a'), ['subscribe', 'pub'], ['succeed', 'pub'], ['authorize', 'private-a'],
    ...ok,
  ]},
  {name: 'authorization/later, in another order', auth: {'*': 'hold'}, steps: [
    ...ask('private-a'), ['subscribe', 'private-b'], ['authorize', 'private-b'],
    ['authorize', 'private-a'],
    ['succeed', 'private-b'], ...ok,
  ]},
  {name: 'authorization/later than the end', auth: {'*': 'hold'}, steps: [
    ...ask('private-a'), ['unsubscribe', 'private-a'], ['authorize', 'private-a'], ['channels'],
  ]},
  {name: 'authorization/later than the end, an error', auth: {'*': 'hold'}, steps: [
    ...ask('private-a'), ['unsubscribe', 'private-a'], ['authorize', 'private-a', {error: 'No'}],
    ['channels'],
  ]},
  {name: 'authorization/later than the end and the beginning', auth: {'private-a': ['hold', {}]},
    steps: [
    ...ask('private-a'), ['unsubscribe', 'private-a'], ['subscribe', 'private-a'],
    ['authorize', 'private-a'], ...ok,
  ]},
  {name: 'authorization/later than the connection', auth: {'private-a': ['hold', {}]}, steps: [
    ...ask('private-a'), ['close', 4200], ...again, ['received', posted],
    ['authorize', 'private-a'], ...ok,
  ]},
  {name: 'authorization/later than the connection, an error', auth: {'private-a': ['hold', {}]},
    steps: [
    ...ask('private-a'), ['close', 4200], ...again, ['received', posted],
    ['authorize', 'private-a', {error: 'No'}], ...ok,
  ]},
  {name: 'authorization/later than disconnect', auth: {'*': 'hold'}, steps: [
    ...ask('private-a'), ['disconnect'], ['authorize', 'private-a'], ['channel', 'private-a'],
  ]},
  {name: 'authorization/anew for each connection', steps: [
    ...ask('private-a'), ...ok, ['close', 4200], ...again, ['received', posted], ...ok,
    ['close', 4200], ...again, ['received', posted], ...ok,
  ]},
  {name: 'authorization/POST', endpoint, steps: [...ask('private-a'), ['received', posted], ...ok]},
  {name: 'authorization/POST for a name with characters', endpoint, steps: [
    ...ask('private-a=b@c,d.e;f'), ['received', posted],
  ]},
  {name: 'authorization/POST for presence', endpoint, steps: [
    ...ask('presence-a'), ['received', posted], ['joined', 'presence-a'],
  ]},
  {name: 'authorization/POST for an encrypted channel', endpoint, steps: [
    ...ask('private-encrypted-a'), ['received', posted], ['succeed', 'private-encrypted-a'],
    ['publish_encrypted', 'private-encrypted-a', 'news', '{"a":1}'],
  ]},
  {name: 'authorization/POST for a user', endpoint, steps: [
    ['accept'], ['signin'], ['received', {event: 'pusher:signin'}], ['sign-in'],
  ]},
  {name: 'authorization/POST, anew for each connection', endpoint, steps: [
    ...ask('private-a'), ['received', posted], ...ok, ['close', 4200], ...again,
    ['received', posted], ...ok,
  ]},
  ...Object.entries(texts).map(([name, text]) => ({
    name: `authorization/POST answered with ${name}`, endpoint, auth: {'*': {text}}, steps: [
      ...ask('private-a'), ['seen', {stream: 'channel private-a'}], ['channel', 'private-a'],
    ],
  })),
  ...statuses.map(status => ({
    name: `authorization/POST answered with ${status}`, endpoint,
    auth: {'*': {status, text: status === 204 ? '' : 'No', headers: {}}}, steps: [
      ...ask('private-a'), ['seen', {stream: 'channel private-a'}], ['channel', 'private-a'],
    ],
  })),
  ...[401, 403, 404].map(status => ({
    name: `authorization/POST for a user answered with ${status}`, endpoint,
    auth: {'@user': {status, text: 'No'}}, steps: [
      ['accept'], ['signin'], ['seen', {stream: 'user'}], ['user'],
    ],
  })),
];
