// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// TLS, with a certificate that no authority of the system has signed.

import {execFileSync} from 'node:child_process';
import assert from 'node:assert/strict';
import path from 'node:path';

const CHANNEL = 'interop-tls';

// For 127.0.0.1, and for no name.
function makeCertificate(directory) {
  const key = path.join(directory, 'key.pem');
  const certificate = path.join(directory, 'certificate.pem');
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
    '-subj', '/CN=pusher-glib interop', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2',
    '-keyout', key, '-out', certificate,
  ], {stdio: 'pipe'});
  return {key, certificate};
}

// Not for good: the certificate may be mended, so the client goes on trying.
async function checkRefused(program) {
  const {error} = await program.next({type: 'error'});
  assert.equal(error.domain, 'pusher-error-quark');
  assert.match(error.message, /TLS certificate/);
  await program.next({type: 'connecting-in'});
  assert.deepEqual(program.since(0, {type: 'state'}).map(({state}) => state), ['connecting']);
  program.send('close');
}

async function checkConnected(program, backend) {
  await program.next({type: 'state', state: 'connected'}, {type: 'subscribed', channel: CHANNEL});
  const name = `over TLS to ${program.language}`;
  await backend.trigger(CHANNEL, name, {secure: true});
  const {data} = await program.next({type: 'event', name});
  assert.equal(data, '{"secure":true}');
  assert.deepEqual(program.since(0, {type: 'error'}), []);
}

export default async function (suite) {
  const tls = makeCertificate(suite.workDir);
  const server = await suite.server({tls});
  const backend = suite.backend(server);
  const otherName = {host: 'localhost', port: server.port};
  const start = (args, address = server) =>
    suite.programs(address, {channels: [CHANNEL], args: ['--tls', ...args]});

  await suite.checkEach(start([]), 'refuses a certificate that nobody vouches for', checkRefused);
  await suite.checkEach(start(['--ca', tls.certificate]), 'trusts the authorities of its session',
    program => checkConnected(program, backend));
  await suite.checkEach(start(['--ca', tls.certificate], otherName),
    'refuses the certificate of another host', checkRefused);
  await suite.checkEach(start(['--any-certificate']),
    'connects if the application accepts the certificate',
    program => checkConnected(program, backend));
}
