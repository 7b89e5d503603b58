// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a JavaScript program sees of authorization, and of what needs it.

import GLib from 'gi://GLib';
import GObject from 'gi://GObject';
import Gio from 'gi://Gio';
import Json from 'gi://Json?version=1.0';
import Pusher from 'gi://Pusher?version=1';
import Soup from 'gi://Soup?version=3.0';
import System from 'system';

import {
  each, equal, gerror, hear, newClient, newConnectedClient, rejected, run, same, server, thrown,
  truth, until,
} from './fixture.js';

const MASTER_KEY = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
const AL = '{"user_id":"1","user_info":{"name":"Al","age":40}}';
const BO = '{"user_id":"2","user_info":{"name":"Bo"}}';

// What an application that derives from the class has.
const Signer = GObject.registerClass(class Signer extends Pusher.Authorizer {
  _init(secret) {
    super._init();
    this.signer = Pusher.SecretAuthorizer.new(secret);
    this.asked = [];
  }

  vfunc_authorize(request) {
    this.asked.push([request.get_kind(), request.get_channel_name()]);
    return this.signer.authorize(request);
  }
});

// Keeps its requests.
const Later = GObject.registerClass(class Later extends Pusher.Authorizer {
  requests = [];

  vfunc_authorize(request) {
    this.requests.push(request);
    return true;
  }
});

async function newMember(channelData = null) {
  const client = await newConnectedClient();

  client.use_secret(server.secret, channelData);
  return client;
}

