// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Where servers differ.

const asSoketi = ['script as soketi', 'test-server as soketi'];
const asReverb = ['script as reverb', 'test-server as reverb'];

export default [
  {
    scenarios: ['portable/a wrong signature*'], servers: ['reverb', 'test-reverb'],
    kind: 'deliberate',
    reason:
      '“Unauthorized” is the answer of servers that do not say to what: to the only one that ' +
      'is awaited.',
    'pusher-js': ['errors: error {"code":4009}'],
    'pusher-glib': ['signals *: subscription-error', 'channel *: event pusher:subscription_error*'],
  },
  {
    scenarios: ['portable/a wrong signature*'], servers: asReverb, kind: 'harmless',
    reason:
      'Reverb refuses a subscription with an error that names nothing, others with one that ' +
      'names it.',
    real: ['connection: event pusher:error*', 'errors: error {"code":4009}'],
    ours: ['signals *: subscription-error', 'channel *: event pusher:subscription_error*'],
  },
  {
    scenarios: ['portable/presence with info in every shape'], servers: asReverb, kind: 'harmless',
    reason: 'An empty object is an empty array in PHP.',
    instead: [['@"b":[]}@', '@"b":{}}@']],
  },
  {
    scenarios: ['portable/a cache that has something'], servers: asReverb, kind: 'harmless',
    reason: 'Reverb remembers nothing for a channel that nobody is subscribed to.',
    real: ['end: *the server did not send*'],
    ours: ['channel cache-c: event news*'],
  },
  {
    scenarios: ['portable/pings'], servers: asReverb, kind: 'harmless',
    reason: 'Reverb answers a ping without data.',
    instead: [['connection: event pusher:pong', 'connection: event pusher:pong {"data":{}}']],
  },
  {
    scenarios: ['portable/*'], servers: asSoketi, kind: 'harmless',
    reason: 'soketi leaves the data of a confirmation out, pusher.com sends an empty object.',
    instead: [['*: event pusher:subscription_succeeded',
      '*: event pusher:subscription_succeeded {"data":{}}']],
  },
  {
    scenarios: ['portable/users/*'], servers: asSoketi, kind: 'harmless',
    reason: 'soketi repeats the signature in a success.',
    instead: [['connection: event pusher:signin_success {"data":{"auth":"a signature",@',
      'connection: event pusher:signin_success {"data":{@']],
  },
];
