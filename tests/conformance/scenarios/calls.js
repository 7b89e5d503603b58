// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What an application may do, in each state and in the middle of being told.

const on = [['accept'], ['subscribe', 'pub'], ['succeed', 'pub']];
const again = [['accept'], ['in-state', 'connected']];
const news = ['publish', 'pub', 'news', 1];

const states = {
  'connecting': [['ignore']],
  'opening': [['open']],
  'connected': [['accept']],
  'subscribed': on,
  'disconnected': [...on, ['disconnect']],
  'closed by the server': [...on, ['close', 4001], ['in-state', /disconnected|failed/]],
  'waiting': [...on, ['cut']],
};

const actions = {
  'connect': [['connect']], 'disconnect': [['disconnect']], 'subscribe': [['subscribe', 'other']],
  'subscribe again': [['subscribe', 'pub']], 'unsubscribe': [['unsubscribe', 'pub']],
  'unsubscribe from another': [['unsubscribe', 'other']], 'sign in': [['signin']],
  'list channels': [['channels']], 'look up': [['channel', 'pub'], ['channel', 'other']],
  'subscribe to private': [['subscribe', 'private-a']],
  'disconnect twice': [['disconnect'], ['disconnect']],
  'connect twice': [['connect'], ['connect']],
};

// What comes of the call shows once the client is where it wants to be.
const ends = {
  'waiting': action => action.startsWith('disconnect') ? [['state']]
    : [['accept'], ['in-state', 'connected'], ['channels']],
  'disconnected': action => action.startsWith('connect')
    ? [...again, ['channels']] : [['state'], ['channels']],
  'closed by the server': action => action.startsWith('connect')
    ? [...again, ['channels']] : [['channels']],
  'opening': action => action.startsWith('disconnect') ? [['state']] : [['greet'], ['channels']],
};

// Keys of what drivers tell: what is done in the handler of that
const moments = {
  'connected': {key: 'connection state connected', steps: [...on, news]},
  'connecting again': {key: 'connection state connecting', begin: on,
    steps: [['close', 4200], ...again]},
  'disconnected': {key: 'connection state disconnected', begin: on,
    steps: [['disconnect'], ['state']]},
  'subscribed': {key: 'channel pub event pusher:subscription_succeeded', steps: [...on, news]},
  'an event': {key: 'channel pub event news', begin: on,
    steps: [['together', news, ['publish', 'pub', 'more', 2]], news]},
  'a global event': {key: 'connection event global', begin: on,
    steps: [['send', {event: 'global', data: '1'}], news]},
  'a member': {
    key: 'channel presence-a event pusher:member_added',
    begin: [...on, ['subscribe', 'presence-a'], ['joined', 'presence-a']],
    steps: [['together', ['peer-joins', 'presence-a', 'al', {}],
      ['peer-joins', 'presence-a', 'bo', {}]], news],
  },
  'a refusal': {
    key: 'channel private-a event pusher:subscription_error', begin: on,
    steps: [['subscribe', 'private-a'], ['refuse', 'private-a'], news],
  },
  'a sign-in': {key: 'user signed-in', begin: on, steps: [['signin'], ['sign-in'], news]},
  'an error': {
    key: 'errors error', begin: on,
    steps: [['send', {event: 'pusher:error', data: {code: 4301, message: 'x'}}], news],
  },
};

const inHandlers = {
  'disconnect': ['disconnect'], 'connect': ['connect'], 'subscribe': ['subscribe', 'other'],
  'unsubscribe': ['unsubscribe', 'pub'], 'sign in': ['signin'], 'look up': ['channel', 'pub'],
};

export default [
  ...Object.entries(states).flatMap(([state, steps]) =>
    Object.entries(actions).map(([action, calls]) => ({
    name: `calls/${state}/${action}`,
    steps: [...steps, ...calls, ...ends[state]?.(action) ?? [['state'], ['channels']]],
  }))),
  ...Object.entries(moments).flatMap(([moment, {key, begin = [], steps}]) =>
    Object.entries(inHandlers).map(([action, call]) => ({
      name: `calls/in the handler of ${moment}/${action}`,
      steps: [...begin, ['when', key, ...call], ...steps, ['state'], ['channels']],
    }))),
  {name: 'calls/connect while waiting', steps: [...on, ['cut'],
    ['together', ['connect'], ['accept']], ['in-state', 'connected']]},
  {name: 'calls/disconnect and connect at once', steps: [
    ...on, ['together', ['disconnect'], ['connect']], ...again,
    ['received', {event: 'pusher:subscribe'}], ['succeed', 'pub'], news,
  ]},
  {name: 'calls/disconnect, then what was on its way',
    steps: [...on, ['together', ['disconnect'], news], ['state']]},
  {name: 'calls/switch cluster', steps: [
    ...on, ['switch-cluster', 'other-key'], ...again, ['received', {event: 'pusher:subscribe'}],
    ['succeed', 'pub'], news,
  ]},
  {name: 'calls/bind twice', steps: [
    ...on, ['bind', 'pub', 'news'], ['bind', 'pub', 'more'], news, ['publish', 'pub', 'more', 2],
    ['publish', 'pub', 'mor', 3],
  ]},
  {name: 'calls/bind before the subscription', steps: [
    ['subscribe', 'pub'], ['bind', 'pub', 'pusher:subscription_succeeded'], ['bind', 'pub', 'news'],
    ['accept'],
    ['succeed', 'pub'], news,
  ]},
  {name: 'calls/bind, kept over a loss', steps: [
    ...on, ['bind', 'pub', 'news'], ['close', 4200], ...again,
    ['received', {event: 'pusher:subscribe'}], ['succeed', 'pub'], news,
  ]},
  {name: 'calls/unbind', steps: [...on, ['bind', 'pub', 'news'], news, ['unbind', 'pub', 'news'],
    news]},
];
