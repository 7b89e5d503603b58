// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What an application's server keeps of the events that it publishes: GET of
// `/WHO/events?channel=NAME` with `after=ID` or `last=COUNT` answers them.

import {EventEmitter, once} from 'node:events';
import http from 'node:http';

import {LOOPBACK, freePort} from './ports.js';

// What may pass; 0 is an answer that never comes.
const FAILURES = [500, 503, 429, 0];

export class EventStore extends EventEmitter {
  requests = 0;
  answered = new Set(); // who and which channel
  failures = 0;
  #channels = new Map(); // the events of each: {id, name, data}
  #lastId = 0;
  #asked = new Map(); // how often each was asked for a channel
  #server = http.createServer((request, response) => this.#receive(request, response));

  // pageSize: the most events of an answer; delay: gives the ms until the next; failing:
  // every other request fails
  constructor({pageSize = 100, delay = () => 0, failing = false} = {}) {
    super();
    this.setMaxListeners(0);
    this.pageSize = pageSize;
    this.delay = delay;
    this.failing = failing;
  }

  async start() {
    this.host = LOOPBACK;
    this.port = await freePort();
    this.#server.listen(this.port, this.host);
    await once(this.#server, 'listening');
  }

  stop() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  // The template of the address for somebody.
  urlFor(who) {
    return `http://${this.host}:${this.port}/${who}/events{?channel,after,last}`;
  }

  // data: an object. Returns it with the id. Ids of a channel are not consecutive.
  keep(channel, name, data) {
    const id = ++this.#lastId;
    const whole = {id, ...data};
    if (!this.#channels.has(channel))
      this.#channels.set(channel, []);
    this.#channels.get(channel).push({id, name, data: JSON.stringify(whole)});
    return whole;
  }

  // --- Answering ---

  #receive(request, response) {
    const url = new URL(request.url, 'http://localhost');
    const channel = url.searchParams.get('channel');
    const asker = `${url.pathname} ${channel}`;
    const count = this.#asked.get(asker) ?? 0;
    this.#asked.set(asker, count + 1);
    this.requests++;

    const fails = this.failing && count % 2 === 0;
    setTimeout(() => {
      if (fails) {
        this.#fail(response);
      } else {
        this.#answer(url.searchParams, this.#channels.get(channel) ?? [], response);
        this.answered.add(asker);
      }
      this.emit('progress');
    }, this.delay());
  }

  #fail(response) {
    const status = FAILURES[this.failures++ % FAILURES.length];
    if (status === 0)
      response.destroy();
    else
      response.writeHead(status).end('No');
  }

  #answer(params, events, response) {
    let first = 0;
    if (params.has('after'))
      first = events.findIndex(({id}) => String(id) === params.get('after')) + 1;
    else if (params.has('last'))
      first = Math.max(0, events.length - Number(params.get('last')));
    if (params.has('after') && first === 0) {
      response.writeHead(410).end('There is no such event');
      return;
    }

    const page = events.slice(first, first + this.pageSize);
    response.writeHead(200, {'Content-Type': 'application/json'}).end(JSON.stringify({
      events: page, more: first + page.length < events.length,
    }));
  }
}
