// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a topic is given: checks, and the server, programs and clients to make
// them with. Everything that a topic started ends with it.

import {createRequire} from 'node:module';
import path from 'node:path';

import {apps} from './apps.js';
import {Backend} from './backend.js';
import {AuthEndpoint} from './endpoint.js';
import {Peer} from './peer.js';
import {Program, wantedLanguages} from './program.js';
import {Reverb} from './reverb.js';
import {Soketi} from './soketi.js';

const servers = {soketi: Soketi, reverb: Reverb};

export class Suite {
  languages = wantedLanguages;
  #paths;
  #require;
  #results;
  #programs = [];
  #servers = [];
  #others = [];
  #topic = '';

  // kind: the name of the server; paths: {buildDir, packagesDir, reverbDir, workDir,
  // sourceDir}
  constructor(kind, paths, results = {passed: 0, failed: 0}) {
    this.kind = kind;
    this.#paths = paths;
    this.#results = results;
    this.#require = createRequire(path.join(paths.packagesDir, 'package.json'));
  }

  get #done() {
    return this.#results.passed + this.#results.failed;
  }

  // One for a topic that runs at the same time, with the same results.
  beside() {
    return new Suite(this.kind, this.#paths, this.#results);
  }

  get buildDir() {
    return this.#paths.buildDir;
  }

  // A package of those that nobody here wrote.
  require(name) {
    return this.#require(name);
  }

  // Where a file of such a package lies.
  resolve(name) {
    return this.#require.resolve(name);
  }

  get workDir() {
    return this.#paths.workDir;
  }

  // --- Checks ---

  async check(description, test) {
    const name = `${this.#topic}: ${description}`;
    try {
      await test();
      this.#results.passed++;
      console.log(`ok ${this.#done} - ${name}`);
    } catch (error) {
      this.#results.failed++;
      console.log(`not ok ${this.#done} - ${name}`);
      const text = error.name === 'AssertionError' ? error.message : error.stack;
      console.log(text.split('\n').map(line => `  # ${line}`).join('\n'));
    }
  }

  // The same check for each program, all at once.
  async checkEach(programs, description, test) {
    await Promise.all(programs.map(program =>
      this.check(`${program.language}: ${description}`, () => test(program))));
  }

  async run(topic, test) {
    this.#topic = topic;
    const begin = performance.now();
    try {
      await test(this);
    } catch (error) {
      await this.check('runs to its end', () => { throw error; });
    }
    await this.#endTopic();
    console.log(`# ${topic}: ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  }

  // Returns whether all went well.
  summarize() {
    console.log(`1..${this.#done}`);
    const {passed, failed} = this.#results;
    console.log(`interop with ${this.kind}: ${passed} passed, ${failed} failed`);
    return failed === 0 && passed > 0;
  }

  // --- Who takes part ---

  // Whether it is that server.
  at(kind) {
    return this.kind === kind;
  }

  // A server that is ready; settings are those of its class.
  async server(settings = {}) {
    const server = new servers[this.kind]({...this.#paths, ...settings});
    this.#servers.push(server);
    await server.start();
    return server;
  }

  // A program that begins to connect to a server or a proxy. settings: {key,
  // name, channels, args, env}
  program(language, server, {key = apps.main.key, name, channels = [], args = [], env = {}} = {}) {
    const address = ['--host', server.host, '--port', String(server.port), '--key', key];
    const {buildDir} = this.#paths;
    const library = path.join(buildDir, 'pusher-glib');
    const program = new Program({
      language,
      name,
      args: [...address, ...args, ...channels],
      paths: this.#paths,
      env: {
        ...process.env,
        LANG: 'C.UTF-8',
        LD_LIBRARY_PATH: `${library}:${library}/testing`,
        GI_TYPELIB_PATH: `${library}:${library}/testing`,
        G_DEBUG: 'fatal-warnings',
        GIO_USE_PROXY_RESOLVER: 'dummy',
        GSETTINGS_BACKEND: 'memory',
        PYTHONDONTWRITEBYTECODE: '1',
        ...env,
      },
    });
    this.#programs.push(program);
    return program;
  }

  // One in each language; settings may be a function of the language.
  programs(server, settings) {
    const of = typeof settings === 'function' ? settings : () => settings;
    return this.languages.map(language => this.program(language, server, of(language)));
  }

  // pusher-js, connecting; settings are those of Peer
  peer(server, settings = {}) {
    const peer = new Peer(this.#require('pusher-js'), {
      key: apps.main.key, host: server.host, port: server.port, ...settings,
    });
    this.#others.push(peer);
    return peer;
  }

  // The official server SDK.
  backend(server, app = apps.main, settings) {
    return new Backend(this.#require('pusher'), server, app, settings);
  }

  // An application's server that authorizes and authenticates; settings are those
  // of Backend.
  async endpoint(server, app = apps.main, settings) {
    return this.use(new AuthEndpoint(this.backend(server, app, settings).sdk));
  }

  // A proxy, or anything that has start() and stop()
  async use(helper) {
    this.#others.push(helper);
    await helper.start();
    return helper;
  }

  // --- The end ---

  // Kills a program in the middle of what it does.
  async crash(program) {
    this.#programs.splice(this.#programs.indexOf(program), 1);
    await program.crash();
  }

  // Ends programs that a topic is through with.
  async retire(programs) {
    await this.checkEach(programs, 'ends well, and leaves nothing behind', program =>
      program.quit());
    for (const program of programs) {
      program.kill();
      this.#programs.splice(this.#programs.indexOf(program), 1);
    }
  }

  async #endTopic() {
    await this.retire([...this.#programs]);
    for (const other of this.#others.splice(0))
      other.stop();
    await Promise.all(this.#servers.splice(0).map(server => server.stop()));
  }

  // At once, for an exit in the middle of it all.
  killAll() {
    for (const process of [...this.#programs, ...this.#servers])
      process.kill();
  }
}
