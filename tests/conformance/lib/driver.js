// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A process that has one of the two clients, and does with it what it is told.

import {spawn} from 'node:child_process';
import {EventEmitter, once} from 'node:events';
import path from 'node:path';
import readline from 'node:readline';

import {DEADLINE} from '../../interop/lib/wait.js';

const here = import.meta.dirname;

const commands = {
  'pusher-js': ({packagesDir}) =>
    [process.execPath, path.join(here, '../drivers/pusher-js.js'), packagesDir],
  // Debian's own: another python3 may come first in PATH, without gi.
  'pusher-glib': () => ['/usr/bin/python3', path.join(here, '../drivers/pusher-glib.py')],
};

function environment({buildDir}) {
  const library = path.join(buildDir, 'pusher-glib');
  return {
    ...process.env,
    LANG: 'C.UTF-8',
    LD_LIBRARY_PATH: library,
    GI_TYPELIB_PATH: library,
    G_DEBUG: 'fatal-warnings',
    G_SLICE: 'always-malloc',
    DBUS_SYSTEM_BUS_ADDRESS: 'disabled:',
    GIO_USE_NETWORK_MONITOR: 'base',
    GIO_USE_PROXY_RESOLVER: 'dummy',
    GSETTINGS_BACKEND: 'memory',
    PYTHONDONTWRITEBYTECODE: '1',
  };
}

// Emits "see" (an observation), "ask" (for an authorization), "barrier" (number)
// and "end" (why, if it ends by itself).
export class Driver extends EventEmitter {
  ended = null;
  #child;
  #stderr = '';
  #calls = new Map();
  #number = 0;

  // client: "pusher-js" or "pusher-glib"; paths: {buildDir, packagesDir}
  constructor(client, paths) {
    super();
    this.setMaxListeners(0);
    this.client = client;
    const [command, ...args] = commands[client](paths);
    // Whatever becomes of this process, the driver does not outlive it.
    this.#child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', command, ...args],
      {env: environment(paths), stdio: 'pipe'});
    this.#child.stdin.on('error', () => {}); // it has ended: that shows elsewhere
    this.#child.stderr.setEncoding('utf8').on('data', text => this.#stderr += text);
    readline.createInterface({input: this.#child.stdout, crlfDelay: Infinity})
      .on('line', line => this.#receive(line));
    this.#child.on('close', (status, signal) =>
      this.#end(`${client} ended with ${signal ?? status}: ${this.#stderr.slice(-2000)}`));
  }

  #receive(line) {
    const [[kind, value]] = Object.entries(JSON.parse(line));
    if (kind !== 'done') {
      this.emit(kind, value);
      return;
    }
    this.#calls.get(value)?.resolve();
    this.#calls.delete(value);
  }

  #end(why) {
    if (this.ended !== null)
      return;
    this.ended = why;
    this.kill();
    for (const {reject} of this.#calls.values())
      reject(new Error(why));
    this.#calls.clear();
    this.emit('end', why);
  }

  // What it wrote to its standard error since the last call.
  takeComplaints() {
    const text = this.#stderr;
    this.#stderr = '';
    return text;
  }

  // Calls a function of the client, or none; resolves once all that came of it at
  // once has been told.
  async perform(...call) {
    if (this.ended !== null)
      throw new Error(this.ended);
    const number = this.#number++;
    this.#child.stdin.write(`${JSON.stringify([number, ...call])}\n`);
    const timer = setTimeout(() => this.#end(`${this.client} hangs in ${call[0] ?? 'nothing'}`),
      4 * DEADLINE);
    try {
      await new Promise((resolve, reject) => this.#calls.set(number, {resolve, reject}));
    } finally {
      clearTimeout(timer);
    }
  }

  async quit() {
    if (this.ended === null) {
      this.#child.stdin.end();
      await once(this, 'end');
    }
  }

  kill() {
    this.#child.kill('SIGKILL');
  }
}
