// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A journey: the server is killed, and the program, at random moments, while a
// backend stores and publishes numbered events. The program has all of them, each
// once and in order.

import assert from 'node:assert/strict';
import http from 'node:http';

import {EventStore} from '../lib/event-store.js';
import {Random} from '../lib/random.js';
import {DEADLINE, until} from '../lib/wait.js';

const KILLS = Number(process.env.INTEROP_KILLS ?? 2);
const CRASHES = Number(process.env.INTEROP_CRASHES ?? 3);
const EVENTS = Number(process.env.INTEROP_EVENTS ?? 200);
const CHANNELS = Number(process.env.INTEROP_CHANNELS ?? 4);
const SEED = Number(process.env.INTEROP_SEED ?? Date.now() % 1_000_000);

const AWAY = 5; // fewer events are published while a program is not running

const names = Array.from({length: CHANNELS}, (_, i) => `journey-${i}`);

// The program in a language, however often it is killed: what it had told before
// is what it had stored.
class Catcher {
  events = new Map(names.map(name => [name, []])); // the numbers of each
  lost = [];
  starts = 0;
  caughtUp = 0; // events that came from the store
  #positions = new Map();
  #program = null;

  constructor(suite, language, server, store) {
    Object.assign(this, {suite, language, server, store});
  }

