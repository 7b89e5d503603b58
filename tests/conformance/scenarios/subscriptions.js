// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Subscriptions: what is asked for, what is answered, and what is not.

const pub = [['accept'], ['subscribe', 'pub'], ['succeed', 'pub']];
const priv = [['accept'], ['subscribe', 'private-a'], ['succeed', 'private-a']];
const heard = ['publish', 'pub', 'news', 1];
const again = [['accept'], ['in-state', 'connected']];
const text = data => JSON.stringify(data);

// What applications call their channels; all of them are the server's business.
const names = [
  'a', 'A', 'my-channel', 'a_b=c@d,e.f;g', 'a b', 'a:b', 'a/b', 'ü', '☃', '😀', '0', '-', '--',
  'App.Models.User.1', 'orders.1', 'private', 'privatebeta', 'presence', 'presencebeta',
  'Private-a',
  'encrypted-a', 'cache', 'cache-', 'cache-a', 'x'.repeat(164), 'x'.repeat(200), 'x'.repeat(400),
  'client-a', 'pusher', 'pusher:a', 'pusher_internal:a', '"', '\\', 'a#b', '%41',
  'private-', 'private-a b', 'private-App.Models.User.1', 'private-ü', 'private-cache-a',
  'private-encrypted', 'private-#a',
];

const reserved = ['#a', '#server-to-user-me', ''];
const prototypes = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

// The data of a confirmation
const confirmations = {
  'none': undefined, 'null': null, 'empty text': '', 'an object': {}, 'text of an object': '{}',
  'a number': 5, 'an array': [], 'no JSON': 'hello', 'more': '{"subscription_count":3}',
};

const counts = {
  '3': '{"subscription_count":3}', 'an object': {subscription_count: 3},
  '0': '{"subscription_count":0}', '-1': '{"subscription_count":-1}',
  'text': '{"subscription_count":"3"}', 'null': '{"subscription_count":null}', 'none': '{}',
  'a fraction': '{"subscription_count":1.5}', '2^40': '{"subscription_count":1099511627776}',
  'more': '{"subscription_count":3,"x":1}', 'an array': [],
};

const refusals = {
  'as soketi': {type: 'AuthError', error: 'No', status: 401},
  'as text': text({type: 'AuthError', error: 'No', status: 403}),
  'without status': {type: 'LimitReached', error: 'Full'},
  'empty': {}, 'null': null, 'text': 'No', 'an array': [],
  'status as text': {type: 'AuthError', error: 'No', status: '401'},
};

const show = name => name.length > 40 ? `${name.length} characters` : name || 'nothing';

