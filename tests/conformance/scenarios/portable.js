// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What any server plays by itself: these run at all of them, and at the script,
// which plays as they do.

const again = [['accept'], ['in-state', 'connected']];
const asked = channel => ['received', {event: 'pusher:subscribe', data: {channel}}];
const text = data => JSON.stringify(data);

const values = {
  'an object': {a: [1, {b: null}]}, 'an empty object': {}, 'an array': [1, 2], 'a number': 12.5,
  'text': 'hello',
  'true': true, 'null': null, 'unicode': 'ü☃😀 " \\ \n', 'text like JSON': '{"a":1}',
  'long': 'x'.repeat(9000),
};

const events = ['news', 'App\\Events\\OrderShipped', 'a b', 'ü', 'a:b', 'client-hi',
  'x'.repeat(150)];

const names = ['pub', 'orders.1', 'a_b=c@d,e.f;g', 'App.Models.User.1'];
const privates = ['private-a', 'private-App.Models.User.1', 'private-', 'private-cache-a'];

const plain = [
  {name: 'connects', steps: [['accept'], ['state'], ['disconnect'], ['state']]},
  ...names.map(name => ({name: `channel ${name}`, steps: [
    ['accept'], ['subscribe', name], ['succeed', name], ['publish', name, 'news', {n: 1}],
    ['unsubscribe', name],
    ['subscribe', name], ['succeed', name], ['publish', name, 'news', {n: 2}],
  ]})),
  ...privates.map(name => ({name: `channel ${name}`, steps: [
    ['accept'], ['subscribe', name], ['succeed', name], ['publish', name, 'news', {n: 1}],
    ['trigger', name, 'client-hi', '{"a":1}'],
  ]})),
  ...Object.entries(values).map(([name, data]) => ({name: `data ${name}`, steps: [
    ['accept'], ['subscribe', 'pub'], ['succeed', 'pub'], ['publish', 'pub', 'news', data],
  ]})),
  ...events.map(event => ({name: `event ${event.length > 40 ? 'long' : event}`, steps: [
    ['accept'], ['subscribe', 'pub'], ['bind', 'pub', event], ['succeed', 'pub'],
    ['publish', 'pub', event, 1],
  ]})),
  {name: 'subscribed before the connection', steps: [
    ['subscribe', 'pub'], ['subscribe', 'private-a'], ['accept'], ['succeed', 'pub'],
    ['succeed', 'private-a'],
    ['publish', 'pub', 'news', 1], ['publish', 'private-a', 'news', 2],
  ]},
  {name: 'many channels', steps: [
    ['accept'],
    ['together', ...Array.from({length: 30}, (_, i) => ['subscribe', `c${i}`])],
    ...Array.from({length: 30}, (_, i) => ['succeed', `c${i}`]),
    ['publish', 'c7', 'news', 1], ['channels'],
  ]},
  {name: 'given up before the answer', steps: [
    ['accept'], ['together', ['subscribe', 'pub'], ['unsubscribe', 'pub']], ['channels'],
  ]},
  {name: 'a wrong signature', auth: {'private-a': {wrong: true}}, steps: [
    ['accept'], ['subscribe', 'private-a'], ['refuse', 'private-a'], ['channel', 'private-a'],
  ]},
  {name: 'a wrong signature on a presence channel', auth: {'presence-a': {wrong: true}}, steps: [
    ['accept'], ['subscribe', 'presence-a'], ['refuse', 'presence-a'], ['channel', 'presence-a'],
  ]},
  {name: 'a wrong signature beside a right one', auth: {'private-a': {wrong: true}}, steps: [
    ['accept'], ['subscribe', 'private-a'], ['refuse', 'private-a'], ['subscribe', 'private-b'],
    ['succeed', 'private-b'],
    ['publish', 'private-b', 'news', 1],
  ]},
  {name: 'authorized by an endpoint', endpoint: {params: {who: 'me'}, headers: {'X-Token': 't'}},
    steps: [
    ['accept'], ['subscribe', 'private-a'], asked('private-a'), ['succeed', 'private-a'],
    ['publish', 'private-a', 'news', 1],
  ]},
  {name: 'presence', steps: [
    ['accept'], ['subscribe', 'presence-a'], ['joined', 'presence-a'], ['members', 'presence-a'],
    ['peer-joins', 'presence-a', 'al', {name: 'Al'}], ['members', 'presence-a'],
    ['member', 'presence-a', 'al'],
    ['peer-leaves', 'presence-a', 'al'], ['members', 'presence-a'],
  ]},
  {name: 'presence and its client events', steps: [
    ['accept'], ['subscribe', 'presence-a'], ['joined', 'presence-a'],
    ['bind', 'presence-a', 'client-hi'],
    ['peer-joins', 'presence-a', 'al', {name: 'Al'}],
    ['peer-triggers', 'presence-a', 'client-hi', {a: 1}, 'al'],
    ['trigger', 'presence-a', 'client-hi', '{"b":2}'],
  ]},
  {name: 'presence after a loss', steps: [
    ['accept'], ['subscribe', 'presence-a'], ['joined', 'presence-a'], ['close', 4200], ...again,
    asked('presence-a'),
    ['joined', 'presence-a'], ['members', 'presence-a'],
  ]},
  {name: 'presence with info in every shape',
    auth: {'*': {as: {user_id: 'me', user_info: {a: [1, null, 'ü☃'], b: {}}}}}, steps: [
    ['accept'], ['subscribe', 'presence-a'],
    ['joined', 'presence-a', {me: {a: [1, null, 'ü☃'], b: {}}}], ['members', 'presence-a'],
  ]},
  {name: 'client events of others', steps: [
    ['accept'], ['subscribe', 'private-a'], ['succeed', 'private-a'],
    ['peer-triggers', 'private-a', 'client-hi', {a: 1}, 'al'],
    ['peer-triggers', 'private-a', 'client-hi', [], 'al'],
  ]},
  ...['4200', 'cut'].map(loss => ({name: `lost with ${loss}`, steps: [
    ['accept'], ['subscribe', 'pub'], ['subscribe', 'private-a'], ['succeed', 'pub'],
    ['succeed', 'private-a'],
    ['together', loss === 'cut' ? ['cut'] : ['close', 4200], ['accept']],
    ['in-state', 'connected'], asked('private-a'), ['succeed', 'pub'],
      ['succeed', 'private-a'],
    ['publish', 'pub', 'news', 1], ['publish', 'private-a', 'news', 1],
  ]})),
  {name: 'disconnects and connects', steps: [
    ['accept'], ['subscribe', 'pub'], ['succeed', 'pub'], ['disconnect'], ['connect'], ...again,
    asked('pub'),
    ['succeed', 'pub'], ['publish', 'pub', 'news', 1],
  ]},
  ...['cache-a', 'private-cache-b'].map(name => ({name: `${name} is empty`, steps: [
    ['accept'], ['subscribe', name], ['succeed', name], ['miss-cache', name],
    ['publish', name, 'news', 1],
  ]})),
  {name: 'a cache that has something', steps: [
    ['accept'], ['publish-unheard', 'cache-c', 'news', 1], ['subscribe', 'cache-c'],
    ['succeed', 'cache-c'],
    ['pass-on', 'cache-c', 'news'],
  ]},
  {name: 'pings', settings: {activity_timeout: 1, pong_timeout: 20}, steps: [
    ['accept'], ['received', {event: 'pusher:ping'}], ['pong'], ['state'],
  ]},
];

