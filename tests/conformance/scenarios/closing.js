// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// How connections end, and what follows: close codes, cuts, and silence.

const connected = ['in-state', 'connected'];
const again = [['accept'], connected];
// The end of the connection may come at any time after the ping.
const silent = ['together', ['received', {event: 'pusher:ping'}], ['accept']];
const refused = [['in-state', /disconnected|failed/], ['state']];
const subscribed = [
  ['accept'],
  ['subscribe', 'pub'],
  ['subscribe', 'private-a'],
  ['succeed', 'pub'],
  ['succeed', 'private-a'],
];
const resubscribed = [
  ['received', {event: 'pusher:subscribe', data: {channel: 'private-a'}}],
  ['succeed', 'private-a'],
  ['succeed', 'pub'],
  ['publish', 'pub', 'after', 1],
];

const retried = [
  1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 3000, 3999,
  4100, 4150, 4199, 4200, 4201, 4202, 4250, 4299,
];
const final = [
  4001, 4003, 4004, 4005, 4006, 4007, 4008, 4009, 4050, 4099, 4300, 4301, 4302, 4350, 4999,
];

export default [
  ...retried.map(code => ({name: `closing/${code}`, steps: [
    ...subscribed, ['close', code, 'bye'], ...again, ...resubscribed,
  ]})),
  ...final.map(code => ({name: `closing/${code}`, steps: [
    ...subscribed, ['close', code, 'bye'], ...refused, ['channel', 'pub'],
  ]})),
  {name: 'closing/4001, and back', steps: [
    ...subscribed, ['close', 4001, 'bye'], ...refused, ['connect'], ...again, ...resubscribed,
  ]},
  {name: 'closing/4000', steps: [...subscribed, ['close', 4000], ['ask-for-tls']]},
  {name: 'closing/no code', steps: [...subscribed, ['close'], ...again, ...resubscribed]},
  {name: 'closing/cut', steps: [...subscribed, ['cut'], ...again, ...resubscribed]},
  {name: 'closing/reset', steps: [...subscribed, ['cut', true], ...again, ...resubscribed]},
  {name: 'closing/no WebSocket frame', steps: [
    ...subscribed, ['broken', ['write', 'ff']], ...again, ...resubscribed,
  ]},
  {name: 'closing/text that is no UTF-8', steps: [
    ...subscribed, ['broken', ['frame', {base64: '//79'}]], ...again, ...resubscribed,
  ]},
  {name: 'closing/reserved bits', steps: [
    ...subscribed, ['broken', ['frame', {payload: '{}', rsv: 4}]], ...again, ...resubscribed,
  ]},
  {name: 'closing/twice', steps: [
    ...subscribed, ['close', 4200], ...again, ['close', 4200], ...again, ...resubscribed,
  ]},
  {name: 'closing/cut twice', steps: [
    ...subscribed, ['cut'], ...again, ['cut'], ...again, ...resubscribed,
  ]},
  {name: 'closing/after an error', steps: [
    ...subscribed,
    ['together',
      ['send', {event: 'pusher:error', data: {code: 4201, message: 'Pong missed'}}],
      ['close', 4201, 'Pong missed']],
    ...again, ...resubscribed,
  ]},
  {name: 'closing/after a last event', steps: [
    ...subscribed,
    ['together', ['publish', 'pub', 'last', 1], ['close', 4200]],
    ...again, ...resubscribed,
  ]},
  {name: 'closing/cut after a last event', steps: [
    ...subscribed, ['publish', 'pub', 'last', 1], ['cut'], ...again, ...resubscribed,
  ]},
  {name: 'closing/silence', settings: {activity_timeout: 2, pong_timeout: 2}, steps: [
    ...subscribed, silent, connected, ...resubscribed,
  ]},
  {name: 'closing/silence of a server that said when', settings: {pong_timeout: 2}, steps: [
    ['accept', {activity_timeout: 2}], silent, connected,
  ]},
  {name: 'closing/pong', settings: {activity_timeout: 1, pong_timeout: 5}, steps: [
    ['accept'],
    ['received', {event: 'pusher:ping'}],
    ['send', {event: 'pusher:pong', data: {}}],
    ['received', {event: 'pusher:ping'}],
    ['state'],
  ]},
  {name: 'closing/an event in place of a pong', settings: {activity_timeout: 1, pong_timeout: 5},
    steps: [
    ['accept'],
    ['received', {event: 'pusher:ping'}],
    ['send', {event: 'news', data: '1'}],
    ['received', {event: 'pusher:ping'}],
    ['state'],
  ]},
  ...Object.entries({
    'no data': {event: 'pusher:ping'},
    'empty data': {event: 'pusher:ping', data: {}},
    'text': {event: 'pusher:ping', data: '{}'},
    'channel': {event: 'pusher:ping', data: {}, channel: 'pub'},
  }).map(([name, message]) => ({name: `closing/ping/${name}`, steps: [
    ...subscribed, ['send', message], ['state'],
  ]})),
  {name: 'closing/unavailable', settings: {unavailable_timeout: 4}, steps: [
    ['accept'],
    ['unlisten'],
    ['cut'],
    ['in-state', 'unavailable'],
  ]},
  {name: 'closing/unavailable at once', settings: {unavailable_timeout: 1}, steps: [
    ['ignore'],
    ['in-state', 'unavailable'],
  ]},
  {name: 'closing/unavailable, then there', settings: {unavailable_timeout: 1}, steps: [
    ['open'],
    ['in-state', 'unavailable'],
    ['greet'],
    ['state'],
  ]},
];