  start() {
    const saved = [...this.#positions].flatMap(([name, position]) =>
      ['--position', `${name}=${position}`]);
    this.starts++;
    this.state = '';
    this.subscribed = new Set();
    this.pongs = 0;
    this.seen = 0;
    this.#program = this.suite.program(this.language, this.server, {
      name: 'catcher',
      channels: names,
      args: ['--store', this.store.urlFor(this.language), ...saved],
    });
    this.#program.on('progress', () => this.#read());
  }

  async crash() {
    await this.suite.crash(this.#program);
    this.#read();
  }

  #read() {
    const {lines} = this.#program;
    while (this.seen < lines.length)
      this.#take(lines[this.seen++]);
  }

  #take(line) {
    if (line.type === 'event' && line.name === 'tick') {
      this.events.get(line.channel).push(JSON.parse(line.data).number);
      this.#positions.set(line.channel, line.position);
    } else if (line.type === 'state') {
      this.state = line.state;
      if (line.state !== 'connected')
        this.subscribed.clear();
    } else if (line.type === 'subscribed') {
      this.subscribed.add(line.channel);
    } else if (line.type === 'caught-up') {
      this.caughtUp += line.events;
    } else if (line.type === 'pong') {
      this.pongs++;
    } else if (line.type === 'lost' || line.type === 'not-json') {
      this.lost.push(line);
    }
  }

  async #wait(look, explain) {
    await until(this.#program, 'progress', () => look() || undefined,
      () => `${this.language} ${explain()}`, 4 * DEADLINE);
  }

  // Not when the delays have grown.
  hurry() {
    if (this.state !== 'connected')
      this.#program.send('reconnect');
  }

  async back() {
    await this.#wait(() => this.subscribed.size === names.length, () =>
      `is ${this.state}, and subscribed to ${this.subscribed.size} channels`);
  }

  async has(published) {
    const lacks = () => names.filter(name =>
      this.events.get(name).at(-1) !== published.get(name) && published.get(name) > 0);
    await this.#wait(() => lacks().length === 0, () => `still lacks events of ${lacks()}`);
  }

  // It ends as an application would.
  async retire() {
    await this.suite.retire([this.#program]);
  }

  async settle() {
    const before = this.pongs;
    this.#program.send('ping');
    await this.#wait(() => this.pongs > before, () => 'got no pong');
  }

  check(published) {
    assert.ok([...published.values()].every(count => count > 0), 'each channel had events');
    assert.deepEqual(this.lost, []);
    for (const [name, count] of published)
      assert.deepEqual(this.events.get(name), Array.from({length: count}, (_, i) => i + 1), name);
  }
}

class Journey {
  published = new Map(names.map(name => [name, 0])); // how many, to each
  abandoned = 0; // stored, and not published: there was no server
  #sent = 0;
  #plans = new Map(); // what is done before an event, by its number
  #up = true;

  constructor({server, backend, store, catchers, random}) {
    Object.assign(this, {server, backend, store, catchers, random});
  }

  // Each program is killed so often among the next events, and soon started again.
  plan(crashes, events) {
    for (const catcher of this.catchers)
      for (const turn of this.random.choose(crashes, Math.floor(events / AWAY))) {
        const [crash, start] = this.random.choose(2, AWAY);
        const first = this.#sent + turn * AWAY;
        this.#at(first + crash, () => catcher.crash());
        this.#at(first + start, () => catcher.start());
      }
  }

  #at(number, action) {
    this.#plans.set(number, [...this.#plans.get(number) ?? [], action]);
  }

  // What is stored is published once, whether or not there is a server.
  async publish(name = names[this.random.below(names.length)]) {
    for (const action of this.#plans.get(this.#sent++) ?? [])
      await action();

    const number = this.published.get(name) + 1;
    this.published.set(name, number);
    const data = this.store.keep(name, 'tick', {number});
    try {
      await this.backend.trigger(name, 'tick', data);
    } catch (error) {
      if (this.#up || error.status)
        throw error;
      this.abandoned++;
    }
  }

  async #publishMany(count) {
    for (let i = 0; i < count; i++)
      await this.publish();
  }

  // Publishes so many events, some of them to a server that is killed meanwhile, and
  // some to nobody; the rest while the programs come back and catch up.
  async round(count) {
    const before = this.random.below(Math.ceil(count / 2));
    const without = this.random.below(Math.ceil(count / 4));

    await this.#publishMany(before);
    this.#up = false;
    const killed = this.server.stop('SIGKILL');
    await this.publish();
    await killed;
    await this.#publishMany(without);
    await this.server.start();
    this.#up = true;
    this.catchers.forEach(catcher => catcher.hurry());
    if (this.random.below(2))
      await Promise.all(this.catchers.map(catcher => catcher.back()));
    await this.#publishMany(count - before - without - 1);
  }
}

// Everybody has a first event of each channel, so a position to go on from.
async function beginEverywhere(journey) {
  for (const name of names)
    await journey.publish(name);
  await Promise.all(journey.catchers.map(catcher => catcher.has(journey.published)));
}

// It is known where everybody begins: the store was asked, and has answered.
async function begin(journey, store) {
  const {catchers} = journey;
  await Promise.all(catchers.map(catcher => catcher.back()));
  await until(store, 'progress',
    () => store.answered.size === catchers.length * names.length || undefined,
    () => `only ${[...store.answered]} were answered`);
  await Promise.all(catchers.map(catcher => catcher.settle()));
}

async function travel(suite, what, {crashes = 0, faults, backend, server}) {
  const random = new Random(SEED);
  const store = await suite.use(new EventStore(faults?.(random)));
  const catchers = suite.languages.filter(language => language !== 'GJS')
    .map(language => new Catcher(suite, language, server, store));
  const journey = new Journey({server, backend, store, catchers, random});
  const start = performance.now();

  catchers.forEach(catcher => catcher.start());
  await suite.check(`${what}: goes its way, with seed ${SEED}`, async () => {
    await begin(journey, store);
    if (crashes > 0)
      await beginEverywhere(journey);
    const count = Math.floor(EVENTS / KILLS);
    journey.plan(crashes, KILLS * count);
    for (let i = 0; i < KILLS; i++)
      await journey.round(count);
  });
  await suite.checkEach(catchers, `${what}: every event once, and in order`, async catcher => {
    catcher.hurry();
    await catcher.has(journey.published);
    await catcher.settle();
    catcher.check(journey.published);
  });
  for (const catcher of catchers)
    await catcher.retire();

  const stored = catchers.map(({language, caughtUp, starts}) =>
    `${language} ${caughtUp} in ${starts} starts`);
  console.log(`# ${what}: ${((performance.now() - start) / 1000).toFixed(1)} s, ` +
    `${journey.abandoned} events published to nobody, caught up with ${stored.join(', ')}; ` +
    `${store.requests} requests, ${store.failures} failed`);
}

export default async function (suite) {
  const server = await suite.server();
  // A connection that an earlier server had is of no use.
  const backend = suite.backend(server, undefined, {agent: new http.Agent()});
  const settings = {server, backend};

  await travel(suite, `${KILLS} kills`, settings);
  await travel(suite, `${KILLS} kills, and ${CRASHES} of the program`,
    {...settings, crashes: CRASHES});
  await travel(suite, `${KILLS} kills, with a store that is slow and fails`, {
    ...settings,
    faults: random => ({pageSize: 10, failing: true, delay: () => random.below(100)}),
  });
}
