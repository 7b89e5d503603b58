// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// How connections begin and end.

const lost = 'errors: error {"code":"transport"}';
const malformed = 'errors: error {"code":"malformed"}';
const thrown = 'crash: thrown';

export default [
  {
    scenarios: ['*'], kind: 'pusher-js',
    reason:
      'It tells the loss of a connection twice: as it is, and as the cause of what it does next.',
    'pusher-js': ['errors: error {"again":true*'],
  },
  {
    scenarios: ['*'], kind: 'deliberate',
    reason: 'Refused is a state of its own: an application can tell it from its own close.',
    instead: [
      ['connection: state disconnected', 'connection: state failed'],
      ['calls: state disconnected', 'calls: state failed'],
    ],
  },
  {
    scenarios: ['*'], kind: 'pusher-js',
    reason: 'It reads “connected” until it tries again, a second after the connection was lost.',
    later: ['connection: state connecting', 'user: signed-out'],
  },
  {
    scenarios: ['calls/waiting/disconnect*'], kind: 'pusher-js',
    reason: 'It reads “connected” until it tries again, which it does not do any more.',
    'pusher-glib': ['connection: state connecting'],
    sometimes: true,
  },
  {
    scenarios: ['calls/waiting/connect*', 'calls/connect while waiting'], kind: 'pusher-js',
    reason:
      'When it would have tried again, it ends the connection that connect() has made in the ' +
      'meantime.',
    'pusher-js': ['server #2: leaves', 'connection: state *', 'server: connects*',
      'end: * the application did not see*'],
    'pusher-glib': ['connection: state connected*', 'server #2 pub: pusher:subscribe',
      'calls: channels*'],
    sometimes: true,
  },
  {
    scenarios: ['calls/waiting/*'], kind: 'pusher-js',
    reason: 'It asks for authorizations for the connection that was lost a moment ago.',
    'pusher-js': ['authorization *: asked {"socket_id":"socket 1"}'],
    sometimes: true,
  },
  {
    scenarios: ['calls/waiting/look up'], kind: 'pusher-js',
    reason: 'Its channels count as subscribed until it tries again.',
    instead: [[
      'calls: channel pub {"found":true,"subscribed":true}',
        'calls: channel pub {"found":true,"subscribed":false}',
    ]],
    sometimes: true,
  },
  {
    scenarios: ['calls/in the handler of connecting again/look up',
      'calls/in the handler of disconnected/look up'],
    kind: 'pusher-js',
    reason: 'Its channels count as subscribed in the handler of the state.',
    instead: [[
      'calls: channel pub {"found":true,"subscribed":true}',
        'calls: channel pub {"found":true,"subscribed":false}',
    ]],
  },
  {
    scenarios: ['*'], kind: 'deliberate',
    reason: 'An error of the server is a signal with a GError, not an event with data.',
    'pusher-js': ['*: event pusher:error*'],
  },
  {
    scenarios: ['*'], kind: 'deliberate',
    reason: 'What keeps the connection alive is kept inside.',
    'pusher-js': ['connection: event pusher:ping*', 'connection: event pusher:pong*'],
  },
  {
    scenarios: ['closing/1000', 'closing/1001', 'closing/no code', 'closing/silence*',
      'handshake/closed with 100*'],
    kind: 'deliberate',
    reason:
      'A connection that was lost is told with its reason, also if the server had a good one ' +
      'or was silent.',
    'pusher-glib': [lost],
  },
  {
    scenarios: ['closing/after an error'], kind: 'deliberate',
    reason: 'An error and the close that follows it are one loss, which is told once.',
    'pusher-js': ['errors: error {"code":4201}'],
  },
  {
    scenarios: ['closing/reset', 'closing/no WebSocket frame', 'closing/text that is no UTF-8',
      'closing/reserved bits'],
    kind: 'harmless',
    reason: 'Its WebSocket tells an error of its own before the end.',
    'pusher-js': [lost],
  },
  {
    scenarios: ['closing/no WebSocket frame', 'closing/text that is no UTF-8',
      'closing/reserved bits'],
    kind: 'harmless',
    reason:
      'libsoup hangs up on what is no WebSocket; the close frame is for servers that keep to it.',
    'pusher-js': ['server #1: leaves'],
  },
  {
    scenarios: ['closing/unavailable*'], kind: 'deliberate',
    reason: 'It is told why an attempt failed.',
    'pusher-glib': [lost],
  },
  {
    scenarios: ['closing/4000', 'handshake/*/4000'], kind: 'harmless',
    reason:
      'This server has no TLS: the library tells at once that the attempt failed, pusher-js ' +
      'after 15 s.',
    'pusher-glib': [lost],
  },
  {
    scenarios: ['closing/ping/channel'], kind: 'harmless',
    reason: 'A ping is about the connection: one that names a channel is an event of the channel.',
    'pusher-js': ['server #1: pusher:pong {"data":{}}'],
  },
  {
    scenarios: ['calls/closed by the server/disconnect*'], kind: 'deliberate',
    reason: 'Closing after a refusal is a change of state here.',
    'pusher-glib': ['connection: state disconnected'],
  },
  {
    scenarios: ['calls/switch cluster'], kind: 'harmless', sometimes: true,
    reason:
      'The library hangs up on the server that it does not want any more, without a farewell.',
    'pusher-js': ['server #1: leaves'],
  },
  {
    scenarios: ['calls/in the handler of connecting again/disconnect'], kind: 'pusher-js',
    reason: 'disconnect() in the handler of “connecting” is forgotten: it goes on connecting.',
    'pusher-js': ['connection: state connected*', 'server: connects*',
      'server #2 pub: pusher:subscribe',
      'calls: state connected', 'calls: channels*'],
    'pusher-glib': ['end: * did not connect'],
  },
  {
    scenarios: ['handshake/odd/no activity timeout', 'handshake/odd/activity timeout 0',
      'handshake/odd/activity timeout null'],
    kind: 'deliberate',
    reason:
      'Who gives no activity timeout leaves it to the client: that is no reason to have no ' +
      'connection.',
    'pusher-js': [malformed, 'server #1: leaves'],
    'pusher-glib': ['connection: state connected*'],
    instead: [['calls: state connecting', 'calls: state connected']],
  },
  {
    scenarios: ['handshake/odd/no socket id', 'handshake/odd/socket id *'], kind: 'deliberate',
    reason: 'Without a socket id nothing can be authorized: the handshake has failed.',
    'pusher-js': ['connection: state connected*'],
    'pusher-glib': [malformed, 'server #1: leaves'],
    instead: [['calls: state connected', 'calls: state connecting']],
  },
  {
    scenarios: ['handshake/error/no code'], kind: 'pusher-js',
    reason: 'It throws in its own handler when an error has no code.',
    'pusher-js': [thrown],
    'pusher-glib': ['errors: error', 'server #1: leaves'],
  },
];
