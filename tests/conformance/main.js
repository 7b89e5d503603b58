// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// main.js BUILDDIR PACKAGES [BEGINNING…]: runs the scenarios, all of them unless the
// beginnings of some names are given. Started by `run`.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import differences from './differences/all.js';
import {Explanations, compare} from './lib/compare.js';
import {Driver} from './lib/driver.js';
import {Run} from './lib/run.js';
import {pairs, servers as makeServers} from './lib/servers.js';
import scenarios from './scenarios/all.js';

const interop = path.join(import.meta.dirname, '../interop');

const CLIENTS = ['pusher-js', 'pusher-glib'];

// What differs by chance, because the machine was busy, does not differ each time.
const MAX_AGAIN = 2;

const verbose = process.env.CONFORMANCE_VERBOSE === '1';

class Suite {
  #paths;
  #idle = new Map(CLIENTS.map(client => [client, []]));
  #all = new Set();
  #transcripts = new Map(); // "server/client/scenario" → items
  #counts = new Map();

  constructor(paths) {
    this.#paths = paths;
  }

  // --- Running ---

  #takeDriver(client) {
    const driver = this.#idle.get(client).pop() ?? new Driver(client, this.#paths);
    this.#all.add(driver);
    return driver;
  }

  async #execute(server, scenario, client) {
    const driver = this.#takeDriver(client);
    const run = new Run(scenario, driver);
    const {link, release} = await server.link(run);
    const items = await run.execute(link);
    release();
    const complaints = driver.takeComplaints();
    if (driver.ended !== null)
      items.push({segment: Infinity, stream: 'crash', text: `crash: ${driver.ended}`});
    else if (client === 'pusher-glib' && complaints !== '')
      items.push({segment: Infinity, stream: 'complaints', text: `complaints: ${complaints}`});
    if (driver.ended === null)
      this.#idle.get(client).push(driver);
    this.#transcripts.set(`${server.name}/${client}/${scenario.name}`, items);
  }

  async #runAt(server, wanted) {
    const tasks = wanted.filter(scenario => server.suits(scenario)).flatMap(scenario =>
      CLIENTS.map(client => () => this.#execute(server, scenario, client)));
    await Promise.all(Array.from({length: server.jobs}, async () => {
      for (let task = tasks.shift(); task; task = tasks.shift())
        await task();
    }));
  }

  async run(servers, wanted, explanations) {
    await Promise.all(servers.map(server => this.#runAt(server, wanted)));
    for (let i = 0; i < MAX_AGAIN; i++)
      await this.#runAgain(servers, wanted, explanations);
    for (const driver of this.#all)
      driver.kill();
  }

  // One after the other
  async #runAgain(servers, wanted, explanations) {
    const differing = [...this.#comparisons(servers, wanted)].filter(comparison =>
      this.#open(comparison, explanations).open.length > 0);
    for (const {pair, scenario, sides} of differing) {
      console.log(`# ${pair}: ${scenario.name} runs again`);
      for (const {server, client} of sides)
        await this.#execute(server, scenario, client);
    }
  }

  // --- Judging ---

  // Two transcripts of one scenario each: {pair, scenario, sides: [{server, client, name}]}
  *#comparisons(servers, wanted) {
    for (const server of servers)
      for (const scenario of wanted.filter(each => server.suits(each)))
        yield {pair: server.name, scenario,
          sides: CLIENTS.map(client => ({server, client, name: client}))};

    // The servers made for tests play as the real ones do.
    const client = 'pusher-js';
    for (const real of servers.filter(({isReal}) => isReal))
      for (const ours of servers.filter(({isReal, imitates}) =>
        !isReal && (!imitates || imitates === real.name)))
        for (const scenario of wanted.filter(each => real.suits(each) && ours.suits(each)))
          yield {pair: `${ours.name} as ${real.name}`, scenario,
            sides: [real, ours].map(server => ({server, client, name: server.name}))};
  }

  // All lines that only one side has, and those that nothing explains
  #open({pair, scenario, sides}, explanations) {
    const [left, right] = sides.map(({server, client}) =>
      this.transcript(server.name, client, scenario.name));
    const lines = compare(left, right);
    return {lines, open: explanations.unexplained(pair, scenario.name, lines)};
  }

  #judge(comparison, explanations) {
    const {pair, scenario, sides} = comparison;
    const count = this.#counts.get(pair) ?? {scenarios: 0, equal: 0, intended: 0, unexplained: 0};
    this.#counts.set(pair, count);
    count.scenarios++;
    const {lines, open} = this.#open(comparison, explanations);
    if (lines.length === 0)
      count.equal++;
    else if (open.length === 0)
      count.intended++;
    else
      count.unexplained++;

    if (open.length > 0) {
      console.log(`not ok - ${pair}: ${scenario.name}`);
      for (const {side, item} of verbose ? lines : open)
        console.log(`  # ${sides[side].name} only, step ${item.segment}: ${item.text}`);
    } else {
      console.log(`ok - ${pair}: ${scenario.name}${lines.length > 0 ? ', as intended' : ''}`);
    }
  }

  judge(servers, wanted, explanations) {
    for (const comparison of this.#comparisons(servers, wanted))
      this.#judge(comparison, explanations);
  }

  // Returns whether all was well.
  summarize(idle) {
    for (const text of idle)
      console.log(`not ok - ${text}`);
    const total = {scenarios: 0, equal: 0, intended: 0, unexplained: 0};
    const show = count => Object.entries(count).map(([name, n]) => `${name} ${n}`).join(', ');
    for (const [pair, count] of this.#counts) {
      console.log(`# ${pair}: ${show(count)}`);
      for (const name of Object.keys(total))
        total[name] += count[name];
    }
    console.log(show(total));
    return total.scenarios > 0 && total.unexplained === 0 && idle.length === 0;
  }

  transcript(server, client, scenario) {
    return this.#transcripts.get(`${server}/${client}/${scenario}`);
  }
}

function select(patterns) {
  const names = new Set();
  for (const {name} of scenarios) {
    if (names.has(name))
      throw new Error(`There are two scenarios “${name}”`);
    names.add(name);
  }
  if (patterns.length === 0)
    return scenarios;
  const found = scenarios.filter(({name}) => patterns.some(pattern => name.startsWith(pattern)));
  if (found.length === 0)
    throw new Error(`No scenario begins with ${patterns.join(' or ')}`);
  return found;
}

async function main(buildDir, packages, ...patterns) {
  const wanted = select(patterns);
  const explanations = new Explanations(differences, pairs);
  const workDir = fs.mkdtempSync(path.join(os.tmpdir(), 'pusher-conformance-'));
  const reverbDir = path.join(packages, 'reverb');
  const paths = {
    buildDir,
    packagesDir: path.join(packages, 'suite'),
    reverbDir: process.env.CONFORMANCE_NO_REVERB ? null : reverbDir,
    workDir,
    sourceDir: interop,
  };
  process.on('exit', () => fs.rmSync(workDir, {recursive: true, force: true}));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => process.exit(1));

  const servers = makeServers(paths);
  await Promise.all(servers.map(server => server.start()));
  const suite = new Suite(paths);
  await suite.run(servers, wanted, explanations);
  await Promise.all(servers.map(server => server.stop()));

  suite.judge(servers, wanted, explanations);
  if (process.env.CONFORMANCE_SHOW)
    for (const server of servers)
      for (const client of CLIENTS)
        for (const scenario of wanted) {
          console.log(`# --- ${server.name} ${client} ${scenario.name}`);
          for (const {segment, text} of suite.transcript(server.name, client, scenario.name) ?? [])
            console.log(`#   ${segment} ${text}`);
        }
  const all = patterns.length === 0 && !process.env.CONFORMANCE_SERVERS;
  const ok = suite.summarize(all ? explanations.idle : []);
  process.exit(ok ? 0 : 1);
}

await main(...process.argv.slice(2));
