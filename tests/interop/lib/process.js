// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A server in a process of its own: started and stopped as often as a topic
// wants, always on the same port.

import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';

import {LOOPBACK, freePort} from './ports.js';
import {DEADLINE, poll} from './wait.js';

// A program of Node or PHP that a busy machine has to read first takes its time.
const START_DEADLINE = 4 * DEADLINE;

export class ServerProcess {
  #child = null;
  #output = [];

  // tls: {certificate, key}, the names of files
  constructor({packagesDir, workDir, tls = null}) {
    this.packagesDir = packagesDir;
    this.workDir = workDir;
    this.tls = tls;
    this.host = LOOPBACK;
  }

  get agent() {
    return this.tls ? new https.Agent({ca: fs.readFileSync(this.tls.certificate)}) : undefined;
  }

  // --- What a class has of its own ---

  // Called once there is a port, before the first start.
  async configure() {}

  // {words, cwd, env}: the program and its arguments, and where it runs
  get command() {
    throw new Error('not for a server of no kind');
  }

  // {path, body} of a page that tells that the server is ready
  get sign() {
    throw new Error('not for a server of no kind');
  }

  // --- Starting and stopping ---

  async start() {
    if (!this.port) {
      this.port = await freePort();
      await this.configure();
    }

    const {words, env, cwd = this.workDir} = this.command;
    // Whatever becomes of this process, the server does not outlive it.
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', ...words], {
      cwd,
      env: {PATH: process.env.PATH, HOME: this.workDir, ...env},
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', chunk => this.#output.push(chunk));
    this.#child = child;

    await poll(() => this.#isReady(), () => `the server was not ready:\n${this.output}`,
      START_DEADLINE);
  }

  get output() {
    return Buffer.concat(this.#output).toString();
  }

  async #isReady() {
    if (this.#child === null || this.#child.exitCode !== null)
      throw new Error(`The server ended by itself:\n${this.output}`);

    const {get} = this.tls ? https : http;
    const {path, body} = this.sign;
    return new Promise(resolve => {
      const request = get({host: this.host, port: this.port, path, agent: this.agent});
      request.on('error', () => resolve(false));
      request.on('response', async response => {
        const chunks = await response.toArray();
        resolve(Buffer.concat(chunks).toString() === body);
      });
    });
  }

  // Waits until the server has ended by itself.
  async ended(deadline = DEADLINE) {
    const child = this.#child;
    if (child.exitCode === null && child.signalCode === null)
      await once(child, 'exit', {signal: AbortSignal.timeout(deadline)});
    this.#child = null;
  }

  async stop(signal = 'SIGTERM') {
    const child = this.#child;
    if (child === null)
      return;
    this.#child = null;
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'exit');
    }
  }

  kill() {
    this.#child?.kill('SIGKILL');
  }
}
