// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A server that does what the scenario says, and nothing by itself.

import {createRequire} from 'node:module';
import path from 'node:path';

import {MASTER_KEY, NEW_MASTER_KEY, sharedSecret} from './authorization.js';
import {Link} from './link.js';

const keys = {master: MASTER_KEY, new: NEW_MASTER_KEY};

// As the official SDK publishes: text is sent as it is.
function textOf(data) {
  return typeof data === 'string' ? data : JSON.stringify(data);
}

class ScriptedLink extends Link {
  #nSockets = 0;
  #nacl;
  #nMembers = 1;

  constructor(run, nacl) {
    super(run);
    this.#nacl = nacl;
  }

  // Text goes out as it is.
  #send(message) {
    this.ws.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  steps = {
    open: () => this.open(),
    'turn-away': (...args) => this.turnAway(...args),
    'hang-up': () => this.hangUp(),
    ignore: () => this.ignore(),
    'ask-for-tls': () => this.wait(() => this.asksForTls || undefined,
      'the client did not try TLS'),
    unlisten: () => this.unlisten(),
    listen: () => this.listen(),

    // The WebSocket, and what servers begin with
    accept: async ({socket_id: socketId = `1.${++this.#nSockets}`, activity_timeout: seconds = 120}
      = {}) => {
      await this.open();
      await this.steps.establish({
        event: 'pusher:connection_established',
        data: JSON.stringify({socket_id: socketId, activity_timeout: seconds}),
      }, socketId);
    },
    establish: (message, socketId) => {
      this.socketId = socketId;
      this.#send(message);
      this.live = true;
    },

    // The first message of a connection, which need not be what it should be
    first: message => this.#send(message),
    greet: async () => {
      if (this.isOpen)
        this.steps.establish({
          event: 'pusher:connection_established',
          data: JSON.stringify({socket_id: '1.1', activity_timeout: 120}),
        }, '1.1');
    },

    send: message => this.#send(message),
    frame: ({base64, ...frame}) => this.ws.frame(
      {...frame, ...(base64 !== undefined && {payload: Buffer.from(base64, 'base64')})}),
    write: hex => this.ws.write(Buffer.from(hex, 'hex')),

    // Ends: the client may still read what came before.
    close: (code, reason) => {
      this.live = false;
      this.ws.close(code, reason);
    },
    // What the client cannot but end the connection for
    broken: ([name, ...args]) => {
      this.live = false;
      this.steps[name](...args);
    },
    cut: reset => {
      this.live = false;
      this.ws.cut(reset);
    },

    // --- What other servers do by themselves ---
    succeed: (channel, data = '{}') =>
      this.#send({event: 'pusher_internal:subscription_succeeded', channel, data}),
    joined: (channel, members = {me: {name: 'Me'}}) => {
      const ids = Object.keys(members);
      this.#nMembers = ids.length;
      this.steps.succeed(channel,
        JSON.stringify({presence: {ids, hash: members, count: this.#nMembers}}));
    },
    refuse: channel => this.#send({
      event: 'pusher:subscription_error', channel,
      data: {type: 'AuthError', error: 'The connection is unauthorized.', status: 401},
    }),
    'miss-cache': channel => this.#send({event: 'pusher:cache_miss', channel}),
    publish: (channel, event, data) => this.#send({event, channel, data: textOf(data)}),
    'pass-on': (channel, event) => this.steps.publish(channel, event, 1),
    'pass-on-leave': (channel, id) => this.steps['peer-leaves'](channel, id),
    'publish-unheard': () => {},
    'peer-joins': (channel, id, info) => this.#send({
      event: 'pusher_internal:member_added', channel,
      data: JSON.stringify({user_id: id, user_info: info}),
    }),
    'peer-leaves': (channel, id) => this.#send({
      event: 'pusher_internal:member_removed', channel, data: JSON.stringify({user_id: id}),
    }),
    'peer-triggers': (channel, event, data, id) => this.#send(
      {event, channel, data, ...(channel.startsWith('presence-') && {user_id: id})}),
    'sign-in': (data = {id: 'me', user_info: {name: 'Me'}}) => this.#send({
      event: 'pusher:signin_success', data: JSON.stringify({user_data: JSON.stringify(data)}),
    }),
    'to-user': (id, event, data) => this.#send(
      {event, channel: `#server-to-user-${id}`, data: textOf(data)}),
    pong: () => this.#send({event: 'pusher:pong', data: {}}),
    watchlist: (...events) => this.#send({
      event: 'pusher_internal:watchlist_events',
      data: JSON.stringify({events: events.map(([name, ...ids]) => ({name, user_ids: ids}))}),
    }),
    publish_encrypted: (channel, event, text, key = 'master') => {
      const nonce = Buffer.alloc(24, 3);
      const box = this.#nacl.secretbox(Buffer.from(text), nonce, sharedSecret(channel, keys[key]));
      this.#send({event, channel, data: JSON.stringify(
        {nonce: nonce.toString('base64'), ciphertext: Buffer.from(box).toString('base64')})});
    },
  };
}

// A kind of server, as ./servers.js says
export class Scripted {
  name = 'script';
  // They mostly wait.
  jobs = Number(process.env.CONFORMANCE_JOBS ?? 8);
  #nacl;

  constructor({packagesDir}) {
    this.#nacl = createRequire(path.join(packagesDir, 'package.json'))('tweetnacl');
  }

  start() {}

  stop() {}

  suits() {
    return true;
  }

  async link(run) {
    const link = new ScriptedLink(run, this.#nacl);
    await link.listen();
    return {link, release: () => link.stop()};
  }
}
