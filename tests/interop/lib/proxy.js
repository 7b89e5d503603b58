// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What may stand between a client and its server.

import {once} from 'node:events';
import http from 'node:http';
import net from 'node:net';

import {LOOPBACK, freePort} from './ports.js';

class Proxy {
  host = LOOPBACK;
  #sockets = new Set();

  constructor(server) {
    this.server = server;
    server.setMaxListeners(0);
  }

  async start() {
    this.port = await freePort();
    this.server.listen(this.port, this.host);
    await once(this.server, 'listening');
  }

  keep(...sockets) {
    for (const socket of sockets) {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.#sockets.delete(socket));
    }
  }

  stop() {
    this.server.close();
    for (const socket of this.#sockets)
      socket.destroy();
  }
}

// Passes bytes on, and counts the connections. Emits "connection" on its server.
export class CountingProxy extends Proxy {
  connections = 0;

  // target: {host, port}, or null to hang up on everybody
  constructor(target) {
    super(net.createServer(socket => this.#connected(socket, target)));
  }

  #connected(socket, target) {
    this.connections++;
    this.keep(socket);
    if (target === null) {
      socket.destroy();
      return;
    }
    const onward = net.connect(target.port, target.host);
    this.keep(onward);
    socket.pipe(onward).pipe(socket);
    socket.on('close', () => onward.destroy());
    onward.on('close', () => socket.destroy());
  }
}

// The same, but cuts a connection once nothing has come or gone on it for so many
// seconds.
export class ImpatientProxy extends CountingProxy {
  cuts = 0;

  constructor(target, limit) {
    super(target);
    this.server.on('connection', socket => socket.setTimeout(limit * 1000, () => {
      this.cuts++;
      socket.destroy();
    }));
  }
}

// A reverse proxy that shows the target's WebSockets under a prefix of its own.
export class PrefixProxy extends Proxy {
  constructor(target, prefix) {
    super(http.createServer((_request, response) => response.writeHead(404).end()));
    this.server.on('upgrade', (request, socket, head) => {
      this.keep(socket);
      if (request.url.startsWith(`${prefix}/`))
        this.#passOn(request, socket, head, target, request.url.slice(prefix.length));
      else
        socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    });
  }

  #passOn(request, socket, head, target, url) {
    const onward = net.connect(target.port, target.host);
    this.keep(onward);
    const headers = [];
    for (let i = 0; i < request.rawHeaders.length; i += 2)
      headers.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}\r\n`);
    onward.write(`GET ${url} HTTP/1.1\r\n${headers.join('')}\r\n`);
    onward.write(head);
    socket.pipe(onward).pipe(socket);
    socket.on('close', () => onward.destroy());
    onward.on('close', () => socket.destroy());
  }
}
