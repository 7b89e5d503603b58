// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Messages that are none, and messages in every odd shape, on a connection that
// has to go on with the next one.

const text = data => JSON.stringify(data);

const malformed = {
  'nothing': '',
  'space': ' ',
  'no JSON': 'hello',
  'half of it': '{"event":"news","channel":"pub","data":',
  'two of them': '{"event":"a","data":1}{"event":"b","data":2}',
  'something after it': '{"event":"news","channel":"pub","data":"1"} x',
  'single quotes': `{'event':'news','channel':'pub','data':'1'}`,
  'comment': '/* hi */ {"event":"news","channel":"pub","data":"1"}',
  'a comma too many': '{"event":"news","channel":"pub","data":"1",}',
  'byte order mark': '\ufeff{"event":"news","channel":"pub","data":"1"}',
  'NaN': '{"event":"news","channel":"pub","data":NaN}',
  'a tab in a string': '{"event":"news","channel":"pub","data":"\t"}',
  'a wrong escape': '{"event":"news","channel":"pub","data":"\\x"}',
  'null': 'null',
  'true': 'true',
  'a number': '5',
  'a string': '"news"',
  'an array': '[]',
  'an array of it': '[{"event":"news","channel":"pub","data":"1"}]',
  'no members': '{}',
  'no event': '{"channel":"pub","data":"1"}',
  'event null': '{"event":null,"channel":"pub","data":"1"}',
  'event a number': '{"event":5,"channel":"pub","data":"1"}',
  'event an object': '{"event":{},"channel":"pub","data":"1"}',
  'event empty': '{"event":"","channel":"pub","data":"1"}',
  'event in capitals': '{"Event":"news","channel":"pub","data":"1"}',
};

const odd = {
  'channel null': '{"event":"news","channel":null,"data":"1"}',
  'channel empty': '{"event":"news","channel":"","data":"1"}',
  'channel a number': '{"event":"news","channel":5,"data":"1"}',
  'channel an array': '{"event":"news","channel":["pub"],"data":"1"}',
  'channel of others': '{"event":"news","channel":"other","data":"1"}',
  'channel in capitals': '{"event":"news","channel":"PUB","data":"1"}',
  'no data': '{"event":"news","channel":"pub"}',
  'two events': '{"event":"a","event":"b","channel":"pub","data":"1"}',
  'two channels': '{"event":"a","channel":"other","channel":"pub","data":"1"}',
  'two data': '{"event":"a","channel":"pub","data":"1","data":"2"}',
  'more members': '{"event":"news","channel":"pub","data":"1","time_ms":5,"tags":{"a":[]}}',
  'data first': '{"data":"1","channel":"pub","event":"news"}',
  'spaces': '\n { "event" : "news" ,\r\n\t"channel" : "pub" , "data" : "1" } \n',
  'escapes in names': '{"\\u0065vent":"\\u006eews","channel":"p\\u0075b","data":"1"}',
  'user id on a public channel': '{"event":"news","channel":"pub","data":"1","user_id":"al"}',
};

// Names that mean something somewhere.
const events = [
  'a', 'App\\Events\\OrderShipped', 'client-hi', 'client-', 'ü', '☃', '😀', 'with space',
  'a:b', 'a/b',
  'pusher', 'pusher:', 'pusher:x', 'pusherx', 'pusher_internal', 'pusher_internal:x', 'Pusher:x',
  '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'notify', 'event', 'error', 'destroy',
  'subscription-succeeded', 'pusher:subscription_succeeded', 'pusher:subscription_error',
  'pusher:member_added', 'pusher_internal:member_added', 'pusher:connection_established',
  'pusher:error', 'pusher:signin_success', 'pusher_internal:watchlist_events', 'pusher:cache_miss',
  'pusher:pong', '0', '-1', '\u0000', 'a\u0000b', '\n', 'x'.repeat(200), 'x'.repeat(1000), '\u202e',
];

const show = name => name.length > 40 ? `${name.length} characters` : JSON.stringify(name);

const subscribed = [['accept'], ['subscribe', 'pub'], ['succeed', 'pub']];
const goesOn = ['publish', 'pub', 'next', 2];

export default [
  ...Object.entries({...malformed, ...odd}).map(([name, message]) => ({
    name: `envelope/${name}`, steps: [...subscribed, ['send', message], goesOn],
  })),
  ...events.map(event => ({name: `envelope/event ${show(event)}`, steps: [
    ...subscribed, ['publish', 'pub', event, 1], goesOn,
  ]})),
  ...events.filter(event => event.length <= 40).map(event => ({
    name: `envelope/event ${show(event)} of no channel`, steps: [
      ...subscribed, ['send', {event, data: '1'}], goesOn,
    ],
  })),
  ...events.filter(event => !/^pusher|\0/.test(event)).map(event => ({
    name: `envelope/bound to ${show(event)}`, steps: [
      ...subscribed,
      ['bind', 'pub', event],
      ['bind-client', event],
      ['publish', 'pub', event, 1],
      ['publish', 'pub', `${event}x`, 2],
      ['unbind', 'pub', event],
      ['unbind-client', event],
      ['publish', 'pub', event, 3],
    ],
  })),
  {name: 'envelope/all events of the client', steps: [
    ['accept'],
    ['watch-client'],
    ['subscribe', 'pub'],
    ['succeed', 'pub'],
    ['publish', 'pub', 'news', 1],
    ['publish', 'other', 'news', 1],
    ['send', {event: 'global', data: text({a: 1})}],
  ]},
  {name: 'envelope/binary', steps: [
    ...subscribed,
    ['frame', {opcode: 2, payload: text({event: 'news', channel: 'pub', data: '1'})}],
    goesOn,
  ]},
  {name: 'envelope/binary nonsense', steps: [
    ...subscribed, ['frame', {opcode: 2, base64: '//79AAE='}], goesOn,
  ]},
  {name: 'envelope/in pieces', steps: [
    ...subscribed,
    ['together',
      ['frame', {fin: false, payload: '{"event":"news","channel":"pu'}],
      ['frame', {fin: false, opcode: 0, payload: ''}],
      ['frame', {opcode: 9, payload: 'ping'}],
      ['frame', {opcode: 0, payload: 'b","data":"1"}'}]],
    goesOn,
  ]},
  {name: 'envelope/a character in two pieces', steps: [
    ...subscribed,
    ['together',
      ['frame', {fin: false, base64: Buffer.from('{"event":"news","channel":"pub","data":"\u2603"}')
        .subarray(0, 42).toString('base64')}],
      ['frame', {opcode: 0, base64: Buffer.from('{"event":"news","channel":"pub","data":"\u2603"}')
        .subarray(42).toString('base64')}]],
    goesOn,
  ]},
  {name: 'envelope/a hundred at once', steps: [
    ...subscribed,
    ['together', ...Array.from({length: 100}, (_, i) => ['publish', 'pub', `e${i % 3}`, i])],
  ]},
  {name: 'envelope/large', steps: [...subscribed, ['publish', 'pub', 'large', 'x'.repeat(200_000)],
    goesOn]},
];
