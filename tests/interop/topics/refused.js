// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The server refuses a key: the client says so, and leaves the server alone.

import assert from 'node:assert/strict';
import {once} from 'node:events';

import {CountingProxy} from '../lib/proxy.js';
import {apps} from '../lib/apps.js';
import {DEADLINE} from '../lib/wait.js';

// A client that may try again tries this often while the refused one may not.
const PATIENCE = 4;

async function waitForAttempts(proxy, count) {
  const signal = AbortSignal.timeout(2 * DEADLINE);
  while (proxy.connections < count)
    await once(proxy.server, 'connection', {signal});
}

async function refuse(suite, server, {title, key, code}) {
  let message;
  await suite.check(`pusher-js is told ${code} for ${title}`, async () => {
    const peer = suite.peer(server, {key});
    const {error} = await peer.hasError();
    assert.equal(error.data.code, code);
    message = error.data.message;
    peer.stop();
  });

  // Each with a proxy of its own, which counts.
  const pairs = await Promise.all(suite.languages.map(async language => {
    const proxy = await suite.use(new CountingProxy(server));
    const program = suite.program(language, proxy, {key, channels: ['refused']});
    return {proxy, program};
  }));
  const programs = pairs.map(({program}) => program);
  const proxies = new Map(pairs.map(({program, proxy}) => [program, proxy]));
  const error = {domain: 'pusher-server-error-quark', code, message};

  await suite.checkEach(programs, `fails with ${code} and its message for ${title}`,
    async program => {
      await program.next({type: 'state', state: 'failed', error}, {type: 'error', error});
      assert.deepEqual(program.since(0, {type: 'state'}).map(({state}) => state),
        ['connecting', 'failed']);
      assert.deepEqual(program.since(0, {type: 'connecting-in'}), []);
    });

  const rude = await suite.use(new CountingProxy(null));
  const hopeful = suite.program('C', rude);
  await suite.check(`no further attempt while another client made ${PATIENCE} (${title})`,
    async () => {
      await waitForAttempts(rude, PATIENCE);
      for (const program of programs)
        assert.equal(proxies.get(program).connections, 1,
          `${program.language} tried ${proxies.get(program).connections} times`);
      hopeful.send('close');
    });

  await suite.checkEach(programs, `open_async asks once more, and is refused for ${title}`,
    async program => {
      program.send('open-async');
      await program.next({type: 'state', state: 'failed', error},
        {type: 'call-failed', call: 'open-async', error});
      assert.equal(proxies.get(program).connections, 2);
    });
}

export default async function (suite) {
  const server = await suite.server();

  await refuse(suite, server, {title: 'a wrong key', key: 'no-such-key', code: 4001});
  // Reverb has no switch for it.
  if (!suite.at('reverb'))
    await refuse(suite, server, {title: 'a disabled key', key: apps.disabled.key, code: 4003});
}
