// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Client events: which are sent, in which state, and with which data; and which
// arrive.

const text = data => JSON.stringify(data);
const on = name => [
  ['accept'], ['subscribe', name],
  name.startsWith('presence-') ? ['joined', name] : ['succeed', name],
];
const trigger = (name = 'private-a', event = 'client-hi', data = '{"a":1}') =>
  ['trigger', name, event, data];

const values = {
  'an object': '{"a":[1,{"b":null}]}', 'an empty object': '{}', 'an array': '[]',
  'a number': '12.5', 'text': '"hello"',
  'empty text': '""', 'true': 'true', 'null': 'null', 'none': null, 'unicode': '"ü☃😀\\u0001"',
  'text like JSON': '"{\\"a\\":1}"',
  '9 kB': text('x'.repeat(9000)), '20 kB': text('x'.repeat(20_000)),
};

const events = [
  'client-', 'client-a b', 'client-ü', 'client-a:b', `client-${'x'.repeat(150)}`,
  `client-${'x'.repeat(250)}`,
  'hi', '', 'Client-hi', 'pusher:hi', 'pusher_internal:hi', ' client-hi',
];

const show = name => name.length > 40 ? `${name.length} characters` : name || 'nothing';

export default [
  ...Object.entries(values).map(([name, data]) => ({name: `client-events/sent/${name}`, steps: [
    ...on('private-a'), trigger('private-a', 'client-hi', data),
  ]})),
  ...events.map(event => ({name: `client-events/named ${show(event)}`, steps: [
    ...on('private-a'), trigger('private-a', event),
  ]})),
  ...['pub', 'cache-a', 'presence-a', 'private-cache-a', 'private-encrypted-a'].map(name => ({
    name: `client-events/on ${name}`, steps: [...on(name), trigger(name)],
  })),
  {name: 'client-events/before the connection',
    steps: [['subscribe', 'private-a'], trigger(), ['accept']]},
  {name: 'client-events/before the authorization', auth: {'*': 'hold'}, steps: [
    ['accept'], ['subscribe', 'private-a'], trigger(), ['authorize', 'private-a'],
    ['succeed', 'private-a'], trigger(),
  ]},
  {name: 'client-events/before the answer', steps: [
    ['accept'], ['subscribe', 'private-a'], trigger(), ['succeed', 'private-a'], trigger(),
  ]},
  {name: 'client-events/after a refusal', steps: [
    ['accept'], ['subscribe', 'private-a'], ['refuse', 'private-a'], trigger(),
  ]},
  {name: 'client-events/after the end', steps: [...on('private-a'), ['unsubscribe', 'private-a'],
    trigger()]},
  {name: 'client-events/while disconnected',
    steps: [...on('private-a'), ['disconnect'], trigger()]},
  {name: 'client-events/after a loss', steps: [
    ...on('private-a'), ['cut'], trigger(), ['accept'], ['in-state', 'connected'],
    ['received', {event: 'pusher:subscribe'}], ['succeed', 'private-a'], trigger(),
  ]},
  {name: 'client-events/in order', steps: [
    ...on('private-a'),
    ['together', ...Array.from({length: 20},
    (_, i) => trigger('private-a', 'client-n', String(i)))],
  ]},
  {name: 'client-events/sent from the handler of the confirmation', steps: [
    ['accept'], ['when', 'channel private-a event pusher:subscription_succeeded', ...trigger()],
    ['subscribe', 'private-a'], ['succeed', 'private-a'],
  ]},
  {name: 'client-events/answered from a handler', steps: [
    ...on('private-a'), ['when', 'channel private-a event client-ask', ...trigger()],
    ['send', {event: 'client-ask', channel: 'private-a', data: {}}],
  ]},
  ...Object.entries(values).filter(([, data]) => data !== null).map(([name, data]) => ({
    name: `client-events/received/${name}`, steps: [
      ...on('private-a'),
      ['send', `{"event":"client-hi","channel":"private-a","data":${data}}`],
      ['send', text({event: 'client-hi', channel: 'private-a', data})],
    ],
  })),
  {name: 'client-events/refused by the server', steps: [
    ...on('private-a'), trigger(),
    ['send', {event: 'pusher:error', data: {code: 4301, message: 'Too fast'}}], trigger(),
  ]},
  {name: 'client-events/refused by the server, by channel', steps: [
    ...on('private-a'), trigger(),
    ['send', {event: 'pusher:error', channel: 'private-a',
    data: {code: 4301, message: 'Too fast'}}], trigger(),
  ]},
];
