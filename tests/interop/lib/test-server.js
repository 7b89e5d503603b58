// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// PusherTest.Server of a build directory, by way of test-server.py.

import {spawn} from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';

const MILLISECONDS = 10;

export class TestServer {
  // properties: set before it listens
  constructor(buildDir, properties = {}) {
    this.buildDir = buildDir;
    this.properties = properties;
  }

  async start() {
    const directories = [path.resolve(this.buildDir, 'pusher-glib'),
      path.resolve(this.buildDir, 'pusher-glib', 'testing')].join(':');
    this.process = spawn('/usr/bin/python3', [path.join(import.meta.dirname, 'test-server.py')], {
      env: {...process.env, GI_TYPELIB_PATH: directories, LD_LIBRARY_PATH: directories},
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.answers = readline.createInterface({input: this.process.stdout})[Symbol.asyncIterator]();
    this.last = Promise.resolve();
    for (const [name, value] of Object.entries(this.properties))
      await this.call('set', name, value);
    await this.call('start');
  }

  // One after the other: answers come in the order of the calls.
  call(...request) {
    const result = this.last.then(async () => {
      this.process.stdin.write(`${JSON.stringify(request)}\n`);
      const {value, done} = await this.answers.next();
      if (done)
        throw new Error('the server has ended');
      const answer = JSON.parse(value);
      if (answer.error)
        throw new Error(`${request[0]}: ${answer.error}`);
      return answer.result;
    });
    this.last = result.catch(() => {});
    return result;
  }

  get(property) {
    return this.call('get', property);
  }

  async until(...request) {
    while (!await this.call(...request))
      await new Promise(resolve => setTimeout(resolve, MILLISECONDS));
  }

  // The server ends with its standard input.
  stop() {
    this.process.stdin.end();
  }
}
