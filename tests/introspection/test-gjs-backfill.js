// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a JavaScript program sees of catching up.

import GLib from 'gi://GLib';
import GObject from 'gi://GObject';
import Pusher from 'gi://Pusher?version=1';
import Soup from 'gi://Soup?version=3.0';

import {equal, gerror, hear, newClient, run, same, server, truth, until} from './fixture.js';

// What an application that derives from the class has.
const Store = GObject.registerClass(class Store extends Pusher.Backfill {
  _init(events) {
    super._init();
    this.events = events;
    this.asked = [];
  }

  vfunc_fetch(request) {
    const {after, last} = request;
    const first = last > 0 ? Math.max(0, this.events.length - last) : Number(after);

    this.asked.push([request.get_after(), request.get_last()]);
    this.events.slice(first).forEach((data, i) =>
      request.add('e', JSON.stringify(data), `${first + i + 1}`));
    request.complete(false);
    return true;
  }
});

function begin(backfill, position) {
  const client = newClient();
  const channel = client.subscribe('a');
  const heard = hear(channel, 'event::e', 'caught-up', 'lost');

  channel.set_backfill(backfill);
  channel.set_position(position);
  equal(channel.get_backfill(), backfill);
  client.open();
  return [client, channel, heard];
}

function words(heard) {
  return heard.map(([name, value]) => name === 'event::e' ? JSON.parse(value.get_data()) : name);
}

async function caughtUp(heard) {
  await until(() => heard.some(([name]) => name === 'caught-up'));
}

const tests = {
  async 'backfill/subclass'() {
    const store = new Store([{id: 1}, {id: 2}, {id: 3}]);
    const [client, channel, heard] = begin(store, '1');

    await caughtUp(heard);
    same(store.asked, [['1', 0]]);
    same(words(heard), [{id: 2}, {id: 3}, 'caught-up']);
    equal(heard.at(-1)[1], 2);
    equal(channel.position, '3');
    equal(channel.catching_up, false);
    server.publish('a', 'e', '{"id": 4}');
    await until(() => channel.get_position() === '4');
    client.close();
  },

  async 'backfill/initial-count'() {
    const store = new Store([{id: 1}, {id: 2}, {id: 3}]);

    store.set_initial_count(2);
    const [client, , heard] = begin(store, null);

    await caughtUp(heard);
    same(store.asked, [[null, 2]]);
    same(words(heard), [{id: 2}, {id: 3}, 'caught-up']);
    client.close();
  },

  async 'backfill/signals'() {
    const backfill = Pusher.Backfill.new();
    const kept = [];

    backfill.connect('fetch', (_backfill, request) => {
      kept.push(request);
      return true;
    });
    backfill.connect('identify', (_backfill, event) => event.lookup_string('/key'));
    const [client, channel, heard] = begin(backfill, 'a');

    await until(() => kept.length > 0);
    let request = kept.pop();
    truth(request instanceof Pusher.BackfillRequest);
    equal(request.channel_name, 'a');
    equal(request.get_cancellable().is_cancelled(), false);
    request.fail_for_now(new GLib.Error(Pusher.error_quark(), Pusher.Error.FAILED, 'Later'));
    await until(() => kept.length > 0);
    request = kept.pop();
    request.add('e', '{"key": "b"}', null);
    request.complete(true);
    await until(() => kept.length > 0);
    request = kept.pop();
    equal(request.get_after(), 'b');
    request.fail(new GLib.Error(Pusher.http_error_quark(), 410, 'Gone'));
    await caughtUp(heard);
    same(words(heard), [{key: 'b'}, 'lost', 'caught-up']);
    gerror(heard[1][1], Pusher.http_error_quark(), 410);
    channel.backfill = null;
    equal(channel.get_backfill(), null);
    client.close();
  },

  async 'backfill/nobody'() {
    const [client, , heard] = begin(new Pusher.Backfill(), '1');

    await caughtUp(heard);
    same(words(heard), ['lost', 'caught-up']);
    gerror(heard[0][1], Pusher.error_quark(), Pusher.Error.BACKFILL);
    client.close();
  },

  async 'backfill/combined'() {
    const store = new Store([{id: 1}, {id: 2}]);
    const backfill = new Pusher.Backfill();

    backfill.connect('fetch', (_backfill, request) => store.fetch(request));
    backfill.connect('identify', (_backfill, event) => store.identify(event));
    const other = new Pusher.Backfill();
    other.connect('fetch', (_other, request) => backfill.fetch(request));
    other.connect('identify', (_other, event) => backfill.identify(event));
    const [client, , heard] = begin(other, '1');

    await caughtUp(heard);
    same(words(heard), [{id: 2}, 'caught-up']);
    client.close();
  },

  'backfill/settings'() {
    const backfill = new Pusher.Backfill({idPointer: '/key', maxAttempts: 2});

    equal(backfill.id_pointer, '/key');
    equal(backfill.max_attempts, 2);
    equal(backfill.get_client_events(), false);
    backfill.client_events = true;
    equal(backfill.get_client_events(), true);
    backfill.max_held_events = 1;
    backfill.max_held_bytes = 2;
    backfill.max_concurrent = 3;
    backfill.timeout = 4;
    same([backfill.get_max_held_events(), backfill.get_max_held_bytes(),
      backfill.get_max_concurrent(), backfill.get_timeout()], [1, 2, 3, 4]);
  },

  async 'http-backfill'() {
    const http = new Soup.Server();
    const asked = [];
    const answers = [
      [401, ''],
      [200, '{"data": [{"key": "b", "type": "e", "payload": {"n": 1}}], "next": "http://…"}'],
      [200, '{"data": [{"key": "c", "type": "e", "payload": "[2]"}], "next": null}'],
    ];

    http.add_handler('/events', (_http, message) => {
      const [status, body] = answers.shift();

      asked.push(message.get_uri().get_query());
      message.set_status(status, null);
      message.set_response('application/json', Soup.MemoryUse.COPY, new TextEncoder().encode(body));
    });
    http.listen_local(0, Soup.ServerListenOptions.IPV4_ONLY);
    const port = http.get_uris()[0].get_port();
    const store = Pusher.HttpBackfill.new(`http://127.0.0.1:${port}/events{?after,last}`);
    let nPrepared = 0;
    let nRenewed = 0;

    equal(store.url, `http://127.0.0.1:${port}/events{?after,last}`);
    store.events_pointer = '/data';
    store.more_pointer = '/next';
    store.item_id_pointer = '/key';
    store.item_name_pointer = '/type';
    store.item_data_pointer = '/payload';
    store.username = 'user';
    store.set_password('password');
    truth(store.session instanceof Soup.Session);
    store.connect('prepare', () => nPrepared++);
    store.connect('renew', () => {
      nRenewed++;
      store.set_header('X-Token', 'new');
      store.set_expires_at(0);
      store.renewed();
      return true;
    });
    const [client, , heard] = begin(store, 'a');

    await caughtUp(heard);
    same(words(heard), [{n: 1}, [2], 'caught-up']);
    same(asked, ['after=a', 'after=a', 'after=b']);
    equal(nPrepared, 3);
    equal(nRenewed, 1);
    equal(store.get_expires_at(), 0);
    client.close();
    http.disconnect();
  },
};

run(tests);