const tests = {
  async 'authorizer/subclass'() {
    const client = await newConnectedClient();
    const authorizer = new Signer(server.secret);

    client.authorizer = authorizer;
    equal(client.get_authorizer(), authorizer);
    const channel = await client.subscribe_async('private-a', null);
    equal(channel.kind, Pusher.ChannelKind.PRIVATE);
    same(authorizer.asked, [[Pusher.AuthorizationKind.CHANNEL, 'private-a']]);
  },

  async 'authorizer/subclass-lives'() {
    const client = await newConnectedClient();

    client.set_authorizer(new Signer(server.secret));
    System.gc();
    await client.subscribe_async('private-a', null);
    equal(client.authorizer.asked.length, 1);
  },

  async 'authorizer/signal'() {
    const client = await newConnectedClient();
    const authorizer = new Pusher.Authorizer();
    const signer = new Pusher.SecretAuthorizer({secret: server.secret});

    authorizer.connect('authorize', (_authorizer, request) => signer.authorize(request));
    client.authorizer = authorizer;
    await client.subscribe_async('private-a', null);
  },

  async 'authorizer/nobody-answers'() {
    const client = await newConnectedClient();

    client.authorizer = Pusher.Authorizer.new();
    gerror(await rejected(client.subscribe_async('private-a', null)),
      Pusher.Error, Pusher.Error.AUTHORIZATION);
  },

  async 'request/properties'() {
    const client = await newConnectedClient();
    const authorizer = new Later();

    client.authorizer = authorizer;
    const channel = client.subscribe('private-a');
    await until(() => authorizer.requests.length > 0);
    const request = authorizer.requests.pop();
    truth(request instanceof Pusher.AuthorizationRequest);
    equal(request.kind, Pusher.AuthorizationKind.CHANNEL);
    truth(request.kind !== Pusher.AuthorizationKind.USER);
    equal(request.key, client.key);
    equal(request.channel_name, 'private-a');
    equal(request.socketId, client.socketId);
    truth(request.cancellable instanceof Gio.Cancellable);
    equal(request.cancellable.is_cancelled(), false);
    channel.unsubscribe();
    equal(request.cancellable.is_cancelled(), true);
    request.complete('too:late', null, null);
  },

  async 'request/answers'() {
    const client = await newConnectedClient();
    const authorizer = new Later();
    const invalid = [Pusher.Error, Pusher.Error.AUTHORIZATION];
    const refusal = new GLib.Error(Gio.IOErrorEnum, Gio.IOErrorEnum.FAILED, 'no entry');
    const trouble = new GLib.Error(Gio.IOErrorEnum, Gio.IOErrorEnum.BUSY, 'not now');
    const answers = [
      [request => request.complete('', null, null), invalid],
      [request => gerror(thrown(() => request.complete_json('{"auth": 1}')), ...invalid), invalid],
      [request => request.fail(refusal), [Gio.IOErrorEnum, Gio.IOErrorEnum.FAILED]],
      [request => request.fail_for_now(trouble), [Gio.IOErrorEnum, Gio.IOErrorEnum.BUSY]],
    ];

    client.authorizer = authorizer;
    for (const [answer, expected] of answers) {
      const heard = hear(client.subscribe('private-a'), 'subscription-error');
      /* eslint-disable no-await-in-loop */
      await until(() => authorizer.requests.length > 0);
      answer(authorizer.requests.pop());
      await until(() => heard.length > 0);
      gerror(heard[0][1], ...expected);
    }

    // After a failure it can be granted all the same.
    const signer = new Pusher.SecretAuthorizer({secret: server.secret});
    const channel = client.get_channel('private-a');
    equal(channel.state, Pusher.ChannelState.FAILED);
    channel.resubscribe();
    await until(() => authorizer.requests.length > 0);
    equal(signer.authorize(authorizer.requests.pop()), true);
    await until(() => channel.state === Pusher.ChannelState.SUBSCRIBED);
  },

  async 'http-authorizer/asks'() {
    const client = await newConnectedClient();
    const http = client.use_endpoint(server.backend.auth_endpoint);
    const prepared = [];

    http.connect('prepare', (_http, request, message) => {
      message.get_request_headers().append('X-Prepared', request.channel_name);
      prepared.push(message);
    });
    equal(http, client.authorizer);
    equal(http.endpoint, server.backend.auth_endpoint);
    equal(http.session, client.session);
    http.set_header('X-Header', '1');
    http.set_param('user_id', '7');
    http.username = 'al';
    http.password = 'secret';
    equal(http.get_username(), 'al');
    await client.subscribe_async('presence-a', null);
    truth(prepared[0] instanceof Soup.Message);
    same(server.list_members('presence-a'), ['7']);
  },

  async 'http-authorizer/settings'() {
    const http = new Pusher.HttpAuthorizer({
      endpoint: 'http://localhost/', batch: true, timeout: 2,
    });

    equal(http.batch, true);
    equal(http.timeout, 2);
    equal(http.get_expires_at(), 0);
    http.set_expires_at(2 ** 40);
    equal(http.get_expires_at(), 2 ** 40);
    http.maxAttempts = 1;
    equal(http.max_attempts, 1);
    http.max_concurrent = 3;
    equal(http.maxConcurrent, 3);
    http.max_batch_size = 20;
    equal(http.maxBatchSize, 20);
    http.username = null;
    equal(http.username, null);
    equal(Pusher.HttpAuthorizer.new('http://a/').endpoint, 'http://a/');
  },

  async 'http-authorizer/refused'() {
    const client = await newConnectedClient();

    client.use_endpoint(server.backend.auth_endpoint);
    server.backend.forbid('private-a');
    const error = await rejected(client.subscribe_async('private-a', null));
    gerror(error, Pusher.http_error_quark(), 403);
    gerror(error, Pusher.HttpError, Pusher.HttpError.FORBIDDEN);
  },

  async 'http-authorizer/endpoints'() {
    const client = await newConnectedClient();
    const http = client.use_user_endpoint(server.backend.user_auth_endpoint);

    equal(client.user_authenticator, http);
    for (const use of ['use_endpoint', 'use_user_endpoint'])
      gerror(thrown(() => client[use]('not a url')), Pusher.Error, Pusher.Error.INVALID_SETTINGS);
    equal(client.user_authenticator, http);
  },

  async 'channel/last-error'() {
    const client = await newConnectedClient();
    const heard = hear(client, 'error');

    client.use_endpoint(server.backend.auth_endpoint);
    server.backend.forbid('private-a');
    const channel = client.subscribe('private-a');
    equal(channel.last_error, null);
    await until(() => heard.length > 0);
    gerror(channel.last_error, Pusher.HttpError, Pusher.HttpError.FORBIDDEN);
    equal(heard[0][1].message, `Cannot subscribe to “private-a”: ${channel.lastError.message}`);
  },

  async 'http-authorizer/renewed'() {
    const client = await newConnectedClient();
    const http = client.use_endpoint(server.backend.auth_endpoint);
    const statuses = [];

    http.connect('renew', (_http, status) => {
      statuses.push(status);
      server.backend.set_status(0);
      http.renewed();
      return true;
    });
    server.backend.set_status(419);
    await client.subscribe_async('private-a', null);
    same(statuses, [419]);
  },

  async 'secret-authorizer/settings'() {
    const signer = new Pusher.SecretAuthorizer({
      secret: 's', channelData: AL, encryptionMasterKey: MASTER_KEY,
    });

    equal(signer.channel_data, AL);
    equal(signer.user_data, null);
    signer.secret = null;
    signer.set_secret('other');
    equal(signer.set_encryption_master_key(null), true);
    signer.encryption_master_key = MASTER_KEY;
    signer.set_channel_data_node(Json.from_string('{"user_id":"3"}'));
    same(JSON.parse(signer.channelData), {user_id: '3'});
    signer.set_user_data_node(Json.from_string('{"id":"3"}'));
    same(JSON.parse(signer.get_user_data()), {id: '3'});
    for (const name of ['channel_data', 'user_data', 'encryption_master_key']) {
      gerror(thrown(() => signer[`set_${name}`]('{')), Pusher.Error, Pusher.Error.INVALID_DATA);
      equal(signer[`set_${name}`](null), true);
    }
    signer.set_channel_data(AL);
    signer.set_user_data(null);
    signer.set_member('7', 'Cy', Json.from_string('{"age":41}'));
    same(JSON.parse(signer.channel_data), {user_id: '7', user_info: {name: 'Cy', age: 41}});
    signer.set_member('8', null, null);
    same(JSON.parse(signer.channel_data), {user_id: '8', user_info: {}});
    gerror(thrown(() => newClient().use_secret('s', '{')), Pusher.Error, Pusher.Error.INVALID_DATA);
  },

  async 'kinds/trigger'() {
    const [client, other] = [await newMember(), await newMember()];
    const channel = await client.subscribe_async('private-a', null);
    const heard = hear(await other.subscribe_async('private-a', null), 'event::client-said');

    equal(channel.trigger('client-said', '{"a":1}'), true);
    channel.trigger('client-said', null);
    channel.trigger_node('client-said', Json.from_string('[2]'));
    channel.trigger_variant('client-said',
      new GLib.Variant('a{sv}', {b: new GLib.Variant('i', 3)}));
    await until(() => heard.length === 4);
    same(heard.map(([, event]) => event.data), ['{"a":1}', null, '[2]', '{"b":3}']);
  },

  async 'kinds/outbox'() {
    const [client, other] = [await newMember(), await newMember()];
    const heard = hear(await other.subscribe_async('private-a', null), 'event');
    const channel = client.subscribe('private-a');
    const lengths = [];

    channel.connect('notify::outbox-length', () => lengths.push(channel.outbox_length));
    same([channel.outbox_size, channel.outbox_expiry], [0, 60]);
    channel.outbox_size = 2;
    channel.outbox_expiry = 0;
    channel.trigger('client-a', '1');
    channel.trigger('client-b', null);
    gerror(thrown(() => channel.trigger('client-c', null)), Pusher.Error, Pusher.Error.BUSY);
    await until(() => heard.length === 2);
    same(heard.map(([, event]) => event.data), ['1', null]);
    same(lengths, [1, 2, 1, 0]);

    client.close();
    const failed = hear(channel, 'trigger-error');
    channel.trigger('client-a', '1');
    channel.unsubscribe();
    same(failed.map(([, name, data]) => [name, data]), [['client-a', '1']]);
    gerror(failed[0][3], Pusher.Error, Pusher.Error.CLOSED);
  },

  async 'kinds/trigger-errors'() {
    const client = await newMember();

    for (const [name, event, data, code] of [
      ['private-a', 'x', null, Pusher.Error.INVALID_NAME],
      ['private-a', 'client-x', '{', Pusher.Error.INVALID_DATA],
    ]) {
      const channel = await client.subscribe_async(name, null);
      gerror(thrown(() => channel.trigger(event, data)), Pusher.Error, code);
    }
  },

  async 'kinds/channel-error'() {
    const client = await newMember();
    const channel = await client.subscribe_async('private-a', null);

    server.client_events = false;
    const heard = hear(channel, 'error');
    channel.connect('error', (_channel, error) => gerror(error, Pusher.ServerError, 4301));
    channel.trigger('client-x', null);
    await until(() => heard.length > 0);
    gerror(heard[0][1], Pusher.ServerError, Pusher.ServerError.CLIENT_EVENT_RATE);
  },

  async 'kinds/presence'() {
    const client = await newMember(AL);
    const presence = await client.subscribe_async('presence-a', null);
    const log = [];

    presence.connect('member-added', (_presence, member) => log.push(`+${member.id}`));
    presence.connect('member-removed', (_presence, member) => log.push(`-${member.id}`));
    presence.connect('member-changed', (_presence, member) => log.push(member.get_field('name')));
    truth(presence instanceof Pusher.PresenceChannel && presence instanceof Pusher.Channel);
    equal(presence.members.get_item_type(), Pusher.Member.$gtype);
    const me = presence.me;
    equal(me, presence.members.get_item(0));
    truth(me instanceof Pusher.Member);
    equal(me.id, '1');
    same(['name', 'age', 'none'].map(name => me.get_field(name)), ['Al', '40', null]);
    same(JSON.parse(me.info), {name: 'Al', age: 40});
    equal(me.get_info_node().get_object().get_string_member('name'), 'Al');
    equal(me.name, 'Al');

    const other = await newMember(BO);
    await other.subscribe_async('presence-a', null);
    await until(() => presence.members.get_n_items() === 2);
    const ids = [];
    for (const member of each(presence.members))
      ids.push(member.id);
    same(ids, ['1', '2']);
    equal(presence.get_member('2'), presence.members.get_item(1));
    equal(presence.get_member('3'), null);
    other.close();
    await until(() => presence.members.get_n_items() === 1);
    client.use_secret(server.secret, AL.replace('Al', 'Alan'));
    client.reconnect_now();
    await until(() => log.length === 3);
    same(log, ['+2', '-2', 'Alan']);
    equal(presence.get_me(), me);
  },

  async 'kinds/encrypted'() {
    const client = newClient();

    client.authorizer = new Pusher.SecretAuthorizer({
      secret: server.secret, encryptionMasterKey: server.encryption_master_key,
    });
    await client.open_async(null);
    const channel = await client.subscribe_async('private-encrypted-a', null);
    const heard = hear(channel, 'event::secret', 'error');
    truth(channel instanceof Pusher.EncryptedChannel);
    equal(channel.kind, Pusher.ChannelKind.ENCRYPTED);
    server.publish('private-encrypted-a', 'secret', '{"a":1}');
    await until(() => heard.length > 0);
    equal(heard[0][1].data, '{"a":1}');
    server.encryption_master_key = MASTER_KEY;
    server.publish('private-encrypted-a', 'secret', '{"a":2}');
    await until(() => heard.length === 2);
    gerror(heard[1][1], Pusher.Error, Pusher.Error.DECRYPTION);
  },

  async 'kinds/cache-and-count'() {
    server.subscription_counts = true;
    const client = await newConnectedClient();
    const channel = client.subscribe('cache-a');
    let misses = 0;

    channel.connect('cache-miss', () => misses++);
    await until(() => misses === 1 && channel.subscription_count === 1);
    equal(channel.is_cache, true);
  },

  async 'client/switch-cluster'() {
    server.set_default_app('7', 'test-key', 'test-secret');
    equal(server.app_id, '7');
    server.add_app('2', 'other', 'other-secret');
    const client = await newConnectedClient();
    const channel = await client.subscribe_async('a', null);
    const heard = hear(channel, 'subscription-succeeded');

    client.switch_cluster('other', null);
    await until(() => heard.length > 0);
    same([client.key, client.cluster], ['other', null]);
  },

  async 'user/sign-in'() {
    const client = await newConnectedClient();
    const user = client.user;
    const log = [];

    client.user_authenticator = Pusher.HttpAuthorizer.new(server.backend.user_auth_endpoint);
    truth(client.get_user_authenticator() instanceof Pusher.HttpAuthorizer);
    truth(user instanceof Pusher.User);
    user.connect('sign-in-error', (_user, error) => log.push(error));
    user.sign_in();
    await until(() => log.length > 0);
    gerror(log.pop(), Pusher.HttpError, Pusher.HttpError.FORBIDDEN);
    same([user.signed_in, user.id, user.data], [false, null, null]);

    server.backend.set_user('42', '{"name":"Al"}');
    server.backend.set_watchlist(['43']);
    server.backend.set_cross_origin(true);
    equal(await user.sign_in_async(null), true);
    equal(user.signedIn, true);
    equal(user.id, '42');
    same(JSON.parse(user.data).user_info, {name: 'Al'});
    user.connect('event::hi', (_user, event) => log.push(event.data));
    await until(() => server.send_to_user('42', 'hi', '1') === 1);
    await until(() => log.length > 0);
    same(log, ['1']);

    user.connect('online', (_user, id) => log.push(`+${id}`));
    user.connect('offline', (_user, id) => log.push(`-${id}`));
    user.connect('watchlist-event', (_user, name, ids) => log.push(`${name} ${ids.join()}`));
    const other = await newConnectedClient();
    server.backend.set_watchlist(null);
    server.backend.set_user('43', null);
    other.user_authenticator = client.user_authenticator;
    await other.user.sign_in_async(null);
    await until(() => user.is_online('43'));
    other.close();
    await until(() => !user.is_online('43'));
    same(log, ['1', 'online 43', '+43', 'offline 43', '-43']);
  },
};

run(tests);
