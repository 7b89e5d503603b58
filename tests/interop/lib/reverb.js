// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';

import {apps} from './apps.js';
import {LOOPBACK} from './ports.js';
import {ServerProcess} from './process.js';

const defaults = {
  options: {},
  allowed_origins: ['*'],
  ping_interval: 60,
  activity_timeout: 30,
  max_message_size: 100_000,
  accept_client_events_from: 'members',
};

export class Reverb extends ServerProcess {
  // prefix: what all paths begin with; reverbDir: what `install-reverb` made; app:
  // settings for the main application, where Reverb's own are asked for
  constructor({prefix = '', app = {}, maxRequestSize = 1_000_000, ...settings}) {
    super(settings);
    this.prefix = prefix;
    this.app = app;
    this.maxRequestSize = maxRequestSize;
    this.reverbDir = settings.reverbDir;
    this.sourceDir = path.join(settings.sourceDir, 'reverb');
  }

  async configure() {
    this.ownDir = path.join(this.workDir, `reverb-${this.port}`);
    fs.mkdirSync(this.ownDir);
    const known = Object.values(apps).filter(({enabled}) => enabled !== false);
    fs.writeFileSync(path.join(this.ownDir, 'reverb.json'), JSON.stringify({
      default: 'reverb',
      servers: {reverb: this.#serverSettings()},
      apps: {
        provider: 'config',
        apps: known.map(app => ({
          key: app.key, secret: app.secret, app_id: app.id, ...defaults, ...app.reverb,
          ...(app === apps.main && this.app),
        })),
      },
    }));
  }

  #serverSettings() {
    return {
      host: LOOPBACK,
      port: this.port,
      path: this.prefix,
      hostname: LOOPBACK,
      options: {tls: this.tls ? {local_cert: this.tls.certificate, local_pk: this.tls.key} : {}},
      max_request_size: this.maxRequestSize,
      scaling: {enabled: false},
      pulse_ingest_interval: 15,
    };
  }

  get #environment() {
    return {
      REVERB_VENDOR: path.join(this.reverbDir, 'vendor'),
      REVERB_WORK: this.ownDir,
      APP_ENV: 'testing',
      CACHE_STORE: 'file',
      LOG_CHANNEL: 'stderr',
    };
  }

  get command() {
    return {
      words: ['php', path.join(this.sourceDir, 'artisan'), 'reverb:start'],
      env: this.#environment,
    };
  }

  get sign() {
    return {path: `${this.prefix}/up`, body: '{"health":"OK"}'};
  }

  // A command of Reverb's beside the server.
  async run(...command) {
    await this.#php('artisan', ...command);
  }

  // With the official SDK for PHP, which knows of prefixes.
  async publish(app, channel, name, data) {
    // Without a slash at its end, the last part of the path would be replaced.
    const options = {
      host: this.host, port: this.port, path: `${this.prefix}/`, scheme: 'http', useTLS: false,
    };
    const {key, secret, id} = app;
    await this.#php('publish.php',
      JSON.stringify({key, secret, id, options, channel, name, data}));
  }

  async #php(script, ...args) {
    const words = [path.join(this.sourceDir, script), ...args];
    const child = spawn('php', words, {
      env: {PATH: process.env.PATH, HOME: this.workDir, ...this.#environment},
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const errors = child.stderr.toArray();
    const [status] = await once(child, 'close');
    if (status !== 0)
      throw new Error(`${script} ended with status ${status}:\n${Buffer.concat(await errors)}`);
  }
}
