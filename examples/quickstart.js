#!/usr/bin/env -S gjs -m
// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Prints the events of channels as they arrive. Without options it brings its
// own server, which publishes a few events, so that it works anywhere.

import GLib from 'gi://GLib';
import Pusher from 'gi://Pusher?version=1';
import PusherTest from 'gi://PusherTest?version=1';
import System from 'system';

// GLib 2.80 has it in a namespace of its own, and warns of the old name.
const GLIB_UNIX = 'gi://GLibUnix';
const signalAdd = await import(GLIB_UNIX).then(
  ({default: GLibUnix}) => GLibUnix.signal_add_full,
  () => GLib.unix_signal_add);

const DEMO_CHANNEL = 'ticker';
const DEMO_EVENT = 'tick';
const DEMO_INTERVAL_MS = 200;
const DEMO_EVENTS = 5;
const DEMO_DEADLINE_SECONDS = 10;

const STATES = ['initialized', 'connecting', 'connected', 'unavailable', 'failed', 'disconnected'];

class Quickstart {
  constructor() {
    this.loop = new GLib.MainLoop(null, false);
    this.nReceived = 0;
    this.nWanted = Infinity;
    this.status = 0;
  }

  // The core: a client, its channels and their events.

  run(client, channels, events) {
    client.connect('notify::state', () => this.stateChanged());
    client.connect('error', (_client, error) =>
      printerr(`* error: ${error.message} (${GLib.quark_to_string(error.domain)} ${error.code})`));
    client.connect('connecting-in', (_client, delay) =>
      print(`* next attempt in ${(delay / 1e6).toFixed(1)} s`));
    for (const name of channels) {
      const channel = client.subscribe(name);
      channel.connect('subscription-succeeded', () => print(`* subscribed to ${name}`));
      channel.connect('gap', (_channel, duration) =>
        print(`* ${name} may have missed events of the last ${(duration / 1e6).toFixed(1)} s`));
      for (const signal of events.length ? events.map(event => `event::${event}`) : ['event'])
        channel.connect(signal, (_channel, event) => this.event(name, event));
    }

    this.client = client;
    client.open();
    this.loop.run();
    return this.status;
  }

  finish(status) {
    this.status = status;
    this.client.close_async(null, () => this.loop.quit());
  }

  stateChanged() {
    print(`* ${STATES[this.client.state]}`);
    if (this.client.state === Pusher.ConnectionState.FAILED)
      this.finish(1);
  }

  event(channelName, event) {
    // The channel's own affairs, which the signals above tell.
    if (event.get_name().startsWith('pusher:'))
      return;

    print(`${channelName}  ${event.get_name()}  ${event.get_data() ?? ''}`);

    if (++this.nReceived === this.nWanted)
      this.finish(0);
  }
}

function runDemo(app) {
  const server = new PusherTest.Server();
  server.start();
  print(`* no --key: listening to a server of my own, on port ${server.port}`);

  let price = 100;
  GLib.timeout_add(GLib.PRIORITY_DEFAULT, DEMO_INTERVAL_MS, () => {
    price += Math.random() * 2 - 1;
    const data = JSON.stringify({symbol: 'GLIB', cents: Math.trunc(price * 100)});
    server.publish(DEMO_CHANNEL, DEMO_EVENT, data);
    return GLib.SOURCE_CONTINUE;
  });
  GLib.timeout_add_seconds(GLib.PRIORITY_DEFAULT, DEMO_DEADLINE_SECONDS, () => {
    printerr(`Only ${app.nReceived} of ${DEMO_EVENTS} events arrived within ` +
             `${DEMO_DEADLINE_SECONDS} seconds`);
    app.finish(1);
    return GLib.SOURCE_CONTINUE;
  });

  app.nWanted = DEMO_EVENTS;
  const client = new Pusher.Client({
    key: server.key,
    host: '127.0.0.1',
    port: server.port,
    useTls: false,
  });
  return app.run(client, [DEMO_CHANNEL], []);
}

