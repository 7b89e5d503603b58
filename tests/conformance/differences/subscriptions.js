// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Subscriptions, and who authorizes them.

const thrown = 'crash: thrown';

export default [
  {
    scenarios: ['subscriptions/named nothing'], kind: 'deliberate',
    reason: 'A channel without a name is refused before anybody is asked.',
    'pusher-js': ['server #1 : pusher:subscribe'],
    'pusher-glib': ['calls: refused subscribe'],
  },
  {
    scenarios: ['subscriptions/named __proto__', 'subscriptions/named constructor',
      'subscriptions/named toString',
      'subscriptions/named hasOwnProperty'],
    kind: 'pusher-js',
    reason: 'It takes what all objects of JavaScript have for a channel of its own, and throws.',
    'pusher-js': ['calls: refused subscribe'],
    'pusher-glib': ['server #1 *: pusher:subscribe'],
  },
  {
    scenarios: ['subscriptions/count 0'], kind: 'pusher-js',
    reason: 'It takes a count of 0 for none.',
    instead: [
      ['signals pub: subscription-count', 'signals pub: subscription-count {"count":0}'],
      ['calls: channel pub {"found":true,"subscribed":true}',
        'calls: channel pub {"count":0,"found":true,"subscribed":true}'],
    ],
  },
  {
    scenarios: ['subscriptions/count -1', 'subscriptions/count text', 'subscriptions/count null',
      'subscriptions/count none',
      'subscriptions/count an array'],
    kind: 'deliberate',
    reason: 'What is no count is not told.',
    'pusher-js': ['signals pub: subscription-count*',
      'channel pub: event pusher:subscription_count*'],
  },
  {
    scenarios: ['subscriptions/count -1', 'subscriptions/count text'], kind: 'deliberate',
    reason: 'What is no count is not taken for one.',
    'pusher-js': ['calls: channel pub {"count":*'],
    'pusher-glib': ['calls: channel pub {"found":true,"subscribed":true}'],
  },
  {
    scenarios: ['subscriptions/count a fraction'], kind: 'harmless',
    reason: 'A count is a whole number.',
    instead: [
      ['signals pub: subscription-count {"count":1.5}',
        'signals pub: subscription-count {"count":1}'],
      ['calls: channel pub {"count":1.5*', 'calls: channel pub {"count":1*'],
    ],
  },
  {
    scenarios: ['subscriptions/the same count twice'], kind: 'deliberate',
    reason: 'A property is notified only if it has changed.',
    'pusher-js': ['signals pub: subscription-count {"count":3}'],
  },
  {
    scenarios: ['subscriptions/given up and wanted before the answer'], kind: 'deliberate',
    reason:
      'The answer is for the subscription that was given up: that one is undone, and asked ' +
      'for anew.',
    'pusher-js': ['signals pub: subscription-succeeded',
      'channel pub: event pusher:subscription_succeeded*',
      'calls: channel pub*"subscribed":true}'],
    'pusher-glib': ['server #1 pub: pusher:unsubscribe', 'server #1 pub: pusher:subscribe',
      'calls: channel pub*"subscribed":false}'],
  },
  {
    scenarios: ['subscriptions/given up before the refusal'], kind: 'pusher-js',
    reason: 'It tells the refusal of what nobody wants any more, and keeps the channel for ever.',
    'pusher-js': ['signals private-a: subscription-error',
      'channel private-a: event pusher:subscription_error*'],
    instead: [['calls: channels {"names":["private-a"]}', 'calls: channels {"names":[]}']],
  },
  {
    scenarios: ['subscriptions/given up, wanted and refused'], kind: 'deliberate',
    reason: 'The refusal is for the subscription that was given up: it is asked for anew.',
    'pusher-js': ['signals private-a: subscription-error',
      'channel private-a: event pusher:subscription_error*'],
    'pusher-glib': ['authorization private-a: asked*', 'server #1 private-a: pusher:subscribe*'],
  },
  {
    scenarios: ['subscriptions/confirmed twice'], kind: 'deliberate',
    reason: 'A confirmation that nobody has asked for is no news.',
    'pusher-js': ['signals pub: subscription-succeeded',
      'channel pub: event pusher:subscription_succeeded*'],
  },
  {
    scenarios: ['presence/confirmed twice'], kind: 'deliberate',
    reason: 'A confirmation that nobody has asked for is no news, but what is new in its list is.',
    'pusher-js': ['signals presence-a: subscription-succeeded',
      'channel presence-a: event pusher:subscription_succeeded*'],
    'pusher-glib': ['channel presence-a: event pusher:member_removed*',
      'channel presence-a: event pusher:member_changed*'],
  },
  {
    scenarios: ['subscriptions/confirmed, then refused'], kind: 'pusher-js',
    reason: 'It does not know that the server has refused.',
    instead: [['calls: channel private-a {"found":true,"subscribed":true}',
      'calls: channel private-a {"found":true,"subscribed":false}']],
  },
  {
    scenarios: ['subscriptions/refused, then confirmed'], kind: 'deliberate',
    reason: 'One question has one answer: the refusal, which named the channel.',
    'pusher-js': ['signals private-a: subscription-succeeded',
      'channel private-a: event pusher:subscription_succeeded*'],
    instead: [['calls: channel private-a {"found":true,"subscribed":true}',
      'calls: channel private-a {"found":true,"subscribed":false}']],
  },
  {
    scenarios: ['subscriptions/refused, then tried again'], kind: 'pusher-js',
    reason:
      'It does not know that the server has refused: subscribe() does nothing until the next ' +
      'connection.',
    'pusher-glib': ['authorization private-a: asked*', 'server #1 private-a: pusher:subscribe*'],
  },
  {
    scenarios: ['subscriptions/refused, then given up',
      'subscriptions/given up before the answer, then lost',
      'authorization/later than the end', 'authorization/later than the end, an error',
        'portable/given up before the answer'],
    kind: 'pusher-js',
    reason: 'A channel that was given up before its answer is kept until there is one.',
    instead: [['calls: channels {"names":["*"]}', 'calls: channels {"names":[]}']],
  },
  {
    scenarios: ['subscriptions/an error that names the channel'], kind: 'deliberate',
    reason: 'An error that names a channel whose answer is awaited is the answer.',
    'pusher-js': ['errors: error {"code":4009}'],
    'pusher-glib': ['signals private-a: subscription-error',
      'channel private-a: event pusher:subscription_error*'],
  },
  {
    scenarios: ['subscriptions/an error that names nothing'], kind: 'deliberate',
    reason:
      '“Unauthorized” is the answer of servers that do not say to what: to the only one that ' +
      'is awaited.',
    'pusher-js': ['errors: error {"code":4009}'],
    'pusher-glib': ['signals private-a: subscription-error',
      'channel private-a: event pusher:subscription_error*'],
  },
  {
    scenarios: ['subscriptions/given up before the answer, then lost'], kind: 'pusher-js',
    reason: 'It subscribes anew to what was given up while the answer was awaited.',
    'pusher-js': ['server #2 pub: pusher:subscribe'],
  },
  {
    scenarios: ['losses/one given up before its answer/*'], kind: 'pusher-js',
    reason: 'It subscribes anew to what was given up while the answer was awaited.',
    'pusher-js': ['server #* pub: pusher:subscribe', 'calls: channels*,"pub"]}'],
    'pusher-glib': ['calls: channels*"private-encrypted-a"]}'],
  },
  {
    scenarios: ['authorization/no auth', 'authorization/auth null', 'authorization/auth empty',
      'authorization/auth a number',
      'authorization/POST answered with an array', 'authorization/POST answered with a string',
      'authorization/POST answered with a number', 'authorization/POST answered with no members'],
    kind: 'deliberate',
    reason: 'An answer without a signature is told as what it is, not sent to the server.',
    'pusher-js': ['server #1 private-a: pusher:subscribe*'],
    'pusher-glib': ['signals private-a: subscription-error',
      'channel private-a: event pusher:subscription_error*'],
  },
  {
    scenarios: ['authorization/POST answered with an array',
      'authorization/POST answered with a string',
      'authorization/POST answered with a number', 'authorization/POST answered with no members'],
    kind: 'pusher-js',
    reason: 'So it waits for an answer of the server.',
    'pusher-js': ['end: * the application did not see*'],
    'pusher-glib': ['calls: channel private-a*"subscribed":false}'],
  },
  {
    scenarios: ['authorization/POST answered with null'], kind: 'pusher-js',
    reason: 'It throws in its own handler when there is no answer in the answer.',
    'pusher-js': [thrown],
    'pusher-glib': ['signals private-a: subscription-error',
      'channel private-a: event pusher:subscription_error*'],
  },
  {
    scenarios: ['authorization/POST answered with 302'], kind: 'pusher-js',
    reason: 'It throws in its own handler when a redirection leads nowhere.',
    'pusher-js': [thrown],
    'pusher-glib': ['signals private-a: subscription-error',
      'channel private-a: event pusher:subscription_error*'],
  },
  {
    scenarios: ['authorization/POST answered with empty',
      'authorization/POST answered with no JSON', 'authorization/POST answered with HTML'],
    kind: 'harmless',
    reason: 'A status of 200 is not why it failed.',
    instead: [['@pusher:subscription_error {"data":{"status":200,"type":"AuthError"}}',
      '@pusher:subscription_error {"data":{"type":"AuthError"}}']],
  },
  {
    scenarios: ['authorization/later than the end'], kind: 'pusher-js',
    reason: 'It subscribes to what has been given up meanwhile.',
    'pusher-js': ['server #1 private-a: pusher:subscribe*'],
  },
  {
    scenarios: ['authorization/later than the end, an error'], kind: 'pusher-js',
    reason: 'It tells the failure of what nobody wants any more.',
    'pusher-js': ['signals private-a: subscription-error',
      'channel private-a: event pusher:subscription_error*'],
  },
  {
    scenarios: ['authorization/later than the end and the beginning'], kind: 'harmless',
    reason: 'The question was taken back when its channel was given up: it is asked anew.',
    'pusher-js': ['server #1 private-a: pusher:subscribe*'],
    'pusher-glib': ['authorization private-a: asked*', 'server #1 private-a: pusher:subscribe*'],
  },
  {
    scenarios: ['authorization/later than the connection'], kind: 'pusher-js',
    reason: 'It sends a signature for the socket id of a connection that is gone.',
    'pusher-js': ['server #2 private-a: pusher:subscribe {"auth":"wrong"}'],
  },
  {
    scenarios: ['authorization/later than the connection, an error'], kind: 'pusher-js',
    reason: 'It tells the failure of what was asked for a connection that is gone.',
    'pusher-js': ['signals private-a: subscription-error',
      'channel private-a: event pusher:subscription_error*'],
  },
  {
    scenarios: ['users/allowed later than the connection'], kind: 'pusher-js',
    reason: 'It sends a signature for the socket id of a connection that is gone.',
    'pusher-js': ['server #2 user: pusher:signin {"auth":"wrong"*'],
  },
  {
    scenarios: ['users/answer with *'], kind: 'deliberate',
    reason: 'An answer that no server can take is told as what it is, not sent to the server.',
    'pusher-js': ['server #1 user: pusher:signin*'],
    'pusher-glib': ['user: sign-in-error*'],
  },
];
