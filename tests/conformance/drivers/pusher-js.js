// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// pusher-js.js PACKAGES: an application of unmodified pusher-js that does what
// its standard input says and tells what it sees. ../README.md has the language;
// pusher-glib.py does the same.

import {createRequire} from 'node:module';
import path from 'node:path';
import readline from 'node:readline';

const require = createRequire(path.join(process.argv[2], 'package.json'));
const PusherJS = require('pusher-js');
const nacl = require('tweetnacl');

const BARRIER = 'conformance:barrier';

let pusher = null;
let rules = []; // {key, call}: what to do in the middle of telling
let asked = new Map(); // number → callback of pusher-js
let nAsked = 0;
let signedIn = false;
let told = null; // the last error, if it was told as it is
const listened = new WeakSet();

function print(object) {
  process.stdout.write(`${JSON.stringify(object)}\n`);
}

const text = value => value === undefined ? null : JSON.stringify(value);

function tell(stream, what, fields = {}) {
  print({see: {stream, what, ...fields}});
  const key = [stream, what, fields.name].filter(part => part !== undefined).join(' ');
  const due = rules.filter(rule => rule.key === key);
  rules = rules.filter(rule => rule.key !== key);
  for (const {call} of due)
    perform(call);
}

// --- What pusher-js tells ---

// Close codes below 4000 say what became of the WebSocket.
const kindOf = code => code >= 1000 && code < 4000 ? 'transport' : code;

// It tells the end of a connection that was established twice: as it is, and as
// the cause of what follows.
const repeats = cause => told === cause;

function describe(error) {
  let cause = error;
  while (cause?.type === 'WebSocketError' && cause.error)
    cause = cause.error;
  switch (cause?.type) {
  case 'PusherError':
    return {code: kindOf(cause.data?.code ?? null),
      ...(cause !== error && repeats(cause) && {again: true})};
  case 'MessageParseError':
  case 'HandshakeError':
    return {code: 'malformed'};
  default:
    return {code: 'transport'};
  }
}

function tellConnection(connection) {
  connection.bind('state_change', ({current}) => {
    if (signedIn && !pusher.user.user_data) {
      signedIn = false;
      tell('user', 'signed-out');
    }
    tell('connection', 'state', {
      name: current, ...(current === 'connected' && {socket_id: String(connection.socket_id)}),
    });
  });
  connection.bind('error', error => {
    tell('errors', 'error', describe(error));
    told = error;
  });
  connection.bind('message', ({event, channel, data}) => {
    if (event === BARRIER)
      print({barrier: data});
    else if (!channel && !event.startsWith('pusher_internal:'))
      tell('connection', 'event', {name: event, data: text(data)});
    if (event === 'pusher:signin_success' && pusher.user.user_data) {
      signedIn = true;
      tell('user', 'signed-in', {data: text(pusher.user.user_data)});
    }
  });
}

function tellUser(user) {
  user.bind_global((name, data) => {
    if (name === 'pusher:signin_error')
      tell('user', 'sign-in-error', {type: data.type, status: data.status});
    else
      tell('user', 'event', {name, data: text(data)});
  });
  user.watchlist.bind_global((name, {user_ids: ids}) => {
    for (const id of ids) {
      tell('watchlist', name, {id});
      if (name === 'online' || name === 'offline')
        tell('signals watchlist', name, {id: String(id)});
    }
  });
}

function snapshot(members) {
  const list = {};
  members.each(({id, info}) => {
    list[id] = info ?? null;
  });
  return {members: list, count: members.count, me: members.me && members.me.id};
}

// What an application of pusher-glib hears of as a signal with arguments.
function tellSignal(channel, name, data) {
  const stream = `signals ${channel.name}`;
  if (name.startsWith('pusher:member_') && !channel.members)
    return;
  switch (name) {
  case 'pusher:subscription_succeeded':
    tell(stream, 'subscription-succeeded');
    break;
  case 'pusher:subscription_error':
    tell(stream, 'subscription-error');
    break;
  case 'pusher:subscription_count':
    tell(stream, 'subscription-count', {count: channel.subscriptionCount ?? null});
    break;
  case 'pusher:cache_miss':
    tell(stream, 'cache-miss');
    break;
  case 'pusher:member_added':
  case 'pusher:member_removed':
    tell(stream, name.slice('pusher:'.length), {id: data && String(data.id)});
  }
}

function tellChannel(channel) {
  if (listened.has(channel))
    return;
  listened.add(channel);
  channel.bind_global((name, data) => {
    let shown = data;
    if (channel.members && name === 'pusher:subscription_succeeded')
      shown = snapshot(channel.members);
    if (channel.members && name.startsWith('pusher:member_'))
      shown = {id: data?.id, info: data?.info ?? null};
    if (name === 'pusher:subscription_error')
      shown = {type: data?.type, status: data?.status};
    tellSignal(channel, name, data);
    tell(`channel ${channel.name}`, 'event', {name, data: text(shown)});
  });
}

// --- Authorization ---

function ask(kind, socketId, channel, callback) {
  const number = nAsked++;
  asked.set(number, callback);
  print({ask: {number, kind, channel, socket_id: String(socketId)}});
}

