// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Who is there.

const malformed = 'errors: error {"code":"malformed"}';
const thrown = 'crash: thrown';
const joined = 'channel presence-a: event pusher:subscription_succeeded';

export default [
  {
    scenarios: ['presence/list no count', 'presence/list a wrong count',
      'presence/list a count as text'], kind: 'deliberate',
    reason: 'Members are counted, whatever the server says.',
    instead: [[`${joined} {"data":{*"me":*`, `${joined} {"data":{"count":2,"me":*`],
      ['calls: members presence-a {"data":{*"me":*',
        'calls: members presence-a {"data":{"count":2,"me":*']],
  },
  {
    scenarios: ['presence/list ids without info', 'presence/list odd ids'], kind: 'deliberate',
    reason: 'Who is in one of the two lists of the server is there, if there is an id.',
    instead: [[`${joined}*`, `${joined} *`],
      ['calls: members presence-a*', 'calls: members presence-a *']],
  },
  {
    scenarios: ['presence/list no hash', 'presence/list hash null'], kind: 'pusher-js',
    reason: 'It throws in its own handler when a list has no infos.',
    'pusher-js': [thrown],
    'pusher-glib': ['signals presence-a: subscription-succeeded', `${joined}*`],
  },
  {
    scenarios: ['presence/confirmed with *'], kind: 'pusher-js',
    reason: 'It throws in its own handler when a confirmation has no list.',
    'pusher-js': [thrown],
    'pusher-glib': ['signals presence-a: error {"code":"malformed"}', malformed,
      'signals presence-a: subscription-succeeded', `${joined}*`],
  },
  {
    scenarios: ['presence/joins a number as id*'], kind: 'deliberate',
    reason: 'Ids are text.',
    instead: [['channel presence-a: event pusher:member_added {"data":{"id":@,"info":{}}}',
      'channel presence-a: event pusher:member_added {"data":{"id":"@","info":{}}}']],
  },
  {
    scenarios: ['presence/channel data a number'], kind: 'deliberate',
    reason: 'Ids are text.',
    instead: [['@"me":7,@', '@"me":"7",@']],
  },
  {
    scenarios: ['users/watchlist ids of numbers'], kind: 'deliberate',
    reason: 'Ids are text.',
    instead: [['watchlist: online {"id":7}', 'watchlist: online {"id":"7"}']],
  },
  {
    scenarios: ['presence/client event of 7'], kind: 'deliberate',
    reason: 'Ids are text.',
    instead: [['@"user_id":7}', '@"user_id":"7"}']],
  },
  {
    scenarios: ['presence/client event of nobody, as text'], kind: 'harmless',
    reason: 'What the server sent for an id is shown.',
    instead: [['bound presence-a: event client-hi {"data":{"a":1}}',
      'bound presence-a: event client-hi {"data":{"a":1},"user_id":""}']],
  },
  {
    scenarios: ['presence/joins somebody who is there', 'presence/joins me'], kind: 'deliberate',
    reason: 'Who is there does not come.',
    'pusher-js': ['signals presence-a: member_added*',
      'channel presence-a: event pusher:member_added*'],
  },
  {
    scenarios: ['presence/joins somebody who is there, with other info',
      'presence/other info after a loss'], kind: 'deliberate',
    reason: 'Who is there has changed.',
    'pusher-js': ['signals presence-a: member_added*',
      'channel presence-a: event pusher:member_added*'],
    'pusher-glib': ['channel presence-a: event pusher:member_changed*'],
  },
  {
    scenarios: ['presence/joins an empty id', 'presence/joins no id', 'presence/joins id null',
      'presence/joins id an object', 'presence/joins nothing'],
    kind: 'deliberate',
    reason: 'Nobody comes without an id: that is told as a fault of the server.',
    'pusher-js': ['signals presence-a: member_added*',
      'channel presence-a: event pusher:member_added*'],
    'pusher-glib': ['signals presence-a: error {"code":"malformed"}', malformed],
    instead: [['calls: members presence-a {"data":{"count":3,*',
      'calls: members presence-a {"data":{"count":2,*']],
  },
  {
    scenarios: ['presence/leaves no id', 'presence/leaves id null'], kind: 'deliberate',
    reason: 'Nobody leaves without an id: that is told as a fault of the server.',
    'pusher-glib': ['signals presence-a: error {"code":"malformed"}', malformed],
  },
  {
    scenarios: ['presence/leaves me', 'presence/cache tells that I left',
      'portable/a presence cache that I left'],
    kind: 'pusher-js',
    reason:
      'It lets the user go who is subscribed, because Reverb repeats who left last on a cache ' +
      'channel.',
    'pusher-js': ['signals presence-*: member_removed {"id":"me"}',
      'channel presence-*: event pusher:member_removed*'],
    instead: [['calls: members presence-@ {"data":{"count":1,*',
      'calls: members presence-@ {"data":{"count":2,*']],
  },
  {
    scenarios: ['presence/channel data empty', 'presence/channel data no id',
      'presence/channel data a number, as text',
      'presence/channel data an array, as text'],
    kind: 'deliberate',
    reason:
      'Channel data that does not say who is to join is told as what it is, not sent to the ' +
      'server.',
    'pusher-js': ['server #1 presence-a: pusher:subscribe*'],
    'pusher-glib': ['signals presence-a: subscription-error',
      'channel presence-a: event pusher:subscription_error*'],
  },
  {
    scenarios: ['presence/channel data empty', 'presence/channel data no id'], kind: 'deliberate',
    reason: 'So there is nobody.',
    'pusher-js': ['signals presence-a: subscription-succeeded', `${joined}*`],
    instead: [['calls: members presence-a {"data":{"count":1,*',
      'calls: members presence-a {"data":{"count":0,*']],
  },
  {
    scenarios: ['presence/channel data no JSON, as text', 'presence/channel data null, as text',
      'presence/channel data empty, as text'],
    kind: 'pusher-js',
    reason: 'It throws in its own handler when channel data is no object.',
    'pusher-js': [thrown],
    'pusher-glib': ['signals presence-a: subscription-error',
      'channel presence-a: event pusher:subscription_error*'],
  },
  {
    scenarios: ['presence/members when nobody is connected'], kind: 'deliberate',
    reason: 'Members stay while the connection is away.',
    instead: [['calls: members presence-a {"data":{"count":0,*',
      'calls: members presence-a {"data":{"count":2,*']],
  },
  {
    scenarios: ['presence/another list after a loss', 'losses/members/*'], kind: 'deliberate',
    reason: 'Who came and went while the connection was away is told.',
    'pusher-glib': ['channel presence-a: event pusher:member_removed*',
      'channel presence-a: event pusher:member_added*'],
  },
  {
    scenarios: ['calls/in the handler of a member/disconnect'], kind: 'harmless',
    reason: 'What the application asked for in the first handler of a change ends its telling.',
    'pusher-js': ['signals presence-a: member_added {"id":"al"}'],
  },
];