const users = [
  {name: 'signs in', steps: [['accept'], ['signin'], ['sign-in'], ['user']]},
  {name: 'signs in again after a loss', steps: [
    ['accept'], ['signin'], ['sign-in'], ['close', 4200], ...again,
    ['received', {event: 'pusher:signin'}], ['sign-in'], ['user'],
  ]},
  {name: 'is sent to', steps: [
    ['accept'], ['signin'], ['sign-in'], asked('#server-to-user-me'),
    ['to-user', 'me', 'mail', {n: 1}],
    ['to-user', 'me', 'mail', text([1])],
  ]},
];

// For Reverb, that somebody left is an event to remember.
const reverbs = [
  {name: 'a presence cache that I left', steps: [
    ['accept'], ['subscribe', 'presence-cache-a'], ['joined', 'presence-cache-a'],
    ['peer-joins', 'presence-cache-a', 'al', {name: 'Al'}],
    ['unsubscribe', 'presence-cache-a'], ['subscribe', 'presence-cache-a'],
    ['joined', 'presence-cache-a', {me: {name: 'Me'}, al: {name: 'Al'}}],
    ['pass-on-leave', 'presence-cache-a', 'me'], ['members', 'presence-cache-a'],
  ]},
];

// Reverb takes these for a private channel and for a cache channel.
const ambiguous = ['privates', 'caches'].map(name => ({
  name: `channel ${name}`,
  steps: [['accept'], ['subscribe', name], ['succeed', name], ['publish', name, 'news', 1]],
}));

export default [
  ...ambiguous.map(scenario => ({
    ...scenario, name: `portable/${scenario.name}`,
    servers: ['test-server', 'test-soketi', 'soketi'],
  })),
  ...reverbs.map(scenario => ({
    ...scenario, name: `portable/${scenario.name}`, servers: ['test-reverb', 'reverb'],
  })),
  ...plain.map(scenario => ({...scenario, name: `portable/${scenario.name}`, servers: 'all'})),
  ...users.map(scenario => ({
    ...scenario, name: `portable/users/${scenario.name}`, servers: ['soketi', 'test-server'],
      users: true,
  })),
];
