// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Connections that are lost in the middle of everything, and come back.

const text = data => JSON.stringify(data);
const again = [['accept'], ['in-state', 'connected']];
const channels = ['pub', 'private-a', 'private-encrypted-a', 'cache-a', 'presence-a'];
const subscribe = channels.map(name => ['subscribe', name]);
const answer = name => name.startsWith('presence-') ? ['joined', name] : ['succeed', name];
const asked = ['received', {event: 'pusher:subscribe', data: {channel: 'presence-a'}}];
const confirmed = channels.map(answer);

// What was going on
const middles = {
  'nothing asked yet': {steps: [['accept']]},
  'all asked': {steps: [['accept'], ...subscribe]},
  'some answered': {steps: [['accept'], ...subscribe, answer('pub'), answer('presence-a')]},
  'all answered': {steps: [['accept'], ...subscribe, ...confirmed]},
  'one given up': {steps: [['accept'], ...subscribe, ...confirmed, ['unsubscribe', 'pub']],
    left: ['pub']},
  'one given up before its answer': {steps: [['accept'], ...subscribe, ['unsubscribe', 'pub']],
    left: ['pub']},
  'signed in': {steps: [['accept'], ['signin'], ['sign-in'], ...subscribe, ...confirmed],
  user: true},
  'signing in': {steps: [['accept'], ['signin'], ...subscribe], user: true},
  'members': {steps: [['accept'], ...subscribe, ...confirmed,
    ['peer-joins', 'presence-a', 'al', {}]]},
};

const losses = {'4200': [['close', 4200]], 'cut': [['cut']],
  'in the handshake': [['close', 4200], ['open'], ['close', 4200]]};

export default [
  ...Object.entries(middles).flatMap(([middle, {steps, left = [], user}]) =>
    Object.entries(losses).map(([loss, lose]) => ({
      name: `losses/${middle}/${loss}`,
      steps: [
        ...steps, ...lose, ...again,
        ...middle === 'nothing asked yet' ? subscribe : [asked],
        ...user ? [['sign-in']] : [],
        ...channels.filter(name => !left.includes(name)).map(answer),
        ['publish', 'cache-a', 'news', 1],
        ['channels'],
      ],
    }))),
  {name: 'losses/subscribed to while away', steps: [
    ['accept'], ['close', 4200], ['together', ...subscribe], ...again, asked, ...confirmed,
  ]},
  {name: 'losses/given up while away', steps: [
    ['accept'], ...subscribe, ...confirmed, ['cut'], ...channels.map(name => ['unsubscribe', name]),
    ...again, ['channels'],
  ]},
  {name: 'losses/given up and wanted while away', steps: [
    ['accept'], ['subscribe', 'pub'], ['succeed', 'pub'], ['cut'], ['unsubscribe', 'pub'],
    ['subscribe', 'pub'], ...again,
    ['received', {event: 'pusher:subscribe'}], ['succeed', 'pub'], ['publish', 'pub', 'news', 1],
  ]},
  {name: 'losses/events of the old connection', steps: [
    ['accept'], ['subscribe', 'pub'], ['succeed', 'pub'],
    ['together', ...Array.from({length: 50}, (_, i) => ['publish', 'pub', 'n', i]),
    ['close', 4200]],
    ...again, ['received', {event: 'pusher:subscribe'}], ['succeed', 'pub'],
    ['publish', 'pub', 'n', 50],
  ]},
  {name: 'losses/three times', steps: [
    ['accept'], ['subscribe', 'private-a'], ['succeed', 'private-a'],
    ...[1, 2, 3].flatMap(() => [['close', 4200], ...again,
      ['received', {event: 'pusher:subscribe'}], ['succeed', 'private-a']]),
    ['publish', 'private-a', 'news', text({a: 1})],
  ]},
  {name: 'losses/refused as soon as it is back', steps: [
    ['accept'], ['subscribe', 'pub'], ['succeed', 'pub'], ['close', 4200], ['open'],
    ['close', 4001],
    ['in-state', /disconnected|failed/], ['channel', 'pub'],
  ]},
];
