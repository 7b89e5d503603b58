// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// main.js SERVER BUILDDIR PACKAGES [TOPIC…]: runs the topics at that server, all
// that are for it unless some are named. Started by `run`.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import {Suite} from './lib/suite.js';

const here = import.meta.dirname;

// In the order in which they run.
const common = [
  'events', 'lifecycle', 'restart', 'restarts', 'refused', 'tls', 'path',
  'private', 'client-events', 'presence', 'encrypted', 'cache', 'tool',
  'nothing-lost',
];
const topicsAt = {
  soketi: [
    ...common, 'users', 'test-server', 'imitation', 'coming-from-pusher-js',
    'coming-from-laravel-echo',
  ],
  reverb: [...common, 'reverb-errors', 'reverb-limits', 'imitation', 'laravel'],
};

// Take minutes, and little else: they run beside the others.
const longTopicsAt = {
  soketi: ['idle-cuts'],
  reverb: ['reverb-pace'],
};

async function runTopic(suite, name) {
  await suite.run(name, (await import(`./topics/${name}.js`)).default);
}

async function main(server, buildDir, packagesDir, ...wanted) {
  if (!topicsAt[server])
    throw new Error(`There is no server “${server}”, only ${Object.keys(topicsAt).join(', ')}`);
  const topics = topicsAt[server];
  const longTopics = longTopicsAt[server];
  for (const name of wanted) {
    const known = [...topics, ...longTopics];
    if (!known.includes(name))
      throw new Error(`There is no topic “${name}” at ${server}, only ${known.join(', ')}`);
  }

  const workDir = fs.mkdtempSync(path.join(os.tmpdir(), 'pusher-interop-'));
  const suite = new Suite(server, {
    buildDir,
    packagesDir: path.join(packagesDir, 'suite'),
    reverbDir: path.join(packagesDir, 'reverb'),
    workDir,
    sourceDir: here,
  });
  const suites = [suite];

  // Whatever ends this program ends what it started.
  process.on('exit', () => {
    suites.forEach(each => each.killAll());
    fs.rmSync(workDir, {recursive: true, force: true});
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => process.exit(1));

  const isWanted = name => wanted.length === 0 || wanted.includes(name);
  const running = longTopics.filter(isWanted).map(name => {
    suites.push(suite.beside());
    return runTopic(suites.at(-1), name);
  });
  for (const name of topics.filter(isWanted))
    await runTopic(suite, name);
  await Promise.all(running);

  process.exit(suite.summarize() ? 0 : 1);
}

await main(...process.argv.slice(2));
