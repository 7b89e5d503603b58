// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The beginning of a connection: the first message in every shape, and servers
// that do not get so far.

const text = data => JSON.stringify(data);
const established = data => ({event: 'pusher:connection_established', data});

// Whoever takes it is connected and does what a connected client does.
const fine = {
  'text': established(text({socket_id: '1.1', activity_timeout: 120})),
  'object': established({socket_id: '1.1', activity_timeout: 120}),
  'members nobody knows': {...established(text({socket_id: '1.1', activity_timeout: 30, x: 1})),
    y: 2},
  'socket id of letters':
    established(text({socket_id: '8f14e45f-ceea-467a', activity_timeout: 30})),
  'socket id with spaces': established(text({socket_id: '1 . 2', activity_timeout: 30})),
  'socket id of a digit': established(text({socket_id: '7', activity_timeout: 30})),
  'activity timeout as text': established(text({socket_id: '1.1', activity_timeout: '30'})),
  'activity timeout with a fraction': established(text({socket_id: '1.1', activity_timeout: 30.5})),
  'activity timeout too large': established(text({socket_id: '1.1', activity_timeout: 1e9})),
  'channel': {...established(text({socket_id: '1.1', activity_timeout: 30})), channel: 'x'},
  'spaces': ` {"event" : "pusher:connection_established" ,\n "data" : ` +
    `{"socket_id":"1.1","activity_timeout":30}}\r\n`,
  'data before event': `{"data":{"socket_id":"1.1","activity_timeout":30},` +
    `"event":"pusher:connection_established"}`,
};

const odd = {
  'no activity timeout': established(text({socket_id: '1.1'})),
  'activity timeout 0': established(text({socket_id: '1.1', activity_timeout: 0})),
  'activity timeout null': established(text({socket_id: '1.1', activity_timeout: null})),
  'activity timeout negative': established(text({socket_id: '1.1', activity_timeout: -1})),
  'no socket id': established(text({activity_timeout: 30})),
  'socket id empty': established(text({socket_id: '', activity_timeout: 30})),
  'socket id null': established(text({socket_id: null, activity_timeout: 30})),
  'socket id a number': established(text({socket_id: 1.5, activity_timeout: 30})),
  'socket id an object': established(text({socket_id: {}, activity_timeout: 30})),
};

const wrong = {
  'no data': {event: 'pusher:connection_established'},
  'data null': established(null),
  'data a number': established(5),
  'data an array': established([]),
  'data no JSON': established('{'),
  'another event': {event: 'pusher:pong', data: {}},
  'an event of a channel': {event: 'news', channel: 'pub', data: '{}'},
  'a confirmation': {event: 'pusher_internal:subscription_succeeded', channel: 'pub', data: '{}'},
  'no event': {data: '{}'},
  'an array': '[]',
  'a number': '5',
  'null': 'null',
  'nothing': '',
  'no JSON': 'hello',
};

const connected = message => [
  ['open'],
  ['establish', message, JSON.parse(
    typeof message === 'string' ? JSON.stringify({socket_id: '1.1'})
      : typeof message.data === 'string' ? message.data : text(message.data)).socket_id],
  ['in-state', 'connected'],
  ['subscribe', 'private-a'],
  ['succeed', 'private-a'],
  ['publish', 'private-a', 'news', 1],
];

// Errors as the first message count as close codes.
const errors = [4000, 4001, 4003, 4004, 4009, 4100, 4200, 4201, 4301, 4999];

const end = code => code >= 4100 && code < 4300 ? [['accept'], ['in-state', 'connected']]
  : code === 4000 ? [['ask-for-tls']]
    : [['in-state', /disconnected|failed/], ['connect'], ['accept'], ['in-state', 'connected']];

export default [
  ...Object.entries(fine).map(([name, message]) =>
    ({name: `handshake/fine/${name}`, steps: connected(message)})),
  ...Object.entries(odd).map(([name, message]) =>
    ({name: `handshake/odd/${name}`, steps: [['open'], ['first', message], ['state']]})),
  ...Object.entries(wrong).map(([name, message]) =>
    ({name: `handshake/wrong/${name}`, steps: [['open'], ['first', message], ['state']]})),
  ...errors.map(code => ({name: `handshake/error/${code}`, steps: [
    ['open'],
    ['first', {event: 'pusher:error', data: {code, message: 'No'}}],
    ...end(code),
  ]})),
  ...errors.map(code => ({name: `handshake/close/${code}`, steps: [
    ['open'],
    ['close', code, 'No'],
    ...end(code),
  ]})),
  {name: 'handshake/error/as text', steps: [
    ['open'],
    ['first', {event: 'pusher:error', data: text({code: 4001, message: 'No'})}],
    ['in-state', /disconnected|failed/],
  ]},
  {name: 'handshake/error/no code', steps: [
    ['open'],
    ['first', {event: 'pusher:error', data: {code: null, message: 'No'}}],
    ['state'],
  ]},
  {name: 'handshake/two greetings', steps: [
    ['accept'],
    ['subscribe', 'pub'],
    ['succeed', 'pub'],
    ['send', established(text({socket_id: '9.9', activity_timeout: 30}))],
    ['publish', 'pub', 'news', 1],
    ['state'],
  ]},
  ...[1000, 1001, 1006, 1011, 1012, 3000].map(code => ({
    name: `handshake/closed with ${code}`, steps: [
      ['open'],
      code === 1006 ? ['cut'] : ['close', code, 'bye'],
      ['accept'],
      ['in-state', 'connected'],
    ],
  })),
  {name: 'handshake/an event before it', steps: [
    ['subscribe', 'pub'],
    ['open'],
    ['together',
      ['first', {event: 'pusher:connection_established',
        data: text({socket_id: '1.1', activity_timeout: 30})}],
      ['publish', 'pub', 'early', 1],
      ['succeed', 'pub'],
      ['publish', 'pub', 'late', 2]],
  ]},
  ...['disconnect', 'unsubscribe', 'subscribe', 'signin', 'connect', 'state'].map(call => ({
    name: `handshake/${call} before it`, steps: [
      ['subscribe', 'pub'],
      ['open'],
      [call, ...{unsubscribe: ['pub'], subscribe: ['other']}[call] ?? []],
      ['greet'],
      ['state'],
      ['channels'],
    ],
  })),
  {name: 'handshake/path', path: '/ws/path', steps: [['accept'], ['state']]},
];
