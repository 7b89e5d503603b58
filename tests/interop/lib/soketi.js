// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

import fs from 'node:fs';
import path from 'node:path';

import {apps} from './apps.js';
import {LOOPBACK, freePort} from './ports.js';
import {ServerProcess} from './process.js';

const appDefaults = {enabled: true, enableClientMessages: true, maxConnections: -1, webhooks: []};

// Complete: what is missing makes soketi listen on all addresses, or broadcast.
async function makeConfig({port, tls, signInTimeout}) {
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
    'userAuthenticationTimeout': signInTimeout,
    'appManager.array.apps': Object.values(apps).map(app => ({...appDefaults, ...app})),
    ...(tls && {'ssl.certPath': tls.certificate, 'ssl.keyPath': tls.key}),
  };
}

export class Soketi extends ServerProcess {
  // signInTimeout: ms that a client of an app with enableUserAuthentication has
  constructor({signInTimeout = 3000, ...settings}) {
    super(settings);
    this.signInTimeout = signInTimeout;
  }

  async configure() {
    this.configFile = path.join(this.workDir, `soketi-${this.port}.json`);
    fs.writeFileSync(this.configFile, JSON.stringify(await makeConfig(this)));
  }

  get command() {
    const program = path.join(this.packagesDir, 'node_modules/@soketi/soketi/bin/server.js');
    return {words: [process.execPath, program, 'start', `--config=${this.configFile}`]};
  }

  get sign() {
    return {path: '/', body: 'OK'};
  }
}
