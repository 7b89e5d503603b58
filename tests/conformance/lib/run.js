// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One scenario, with one client, at one server: goes through its steps, and
// writes down what the application and the server saw.

import crypto from 'node:crypto';
import {EventEmitter} from 'node:events';

import {matches} from '../../interop/lib/program.js';
import {until} from '../../interop/lib/wait.js';
import {authorize} from './authorization.js';

// Things that follow from each other come to rest within this many barriers.
const MAX_ROUNDS = 12;

const MAX_SHOWN = 400;

// s; who is late by so much is not going to.
const DEADLINE = Number(process.env.CONFORMANCE_DEADLINE ?? 15) * 1000;

// s; what a client does by itself after a while it does only where a scenario waits
// for it: a slow machine is no reason.
const TIMEOUTS = {subscription_timeout: 600, unavailable_timeout: 600};

// Calls of the application; everything else is a step of the server or a wait.
const calls = new Set([
  'connect', 'disconnect', 'subscribe', 'unsubscribe', 'resubscribe', 'channel-unsubscribe',
  'trigger', 'signin', 'switch-cluster', 'bind', 'unbind', 'bind-client', 'unbind-client',
  'watch-client', 'channels', 'state', 'channel', 'members', 'member', 'user', 'when',
]);

// They wait for what comes of the step before, and are part of it: whether it came
// while that one settled is a matter of time.
const waits = new Set(['seen', 'in-state', 'received']);

export class Run extends EventEmitter {
  app = {key: 'conformance-key', secret: 'conformance-secret'};
  deadline = DEADLINE;
  items = []; // {segment, stream, text}
  crashed = false; // by what the client threw: nothing after that means anything
  #segment = 0;
  #over = false;
  #seen = [];
  #cursor = 0;
  #asks = [];
  #held = new Map();
  #sockets = new Map();
  #rules;
  #driver;

