// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Presence: lists of members in every shape, and who comes and goes.

const text = data => JSON.stringify(data);
const channel = 'presence-a';
const asked = [['accept'], ['subscribe', channel]];
const two = {me: {name: 'Me'}, al: {name: 'Al'}};
const joined = [...asked, ['joined', channel, two]];
const again = [['accept'], ['in-state', 'connected'], ['received', {event: 'pusher:subscribe'}]];
const members = ['members', channel];
const list = presence => ({event: 'pusher_internal:subscription_succeeded', channel,
  data: text({presence})});

const lists = {
  'of one': {ids: ['me'], hash: {me: {name: 'Me'}}, count: 1},
  'of none': {ids: [], hash: {}, count: 0},
  'without me': {ids: ['al'], hash: {al: {}}, count: 1},
  'info null': {ids: ['me', 'al'], hash: {me: null, al: null}, count: 2},
  'info a text': {ids: ['me', 'al'], hash: {me: 'x', al: ''}, count: 2},
  'info a number': {ids: ['me', 'al'], hash: {me: 1, al: 0}, count: 2},
  'info an array': {ids: ['me'], hash: {me: [1]}, count: 1},
  'info deep': {ids: ['me'], hash: {me: {a: {b: [{c: 1}]}}}, count: 1},
  'numbers as ids': {ids: [1, 2], hash: {1: {n: 1}, 2: {n: 2}}, count: 2},
  'hash an array': {ids: [0, 1], hash: [{n: 0}, {n: 1}], count: 2},
  'hash an empty array': {ids: [], hash: [], count: 0},
  'no ids': {hash: two, count: 2},
  'no count': {ids: ['me', 'al'], hash: two},
  'a wrong count': {ids: ['me', 'al'], hash: two, count: 5},
  'a count as text': {ids: ['me', 'al'], hash: two, count: '2'},
  'ids without info': {ids: ['me', 'al', 'bo'], hash: two, count: 3},
  'info without ids': {ids: ['me'], hash: two, count: 2},
  'ids twice': {ids: ['me', 'me', 'al'], hash: two, count: 2},
  'odd ids': {ids: ['me', '', ' ', 'ü', 'a"b'], hash: {me: {}, '': {}, ' ': {}, 'ü': {}, 'a"b': {}},
  count: 5},
  'ids of prototypes': {ids: ['me', 'constructor', 'toString'],
  hash: {me: {}, constructor: {}, toString: {}}, count: 3},
  'many': {
    ids: Array.from({length: 100}, (_, i) => `u${i}`),
    hash: Object.fromEntries(Array.from({length: 100}, (_, i) => [`u${i}`, {n: i}])), count: 100,
  },
  'no hash': {ids: ['me'], count: 1},
  'hash null': {ids: ['me'], hash: null, count: 1},
  'more': {ids: ['me'], hash: {me: {}}, count: 1, x: 1},
};

const confirmations = {
  'none': undefined, 'null': null, 'empty text': '', 'text of an object': '{}', 'a number': 5,
  'no JSON': 'hello',
  'presence null': '{"presence":null}', 'presence an array': '{"presence":[]}',
  'no text': {presence: {ids: ['me'], hash: {me: {}}, count: 1}},
};

const comings = {
  'a member': {user_id: 'bo', user_info: {name: 'Bo'}},
  'no info': {user_id: 'bo'},
  'info null': {user_id: 'bo', user_info: null},
  'info a text': {user_id: 'bo', user_info: 'x'},
  'a number as id': {user_id: 7, user_info: {}},
  'a number as id, 0': {user_id: 0, user_info: {}},
  'somebody who is there': {user_id: 'al', user_info: {name: 'Al'}},
  'somebody who is there, with other info': {user_id: 'al', user_info: {name: 'Albert'}},
  'me': {user_id: 'me', user_info: {name: 'Me'}},
  'an empty id': {user_id: '', user_info: {}},
  'no id': {user_info: {}},
  'id null': {user_id: null, user_info: {}},
  'id an object': {user_id: {}, user_info: {}},
  'nothing': {},
  'more': {user_id: 'bo', user_info: {}, x: 1},
};

const goings = {
  'a member': {user_id: 'al'}, 'with info': {user_id: 'al', user_info: {name: 'Other'}},
  'me': {user_id: 'me'}, 'somebody who is not there': {user_id: 'bo'}, 'no id': {},
  'id null': {user_id: null},
  'a number as id': {user_id: 7},
};

const whos = {
  'a number': {user_id: 7, user_info: {}}, 'no info': {user_id: 'me'},
  'empty': {user_id: '', user_info: {}},
  'no id': {user_info: {}},
};