function answer(number, body) {
  const callback = asked.get(number);
  asked.delete(number);
  if (body.error)
    callback?.(new Error(body.error), null);
  else
    callback?.(null, body);
}

function authorization({endpoint, user_endpoint: userEndpoint, params, headers}) {
  if (endpoint)
    return {
      channelAuthorization: {endpoint, transport: 'ajax', params, headers},
      userAuthentication: {endpoint: userEndpoint, transport: 'ajax', params, headers},
    };
  return {
    channelAuthorization: {customHandler: ({socketId, channelName}, callback) =>
      ask('channel', socketId, channelName, callback)},
    userAuthentication: {customHandler: ({socketId}, callback) =>
      ask('user', socketId, null, callback)},
  };
}

// --- What an application does ---

const milliseconds = seconds => seconds === undefined ? undefined : seconds * 1000;

const calls = {
  start({key, host, port, path: prefix, settings = {}, ...auth}) {
    pusher = new PusherJS(key, {
      cluster: '',
      wsHost: host,
      wsPort: port,
      wssPort: settings.tls_port ?? port,
      wsPath: prefix ?? '',
      forceTLS: false,
      enabledTransports: ['ws', 'wss'],
      nacl,
      activityTimeout: milliseconds(settings.activity_timeout),
      pongTimeout: milliseconds(settings.pong_timeout),
      unavailableTimeout: milliseconds(settings.unavailable_timeout),
      ...authorization(auth),
    });
    // It connects from its constructor: an application hears of all but that.
    if (pusher.connection.state !== 'initialized')
      tell('connection', 'state', {name: pusher.connection.state});
    tellConnection(pusher.connection);
    tellUser(pusher.user);
  },
  connect: () => pusher.connect(),
  disconnect: () => pusher.disconnect(),
  subscribe: name => tellChannel(pusher.subscribe(name)),
  unsubscribe: name => pusher.unsubscribe(name),
  resubscribe: name => tellChannel(pusher.subscribe(name)),
  'channel-unsubscribe': name => pusher.unsubscribe(name),
  trigger: (name, event, data) =>
    pusher.channel(name).trigger(event, data === null ? undefined : JSON.parse(data)),
  signin: () => pusher.signin(),
  'switch-cluster': key => pusher.switchCluster({appKey: key, cluster: ''}),
  bind(name, event) {
    pusher.channel(name).bind(event, (data, metadata) =>
      tell(`bound ${name}`, 'event', {name: event, data: text(data), user_id: metadata?.user_id}));
  },
  unbind: (name, event) => void pusher.channel(name).unbind(event),
  'bind-client'(event) {
    pusher.bind(event, data => tell('bound', 'event', {name: event, data: text(data)}));
  },
  'unbind-client': event => void pusher.unbind(event),
  'watch-client'() {
    pusher.bind_global((name, data) => {
      if (name !== BARRIER)
        tell('client', 'event', {name, data: text(data)});
    });
  },
  channels() {
    const names = pusher.allChannels().map(({name}) => name).sort();
    tell('calls', 'channels', {names});
  },
  state() {
    tell('calls', 'state', {name: pusher.connection.state});
  },
  channel(name) {
    const channel = pusher.channel(name);
    tell('calls', 'channel', {
      name, found: Boolean(channel), subscribed: channel?.subscribed ?? false,
      count: channel?.subscriptionCount ?? null,
    });
  },
  members: name =>
    tell('calls', 'members', {name, data: text(snapshot(pusher.channel(name).members))}),
  member(name, id) {
    const member = pusher.channel(name).members.get(id);
    tell('calls', 'member', {name, data: text(member && {id: String(member.id),
      info: member.info ?? null})});
  },
  user: () => tell('calls', 'user', {data: text(pusher.user.user_data)}),
  when: (key, ...call) => void rules.push({key, call}),
  answer,
  finish() {
    rules = [];
    asked = new Map();
    signedIn = false;
    if (pusher) {
      pusher.connection.unbind_all();
      pusher.user.unbind_all();
      pusher.disconnect();
    }
    pusher = null;
  },
};


function perform([name, ...args]) {
  let result;
  try {
    result = calls[name](...args);
  } catch (error) {
    // An answer is none of the application's calls: what is thrown then is a fault.
    if (name === 'answer')
      tell('crash', 'thrown');
    else
      tell('calls', 'refused', {name});
    return;
  }
  if (result === false)
    tell('calls', 'refused', {name});
}

// --- The program ---

// What pusher-js throws out of its own handlers is for the application to see.
process.on('uncaughtException', () => tell('crash', 'thrown'));
process.on('unhandledRejection', () => tell('crash', 'thrown'));

// It sends from timers that are due at once: those go first.
function done(number) {
  setTimeout(() => setTimeout(() => print({done: number}), 0), 0);
}

readline.createInterface({input: process.stdin}).on('line', line => {
  const [number, ...call] = JSON.parse(line);
  if (call.length > 0)
    perform(call);
  done(number);
}).on('close', () => process.exit(0));
