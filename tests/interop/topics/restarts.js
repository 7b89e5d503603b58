// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The server is killed and started again and again, under a program of many
// channels, while a backend publishes.

import assert from 'node:assert/strict';

import {apps} from '../lib/apps.js';
import {until} from '../lib/wait.js';

const RESTARTS = Number(process.env.INTEROP_RESTARTS ?? 20);
const CHANNELS = 100;
const PRESENCE = 20; // of them
const EVENTS = 30; // at least, that are published between two restarts

const names = Array.from({length: CHANNELS}, (_, i) =>
  `${i < PRESENCE ? 'presence-' : i % 2 ? 'private-' : ''}restarts-${i}`);
const rooms = names.slice(0, PRESENCE);

// What a program has told. It tells so much that nothing is looked at twice.
class Follower {
  state = '';
  channels = new Map(); // the state of each
  events = new Map(names.map(name => [name, []])); // their numbers
  members = new Map();
  pongs = 0;
  failures = 0;
  #seen = 0;

  constructor(program) {
    this.program = program;
    program.on('progress', () => this.#read());
    this.#read();
  }

  #read() {
    const {lines} = this.program;
    while (this.#seen < lines.length)
      this.#take(lines[this.#seen++]);
  }

  #take(line) {
    if (line.type === 'state')
      this.state = line.state;
    else if (line.type === 'channel-state')
      this.channels.set(line.channel, line.state);
    else if (line.type === 'event' && line.via === 'channel' && line.name === 'tick')
      this.events.get(line.channel).push(JSON.parse(line.data).number);
    else if (line.type === 'members')
      this.members.set(line.channel, line.members.map(({id}) => id).sort());
    else if (line.type === 'pong')
      this.pongs++;
    else if (line.type === 'call-failed')
      this.failures++;
  }

  async #wait(look, what) {
    await until(this.program, 'progress', () => look() || undefined,
      () => `${this.program.language} ${what}`);
  }

  async lost() {
    await this.#wait(() => this.state !== 'connected', 'did not notice that the server is gone');
  }

  // Not when the delays have grown; a program that is back already stays so.
  async back(channels) {
    if (this.state !== 'connected')
      this.program.send('reconnect');
    await this.#wait(() => this.state === 'connected' &&
      channels.every(name => this.channels.get(name) === 'subscribed'), 'did not come back');
    await this.settle();
  }

  // What the server sent before has been told.
  async settle() {
    const before = this.pongs;
    this.program.send('ping');
    await this.#wait(() => this.pongs > before, 'got no pong');
    assert.equal(this.failures, 0);
  }

  async membersOf(room) {
    this.members.delete(room);
    this.program.send(`members ${room}`);
    await this.#wait(() => this.members.has(room), `did not tell the members of ${room}`);
    return this.members.get(room);
  }
}

// Publishes one event after the other, without a rest.
class Publisher {
  certain = new Map(names.map(name => [name, []])); // published while all were subscribed
  open = false; // whether they are
  count = 0; // of certain ones
  published = 0;
  #number = 0;
  #running = true;

  constructor(backend) {
    this.backend = backend;
    this.done = this.#run();
  }

  async #run() {
    while (this.#running) {
      const number = this.#number++;
      const name = names[Math.floor(Math.random() * CHANNELS)];
      const open = this.open;
      try {
        await this.backend.trigger(name, 'tick', {number});
      } catch {
        await new Promise(resolve => setTimeout(resolve, 5)); // there is no server now
        continue;
      }
      this.published++;
      if (open && this.open) {
        this.certain.get(name).push(number);
        this.count++;
      }
    }
  }

  async stop() {
    this.#running = false;
    await this.done;
  }
}

async function checkMembers(backend, follower) {
  for (const room of rooms) {
    const response = await backend.sdk.get({path: `/channels/${room}/users`});
    const {users} = await response.json();
    assert.deepEqual(await follower.membersOf(room), users.map(({id}) => id).sort(), room);
    assert.equal(users.length, 2);
  }
}

// Between two restarts: events are published to all, and members are compared.
async function checkRound(backend, publisher, main, other) {
  await other.back(rooms);
  await main.back(names);
  publisher.open = true;
  const before = publisher.count;
  await checkMembers(backend, main);
  while (publisher.count < before + EVENTS)
    await new Promise(setImmediate);
  publisher.open = false;
  await main.settle();
}

function checkEvents(publisher, main) {
  let delivered = 0;
  for (const name of names) {
    const numbers = main.events.get(name);
    const got = new Set(numbers);
    assert.equal(got.size, numbers.length, `${name}: an event came twice`);
    assert.deepEqual(numbers, [...numbers].sort((a, b) => a - b), `${name}: in order`);
    assert.deepEqual(publisher.certain.get(name).filter(number => !got.has(number)), [],
      `${name}: all that was published while it was subscribed`);
    delivered += numbers.length;
  }
  return delivered;
}

export default async function (suite) {
  const server = await suite.server();
  const backend = suite.backend(server);
  const start = (who, channels) => new Follower(suite.program(suite.languages[0], server, {
    channels,
    args: ['--unavailable-timeout', '600', '--secret', apps.main.secret,
      '--channel-data', JSON.stringify({user_id: who, user_info: {}})],
  }));
  const main = start('me', names);
  const other = start('other', rooms);
  const publisher = new Publisher(backend);
  const begin = performance.now();

  await suite.check(`${RESTARTS} restarts: members are the server's after each`, async () => {
    try {
      await checkRound(backend, publisher, main, other);
      for (let i = 0; i < RESTARTS; i++) {
        await server.stop(i % 2 ? 'SIGTERM' : 'SIGKILL');
        await Promise.all([main.lost(), other.lost()]);
        await server.start();
        await checkRound(backend, publisher, main, other);
      }
    } finally {
      await publisher.stop();
    }
  });
  await suite.check('events arrive once and in order', async () => {
    await main.settle();
    const delivered = checkEvents(publisher, main);
    console.log(`# ${RESTARTS} restarts in ${((performance.now() - begin) / 1000).toFixed(1)} s: ` +
      `${publisher.published} events published, ${publisher.count} of them while subscribed; ` +
      `${delivered} delivered, none twice`);
  });
}
