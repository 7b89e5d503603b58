// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A program that uses the library: listener.c, listener.py or listener.js, or one
// of another name. It tells what happens as lines of JSON, and does what it is told
// to.

import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {EventEmitter} from 'node:events';
import path from 'node:path';
import readline from 'node:readline';

import {DEADLINE, until} from './wait.js';

const languages = {
  'C': (name, {buildDir}) => [path.join(buildDir, 'tests/interop', name)],
  // Debian's own: another python3 may come first in PATH, without gi.
  'Python': (name, {sourceDir}) => ['/usr/bin/python3', path.join(sourceDir, `${name}.py`)],
  'GJS': (name, {sourceDir}) => ['gjs', '-m', path.join(sourceDir, `${name}.js`)],
};

// The ones to test; sanitizers, say, have no use for the others.
export const wantedLanguages =
  process.env.INTEROP_LANGUAGES?.split(/[\s,]+/).filter(Boolean) ?? Object.keys(languages);

// pattern: the members that a line must have; a RegExp or a function counts as
// what a string or a value must match.
export function matches(pattern, value) {
  if (pattern instanceof RegExp)
    return typeof value === 'string' && pattern.test(value);
  if (typeof pattern === 'function')
    return Boolean(pattern(value));
  if (pattern === null || typeof pattern !== 'object')
    return Object.is(pattern, value);
  return value !== null && typeof value === 'object' &&
    Object.keys(pattern).every(name => matches(pattern[name], value[name]));
}

function show(pattern) {
  const replacer = (_name, value) =>
    value instanceof RegExp || typeof value === 'function' ? String(value) : value;
  return JSON.stringify(pattern, replacer);
}

export class Program extends EventEmitter {
  lines = [];
  stderr = '';
  #cursor = 0;
  #child;
  #ended;

  // settings: {language, name, args, paths: {buildDir, sourceDir}, env}
  constructor({language, name = 'listener', args, paths, env}) {
    super();
    this.setMaxListeners(0);
    this.language = language;

    if (!languages[language])
      throw new Error(`There is no program in ${language}`);
    const [command, ...words] = languages[language](name, paths);
    this.#child = spawn(command, [...words, ...args], {env, stdio: 'pipe'});
    this.#child.stdin.on('error', () => {}); // it has ended: that shows elsewhere
    this.#child.stderr.setEncoding('utf8').on('data', text => this.stderr += text);
    readline.createInterface({input: this.#child.stdout, crlfDelay: Infinity})
      .on('line', line => this.#receive(line));
    this.#child.on('error', error => this.#end(`cannot be started: ${error.message}`));
    this.#child.on('close', (status, signal) =>
      this.#end(signal ? `killed by ${signal}` : `status ${status}`));
  }

  #receive(line) {
    try {
      this.lines.push(JSON.parse(line));
    } catch {
      this.lines.push({type: 'not-json', line});
    }
    this.emit('progress');
  }

  #end(how) {
    this.#ended ??= how;
    this.emit('progress');
  }

  send(command) {
    this.#child.stdin.write(`${command}\n`);
  }

  // Waits until there is a line for each pattern, in any order, among those that
  // no earlier call passed by; returns these lines, or the line.
  async next(...patterns) {
    return this.nextWithin(DEADLINE, ...patterns);
  }

  async nextWithin(deadline, ...patterns) {
    const found = await until(this, 'progress', () => {
      const indices = patterns.map(pattern =>
        this.lines.findIndex((line, i) => i >= this.#cursor && matches(pattern, line)));
      if (!indices.includes(-1))
        return indices;
      if (this.#ended)
        throw new Error(`${this.language} ended, ${this.#ended}.${this.#transcript()}`);
      return undefined;
    }, () => `${this.language} did not tell ${patterns.map(show).join(', ')}.${this.#transcript()}`,
    deadline);

    this.#cursor = Math.max(...found) + 1;
    const lines = found.map(i => this.lines[i]);
    return lines.length === 1 ? lines[0] : lines;
  }

  // Where the lines end now, for since().
  mark() {
    return this.lines.length;
  }

  // The lines told since then, and told until now.
  since(mark, pattern = {}) {
    return this.lines.slice(mark).filter(line => matches(pattern, line));
  }

  // The events told by the handler of that kind ("channel", "client", …).
  events(via = 'channel', mark = 0) {
    return this.since(mark, {type: 'event', via}).filter(({name}) => !name.startsWith('pusher:'));
  }

  // Waits until the server has read all that the program sent so far.
  async settle() {
    this.send('ping');
    return this.next({type: 'pong'});
  }

  #transcript() {
    const lines = this.lines.slice(-12).map(line => `\n  ${JSON.stringify(line).slice(0, 300)}`);
    return `\n Its last lines:${lines.join('')}\n Its standard error: ${this.stderr || '(nothing)'}`;
  }

  // Ends as an application would, and checks that it had nothing to complain of.
  async quit() {
    this.send('quit');
    await until(this, 'progress', () => this.#ended,
      () => `${this.language} did not end.${this.#transcript()}`);
    assert.equal(this.#ended, 'status 0',
      `${this.language} did not end well.${this.#transcript()}`);
    assert.equal(this.stderr, '', `${this.language} wrote to its standard error`);
    const bye = this.lines.at(-1);
    assert.equal(bye.type, 'bye', `${this.language} did not say goodbye.${this.#transcript()}`);
    assert.notEqual(bye.finalized, false,
      `${this.language}: something else still holds a reference to the client`);
  }

  kill() {
    if (!this.#ended)
      this.#child.kill('SIGKILL');
  }

  // In the middle of what it does. All that it told has been read then.
  async crash() {
    this.kill();
    await until(this, 'progress', () => this.#ended,
      () => `${this.language} could not be killed.`);
    assert.equal(this.#ended, 'killed by SIGKILL',
      `${this.language} ended by itself.${this.#transcript()}`);
    assert.equal(this.stderr, '', `${this.language} wrote to its standard error`);
  }
}
