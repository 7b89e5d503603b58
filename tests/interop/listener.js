// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// listener.c in GJS (`gjs -m listener.js`); README.md beside it has the language
// of its lines.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import Json from 'gi://Json?version=1.0';
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

function tellCall(call, finish, done = () => {}) {
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
  client.origin = options.origin ?? null;
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
  client.connect('connecting-in', (_client, microseconds) =>
    tell('connecting-in', {microseconds}));
  listenToUser(client.user);
  setUpAuthorizers(client, options);
  return client;
}

const asked = [];

function ask(_authorizer, request) {
  tell('authorize', {
    number: asked.length,
    kind: nick(Pusher.AuthorizationKind, request.kind),
    socket_id: request.socket_id,
    channel: request.channel_name,
  });
  asked.push(request);
  return true;
}

// pairs: texts like NAME=VALUE
function setEach(pairs, set) {
  for (const pair of pairs ?? []) {
    const end = pair.indexOf('=');
    set(pair.slice(0, end), pair.slice(end + 1));
  }
}

function setUpEndpoint(authorizer, options) {
  setEach(options.param, (name, value) => authorizer.set_param(name, value));
  setEach(options.header, (name, value) => authorizer.set_header(name, value));
  authorizer.username = options.username ?? null;
  authorizer.password = options.password ?? null;
}

function setUpAuthorizers(client, options) {
  if (options.secret) {
    client.use_secret(options.secret, options['channel-data'] ?? null);
    client.authorizer.set_user_data(options['user-data'] ?? null);
    client.authorizer.set_encryption_master_key(options['master-key'] ?? null);
  }
  if (options.endpoint)
    setUpEndpoint(client.use_endpoint(options.endpoint), options);
  if (options['user-endpoint'])
    setUpEndpoint(client.use_user_endpoint(options['user-endpoint']), options);
  if (options.ask) {
    const authorizer = Pusher.Authorizer.new();
    authorizer.connect('authorize', ask);
    client.authorizer = authorizer;
    client.user_authenticator = authorizer;
  }
}

function listenToUser(user) {
  user.connect('notify::signed-in', () =>
    tell('signed-in', {signed_in: user.signed_in, id: user.id, data: user.data}));
  user.connect('sign-in-error', (_user, error) => tell('sign-in-error', {error: describe(error)}));
  user.connect('event', (_user, event) => tellEvent(event, 'user'));
}

const channels = new Map();
let remembered = [];

function listMembers(channel) {
  const {members} = channel;
  return Array.from({length: members.get_n_items()}, (_, i) => members.get_item(i));
}

function listenToMembers(channel) {
  const {name} = channel;
  for (const signal of ['member-added', 'member-removed', 'member-changed'])
    channel.connect(signal, (_channel, {id, info}) => tell(signal, {channel: name, id, info}));
  channel.members.connect('items-changed', (_members, position, removed, added) =>
    tell('items-changed', {channel: name, position, removed, added}));
}

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
  channel.connect('error', (_channel, error) =>
    tell('channel-error', {channel: name, error: describe(error)}));
  channel.connect('cache-miss', () => tell('cache-miss', {channel: name}));
  channel.connect('event', (_channel, event) => tellEvent(event, 'channel'));
  if (channel instanceof Pusher.PresenceChannel)
    listenToMembers(channel);
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
  'trigger': (_client, name, event, data = null) =>
    tellCall('trigger', () => channels.get(name).trigger(event, data)),
  'trigger-node': (_client, name, event, data) => tellCall('trigger-node', () =>
    channels.get(name).trigger_node(event, Json.from_string(data))),
  'trigger-variant': (_client, name, event, text) => tellCall('trigger-variant', () =>
    channels.get(name).trigger_variant(event, GLib.Variant.parse(null, text, null, null))),
  'outbox': (_client, name, size) => {
    channels.get(name).outbox_size = Number(size);
  },
  'resubscribe': (_client, name) =>
    tellCall('resubscribe', () => channels.get(name).resubscribe()),
  'remember': (_client, name) => {
    remembered = listMembers(channels.get(name));
  },
  'members': (_client, name) => {
    const channel = channels.get(name);
    const members = listMembers(channel).map(member =>
      ({id: member.id, info: member.info, same: remembered.includes(member)}));
    tell('members', {channel: name, me: channel.me?.id ?? null, members});
  },
  'member': (_client, name, id) => {
    const member = channels.get(name).get_member(id);
    tell('member', {
      channel: name,
      found: member !== null,
      id: member?.id ?? null,
      info: member?.info ?? null,
      name: member?.get_field('name') ?? null,
    });
  },
  'answer': (_client, number, ...body) => {
    const request = asked[Number(number)];
    if (body.length === 0)
      request.fail(GLib.Error.new_literal(Gio.io_error_quark(),
        Gio.IOErrorEnum.PERMISSION_DENIED, 'Refused by the application'));
    else
      tellCall('answer', () => request.complete_json(body.join(' ')));
  },
  'sign-in': client => client.user.sign_in(),
  'sign-in-async': client => client.user.sign_in_async(null, (user, result) =>
    tellCall('sign-in-async', () => user.sign_in_finish(result), () => tell('sign-in-finished'))),
};

function parseOptions(args) {
  const options = {channels: []};
  while (args.length > 0) {
    const word = args.shift();
    const name = word.slice(2);
    if (['--tls', '--any-certificate', '--ask'].includes(word))
      options[name] = true;
    else if (['--param', '--header'].includes(word))
      (options[name] ??= []).push(args.shift());
    else if (word.startsWith('--'))
      options[name] = args.shift();
    else
      options.channels.push(word);
  }
  return options;
}

// At most three arguments, of which the last one may have spaces.
function splitCommand(line) {
  const [command, first, second, ...rest] = line.replace('\n', '').split(' ');
  const words = [first, second, rest.length > 0 ? rest.join(' ') : undefined];
  return [command, ...words.filter(word => word !== undefined)];
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
    const [command, ...words] = splitCommand(line);
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