function runReal(app, options) {
  const client = new Pusher.Client({
    key: options.key,
    cluster: options.cluster,
    host: options.host,
    port: options.port,
    path: options.path,
    useTls: !options.noTls,
  });
  return app.run(client, options.channels, options.events);
}

const HELP = `Usage: quickstart.js [OPTION…]
Prints events as they arrive.

  -k, --key KEY          key of the application; without it, a demonstration
  -c, --cluster CLUSTER  cluster of the application at pusher.com, such as eu
  -H, --host HOST        host of another server
  -p, --port PORT        its port, if not 443, or 80 without TLS
      --path PATH        what its paths begin with
      --no-tls           connect without TLS
  -n, --channel NAME     subscribe to a channel (several times for more)
  -e, --event NAME       print only this event (several times for more)
  -h, --help             this text`;

class UsageError extends Error {}

function parseOptions(args) {
  /** @type {Object<string, any>} */
  const options = {
    key: null, cluster: null, host: null, port: 0, path: null, noTls: false, channels: [], events: [],
  };
  /** @type {Object<string, (value: string) => void>} */
  const setters = {
    'key': value => (options.key = value),
    'cluster': value => (options.cluster = value),
    'host': value => (options.host = value),
    'port': value => (options.port = /^[0-9]+$/.test(value) ? Number(value) : -1),
    'path': value => (options.path = value),
    'channel': value => options.channels.push(value),
    'event': value => options.events.push(value),
  };
  const names = {k: 'key', c: 'cluster', H: 'host', p: 'port', n: 'channel', e: 'event', h: 'help'};
  const rest = [...args];

  while (rest.length > 0) {
    const [, short, long, value] = /^(?:-([a-zA-Z])|--([a-z-]+)(?:=(.*))?)$/s.exec(rest[0]) ?? [];
    const name = long ?? names[short];
    const option = rest.shift();

    if (name === 'help')
      options.help = true;
    else if (name === 'no-tls')
      options.noTls = true;
    else if (setters[name] === undefined)
      throw new UsageError(`unknown option or argument ${option}`);
    else if (value === undefined && rest.length === 0)
      throw new UsageError(`${option} needs a value`);
    else
      setters[name](value ?? rest.shift());
  }
  return options;
}

function checkOptions(options) {
  const nonsense = findNonsense(options);
  if (nonsense)
    throw new UsageError(nonsense);
}

function findNonsense({key, cluster, host, port, path, noTls, channels, events}) {
  const any = [cluster, host, path].some(value => value !== null) ||
    port !== 0 || noTls || channels.length > 0 || events.length > 0;

  if (key === null)
    return any ? 'these options need --key: without it there is only the demonstration' : null;
  if (key === '')
    return '--key is empty';
  if (cluster === null && host === null)
    return '--key needs either --cluster or --host';
  if (cluster !== null && host !== null)
    return '--cluster and --host exclude each other';
  if (host === null && (port !== 0 || path !== null))
    return '--port and --path need --host';
  if (port < 0 || port > 65535)
    return '--port is a number from 1 to 65535';
  if (channels.length === 0)
    return '--key needs at least one --channel';
  if (events.includes(''))
    return '--event is empty';
  return null;
}

function main() {
  const options = parseOptions(System.programArgs);
  if (options.help) {
    print(HELP);
    return 0;
  }
  checkOptions(options);

  const app = new Quickstart();
  for (const number of [2, 15]) { // SIGINT, SIGTERM
    signalAdd(GLib.PRIORITY_DEFAULT, number, () => {
      app.finish(0);
      return GLib.SOURCE_CONTINUE;
    });
  }
  return options.key === null ? runDemo(app) : runReal(app, options);
}

let status;
try {
  status = main();
} catch (error) {
  printerr(`quickstart.js: ${error.message}`);
  status = error instanceof UsageError ? 2 : 1;
}
System.exit(status);
