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

const verbose = process.env.CONFORMANCE_VERBOSE === '1';

class Suite {
  #paths;
  #idle = new Map(CLIENTS.map(client => [client, []]));
  #all = new Set();
  #transcripts = new Map(); // "server/client/scenario" → items
  #counts = new Map();
  #failed = 0;

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

  async run(servers, wanted) {
    await Promise.all(servers.map(server => this.#runAt(server, wanted)));
    for (const driver of this.#all)
      driver.kill();
  }

  // --- Judging ---

  #judge(pair, scenario, [left, right], names, explanations) {
    const count = this.#counts.get(pair) ?? {scenarios: 0, equal: 0, intended: 0, unexplained: 0};
    this.#counts.set(pair, count);
    count.scenarios++;
    const lines = compare(left, right);
    const open = explanations.unexplained(pair, scenario, lines);
    if (lines.length === 0)
      count.equal++;
    else if (open.length === 0)
      count.intended++;
    else
      count.unexplained++;

    if (open.length > 0) {
      console.log(`not ok - ${pair}: ${scenario}`);
      for (const {side, item} of verbose ? lines : open)
        console.log(`  # ${names[side]} only, step ${item.segment}: ${item.text}`);
    } else {
      console.log(`ok - ${pair}: ${scenario}${lines.length > 0 ? ', as intended' : ''}`);
    }
  }

  judge(servers, wanted, explanations) {
    const get = (server, client, {name}) =>
      this.#transcripts.get(`${server.name}/${client}/${name}`);
    for (const server of servers)
      for (const scenario of wanted) {
        const pair = CLIENTS.map(client => get(server, client, scenario));
        if (pair[0])
          this.#judge(server.name, scenario.name, pair, CLIENTS, explanations);
      }

    // The servers made for tests play as the real ones do.
    for (const real of servers.filter(({isReal}) => isReal))
      for (const ours of servers.filter(({isReal, imitates}) =>
        !isReal && (!imitates || imitates === real.name)))
        for (const scenario of wanted) {
          const pair = [real, ours].map(server => get(server, 'pusher-js', scenario));
          if (pair[0] && pair[1])
            this.#judge(`${ours.name} as ${real.name}`, scenario.name, pair,
              [real.name, ours.name], explanations);
        }
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
  await suite.run(servers, wanted);
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