export default [
  ...Object.entries(lists).map(([name, presence]) => ({
    name: `presence/list ${name}`, steps: [...asked, ['send', list(presence)], members],
  })),
  ...Object.entries(confirmations).map(([name, data]) => ({
    name: `presence/confirmed with ${name}`, steps: [
      ...asked,
      ['send', {event: 'pusher_internal:subscription_succeeded', channel, data}],
      ['publish', channel, 'news', 1],
    ],
  })),
  ...Object.entries(comings).flatMap(([name, data]) => [
    {name: `presence/joins ${name}`, steps: [
      ...joined, ['send', {event: 'pusher_internal:member_added', channel, data: text(data)}],
      members,
    ]},
  ]),
  {name: 'presence/joins as an object', steps: [
    ...joined, ['send', {event: 'pusher_internal:member_added', channel,
    data: comings['a member']}], members,
  ]},
  ...Object.entries(goings).map(([name, data]) => ({name: `presence/leaves ${name}`, steps: [
    ...joined, ['send', {event: 'pusher_internal:member_removed', channel, data: text(data)}],
    members,
  ]})),
  ...Object.entries(whos).map(([name, as]) => ({name: `presence/channel data ${name}`,
    auth: {'*': {as}}, steps: [
    ...asked, ['joined', channel, {[as.user_id ?? 'me']: {}}], members,
  ]})),
  ...Object.entries({'no JSON': 'hello', 'a number': '5', 'null': 'null', 'an array': '[]',
    'empty': ''}).map(([name, data]) => ({
    name: `presence/channel data ${name}, as text`, auth: {'*': {body: {channel_data: data}}},
      steps: [...asked, ['channel', channel]],
  })),
  {name: 'presence/joins before the list', steps: [
    ...asked, ['peer-joins', channel, 'bo', {}], ['joined', channel, two], members,
  ]},
  {name: 'presence/joins and leaves', steps: [
    ...joined,
    ['together', ['peer-joins', channel, 'bo', {}], ['peer-leaves', channel, 'bo'],
    ['peer-joins', channel, 'bo', {n: 2}]],
    members,
  ]},
  {name: 'presence/look-ups', steps: [
    ...joined, ['member', channel, 'al'], ['member', channel, 'bo'],
    ['member', channel, 'constructor'], ['member', channel, ''],
  ]},
  {name: 'presence/members before the list', steps: [...asked, members]},
  {name: 'presence/members when nobody is connected', steps: [...joined, ['disconnect'], members]},
  {name: 'presence/members after the end',
    steps: [...joined, ['unsubscribe', channel], ['channels']]},
  {name: 'presence/given up and wanted again', steps: [
    ...joined, ['unsubscribe', channel], ['subscribe', channel], ['joined', channel, {me: {}}],
    members,
  ]},
  {name: 'presence/the same list after a loss', steps: [
    ...joined, ['close', 4200], ...again, ['joined', channel, two], members,
  ]},
  {name: 'presence/another list after a loss', steps: [
    ...joined, ['close', 4200], ...again, ['joined', channel, {me: {name: 'Me'}, bo: {}}], members,
  ]},
  {name: 'presence/other info after a loss', steps: [
    ...joined, ['close', 4200], ...again,
    ['joined', channel, {me: {name: 'Me'}, al: {name: 'Albert'}}], members,
  ]},
  {name: 'presence/confirmed twice', steps: [...joined, ['joined', channel, {me: {}}], members]},
  {name: 'presence/cache', steps: [
    ['accept'], ['subscribe', 'presence-cache-a'], ['joined', 'presence-cache-a'],
    ['miss-cache', 'presence-cache-a'],
    ['members', 'presence-cache-a'],
  ]},
  // As at Reverb, whose last event is that somebody left
  ...['me', 'al'].map(id => ({
    name: `presence/cache tells that ${id === 'me' ? 'I' : id} left`, steps: [
      ['accept'], ['subscribe', 'presence-cache-a'], ['joined', 'presence-cache-a', two],
      ['peer-leaves', 'presence-cache-a', id], ['members', 'presence-cache-a'],
    ],
  })),
  {name: 'presence/count', steps: [
    ...joined,
    ['send', {event: 'pusher_internal:subscription_count', channel,
    data: '{"subscription_count":3}'}],
    ['channel', channel],
  ]},
  ...['al', '', 7,
    null].map(id => ({name: `presence/client event of ${id === '' ? 'nobody, as text' : id}`,
    steps: [
    ...joined,
    ['bind', channel, 'client-hi'],
    ['send', {event: 'client-hi', channel, data: {a: 1}, user_id: id}],
  ]})),
  {name: 'presence/client event of nobody', steps: [
    ...joined, ['bind', channel, 'client-hi'],
    ['send', {event: 'client-hi', channel, data: {a: 1}}],
  ]},
];