export default [
  ...names.map(name => ({name: `subscriptions/named ${show(name)}`, steps: [
    ['accept'], ['subscribe', name], ['succeed', name], ['publish', name, 'news', 1], ['channels'],
    ['unsubscribe', name], ['channels'],
  ]})),
  ...[...reserved, ...prototypes].map(name => ({name: `subscriptions/named ${show(name)}`, steps: [
    ['accept'], ['subscribe', name],
  ]})),
  ...Object.entries(confirmations).map(([name, data]) => ({
    name: `subscriptions/confirmed with ${name}`, steps: [
      ['accept'],
      ['subscribe', 'pub'],
      ['send', {event: 'pusher_internal:subscription_succeeded', channel: 'pub', data}],
      heard,
    ],
  })),
  ...Object.entries(counts).map(([name, data]) => ({name: `subscriptions/count ${name}`, steps: [
    ...pub,
    ['send', {event: 'pusher_internal:subscription_count', channel: 'pub', data}],
    ['channel', 'pub'],
    heard,
  ]})),
  ...Object.entries(refusals).map(([name, data]) => ({
    name: `subscriptions/refused ${name}`, steps: [
      ['accept'],
      ['subscribe', 'private-a'],
      ['send', {event: 'pusher:subscription_error', channel: 'private-a', data}],
      ['channel', 'private-a'],
    ],
  })),
  {name: 'subscriptions/count before the confirmation', steps: [
    ['accept'],
    ['subscribe', 'pub'],
    ['send', {event: 'pusher_internal:subscription_count', channel: 'pub',
    data: '{"subscription_count":3}'}],
    ['succeed', 'pub'],
    ['channel', 'pub'],
  ]},
  {name: 'subscriptions/the same count twice', steps: [
    ...pub,
    ['send', {event: 'pusher_internal:subscription_count', channel: 'pub',
    data: '{"subscription_count":3}'}],
    ['send', {event: 'pusher_internal:subscription_count', channel: 'pub',
    data: '{"subscription_count":3}'}],
  ]},
  {name: 'subscriptions/twice', steps: [
    ['accept'], ['subscribe', 'pub'], ['subscribe', 'pub'], ['succeed', 'pub'],
    ['subscribe', 'pub'], heard,
  ]},
  {name: 'subscriptions/twice at once', steps: [
    ['accept'], ['together', ['subscribe', 'pub'], ['subscribe', 'pub']], ['succeed', 'pub'], heard,
  ]},
  {name: 'subscriptions/many', steps: [
    ['accept'],
    ['together', ...Array.from({length: 60}, (_, i) => ['subscribe', `c${i}`])],
    ['together', ...Array.from({length: 60}, (_, i) => ['succeed', `c${59 - i}`])],
    ['channels'],
  ]},
  {name: 'subscriptions/before the connection', steps: [
    ['subscribe', 'pub'], ['subscribe', 'private-a'], ['accept'], ['succeed', 'pub'],
    ['succeed', 'private-a'], heard,
  ]},
  {name: 'subscriptions/given up before the connection', steps: [
    ['subscribe', 'pub'], ['unsubscribe', 'pub'], ['accept'], ['channels'],
  ]},
  {name: 'subscriptions/while disconnected', steps: [
    ['accept'], ['disconnect'], ['in-state', 'disconnected'], ['subscribe', 'pub'], ['channels'],
    ['connect'], ...again, ['succeed', 'pub'], heard,
  ]},
  {name: 'subscriptions/given up while disconnected', steps: [
    ...pub, ['disconnect'], ['unsubscribe', 'pub'], ['channels'], ['connect'], ...again,
  ]},
  {name: 'subscriptions/kept while disconnected', steps: [
    ...pub, ['disconnect'], ['channel', 'pub'], ['connect'], ...again, ['succeed', 'pub'], heard,
  ]},
  {name: 'subscriptions/given up before the answer', steps: [
    ['accept'], ['subscribe', 'pub'], ['unsubscribe', 'pub'], ['succeed', 'pub'], heard,
    ['channels'],
  ]},
  {name: 'subscriptions/given up at once', steps: [
    ['accept'], ['together', ['subscribe', 'pub'], ['unsubscribe', 'pub']], ['succeed', 'pub'],
    heard, ['channels'],
  ]},
  {name: 'subscriptions/given up and wanted before the answer', steps: [
    ['accept'], ['subscribe', 'pub'], ['unsubscribe', 'pub'], ['subscribe', 'pub'],
    ['succeed', 'pub'],
    heard, ['channel', 'pub'],
  ]},
  {name: 'subscriptions/given up before the refusal', steps: [
    ['accept'], ['subscribe', 'private-a'], ['unsubscribe', 'private-a'], ['refuse', 'private-a'],
    ['channels'],
  ]},
  {name: 'subscriptions/given up, wanted and refused', steps: [
    ['accept'], ['subscribe', 'private-a'], ['unsubscribe', 'private-a'],
    ['subscribe', 'private-a'],
    ['refuse', 'private-a'], ['channel', 'private-a'],
  ]},
  {name: 'subscriptions/given up twice', steps: [...pub, ['unsubscribe', 'pub'],
    ['unsubscribe', 'pub']]},
  {name: 'subscriptions/given up without having been',
    steps: [['accept'], ['unsubscribe', 'nothing']]},
  {name: 'subscriptions/given up by the channel', steps: [
    ...pub, ['channel-unsubscribe', 'pub'], heard, ['channels'],
  ]},
  {name: 'subscriptions/given up and wanted again', steps: [
    ...pub, ['unsubscribe', 'pub'], ['subscribe', 'pub'], ['succeed', 'pub'], heard,
  ]},
  {name: 'subscriptions/given up and wanted at once', steps: [
    ...pub, ['together', ['unsubscribe', 'pub'], ['subscribe', 'pub']], ['succeed', 'pub'], heard,
  ]},
  {name: 'subscriptions/events after the end', steps: [
    ...pub, ['together', ['unsubscribe', 'pub'], heard], heard, ['channel', 'pub'],
  ]},
  {name: 'subscriptions/events before the answer', steps: [
    ['accept'], ['subscribe', 'pub'], heard, ['succeed', 'pub'], heard,
  ]},
  {name: 'subscriptions/no answer, but events',
    steps: [['accept'], ['subscribe', 'pub'], heard, heard]},
  {name: 'subscriptions/confirmed twice', steps: [...pub, ['succeed', 'pub'], heard]},
  {name: 'subscriptions/confirmed without having been asked',
    steps: [['accept'], ['succeed', 'pub'], heard, ['channels']]},
  {name: 'subscriptions/refused, then confirmed', steps: [
    ['accept'], ['subscribe', 'private-a'], ['refuse', 'private-a'], ['succeed', 'private-a'],
    ['publish', 'private-a', 'news', 1], ['channel', 'private-a'],
  ]},
  {name: 'subscriptions/confirmed, then refused', steps: [
    ...priv, ['refuse', 'private-a'], ['publish', 'private-a', 'news', 1], ['channel', 'private-a'],
  ]},
  {name: 'subscriptions/refused, then tried again', steps: [
    ['accept'], ['subscribe', 'private-a'], ['refuse', 'private-a'], ['subscribe', 'private-a'],
    ['succeed', 'private-a'], ['channel', 'private-a'],
  ]},
  {name: 'subscriptions/refused, then given up', steps: [
    ['accept'], ['subscribe', 'private-a'], ['refuse', 'private-a'], ['unsubscribe', 'private-a'],
    ['channels'],
  ]},
  {name: 'subscriptions/refused, then a new connection', steps: [
    ['accept'], ['subscribe', 'private-a'], ['refuse', 'private-a'], ['close', 4200], ...again,
    ['received', {event: 'pusher:subscribe'}], ['succeed', 'private-a'],
  ]},
  {name: 'subscriptions/an error that names the channel', steps: [
    ['accept'], ['subscribe', 'private-a'],
    ['send', {event: 'pusher:error', channel: 'private-a', data: {code: 4009, message: 'No'}}],
    ['channel', 'private-a'],
  ]},
  {name: 'subscriptions/an error that names nothing', steps: [
    ['accept'], ['subscribe', 'private-a'],
    ['send', {event: 'pusher:error', data: {code: 4009, message: 'No'}}],
    ['channel', 'private-a'],
  ]},
  {name: 'subscriptions/an error that names nothing, then confirmed', steps: [
    ['accept'], ['subscribe', 'private-a'], ['subscribe', 'pub'],
    ['send', {event: 'pusher:error', data: text({code: 4200, message: 'Invalid message format'})}],
    ['succeed', 'private-a'], ['succeed', 'pub'], heard,
  ]},
  {name: 'subscriptions/errors on an open connection', steps: [
    ...pub,
    ['send', {event: 'pusher:error', data: {code: 4301, message: 'Slower'}}],
    ['send', {event: 'pusher:error', data: {code: null, message: 'Hm'}}],
    ['send', {event: 'pusher:error', data: {code: 4200, message: 'Again'}}],
    ['send', {event: 'pusher:error', data: text({code: 4009, message: 'No'})}],
    heard, ['state'],
  ]},
  {name: 'subscriptions/cache', steps: [
    ['accept'], ['subscribe', 'cache-a'], ['succeed', 'cache-a'], ['miss-cache', 'cache-a'],
    ['publish', 'cache-a', 'news', 1],
  ]},
  {name: 'subscriptions/cache, with data', steps: [
    ['accept'], ['subscribe', 'private-cache-a'], ['succeed', 'private-cache-a'],
    ['send', {event: 'pusher:cache_miss', channel: 'private-cache-a', data: '{"a":1}'}],
    ['miss-cache', 'private-cache-a'],
  ]},
  {name: 'subscriptions/cache missed on another channel',
    steps: [...pub, ['miss-cache', 'pub'], ['miss-cache', 'other']]},
  {name: 'subscriptions/lost while pending', steps: [
    ['accept'], ['subscribe', 'pub'], ['subscribe', 'private-a'], ['close', 4200], ...again,
    ['received', {event: 'pusher:subscribe', data: {channel: 'private-a'}}],
    ['succeed', 'pub'], ['succeed', 'private-a'], heard,
  ]},
  {name: 'subscriptions/given up before the answer, then lost', steps: [
    ['accept'], ['subscribe', 'pub'], ['unsubscribe', 'pub'], ['close', 4200], ...again,
    ['channels'],
  ]},
  {name: 'subscriptions/given up and wanted before the answer, then lost', steps: [
    ['accept'], ['subscribe', 'pub'], ['unsubscribe', 'pub'], ['subscribe', 'pub'], ['close', 4200],
    ...again,
    ['received', {event: 'pusher:subscribe'}], ['succeed', 'pub'], heard,
  ]},
];
