// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// main.js BUILDDIR PACKAGES [TOPIC…]: runs the topics, all of them unless some
// are named. Started by `run`.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import {Suite} from './lib/suite.js';

const here = import.meta.dirname;

// In the order in which they run.
const topics = [
  'events', 'lifecycle', 'restart', 'restarts', 'refused', 'tls', 'path',
  'private', 'client-events', 'presence', 'encrypted', 'cache', 'users', 'test-server',
];

async function main(buildDir, packagesDir, ...wanted) {
  for (const name of wanted) {
    if (!topics.includes(name))
      throw new Error(`There is no topic “${name}”, only ${topics.join(', ')}`);
  }

  const workDir = fs.mkdtempSync(path.join(os.tmpdir(), 'pusher-interop-'));
  const suite = new Suite({buildDir, packagesDir, workDir, sourceDir: here});

  // Whatever ends this program ends what it started.
  process.on('exit', () => {
    suite.killAll();
    fs.rmSync(workDir, {recursive: true, force: true});
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => process.exit(1));

  for (const name of topics) {
    if (wanted.length === 0 || wanted.includes(name))
      await suite.run(name, (await import(`./topics/${name}.js`)).default);
  }

  process.exit(suite.summarize() ? 0 : 1);
}

await main(...process.argv.slice(2));
