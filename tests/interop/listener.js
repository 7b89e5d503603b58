// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// listener.c in GJS (`gjs -m listener.js`); README.md beside it has the language
// of its lines.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import Pusher from 'gi://Pusher?version=1';
import Soup from 'gi://Soup?version=3.0';
import System from 'system';

// The nicks of an enumeration: GJS has only the names.
function nick(enumeration, value) {
  const name = Object.keys(enumeration).find(key => enumeration[key] === value);
  return name.toLowerCase().replace(/_/g, '-');
}

function tell(type, members = {}) {
  print(JSON.stringify({type, ...members}));
}

function describe(error) {
  if (!error)
    return null;
  return {domain: GLib.quark_to_string(error.domain), code: error.code, message: error.message};
}

function tellEvent(event, via) {
  tell('event', {
    via,
    channel: event.get_channel_name(),
    name: event.get_name(),
    data: event.get_data(),
    user_id: event.get_user_id(),
  });
}

function tellCall(call, finish, done) {
  try {
    done(finish());
  } catch (error) {
    tell('call-failed', {call, error: describe(error)});
  }
}

function makeSession(options) {
  const session = new Soup.Session();
  if (options.ca)
    session.tls_database = Gio.TlsFileDatabase.new(options.ca);
  if (options['any-certificate'])
    session.connect('request-queued', (_session, message) =>
      message.connect('accept-certificate', () => true));
  return session;
}

function makeClient(options) {
  const client = Pusher.Client.new(options.key, null);
  client.host = options.host;
  client.port = Number(options.port);
  client.path = options.path ?? null;
  client.use_tls = Boolean(options.tls);
  if (options['unavailable-timeout'])
    client.unavailable_timeout = Number(options['unavailable-timeout']);
  if (options.ca || options['any-certificate'])
    client.session = makeSession(options);

  client.connect('notify::state', () => tell('state', {
    state: nick(Pusher.ConnectionState, client.state),
    error: describe(client.last_error),
  }));
  client.connect('notify::socket-id', () => tell('socket-id', {socket_id: client.socket_id}));
  client.connect('error', (_client, error) => tell('error', {error: describe(error)}));
  client.connect('connecting-in', (_client, seconds) => tell('connecting-in', {seconds}));
  return client;
}

const channels = new Map();

function listenToChannel(channel) {
  const name = channel.name;
  if (channels.get(name) === channel)
    return;
  channels.set(name, channel);
  channel.connect('notify::state', () => tell('channel-state', {
    channel: name,
    state: nick(Pusher.ChannelState, channel.state),
  }));
  channel.connect('subscription-succeeded', () => tell('subscribed', {channel: name}));
  channel.connect('subscription-error', (_channel, error) =>
    tell('subscription-error', {channel: name, error: describe(error)}));
  channel.connect('gap', (_channel, microseconds) => tell('gap', {channel: name, microseconds}));
  channel.connect('event', (_channel, event) => tellEvent(event, 'channel'));
}

const commands = {
  'open': client => client.open(),
  'open-async': client => client.open_async(null, (_client, result) =>
    tellCall('open-async', () => client.open_finish(result), () => tell('opened'))),
  'close': client => client.close(),
  'close-async': client => client.close_async(null, (_client, result) =>
    tellCall('close-async', () => client.close_finish(result), () => tell('closed'))),
  'reconnect': client => client.reconnect_now(),
  'subscribe': (client, name) =>
    tellCall('subscribe', () => client.subscribe(name), listenToChannel),
  'subscribe-async': (client, name) => client.subscribe_async(name, null, (_client, result) =>
    tellCall('subscribe-async', () => client.subscribe_finish(result), channel => {
      listenToChannel(channel);
      tell('subscribe-finished', {channel: name});
    })),
  'unsubscribe': (client, name) => client.unsubscribe(name),
  'channels': client => {
    const names = [];
    for (let i = 0; i < client.channels.get_n_items(); i++)
      names.push(client.channels.get_item(i).name);
    tell('channels', {names});
  },
  'channel': (client, name) => {
    const channel = client.get_channel(name);
    if (channel === null) {
      tell('channel', {channel: name, found: false});
      return;
    }
    tell('channel', {
      channel: name,
      found: true,
      known: channel === channels.get(name),
      state: nick(Pusher.ChannelState, channel.state),
      kind: nick(Pusher.ChannelKind, channel.kind),
    });
  },
  'watch-channel': (client, name, event) => client.get_channel(name).connect(
    `event::${event}`, (_channel, value) => tellEvent(value, `channel::${event}`)),
  'watch-client': (client, event) => {
    const detail = event ? `::${event}` : '';
    client.connect(`event${detail}`, (_client, value) => tellEvent(value, `client${detail}`));
  },
  'ping': client => client.ping_async(null, (_client, result) =>
    tellCall('ping', () => client.ping_finish(result),
      microseconds => tell('pong', {microseconds}))),
};

function parseOptions(args) {
  const options = {channels: []};
  while (args.length > 0) {
    const word = args.shift();
    if (word === '--tls' || word === '--any-certificate')
      options[word.slice(2)] = true;
    else if (word.startsWith('--'))
      options[word.slice(2)] = args.shift();
    else
      options.channels.push(word);
  }
  return options;
}

function main(args) {
  const options = parseOptions(args);
  const loop = new GLib.MainLoop(null, false);
  const client = makeClient(options);

  const input = GLib.IOChannel.unix_new(0);
  const condition = GLib.IOCondition.IN | GLib.IOCondition.HUP;
  GLib.io_add_watch(input, GLib.PRIORITY_DEFAULT, condition, () => {
    const [status, line] = input.read_line();
    if (status !== GLib.IOStatus.NORMAL) {
      loop.quit();
      return GLib.SOURCE_REMOVE;
    }
    const [command, ...words] = line.trimEnd().split(' ');
    if (command === 'quit')
      loop.quit();
    else
      commands[command](client, ...words);
    return GLib.SOURCE_CONTINUE;
  });

  for (const name of options.channels)
    commands.subscribe(client, name);
  client.open();
  loop.run();
  tell('bye', {finalized: null});
}

main(System.programArgs ?? ARGV);
