// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a JavaScript program sees of the library.

import GLib from 'gi://GLib';
import Gio from 'gi://Gio';
import Json from 'gi://Json?version=1.0';
import Pusher from 'gi://Pusher?version=1';
import Soup from 'gi://Soup?version=3.0';
import System from 'system';

import {
  each, equal, gerror, newClient, newConnectedClient, next, rejected, run, same, server, thrown,
  truth, until,
} from './fixture.js';

const State = Pusher.ConnectionState;

const tests = {
  async 'construct/properties'() {
    const session = new Soup.Session();
    const client = new Pusher.Client({
      key: 'k',
      cluster: 'eu',
      host: 'example.org',
      port: 6001,
      path: '/p',
      use_tls: false,
      session,
      activityTimeout: 1,
      'pong-timeout': 2,
      unavailable_timeout: 3,
      connectTimeout: 4,
      subscriptionTimeout: 5,
      maxMessageSize: 2 ** 40,
      maxEventSize: 2 ** 41,
      tlsPort: 6002,
      origin: 'https://example.org',
    });

    equal(client.key, 'k');
    equal(client.cluster, 'eu');
    equal(client.get_host(), 'example.org');
    equal(client.port, 6001);
    equal(client.path, '/p');
    equal(client.useTls, false);
    equal(client.session, session);
    equal(client.activity_timeout, 1);
    equal(client.pongTimeout, 2);
    equal(client.unavailable_timeout, 3);
    equal(client.get_connect_timeout(), 4);
    equal(client.subscription_timeout, 5);
    client.set_subscription_timeout(0);
    equal(client.subscriptionTimeout, 0);
    equal(client.max_message_size, 2 ** 40);
    equal(client.max_event_size, 2 ** 41);
    equal(client.tls_port, 6002);
    equal(client.get_origin(), 'https://example.org');
  },

  async 'construct/new'() {
    equal(Pusher.Client.new('k', 'eu').cluster, 'eu');
    equal(Pusher.Client.new('k', null).cluster, null);
    equal(Pusher.Client.new_for_host('k', 'h', 6001, false).port, 6001);
  },

  async 'construct/nothing-set'() {
    const client = new Pusher.Client();

    for (const name of ['key', 'cluster', 'host', 'path', 'socket_id', 'last_error']) {
      equal(client[name], null);
      equal(client[`get_${name}`](), null);
    }
    equal(client.state, State.INITIALIZED);
    equal(client.retry_at, 0);
    equal(client.channels.get_n_items(), 0);
    client.host = 'a';
    client.host = null;
    client.set_session(null);
    equal(client.get_host(), null);
    truth(client.session instanceof Soup.Session);
  },

  async 'construct/notify-only-on-change'() {
    const client = new Pusher.Client({key: 'k'});
    const notified = [];

    client.connect('notify', (_client, pspec) => notified.push(pspec.get_name()));
    client.host = 'a';
    client.host = 'a';
    client.set_pong_timeout(30);
    client.set_pong_timeout(31);
    same(notified, ['host', 'pong-timeout']);
  },

  async 'construct/wrong'() {
    truth(thrown(() => new Pusher.Client({colour: 'red'})) instanceof Error);
    truth(thrown(() => Pusher.Client.new(null, 'eu')) instanceof Error);
  },

  async 'constants'() {
    same(Object.entries(Pusher.ConnectionState), [
      ['INITIALIZED', 0], ['CONNECTING', 1], ['CONNECTED', 2],
      ['UNAVAILABLE', 3], ['FAILED', 4], ['DISCONNECTED', 5],
    ]);
    same(Object.keys(Pusher.ChannelKind), ['PUBLIC', 'PRIVATE', 'PRESENCE', 'ENCRYPTED']);
    same(Object.keys(Pusher.ChannelState), ['UNSUBSCRIBED', 'PENDING', 'SUBSCRIBED', 'FAILED']);
    same(Object.keys(Pusher.AuthorizationKind), ['CHANNEL', 'USER']);
    equal(Pusher.VERSION_S,
      [Pusher.MAJOR_VERSION, Pusher.MINOR_VERSION, Pusher.MICRO_VERSION].join('.'));
  },

  async 'version'() {
    const version =
      [Pusher.get_major_version(), Pusher.get_minor_version(), Pusher.get_micro_version()];
    equal(version.join('.'), Pusher.VERSION_S);
    truth(Pusher.check_version(...version));
    truth(!Pusher.check_version(version[0], version[1], version[2] + 1));
  },

  async 'error-codes'() {
    const own = [
      'FAILED', 'INVALID_NAME', 'INVALID_DATA', 'INVALID_SETTINGS', 'INVALID_STATE', 'CLOSED',
      'PROTOCOL', 'TIMEOUT', 'CONNECTION_LOST', 'SUBSCRIPTION', 'AUTHORIZATION', 'DECRYPTION',
      'NOT_SUPPORTED', 'CERTIFICATE', 'UNREACHABLE', 'BUSY', 'TIMED_OUT',
    ];
    const server = {
      UNSPECIFIED: 0, TLS_REQUIRED: 4000, APP_NOT_FOUND: 4001, APP_DISABLED: 4003,
      OVER_QUOTA: 4004, PATH_NOT_FOUND: 4005, INVALID_VERSION: 4006, UNSUPPORTED_PROTOCOL: 4007,
      NO_PROTOCOL: 4008, UNAUTHORIZED: 4009, OVER_CAPACITY: 4100, RECONNECT: 4200,
      PONG_MISSED: 4201, INACTIVE: 4202, CLIENT_EVENT_RATE: 4301, WATCHLIST_LIMIT: 4302,
    };
    const http = {
      BAD_REQUEST: 400, UNAUTHORIZED: 401, FORBIDDEN: 403, NOT_FOUND: 404, REQUEST_TIMEOUT: 408,
      TOO_MANY_REQUESTS: 429, INTERNAL_SERVER_ERROR: 500, BAD_GATEWAY: 502,
      SERVICE_UNAVAILABLE: 503, GATEWAY_TIMEOUT: 504,
    };

    own.forEach((name, code) => equal(Pusher.Error[name], code));
    for (const [domain, codes] of [[Pusher.ServerError, server], [Pusher.HttpError, http]]) {
      for (const [name, code] of Object.entries(codes))
        equal(domain[name], code);
    }
    same([Pusher.error_quark(), Pusher.server_error_quark(), Pusher.http_error_quark()]
      .map(quark => GLib.quark_to_string(quark)),
    ['pusher-error-quark', 'pusher-server-error-quark', 'pusher-http-error-quark']);
  },

  async 'connection/open'() {
    const client = newClient();
    const states = [];

    client.connect('notify::state', () => states.push(client.state));
    client.open();
    equal(client.state, State.CONNECTING);
    await until(() => client.state === State.CONNECTED);
    same(states, [State.CONNECTING, State.CONNECTED]);
    same([client.socket_id], server.list_socket_ids());
    equal(client.last_error, null);
  },

  async 'connection/open-async'() {
    const client = newClient();

    equal(await client.open_async(null), true);
    equal(client.get_state(), State.CONNECTED);
    equal(await client.open_async(null), true);
  },

  async 'connection/open-async-with-callback'() {
    const client = newClient();

    const [source, result] = await new Promise(resolve => {
      client.open_async(null, (...passed) => resolve(passed));
    });
    equal(source, client);
    equal(client.open_finish(result), true);
  },

  async 'connection/wrong-key'() {
    const client = newClient({key: 'wrong'});
    const errors = [];

    client.connect('error', (_client, error) => errors.push(error));
    const refused = await rejected(client.open_async(null));
    equal(client.state, State.FAILED);
    equal(errors.length, 1);
    for (const error of [refused, errors[0], client.last_error, client.get_last_error()]) {
      gerror(error, Pusher.server_error_quark(), 4001);
      gerror(error, Pusher.ServerError, Pusher.ServerError.APP_NOT_FOUND);
      equal(error.code, 4001);
      equal(error.message, refused.message);
    }
    truth(refused instanceof Pusher.ServerError);
    equal(client.retry_at, 0);
  },

  async 'connection/no-address'() {
    const error = await rejected(new Pusher.Client({key: 'k', host: 'a b'}).open_async(null));

    gerror(error, Pusher.error_quark(), Pusher.Error.INVALID_SETTINGS);
    gerror(error, Pusher.Error, Pusher.Error.INVALID_SETTINGS);
  },

  async 'connection/cancelled'() {
    server.faults.set_handshake_delay_ms(60000);
    const client = newClient();
    const cancellable = new Gio.Cancellable();
    const opened = client.open_async(cancellable);

    cancellable.cancel();
    gerror(await rejected(opened), Gio.IOErrorEnum, Gio.IOErrorEnum.CANCELLED);
    equal(client.state, State.CONNECTING);
    client.close();
  },

  async 'connection/ping'() {
    const client = await newConnectedClient();
    const microseconds = await client.ping_async(null);

    truth(microseconds > 0 && microseconds < 10000000);
    await client.close_async(null);
    gerror(await rejected(client.ping_async(null)), Pusher.error_quark(),
      Pusher.Error.INVALID_STATE);
  },

  async 'connection/close'() {
    const client = await newConnectedClient();

    equal(await client.close_async(null), true);
    equal(client.state, State.DISCONNECTED);
    equal(client.socket_id, null);
    equal(client.last_error, null);
    await until(() => server.n_connections === 0);

    await client.open_async(null);
    equal(client.state, State.CONNECTED);
  },

  async 'connection/reconnect'() {
    const client = await newConnectedClient();
    const channel = await client.subscribe_async('prices', null);
    const socketId = client.socket_id;
    const errors = [];
    const delayed = next(client, 'connecting-in');
    const gap = next(channel, 'gap');

    client.connect('error', (_client, error) => errors.push(error));
    server.faults.cut_connections();
    const [delay] = await delayed;
    truth(Number.isInteger(delay) && delay > 0);
    gerror(errors[0], Pusher.error_quark(), Pusher.Error.CONNECTION_LOST);
    truth(client.retry_at > 0 || client.state === State.CONNECTED);

    client.reconnect_now();
    const [microseconds] = await gap;
    truth(microseconds > 0);
    equal(errors.length, 1);
    truth(client.socket_id !== socketId);
    equal(channel.state, Pusher.ChannelState.SUBSCRIBED);
  },

  async 'connection/metrics'() {
    const client = await newConnectedClient();
    client.subscribe('metrics');
    const metrics = client.get_metrics();
    same([metrics.attempts, metrics.connects, metrics.reconnects], [1, 1, 0]);
    same([metrics.messages_received, metrics.messages_sent, metrics.messages_dropped], [1, 1, 0]);
    truth(metrics.bytes_received > 0 && metrics.bytes_sent > 0);
    equal(metrics.last_round_trip, -1);
    truth(metrics.ping_interval > 0);
    equal(metrics.channels_pending, 1);
    same([metrics.channels_subscribed, metrics.channels_failed], [0, 0]);
  },

  // No handler can run while garbage is collected: GJS prints a CRITICAL for
  // each signal that an object emits then.
  async 'connection/dropping-it-closes'() {
    let channel = null;

    await (async () => {
      const client = await newConnectedClient();

      channel = await client.subscribe_async('prices', null);
      client.subscribe('other').connect('notify', () => {});
      client.channels.connect('items-changed', () => {});
      for (const signal of ['notify', 'event', 'error', 'connecting-in'])
        client.connect(signal, () => {});
      for (const signal of ['notify', 'event', 'subscription-error'])
        channel.connect(signal, () => {});
      equal(server.n_connections, 1);
    })();

    await until(() => {
      System.gc();
      return server.n_connections === 0;
    });
    equal(channel.state, Pusher.ChannelState.UNSUBSCRIBED);
    gerror(thrown(() => channel.resubscribe()), Pusher.Error, Pusher.Error.INVALID_STATE);
  },

  async 'channel/subscribe'() {
    const client = await newConnectedClient();
    const channel = client.subscribe('cache-prices');
    const states = [];

    channel.connect('notify::state', () => states.push(channel.state));
    equal(client.subscribe('cache-prices'), channel);
    equal(client.get_channel('cache-prices'), channel);
    equal(client.get_channel('other'), null);
    equal(channel.name, 'cache-prices');
    equal(channel.kind, Pusher.ChannelKind.PUBLIC);
    equal(channel.is_cache, true);
    equal(channel.subscription_count, -1);
    equal(channel.state, Pusher.ChannelState.PENDING);
    await next(channel, 'subscription-succeeded');
    same(states, [Pusher.ChannelState.SUBSCRIBED]);
    equal(server.has_subscriber('cache-prices'), true);
  },

  async 'channel/subscribe-async'() {
    const client = await newConnectedClient();
    const names = ['a', 'b', 'c'];
    const channels = await Promise.all(names.map(name => client.subscribe_async(name, null)));

    same(channels.map(channel => channel.name), names);
    truth(channels.every(channel => channel.state === Pusher.ChannelState.SUBSCRIBED));
  },

  async 'channel/unsubscribe'() {
    const client = await newConnectedClient();
    const channel = await client.subscribe_async('prices', null);

    client.unsubscribe('prices');
    equal(channel.state, Pusher.ChannelState.UNSUBSCRIBED);
    equal(client.get_channel('prices'), null);
    await until(() => !server.has_subscriber('prices'));
    equal(channel.resubscribe(), true);
    await until(() => channel.state === Pusher.ChannelState.SUBSCRIBED);
  },

  async 'channel/invalid-name'() {
    const client = await newConnectedClient();

    for (const name of ['', 'a\n', '#server', 'x'.repeat(513)]) {
      gerror(thrown(() => client.subscribe(name)),
        Pusher.error_quark(), Pusher.Error.INVALID_NAME);
      gerror(await rejected(client.subscribe_async(name, null)),
        Pusher.Error, Pusher.Error.INVALID_NAME);
    }
    truth(thrown(() => client.subscribe(null)) instanceof Error);
    equal(client.channels.get_n_items(), 0);
  },

  async 'channel/refused'() {
    const client = await newConnectedClient();
    const channel = client.subscribe('prices');
    const failed = next(channel, 'subscription-error');

    server.faults.send_text(null, '{"event":"pusher:subscription_error","channel":"prices",' +
      '"data":{"type":"AuthError","error":"no entry","status":403}}');
    const [error] = await failed;
    gerror(error, Pusher.server_error_quark(), 403);
    truth(error.message.includes('no entry'));
    equal(channel.state, Pusher.ChannelState.FAILED);
  },

  async 'channel/list'() {
    const client = await newConnectedClient();
    const changes = [];

    client.channels.connect('items-changed', (_model, ...change) => changes.push(change));
    const subscribed = ['b', 'a', 'c'].map(name => client.subscribe(name));
    same([...each(client.channels)].map(channel => channel.name), ['b', 'a', 'c']);
    truth([...each(client.channels)].every((channel, i) => channel === subscribed[i]));
    equal(client.channels.get_item_type(), Pusher.Channel.$gtype);
    equal(client.channels.get_item(3), null);
    client.unsubscribe('a');
    same([...each(client.channels)].map(channel => channel.name), ['b', 'c']);
    same(changes, [[0, 0, 1], [1, 0, 1], [2, 0, 1], [1, 1, 0]]);
  },

  async 'event/details'() {
    const client = await newConnectedClient();
    const channel = await client.subscribe_async('prices', null);
    const heard = [];

    for (const [who, source] of [['channel', channel], ['client', client]]) {
      for (const detail of ['', '::price-changed', '::never']) {
        source.connect(`event${detail}`, (emitter, event) => {
          equal(emitter, source);
          heard.push(`${who}${detail} ${event.name}`);
        });
      }
    }
    server.publish('prices', 'price-changed', '1');
    server.publish('prices', 'other', '2');
    await until(() => heard.length === 6);
    same(heard, [
      'channel price-changed', 'channel::price-changed price-changed',
      'client price-changed', 'client::price-changed price-changed',
      'channel other', 'client other',
    ]);
  },

  async 'event/json'() {
    const client = await newConnectedClient();
    const channel = await client.subscribe_async('prices', null);
    const data = {price: 12.5, name: 'Käse 🧀', tags: ['a', null, true]};
    const heard = next(channel, 'event::price-changed');

    server.publish('prices', 'price-changed', JSON.stringify(data));
    const [event] = await heard;
    truth(event instanceof Pusher.Event);
    equal(event.name, 'price-changed');
    equal(event.channel_name, 'prices');
    equal(event.userId, null);
    equal(event.data, event.get_data());
    equal(new TextDecoder().decode(event.get_bytes().get_data()), event.data);
    same(JSON.parse(event.get_data()), data);

    const node = event.get_json();
    equal(node.get_node_type(), Json.NodeType.OBJECT);
    equal(node.get_object().get_double_member('price'), 12.5);
    same(JSON.parse(Json.to_string(event.get_json(), false)), data);
    same(event.get_variant().recursiveUnpack(), data);

    equal(event.lookup_string('/name'), data.name);
    equal(event.lookup_string('/price'), null);
    same(JSON.parse(event.lookup_json('/tags')), data.tags);
    same(event.lookup_double('/price'), [true, 12.5]);
    same(event.lookup_int('/price'), [false, 0]);
    same(event.lookup_boolean('/tags/2'), [true, true]);
  },

  async 'event/text'() {
    const client = await newConnectedClient();
    const channel = await client.subscribe_async('prices', null);

    for (const text of ['hello [world', '['.repeat(9000)]) {
      const heard = next(channel, 'event::said');

      server.publish('prices', 'said', text);
      const [event] = await heard;
      equal(event.get_data(), text);
      equal(event.get_json(), null);
      equal(event.get_variant(), null);
    }

    const heard = next(client, 'event::bare');
    server.faults.send_text(null, '{"event":"bare"}');
    const [event] = await heard;
    equal(event.data, null);
    equal(event.get_json(), null);
    equal(event.channel_name, null);
  },

  async 'event/handler-unsubscribes'() {
    const client = await newConnectedClient();
    const channel = await client.subscribe_async('prices', null);
    const heard = [];

    channel.connect('event::tick', (_channel, event) => {
      heard.push(event.data);
      channel.unsubscribe();
    });
    server.publish('prices', 'tick', '1');
    server.publish('prices', 'tick', '2');
    await until(() => !server.has_subscriber('prices'));
    same(heard, ['1']);
  },

  async 'event/many-in-order'() {
    const client = await newConnectedClient();
    const channel = await client.subscribe_async('prices', null);
    const numbers = Array.from({length: 1000}, (_, i) => i);
    const heard = [];

    channel.connect('event::tick', (_channel, event) => heard.push(JSON.parse(event.data)));
    for (const number of numbers)
      server.publish_json('prices', 'tick', `${number}`);
    await until(() => heard.length >= numbers.length);
    same(heard, numbers);
  },
};

run(tests);
