// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Sign-in, what is sent to a user, and the watchlist.

const text = data => JSON.stringify(data);
const signedIn = [['accept'], ['signin'], ['sign-in']];
const again = [['accept'], ['in-state', 'connected']];
const asked = ['received', {event: 'pusher:signin'}];
const success = data => ({event: 'pusher:signin_success', data});

const successes = {
  'text': text({user_data: '{"id":"me"}'}), 'an object': {user_data: '{"id":"me"}'},
  'auth as well': {auth: 'key:1234', user_data: '{"id":"me"}'},
  'another user': {user_data: '{"id":"other"}'},
  'more': {user_data: '{"id":"me","user_info":{"a":[1]},"watchlist":["al"],"x":1}'},
  'an id with characters': {user_data: '{"id":"a b/ü:☃"}'},
};

const failures = {
  'none': undefined, 'null': null, 'empty': {}, 'user data null': {user_data: null},
  'user data an object': {user_data: {id: 'me'}},
  'user data no JSON': {user_data: 'hello'}, 'user data null, as text': {user_data: 'null'},
  'user data an array': {user_data: '[]'},
  'no id': {user_data: '{}'}, 'id a number': {user_data: '{"id":7}'},
  'id empty': {user_data: '{"id":""}'}, 'id null': {user_data: '{"id":null}'},
};

const watchlists = {
  'as an object': {events: [{name: 'online', user_ids: ['al']}]},
  'of another name': {events: [{name: 'away', user_ids: ['al']}]},
  'without ids': {events: [{name: 'online'}]},
  'ids null': {events: [{name: 'online', user_ids: null}]},
  'no ids': {events: [{name: 'online', user_ids: []}]},
  'ids of numbers': {events: [{name: 'online', user_ids: [7]}]},
  'without a name': {events: [{user_ids: ['al']}]}, 'no events': {events: []},
  'events null': {events: null}, 'nothing': {},
  'null': null,
};

