// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Runs a JavaScript snippet with a server.
//
// Usage: gjs -m harness.js program|task|statements|scene SNIPPET EXPECTED
//
// Of a program EXPECTED is what it prints, of a scene all that there is about it.

import GLib from 'gi://GLib';
import Gio from 'gi://Gio';
import Pusher from 'gi://Pusher?version=1';
import PusherTest from 'gi://PusherTest?version=1';
import System from 'system';

const AL = '{"user_id":"1","user_info":{"name":"Al"}}';
const [mode, snippet, expected] = System.programArgs;
const uri = GLib.filename_to_uri(snippet, null);
const server = new PusherTest.Server();

function connectTo(client) {
  client.set({host: '127.0.0.1', port: server.port, useTls: false});
}

// What a snippet calls https://example.org is the server's.
function useEndpoints({authorizer, userAuthenticator}) {
  if (authorizer instanceof Pusher.HttpAuthorizer)
    authorizer.endpoint = server.backend.auth_endpoint;
  if (userAuthenticator instanceof Pusher.HttpAuthorizer)
    userAuthenticator.endpoint = server.backend.user_auth_endpoint;
}

function fail(why) {
  printerr(why);
  System.exit(1);
}

async function until(condition) {
  while (!condition()) {
    // eslint-disable-next-line no-await-in-loop
    await new Promise(resolve => GLib.timeout_add(GLib.PRIORITY_DEFAULT, 1, () => resolve()));
  }
}

async function runProgram() {
  const {open, open_async: openAsync} = Pusher.Client.prototype;
  let printed = false;

  const connectHere = client => {
    server.add_app('2', client.key, 'secret');
    connectTo(client);
    client.connect('event::pusher:subscription_succeeded', (_client, event) => {
      const data = JSON.stringify({price: 12.5});
      const message = {event: 'price-changed', channel: event.channel_name, data};
      server.faults.send_text(null, JSON.stringify(message));
    });
  };

  Pusher.Client.prototype.open = function () {
    connectHere(this);
    open.call(this);
  };
  Pusher.Client.prototype.open_async = function (cancellable, callback) {
    connectHere(this);
    openAsync.call(this, cancellable, callback);
  };
  globalThis.print = text => {
    printed ||= `${text}`.includes(expected);
    if (printed && mode === 'program')
      System.exit(0);
  };
  await import(uri);
  if (!printed)
    fail(`It ended without printing ${expected}`);
}

// What happens at the server, what it receives then, and what the snippet prints.
class Scene {
  received = new Set();
  printed = [];

  constructor({steps = [], receives = [], prints = null}) {
    Object.assign(this, {steps, receives, prints});
    server.connect('message-received', (_server, _socketId, text) =>
      this.received.add(JSON.parse(text).event));
    if (prints)
      globalThis.print = text => this.printed.push(`${text}`);
  }

  play() {
    for (const [how, channel, event, data] of this.steps) {
      const text = JSON.stringify(data);
      if (how === 'publish')
        server.publish(channel, event, text);
      else
        server.faults.send_text(null, JSON.stringify({event, channel, data: text}));
    }
  }

  async check() {
    await until(() => this.receives.every(event => this.received.has(event)));
    if (this.prints && JSON.stringify(this.prints) !== JSON.stringify(this.printed))
      fail(`It printed ${JSON.stringify(this.printed)}`);
  }
}

async function runStatements(scene) {
  const client = new Pusher.Client({key: server.key});
  const signer = new Pusher.SecretAuthorizer({
    secret: server.secret,
    channelData: AL,
    userData: '{"id":"1"}',
    encryptionMasterKey: server.encryption_master_key,
  });
  const heard = new Set();
  const channels = () => Array.from(
    {length: client.channels.get_n_items()}, (_, i) => client.channels.get_item(i));

  connectTo(client);
  client.set({authorizer: signer, userAuthenticator: signer});
  Object.assign(globalThis, {GLib, Gio, Pusher, PusherTest, client, server});
  globalThis.channel = client.subscribe('prices');
  client.connect('event::price-changed', (_client, event) => heard.add(event.channel_name));
  await import(uri);
  useEndpoints(client);
  if (client.state === Pusher.ConnectionState.INITIALIZED)
    client.open();
  await until(() => channels().every(channel => channel.state === Pusher.ChannelState.SUBSCRIBED));
  scene.play();
  for (const channel of channels())
    server.publish(channel.name, 'price-changed', '{"price":12.5}');
  await until(() => channels().every(({name}) => heard.has(name)));
  if (client.userAuthenticator !== signer)
    await until(() => client.user.signed_in);
  await scene.check();
  if (server.last_violation)
    fail(server.last_violation);
}

server.backend.set_user('1', '{"name":"Al"}');
server.start();
GLib.timeout_add_seconds(GLib.PRIORITY_DEFAULT, 30, () => fail('Too late'));
try {
  if (mode === 'program' || mode === 'task')
    await runProgram();
  else
    await runStatements(new Scene(mode === 'scene' ? JSON.parse(expected) : {}));
} catch (error) {
  fail(`${error}\n${error.stack}`);
}
System.exit(0);
