// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Client events, what is sent to users, and what is encrypted.

const thrown = 'crash: thrown';
const undecrypted = ['signals private-encrypted-a: error {"code":"decryption"}',
  'errors: error {"code":"decryption"}'];

export default [
  {
    scenarios: ['client-events/before the authorization', 'client-events/before the answer',
      'client-events/after a refusal'],
    kind: 'deliberate',
    reason: 'Who is not subscribed is told so: servers ignore it.',
    'pusher-js': ['server #1 private-a: client-hi {"data":{"a":1}}'],
    'pusher-glib': ['calls: refused trigger'],
  },
  {
    scenarios: ['client-events/sent/20 kB', 'client-events/named 257 characters'],
      kind: 'deliberate',
    reason: 'What servers would refuse for its size is refused, with what it may be.',
    'pusher-js': ['server #1 private-a: client-*'],
    'pusher-glib': ['calls: refused trigger'],
  },
  {
    scenarios: ['client-events/refused by the server, by channel'], kind: 'deliberate',
    reason: 'An error that names a channel is an error of the channel.',
    'pusher-glib': ['signals private-a: error {"code":4301}'],
  },
  {
    scenarios: ['users/no sign-in, but a success'], kind: 'pusher-js',
    reason: 'It throws in its own handler when it is signed in without having asked.',
    'pusher-js': [thrown],
    'pusher-glib': ['connection: event pusher:signin_success*'],
  },
  {
    scenarios: ['users/success twice'], kind: 'deliberate',
    reason: 'A sign-in that nobody has asked for is no news.',
    'pusher-js': ['user: signed-in*', 'server #1 #server-to-user-me: pusher:subscribe'],
  },
  {
    scenarios: ['users/success with none', 'users/success with null',
      'users/success with user data null', 'users/success with user data null, as text'],
    kind: 'pusher-js',
    reason: 'It throws in its own handler when there is no user in a success.',
    'pusher-js': [thrown],
    'pusher-glib': ['connection: event pusher:signin_success*', 'user: sign-in-error*'],
  },
  {
    scenarios: ['users/success with empty', 'users/success with user data no JSON',
      'users/success with user data an array',
      'users/success with no id', 'users/success with id *'],
    kind: 'pusher-js',
    reason: 'It forgets a sign-in that has failed, and tells nobody.',
    'pusher-glib': ['user: sign-in-error*'],
  },
  {
    scenarios: ['users/success with user data an object'], kind: 'deliberate',
    reason: 'A user is a user, in text or not.',
    'pusher-glib': ['user: signed-in*', 'server #1 #server-to-user-me: pusher:subscribe',
      'calls: user {"data":{"id":"me"}}'],
    'pusher-js': ['calls: user'],
  },
  {
    scenarios: ['users/not allowed, then tried again'], kind: 'pusher-js',
    reason: 'After a sign-in that has failed, signin() does nothing until the next connection.',
    'pusher-glib': ['authorization user: asked*', 'server #1 user: pusher:signin*'],
  },
  {
    scenarios: ['users/refused by the server'], kind: 'deliberate',
    reason: 'A server that refuses a sign-in by name is heard.',
    'pusher-glib': ['user: sign-in-error*'],
  },
  {
    scenarios: ['users/watchlist, the same twice'], kind: 'deliberate',
    reason: 'Who is online does not come online.',
    'pusher-js': ['signals watchlist: online {"id":"al"}',
      'signals watchlist: offline {"id":"bo"}'],
  },
  {
    scenarios: ['users/watchlist without sign-in'], kind: 'deliberate',
    reason: 'Who is not signed in has no watchlist.',
    'pusher-js': ['watchlist: online {"id":"al"}', 'signals watchlist: online {"id":"al"}'],
  },
  {
    scenarios: ['users/watchlist without a name'], kind: 'deliberate',
    reason: 'What has no name is no event.',
    'pusher-js': ['watchlist: {"id":"al"}'],
  },
  {
    scenarios: ['calls/in the handler of a sign-in/disconnect'], kind: 'harmless',
    reason: 'The user is told before the message is: it comes after what the handler did.',
    'pusher-js': ['connection: event pusher:signin_success*'],
    'pusher-glib': ['connection: event pusher:signin_success*',
      'server #1 #server-to-user-me: pusher:subscribe'],
  },
  {
    scenarios: ['encrypted/box *', 'encrypted/not encrypted', 'encrypted/client event',
      'encrypted/before the key',
      'encrypted/a new key that is wrong as well', 'encrypted/a new key that is refused'],
    kind: 'deliberate',
    reason: 'An event that cannot be decrypted is told as an error: it is lost.',
    'pusher-glib': undecrypted,
  },
  {
    scenarios: ['encrypted/box none', 'encrypted/box null', 'encrypted/box nonce too long',
      'encrypted/box no base64',
      'encrypted/box ciphertext no base64'],
    kind: 'pusher-js',
    reason: 'It throws in its own handler when a box is none.',
    'pusher-js': [thrown],
  },
  {
    scenarios: ['encrypted/secret no base64'], kind: 'pusher-js',
    reason: 'It throws in its own handler when a secret is none.',
    'pusher-js': [thrown],
    'pusher-glib': ['signals private-encrypted-a: subscription-error',
      'channel private-encrypted-a: event pusher:subscription_error*'],
  },
  {
    scenarios: ['encrypted/secret too short', 'encrypted/secret too long',
      'encrypted/secret a number'], kind: 'deliberate',
    reason: 'A secret that opens nothing is told as what it is, before the subscription.',
    'pusher-js': ['server #1 private-encrypted-a: pusher:subscribe*'],
    'pusher-glib': ['signals private-encrypted-a: subscription-error',
      'channel private-encrypted-a: event pusher:subscription_error*'],
  },
  {
    scenarios: ['encrypted/a new key that is refused'], kind: 'deliberate',
    reason: 'It is told why there is no key.',
    'pusher-glib': ['signals private-encrypted-a: error {"code":"authorization"}',
      'errors: error {"code":"authorization"}'],
  },
  {
    scenarios: ['encrypted/a new key that comes late'], kind: 'deliberate',
    reason: 'One question is enough for all events that wait, and they stay in order.',
    'pusher-js': ['authorization private-encrypted-a: asked*'],
    'pusher-glib': ['channel private-encrypted-a: event newer*'],
  },
  {
    scenarios: ['encrypted/given up while a key is fetched'], kind: 'pusher-js',
    reason: 'It tells events of a channel that was given up.',
    'pusher-js': ['channel private-encrypted-a: event new*'],
  },
];
