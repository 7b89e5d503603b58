// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

import {once} from 'node:events';
import net from 'node:net';

export const LOOPBACK = '127.0.0.1';

const taken = new Set();

async function isFree(port) {
  const server = net.createServer();
  try {
    server.listen(port, LOOPBACK);
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}

// A port below those that the kernel gives to outgoing connections: so it is
// still free when a server comes back to it, and a client that finds no server
// there does not end up connected to itself.
export async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (!taken.has(port) && await isFree(port)) {
      taken.add(port);
      return port;
    }
  }
}
