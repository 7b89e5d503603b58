// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A server that plays its part by itself, behind a proxy that writes down what
// the client sends and passes on what the server sends when a step asks for it:
// so both clients get it at the same moment.

import {EventEmitter} from 'node:events';

import {matches} from '../../interop/lib/program.js';
import {until} from '../../interop/lib/wait.js';
import {sign} from './authorization.js';
import {Link} from './link.js';
import {connect} from './websocket.js';

const ESTABLISHED = 'pusher:connection_established';

function parse(data) {
  return typeof data === 'string' ? JSON.parse(data) : data;
}

// Somebody else on the same channels, for whom the server answers as well.
class Peer extends EventEmitter {
  #received = [];

  static async connect(address, app, deadline) {
    const peer = new Peer();
    peer.app = app;
    peer.deadline = deadline;
    peer.ws = await connect(address);
    peer.ws.on('text', text => {
      peer.#received.push(JSON.parse(text));
      peer.emit('progress');
    });
    const {data} = await peer.got({event: ESTABLISHED});
    peer.socketId = parse(data).socket_id;
    return peer;
  }

  async got(pattern) {
    return until(this, 'progress', () => this.#received.find(message => matches(pattern, message)),
      () => `another client did not get ${JSON.stringify(pattern)}`, this.deadline);
  }

  async subscribe(channel, member) {
    const text = channel.startsWith('presence-') ? JSON.stringify(member) : undefined;
    const request = {kind: 'channel', channel, socketId: this.socketId, text, app: this.app};
    this.send('pusher:subscribe', {channel, auth: sign(request),
      ...(text && {channel_data: text})});
    await this.got({event: 'pusher_internal:subscription_succeeded', channel});
  }

  send(event, data, channel) {
    this.ws.send(JSON.stringify({event, data, channel}));
  }
}

export class ProxiedLink extends Link {
  #server;
  #upstream = null;
  #held = []; // messages of the server that no step has asked for yet
  #peers = new Map();

  // server: {host, port, backend(app)}
  constructor(run, server) {
    super(run);
    this.#server = server;
  }

  stop() {
    super.stop();
    this.#upstream?.cut();
    for (const {ws} of this.#peers.values())
      ws.cut();
  }

  onMessage(text) {
    this.#upstream.send(text);
  }

  #hold(text) {
    const message = JSON.parse(text);
    // The server's own, which no step is about
    if (message.event === 'pusher:ping')
      this.ws?.send(text);
    else
      this.#held.push({text, message});
    this.emit('progress');
  }

  // Waits for a message of the server, and passes it on.
  async #pass(...patterns) {
    const found = await this.wait(() => this.#held.find(({message}) =>
      patterns.some(pattern => matches(pattern, message))),
    `the server did not send ${JSON.stringify(patterns)}, but ` +
      `${JSON.stringify(this.#held.map(({text}) => text))}`);
    this.#held.splice(this.#held.indexOf(found), 1);
    this.ws.send(found.text);
    return found.message;
  }

  async #accept() {
    await this.open(async ({url}) => {
      const {host, port} = this.#server;
      this.#upstream = await connect({host, port, path: url});
      this.#upstream.on('text', text => this.#hold(text));
    });
    const {data} = await this.#pass({event: ESTABLISHED});
    this.socketId = parse(data).socket_id;
    this.live = true;
  }

  async #peer(name) {
    if (!this.#peers.has(name)) {
      const {host, port} = this.#server;
      const path = `/app/${this.run.app.key}?protocol=7`;
      this.#peers.set(name,
        await Peer.connect({host, port, path}, this.run.app, this.run.deadline));
    }
    return this.#peers.get(name);
  }

  #drop() {
    this.live = false;
    this.#upstream.cut();
    this.#held = [];
  }

  steps = {
    accept: () => this.#accept(),
    succeed: channel => this.#pass({event: 'pusher_internal:subscription_succeeded', channel}),
    joined: channel => this.steps.succeed(channel),
    refuse: channel => this.#pass({event: 'pusher:subscription_error', channel},
      {event: 'pusher:error'}),
    'miss-cache': channel => this.#pass({event: 'pusher:cache_miss', channel}),
    'pass-on': (channel, event) => this.#pass({channel, event}),
    'pass-on-leave': channel => this.#pass({event: 'pusher_internal:member_removed', channel}),
    publish: async (channel, event, data) => {
      await this.#server.backend(this.run.app).trigger(channel, event, data);
      await this.#pass({event, channel});
    },
    // What nobody is to hear: others are told, then these would have been.
    'publish-unheard': (channel, event, data) =>
      this.#server.backend(this.run.app).trigger(channel, event, data),
    'peer-joins': async (channel, id, info) => {
      await (await this.#peer(id)).subscribe(channel, {user_id: id, user_info: info});
      await this.#pass({event: 'pusher_internal:member_added', channel});
    },
    'peer-leaves': async (channel, id) => {
      (await this.#peer(id)).ws.close(1000);
      this.#peers.delete(id);
      await this.#pass({event: 'pusher_internal:member_removed', channel});
    },
    // Somebody who is there already, or comes
    'peer-triggers': async (channel, event, data, id) => {
      const known = this.#peers.has(id);
      const peer = await this.#peer(id);
      if (!known)
        await peer.subscribe(channel);
      peer.send(event, data, channel);
      await this.#pass({event, channel});
    },
    pong: () => this.#pass({event: 'pusher:pong'}),
    'sign-in': () => this.#pass({event: 'pusher:signin_success'}),
    'to-user': async (id, event, data) => {
      await this.#server.backend(this.run.app).sendToUser(id, event, data);
      await this.#pass({event, channel: `#server-to-user-${id}`});
    },
    close: (code, reason) => {
      this.#drop();
      this.ws.close(code, reason);
    },
    cut: () => {
      this.#drop();
      this.ws.cut();
    },
  };
}
