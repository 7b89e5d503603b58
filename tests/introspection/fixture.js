// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A server of its own for each test of a program.

import GLib from 'gi://GLib';
import Gio from 'gi://Gio';
import Pusher from 'gi://Pusher?version=1';
import PusherTest from 'gi://PusherTest?version=1';
import System from 'system';

Gio._promisify(Pusher.Client.prototype, 'open_async', 'open_finish');
Gio._promisify(Pusher.Client.prototype, 'close_async', 'close_finish');
Gio._promisify(Pusher.Client.prototype, 'ping_async', 'ping_finish');
Gio._promisify(Pusher.Client.prototype, 'subscribe_async', 'subscribe_finish');
Gio._promisify(Pusher.User.prototype, 'sign_in_async', 'sign_in_finish');

export let server;

export function equal(actual, expected) {
  if (actual !== expected)
    throw new Error(`${actual} is not ${expected}`);
}

export function same(actual, expected) {
  equal(JSON.stringify(actual), JSON.stringify(expected));
}

export function truth(value) {
  if (value !== true)
    throw new Error(`${value} is not true`);
}

export function gerror(error, quark, code) {
  if (!(error instanceof GLib.Error))
    throw new Error(`${error} is not a GLib.Error`);
  if (!error.matches(quark, code) || error.message === '')
    throw new Error(`${GLib.quark_to_string(error.domain)} ${error.code}: ${error.message}`);
}

export function thrown(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

export async function rejected(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('the promise was fulfilled');
}

// Resolves when condition () is true.
export function until(condition, seconds = 10) {
  const late = GLib.get_monotonic_time() + seconds * 1000000;

  return new Promise((resolve, reject) => {
    GLib.timeout_add(GLib.PRIORITY_DEFAULT, 1, () => {
      const holds = condition();

      if (!holds && GLib.get_monotonic_time() < late)
        return GLib.SOURCE_CONTINUE;
      if (holds)
        resolve();
      else
        reject(new Error(`${condition} did not happen in ${seconds} s`));
      return GLib.SOURCE_REMOVE;
    });
  });
}

// Resolves with what the next emission of the signal passes.
export async function next(object, signal) {
  let passed = null;
  const handler = object.connect(signal, (_object, ...values) => {
    passed ??= values;
  });

  await until(() => passed !== null);
  object.disconnect(handler);
  return passed;
}

// For “for … of”: of all models, GJS 1.82 itself iterates over Gio.ListStore only.
export function each(model) {
  return Gio.ListStore.prototype[Symbol.iterator].call(model);
}

// What the signals are emitted with from now on: [signal, values…].
export function hear(object, ...signals) {
  const heard = [];

  for (const signal of signals)
    object.connect(signal, (_object, ...values) => heard.push([signal, ...values]));
  return heard;
}

export function newClient(properties = {}) {
  return new Pusher.Client({
    key: server.key,
    host: '127.0.0.1',
    port: server.port,
    useTls: false,
    ...properties,
  });
}

export async function newConnectedClient() {
  const client = newClient();

  await client.open_async(null);
  return client;
}

async function runTest(test) {
  server = new PusherTest.Server();
  server.start();
  await test();
  equal(server.last_violation, null);
  server.stop();
}

async function runTests(tests) {
  let failures = 0;
  let number = 0;

  print(`1..${Object.keys(tests).length}`);
  for (const [name, test] of Object.entries(tests)) {
    let outcome = 'ok';

    try {
      // eslint-disable-next-line no-await-in-loop
      await runTest(test);
    } catch (error) {
      outcome = 'not ok';
      failures++;
      print(`${error}\n${error.stack}`.trim().replace(/^/gm, '# '));
    }
    print(`${outcome} ${++number} /gjs/${name}`);
    System.gc();
  }

  return failures;
}

// Runs the tests and ends the program.
export function run(tests) {
  const loop = new GLib.MainLoop(null, false);
  let status = 1;

  runTests(tests).then(failures => {
    status = failures === 0 ? 0 : 1;
  }).finally(() => loop.quit());
  loop.run();
  System.exit(status);
}
