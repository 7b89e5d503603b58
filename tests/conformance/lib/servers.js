// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The servers that scenarios are run at. A kind of server has: name, isReal
// (others wrote it), imitates (which of these, if only one), jobs (how many scenarios
// at a time), start(), stop(), suits(scenario) and link(run), which is {link,
// release()}.

import {once, EventEmitter} from 'node:events';
import {createRequire} from 'node:module';
import path from 'node:path';

import {apps} from '../../interop/lib/apps.js';
import {Backend} from '../../interop/lib/backend.js';
import {LOOPBACK} from '../../interop/lib/ports.js';
import {Reverb} from '../../interop/lib/reverb.js';
import {Soketi} from '../../interop/lib/soketi.js';
import {TestServer} from '../../interop/lib/test-server.js';
import {ProxiedLink} from './proxied.js';
import {Scripted} from './scripted.js';

// Scenarios run side by side, each with an application of its own, so that they
// do not meet on a channel; and the next ones with others, since servers remember
// the last event of cache channels.
const N_APPS = 12;
const JOBS = 3;

const LONG = 600_000; // ms

function makeApps(prefix, more) {
  return Array.from({length: N_APPS}, (_, i) => ({
    id: `${prefix}${i}`, key: `${prefix}-key-${i}`, secret: `${prefix}-secret-${i}`, ...more,
  }));
}

const plainApps = makeApps('conformance');
const userApps = makeApps('users', {enableUserAuthentication: true});

// The servers of the interop suite have these applications as well.
for (const app of [...plainApps, ...userApps])
  apps[app.id] = app;

// The one that was given back first is the next.
class Pool extends EventEmitter {
  #free;

  constructor(list) {
    super();
    this.setMaxListeners(0);
    this.#free = [...list];
  }

  async take() {
    while (this.#free.length === 0)
      await once(this, 'free');
    return this.#free.shift();
  }

  give(app) {
    this.#free.push(app);
    this.emit('free');
  }
}

// A server behind a proxy; derived classes make and know it.
class Proxied {
  jobs = JOBS;
  #pools = {plain: new Pool(plainApps), users: new Pool(userApps)};
  #PusherServer;

  constructor({packagesDir}) {
    this.#PusherServer = createRequire(path.join(packagesDir, 'package.json'))('pusher');
  }

  suits({servers}) {
    return servers === 'all' || (servers?.includes(this.name) ?? false);
  }

  backend(app) {
    return new Backend(this.#PusherServer, {host: this.host, port: this.port, tls: null}, app);
  }

  async link(run) {
    const pool = this.#pools[run.scenario.users ? 'users' : 'plain'];
    const app = await pool.take();
    run.app = app;
    const link = new ProxiedLink(run, this);
    await link.listen();
    return {link, release: () => {
      link.stop();
      pool.give(app);
    }};
  }
}

// One that others wrote, in a process of its own
class Real extends Proxied {
  isReal = true;
  #server;

  constructor(name, server, paths) {
    super(paths);
    this.name = name;
    this.#server = server;
  }

  async start() {
    await this.#server.start();
    ({host: this.host, port: this.port} = this.#server);
    process.on('exit', () => this.#server.kill());
  }

  stop() {
    return this.#server.stop();
  }
}

// PusherTest.Flavor
const FLAVORS = {reverb: 1, soketi: 2};

// PusherTest.Server, which plays as pusher.com does, or as another
class TestServerKind extends Proxied {
  host = LOOPBACK;
  #server;

  constructor(name, imitates, paths) {
    super(paths);
    this.name = name;
    this.imitates = imitates;
    this.#server = new TestServer(paths.buildDir, imitates ? {flavor: FLAVORS[imitates]} : {});
  }

  async start() {
    await this.#server.start();
    this.port = await this.#server.get('port');
    for (const {id, key, secret} of [...plainApps, ...userApps])
      await this.#server.call('add_app', id, key, secret);
  }

  stop() {
    this.#server.stop();
  }
}

const kinds = {
  'script': paths => new Scripted(paths),
  'test-server': paths => new TestServerKind('test-server', null, paths),
  'test-soketi': paths => new TestServerKind('test-soketi', 'soketi', paths),
  'test-reverb': paths => new TestServerKind('test-reverb', 'reverb', paths),
  'soketi': paths => new Real('soketi', new Soketi({...paths, signInTimeout: LONG}), paths),
  // Of several at once it now and then leaves one without an answer.
  'reverb': paths => Object.assign(new Real('reverb', new Reverb(paths), paths), {jobs: 1}),
};

// What may be compared: two clients at a server, or a server with a real one
export const pairs = [
  ...Object.keys(kinds),
  ...Object.keys(kinds).flatMap(name => ['soketi', 'reverb'].map(real => `${name} as ${real}`)),
];

// paths: {buildDir, packagesDir, reverbDir, workDir, sourceDir}; reverbDir is null
// if Reverb is not there
export function servers(paths) {
  const wanted = process.env.CONFORMANCE_SERVERS?.split(',') ?? Object.keys(kinds);
  return wanted.filter(name => name !== 'reverb' || paths.reverbDir !== null)
    .map(name => kinds[name](paths));
}