export default [
  {name: 'users/sign-in', steps: [...signedIn, ['user']]},
  {name: 'users/sign-in before the connection',
    steps: [['signin'], ['accept'], ['sign-in'], ['user']]},
  {name: 'users/sign-in while disconnected', steps: [
    ['accept'], ['disconnect'], ['signin'], ['connect'], ...again, asked, ['sign-in'], ['user'],
  ]},
  {name: 'users/sign-in twice', steps: [['accept'], ['signin'], ['signin'], ['sign-in'],
    ['signin']]},
  {name: 'users/sign-in from the handler of the state', steps: [
    ['when', 'connection state connected', 'signin'], ['accept'], ['sign-in'],
  ]},
  {name: 'users/sign-in, and channels', steps: [
    ['signin'], ['subscribe', 'pub'], ['subscribe', 'private-a'], ['accept'], ['sign-in'],
    ['succeed', 'private-a'], ['succeed', 'pub'],
  ]},
  {name: 'users/no sign-in, but a success',
    steps: [['accept'], ['send', success({user_data: '{"id":"me"}'})], ['user']]},
  {name: 'users/success twice', steps: [...signedIn, ['sign-in'], ['user']]},
  ...Object.entries({...successes, ...failures}).map(([name, data]) =>
    ({name: `users/success with ${name}`, steps: [
    ['accept'], ['signin'], ['send', success(data)], ['user'], ['subscribe', 'pub'],
    ['succeed', 'pub'],
  ]})),
  {name: 'users/not allowed', auth: {'@user': {error: 'No'}},
    steps: [['accept'], ['signin'], ['user']]},
  {name: 'users/not allowed, then tried again', auth: {'@user': [{error: 'No'}, {}]}, steps: [
    ['accept'], ['signin'], ['signin'], ['sign-in'], ['user'],
  ]},
  {name: 'users/not allowed, then a new connection', auth: {'@user': [{error: 'No'}, {}]}, steps: [
    ['accept'], ['signin'], ['close', 4200], ...again, ['state'],
  ]},
  {name: 'users/allowed later', auth: {'@user': 'hold'}, steps: [
    ['accept'], ['signin'], ['subscribe', 'pub'], ['succeed', 'pub'], ['authorize', 'user'],
    ['sign-in'], ['user'],
  ]},
  {name: 'users/allowed later than the connection', auth: {'@user': ['hold', {}]}, steps: [
    ['accept'], ['signin'], ['close', 4200], ...again, asked, ['authorize', 'user'], ['sign-in'],
    ['user'],
  ]},
  ...Object.entries({'no auth': {auth: undefined}, 'no user data': {user_data: undefined},
    'user data no JSON': {user_data: 'hello'},
    'user data without id': {user_data: '{}'}, 'id a number': {user_data: '{"id":7}'},
    'id empty': {user_data: '{"id":""}'},
  }).map(([name, body]) => ({name: `users/answer with ${name}`, auth: {'@user': {body}},
    steps: [['accept'], ['signin'], ['user']]})),
  {name: 'users/refused by the server', steps: [
    ['accept'], ['signin'], ['send', {event: 'pusher:signin_error',
    data: {type: 'AuthError', error: 'No', status: 401}}], ['user'],
  ]},
  {name: 'users/refused with a close', auth: {'@user': {wrong: true}}, steps: [
    ['accept'], ['signin'], ['close', 4009, 'No'], ['in-state', /disconnected|failed/], ['user'],
  ]},
  {name: 'users/lost while signing in', steps: [
    ['accept'], ['signin'], ['close', 4200], ...again, asked, ['sign-in'], ['user'],
  ]},
  {name: 'users/signed in again after a loss', steps: [
    ...signedIn, ['close', 4200], ...again, asked, ['user'], ['sign-in'], ['user'],
    ['to-user', 'me', 'mail', 1],
  ]},
  {name: 'users/signed out by disconnect', steps: [...signedIn, ['disconnect'], ['user']]},
  {name: 'users/signed in again after disconnect', steps: [
    ...signedIn, ['disconnect'], ['connect'], ...again, asked, ['sign-in'], ['user'],
  ]},
  ...Object.entries({'an object': {a: 1}, 'text': 'x', 'a number': 0, 'null': null,
    'false': false}).map(([name, data]) => ({
    name: `users/event with ${name}`, steps: [...signedIn, ['to-user', 'me', 'mail', data]],
  })),
  ...['pusher:x', 'pusher_internal:x', 'client-x', '__proto__', 'error', 'online',
    'a b'].map(event => ({
    name: `users/event ${event}`, steps: [...signedIn, ['to-user', 'me', event, 1]],
  })),
  {name: 'users/event before the sign-in',
    steps: [['accept'], ['signin'], ['to-user', 'me', 'mail', 1], ['sign-in']]},
  {name: 'users/event for somebody else', steps: [...signedIn, ['to-user', 'al', 'mail', 1]]},
  {name: 'users/event after disconnect', steps: [...signedIn,
    ['together', ['disconnect'], ['to-user', 'me', 'mail', 1]]]},
  {name: 'users/own channel confirmed', steps: [...signedIn, ['succeed', '#server-to-user-me'],
    ['channels'], ['to-user', 'me', 'mail', 1]]},
  {name: 'users/own channel refused', steps: [...signedIn, ['refuse', '#server-to-user-me'],
    ['to-user', 'me', 'mail', 1]]},
  {name: 'users/watchlist', steps: [
    ...signedIn, ['watchlist', ['online', 'al', 'bo']], ['watchlist', ['offline', 'al']],
    ['watchlist', ['online', 'al'], ['offline', 'bo']],
  ]},
  {name: 'users/watchlist, the same twice', steps: [
    ...signedIn, ['watchlist', ['online', 'al']], ['watchlist', ['online', 'al']],
    ['watchlist', ['offline', 'bo']],
  ]},
  {name: 'users/watchlist before the success',
    steps: [['accept'], ['signin'], ['watchlist', ['online', 'al']], ['sign-in']]},
  {name: 'users/watchlist without sign-in', steps: [['accept'], ['watchlist', ['online', 'al']]]},
  ...Object.entries(watchlists).map(([name, data]) => ({name: `users/watchlist ${name}`, steps: [
    ...signedIn, ['send', {event: 'pusher_internal:watchlist_events', data}],
  ]})),
  {name: 'users/presence without channel data',
    auth: {'presence-a': {body: {channel_data: undefined}}}, steps: [
    ...signedIn, ['subscribe', 'presence-a'], ['joined', 'presence-a'], ['members', 'presence-a'],
  ]},
  {name: 'users/presence without channel data, before the success',
    auth: {'presence-a': {body: {channel_data: undefined}}}, steps: [
    ['accept'], ['signin'], ['subscribe', 'presence-a'], ['sign-in'], ['joined', 'presence-a'],
    ['members', 'presence-a'],
  ]},
  {name: 'users/presence without channel data, and no sign-in',
    auth: {'presence-a': {body: {channel_data: undefined}}}, steps: [
    ['accept'], ['subscribe', 'presence-a'], ['channel', 'presence-a'],
  ]},
  {name: 'users/presence without channel data, and a sign-in that fails',
    auth: {'presence-a': {body: {channel_data: undefined}}, '@user': 'hold'}, steps: [
      ['accept'], ['signin'], ['subscribe', 'presence-a'], ['authorize', 'user', {error: 'No'}],
      ['channel', 'presence-a'],
    ]},
];
