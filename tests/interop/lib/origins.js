// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the client makes of a server that takes pages of some places only.

import assert from 'node:assert/strict';

export const ALLOWED_ORIGINS = ['app.example.org', '*.example.net'];

const error = {
  domain: 'pusher-server-error-quark', code: 4009, message: 'Origin not allowed',
};

// server: {host, port}, of flavor Reverb, with these origins; settings: of the programs
export async function checkOrigins(suite, server, settings = {}) {
  const channel = 'origins';
  const from = origin => suite.programs(server, {
    ...settings, channels: [channel], args: origin ? ['--origin', origin] : [],
  });

  for (const [title, origin] of [['no origin', null], ['another origin', 'https://example.org']])
    await suite.checkEach(from(origin), `fails with 4009 with ${title}, and stays away`,
      async program => {
        await program.next({type: 'state', state: 'failed', error}, {type: 'error', error});
        program.send('open-async');
        await program.next({type: 'call-failed', call: 'open-async', error});
        assert.deepEqual(program.since(0, {type: 'connecting-in'}), []);
        assert.deepEqual(program.since(0, {type: 'subscribed'}), []);
      });
  for (const origin of ['https://app.example.org', 'http://a.b.example.net:8080'])
    await suite.checkEach(from(origin), `subscribes with the origin ${origin}`, async program => {
      await program.next({type: 'subscribed', channel});
      assert.deepEqual(program.since(0, {type: 'error'}), []);
    });
}
