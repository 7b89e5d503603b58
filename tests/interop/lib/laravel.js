// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A Laravel application that publishes at a server: reverb/application.

import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

import {ServerProcess} from './process.js';

export class Laravel extends ServerProcess {
  #server;
  #app;

  constructor(server, app) {
    super(server);
    this.#server = server;
    this.#app = app;
  }

  async configure() {
    this.url = `http://${this.host}:${this.port}`;
    this.ownDir = path.join(this.workDir, `laravel-${this.port}`);
    fs.mkdirSync(path.join(this.ownDir, 'config'), {recursive: true});
  }

  get command() {
    const {id, key, secret} = this.#app;
    const {reverbDir, sourceDir, host, port} = this.#server;
    return {
      words: ['php', '-S', `${this.host}:${this.port}`,
        path.join(sourceDir, 'application', 'web.php')],
      env: {
        REVERB_VENDOR: path.join(reverbDir, 'vendor'),
        REVERB_WORK: this.ownDir,
        APP_ENV: 'testing',
        APP_KEY: `base64:${randomBytes(32).toString('base64')}`,
        LOG_CHANNEL: 'stderr',
        CACHE_STORE: 'array',
        SESSION_DRIVER: 'file',
        QUEUE_CONNECTION: 'sync',
        BROADCAST_CONNECTION: 'reverb',
        REVERB_APP_ID: id,
        REVERB_APP_KEY: key,
        REVERB_APP_SECRET: secret,
        REVERB_HOST: host,
        REVERB_PORT: `${port}`,
        REVERB_SCHEME: 'http',
      },
    };
  }

  get sign() {
    return {path: '/login', body: 'Log in'};
  }

  // Returns {cookie, token}: the header of a session, and its CSRF token.
  async logIn() {
    const page = await fetch(`${this.url}/login`);
    return this.#read(await this.post('/login', Laravel.#readCookies(page)));
  }

  async #read(response) {
    assert.equal(response.status, 200, await response.text());
    return Laravel.#readCookies(response);
  }

  static #readCookies(response) {
    const cookies = response.headers.getSetCookie().map(text => text.split(';')[0]);
    const token = cookies.find(text => text.startsWith('XSRF-TOKEN=')).split('=')[1];
    return {cookie: cookies.join('; '), token: decodeURIComponent(token)};
  }

  // Posts as a page does.
  async post(where, {cookie, token}, headers = {}) {
    return fetch(`${this.url}${where}`, {
      method: 'POST',
      headers: {Accept: 'application/json', Cookie: cookie, 'X-XSRF-TOKEN': token, ...headers},
    });
  }
}
