// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// soketi, in a process of its own: started and stopped as often as a topic
// wants, always on the same port.

import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';

import {LOOPBACK, freePort} from './ports.js';
import {poll} from './wait.js';

export const apps = {
  main: {id: '1', key: 'main-key', secret: 'main-secret'},
  user: {id: '2', key: 'user-key', secret: 'user-secret', enableUserAuthentication: true},
  noClientEvents: {
    id: '3', key: 'noclient-key', secret: 'noclient-secret', enableClientMessages: false,
  },
  limits: {
    id: '4', key: 'limits-key', secret: 'limits-secret',
    maxClientEventsPerSecond: 2, maxEventPayloadInKb: 1, maxEventNameLength: 50,
    maxChannelNameLength: 60, maxPresenceMembersPerChannel: 1, maxPresenceMemberSizeInKb: 0.1,
    maxConnections: 2, maxBackendEventsPerSecond: 2, maxReadRequestsPerSecond: 2,
  },
  disabled: {id: '5', key: 'disabled-key', secret: 'disabled-secret', enabled: false},
};

const appDefaults = {enabled: true, enableClientMessages: true, maxConnections: -1, webhooks: []};

// Complete: what is missing makes soketi listen on all addresses, or broadcast.
async function makeConfig(port, tls) {
  return {
    'host': LOOPBACK,
    'port': port,
    'metrics.enabled': false,
    'metrics.host': LOOPBACK,
    'metrics.port': await freePort(),
    'cluster.address': LOOPBACK,
    'cluster.hostname': LOOPBACK,
    'cluster.unicast': LOOPBACK,
    'cluster.port': await freePort(),
    'shutdownGracePeriod': 100,
    'userAuthenticationTimeout': 3000,
    'appManager.array.apps': Object.values(apps).map(app => ({...appDefaults, ...app})),
    ...(tls && {'ssl.certPath': tls.certificate, 'ssl.keyPath': tls.key}),
  };
}

export class Soketi {
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

  async start() {
    if (!this.port) {
      this.port = await freePort();
      this.configFile = path.join(this.workDir, `soketi-${this.port}.json`);
      fs.writeFileSync(this.configFile, JSON.stringify(await makeConfig(this.port, this.tls)));
    }

    const program = path.join(this.packagesDir, 'node_modules/@soketi/soketi/bin/server.js');
    const command = [process.execPath, program, 'start', `--config=${this.configFile}`];
    // Whatever becomes of this process, the server does not outlive it.
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', ...command], {
      cwd: this.workDir,
      env: {PATH: process.env.PATH, HOME: this.workDir},
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', chunk => this.#output.push(chunk));
    this.#child = child;

    await poll(() => this.#isReady(), () => `soketi was not ready:\n${this.output}`);
  }

  get output() {
    return Buffer.concat(this.#output).toString();
  }

  async #isReady() {
    if (this.#child === null || this.#child.exitCode !== null)
      throw new Error(`soketi ended by itself:\n${this.output}`);

    const {get} = this.tls ? https : http;
    return new Promise(resolve => {
      const request = get({host: this.host, port: this.port, path: '/', agent: this.agent});
      request.on('error', () => resolve(false));
      request.on('response', async response => {
        const chunks = await response.toArray();
        resolve(Buffer.concat(chunks).toString() === 'OK');
      });
    });
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
