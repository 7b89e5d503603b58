// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Messages that are none, and data.

const malformed = 'errors: error {"code":"malformed"}';
const thrown = 'crash: thrown';

export default [
  {
    scenarios: ['envelope/true', 'envelope/a number', 'envelope/a string', 'envelope/an array*',
      'envelope/no members',
      'envelope/no event', 'envelope/event null', 'envelope/event a number',
        'envelope/event an object', 'envelope/event in capitals'],
    kind: 'pusher-js',
    reason: 'It throws in its own handler when a message has no event.',
    'pusher-js': [thrown],
    'pusher-glib': [malformed],
  },
  {
    scenarios: ['envelope/event empty', 'envelope/event "\\u0000"*', 'envelope/event "a\\u0000b"*'],
      kind: 'deliberate',
    reason: 'The name of an event has at least one character, and none that ends a text in C.',
    'pusher-js': ['*: event *'],
    'pusher-glib': [malformed],
  },
  {
    scenarios: ['envelope/channel a number', 'envelope/channel an array'], kind: 'deliberate',
    reason: 'A channel whose name is no text is told as a fault of the server.',
    'pusher-glib': [malformed],
  },
  {
    scenarios: ['envelope/channel an array'], kind: 'pusher-js',
    reason: 'It makes text of the array, and finds the channel of that name.',
    'pusher-js': ['channel pub: event news*'],
  },
  {
    scenarios: ['envelope/binary'], kind: 'harmless',
    reason: 'Messages are text; that this works is by chance, and in Node only.',
    'pusher-js': ['channel pub: event news*'],
    'pusher-glib': [malformed],
  },
  {
    scenarios: ['envelope/event "pusher_internal:watchlist_events"*', 'users/watchlist without ids',
      'users/watchlist ids null',
      'users/watchlist events null', 'users/watchlist nothing', 'users/watchlist null'],
    kind: 'pusher-js',
    reason: 'It throws in its own handler when a list of a watchlist is missing.',
    'pusher-js': [thrown],
  },
  {
    scenarios: ['envelope/event "pusher:subscription_succeeded"'], kind: 'harmless',
    reason: 'Its applications cannot tell an event of that name from a confirmation.',
    'pusher-js': ['signals pub: subscription-succeeded'],
  },
  {
    scenarios: ['envelope/event "pusher:error"'], kind: 'deliberate',
    reason: 'An error that names a channel is an error of the channel.',
    'pusher-glib': ['signals pub: error'],
  },
  {
    scenarios: ['envelope/all events of the client'], kind: 'deliberate',
    reason: 'The client’s event has all events that channels have, also those of the protocol.',
    'pusher-glib': ['client: event pusher:subscription_succeeded*'],
  },
  {
    scenarios: ['data/*/half a pair', 'data/*/a pair the wrong way'], kind: 'deliberate',
    reason: 'Half a surrogate pair is no text in UTF-8: U+FFFD takes its place.',
    'pusher-js': ['channel pub: event news*'],
    'pusher-glib': ['channel pub: event news*'],
  },
  {
    scenarios: ['data/bare/deep, 1000'], kind: 'deliberate',
    reason: 'How deep a message may be nested is bounded.',
    'pusher-js': ['channel pub: event news*'],
    'pusher-glib': [malformed],
  },
];
