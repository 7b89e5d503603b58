// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What an application's server has for its clients: a URL that authorizes
// subscriptions, and one that authenticates users, with the official SDK. The
// field `who` of the form says who asks; there are no passwords here.

import {EventEmitter, once} from 'node:events';
import http from 'node:http';

import {LOOPBACK, freePort} from './ports.js';
import {matches} from './program.js';
import {until} from './wait.js';

export class AuthEndpoint extends EventEmitter {
  // {user, channel, who, socketId, form, headers, method, reply, gone}, as they came:
  // reply is the body that it was answered with, gone tells that nobody waits for it
  requests = [];
  #rules = [];
  #server = http.createServer((request, response) => this.#receive(request, response));

  // sdk: the official one, replaced as often as a topic wants
  constructor(sdk) {
    super();
    this.setMaxListeners(0);
    this.sdk = sdk;
  }

  async start() {
    this.host = LOOPBACK;
    this.port = await freePort();
    this.channelUrl = `http://${this.host}:${this.port}/pusher/auth`;
    this.userUrl = `http://${this.host}:${this.port}/pusher/user-auth`;
    this.#server.listen(this.port, this.host);
    await once(this.#server, 'listening');
  }

  stop() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  // --- What a topic wants of it ---

  // Who somebody is, on presence channels and when signing in.
  memberOf(who) {
    return {user_id: who, user_info: {name: `Name of ${who}`}};
  }

  userOf(who) {
    return {id: who, user_info: {name: `Name of ${who}`}};
  }

  // Requests that match the pattern are answered in turn by the answers, and as
  // usual after that. An answer is {status, headers, body}, or a function that
  // changes the usual body.
  plan(pattern, ...answers) {
    this.#rules.push({pattern, answers});
  }

  // Requests that match the pattern wait; returns a function that lets them, and
  // those to come, be answered.
  hold(pattern) {
    const rule = {pattern, held: []};
    this.#rules.push(rule);
    return () => {
      this.#rules.splice(this.#rules.indexOf(rule), 1);
      for (const answer of rule.held)
        answer();
    };
  }

  // Those that match the pattern, until now.
  matching(pattern) {
    return this.requests.filter(request => matches(pattern, request));
  }

  // Waits until there are so many that match; returns the last of them.
  async hasRequests(pattern, count = 1) {
    return until(this, 'progress', () => this.matching(pattern)[count - 1],
      () => `the endpoint got ${this.matching(pattern).length} requests, not ${count}`);
  }

  // Waits until nobody waits for the request any more.
  async isGone(request) {
    return until(this, 'progress', () => request.gone || undefined,
      () => `somebody still waited for ${request.channel ?? 'a user'}`);
  }

  // --- Answering ---

  async #receive(message, response) {
    const body = Buffer.concat(await message.toArray()).toString();
    const form = Object.fromEntries(new URLSearchParams(body));
    const request = {
      user: message.url === '/pusher/user-auth',
      method: message.method,
      headers: message.headers,
      form,
      channel: form.channel_name ?? null,
      socketId: form.socket_id,
      who: form.who ?? null,
      reply: null,
      gone: false,
    };
    response.on('close', () => {
      request.gone = !response.writableFinished;
      this.emit('progress');
    });
    this.requests.push(request);
    this.emit('progress');

    const rule = this.#rules.find(({pattern, answers}) =>
      (answers === undefined || answers.length > 0) && matches(pattern, request));
    if (rule?.held)
      rule.held.push(() => this.#answer(request, response));
    else
      this.#answer(request, response, rule?.answers.shift());
  }

  #answer(request, response, answer) {
    if (typeof answer === 'object') {
      response.writeHead(answer.status, answer.headers).end(answer.body ?? 'No');
      return;
    }
    const body = this.#authorize(request);
    answer?.(body);
    request.reply = body;
    response.writeHead(200, {'Content-Type': 'application/json'}).end(JSON.stringify(body));
  }

  #authorize({user, channel, who, socketId}) {
    if (user)
      return this.sdk.authenticateUser(socketId, this.userOf(who));
    return this.sdk.authorizeChannel(socketId, channel,
      channel.startsWith('presence-') ? this.memberOf(who) : undefined);
  }
}