  constructor(scenario, driver) {
    super();
    this.setMaxListeners(0);
    this.scenario = scenario;
    this.#driver = driver;
    this.#rules = new Map(Object.entries(scenario.auth ?? {}).map(([name, rules]) =>
      [name, Array.isArray(rules) ? [...rules] : rules]));
  }

  // --- The record ---

  // Data is JSON text, or any text, and compared as what it means; null is nothing.
  record(stream, what, {name, data, ...fields} = {}) {
    if (this.#over)
      return;
    const shown = Object.fromEntries(Object.entries({...fields, data: meaning(data)})
      .filter(([, value]) => value !== null && value !== undefined));
    // Some servers repeat it: each application has another.
    if (shown.data?.auth)
      shown.data.auth = shown.data.auth.replace(/^[^:]*:[0-9a-f]{64}$/, 'a signature');
    const parts = [`${stream}:`, what, name, Object.keys(shown).length > 0 && canonical(shown)];
    this.items.push({
      segment: this.#segment,
      stream,
      text: shorten(parts.filter(part => part !== undefined && part !== false).join(' ')),
    });
  }

  // Servers choose socket ids as they like: the first, the second …
  nameOfSocket(id) {
    if (!this.#sockets.has(id))
      this.#sockets.set(id, `socket ${this.#sockets.size + 1}`);
    return this.#sockets.get(id);
  }

  #see({stream, what, ...fields}) {
    if (fields.socket_id !== undefined)
      fields.socket_id = this.nameOfSocket(fields.socket_id);
    this.record(stream, what, fields);
    if (stream === 'crash')
      this.crashed = true;
    this.#seen.push({stream, what, ...fields});
    this.emit('progress');
  }

  // --- Authorization ---

  takeRule(kind, channel) {
    const rules = this.#rules.get(kind === 'user' ? '@user' : channel) ??
      this.#rules.get(kind === 'user' ? '' : '*');
    if (!Array.isArray(rules))
      return rules;
    return rules.length > 1 ? rules.shift() : rules[0];
  }

  #asked(request) {
    const name = request.channel ?? 'user';
    this.record(`authorization ${name}`, 'asked',
      {socket_id: this.nameOfSocket(request.socket_id)});
    const rule = this.takeRule(request.kind, request.channel);
    if (rule === 'hold')
      this.#held.set(name, [...this.#held.get(name) ?? [], request]);
    else
      this.#asks.push({request, rule});
  }

  async #answer({kind, channel, socket_id: socketId, number}, rule) {
    const body = authorize(rule, {kind, channel, socketId, app: this.app});
    await this.#driver.perform('answer', number, body);
  }

  // --- Steps ---

  steps = {
    // Several things at once, as far as that goes.
    together: async (...steps) => {
      for (const step of steps)
        await this.#step(step);
    },
    // Waits for an observation that comes of the last step that was no wait.
    seen: async pattern => {
      const index = await until(this, 'progress', () => {
        const found = this.#seen.findIndex((line, i) =>
          i >= this.#cursor && matches(pattern, line));
        return found === -1 ? undefined : found;
      }, () => `the application did not see ${JSON.stringify(pattern)}`, this.deadline);
      this.#cursor = index + 1;
    },
    'in-state': async name => this.steps.seen({stream: 'connection', what: 'state', name}),
    // Answers the oldest question that was held.
    authorize: async (name, rule) => {
      const request = this.#held.get(name)?.shift();
      if (request)
        await this.#answer(request, rule);
    },
    received: pattern => this.link.receivedMessage(pattern),
  };

  async #step([name, ...args]) {
    if (!waits.has(name) && this.#segment > 0) {
      this.#cursor = this.#seen.length;
      this.link.mark();
    }
    if (calls.has(name))
      await this.#driver.perform(name, ...args);
    else if (this.steps[name])
      await this.steps[name](...args);
    else if (this.link.steps[name])
      await this.link.steps[name](...args);
    else
      throw new TypeError(`There is no step “${name}”`);
  }

  get #news() {
    return this.items.length;
  }

  // Waits until nothing follows any more from what happened.
  async #settle() {
    for (let i = 0; i < MAX_ROUNDS; i++) {
      const news = this.#news;
      for (const {request, rule} of this.#asks.splice(0))
        await this.#answer(request, rule);
      await this.link.barrier(this.#driver);
      await this.#driver.perform();
      if (this.crashed || this.#news === news && this.#asks.length === 0)
        return;
    }
    throw new Error('The two did not come to rest');
  }

  async #throughSteps() {
    const {settings, endpoint, path} = this.scenario;
    const base = `http://${this.link.host}:${this.link.port}`;
    await this.#driver.perform('start', {
      key: this.app.key, host: this.link.host, port: this.link.port, path,
      settings: {...TIMEOUTS, ...settings},
      ...(endpoint && {endpoint: `${base}/auth`, user_endpoint: `${base}/user-auth`, ...endpoint}),
    });
    for (const [i, step] of this.scenario.steps.entries()) {
      if (i > 0 && !waits.has(step[0]))
        this.#segment++;
      await this.#step(step);
      await this.#settle();
      if (this.crashed)
        return;
    }
  }

  // link: a Link that listens
  async execute(link) {
    this.link = link;
    const see = observation => this.#see(observation);
    const ask = request => this.#asked(request);
    this.#driver.on('see', see).on('ask', ask);
    try {
      await this.#throughSteps();
    } catch (error) {
      if (error instanceof TypeError || error instanceof ReferenceError)
        throw error;
      this.record('end', error.message);
    } finally {
      this.#driver.off('see', see).off('ask', ask);
    }
    this.#over = true;
    if (this.#driver.ended === null)
      await this.#driver.perform('finish');
    return this.items;
  }
}

function meaning(data) {
  try {
    const value = JSON.parse(data);
    return value === Infinity ? null : value; // which JSON.stringify() does not know
  } catch {
    return data;
  }
}

// Long texts are the same if their hashes are.
function shorten(text) {
  if (text.length <= MAX_SHOWN)
    return text;
  const hash = crypto.createHash('sha256').update(text).digest('hex').slice(0, 16);
  return `${text.slice(0, MAX_SHOWN)}… (${text.length} characters, ${hash})`;
}

function sorted(value) {
  if (Array.isArray(value))
    return value.map(sorted);
  if (value === null || typeof value !== 'object')
    return value;
  return Object.fromEntries(Object.keys(value).sort().map(key => [key, sorted(value[key])]));
}

function canonical(value) {
  return JSON.stringify(sorted(value));
}
