// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a client connects to in a scenario: a port that takes its WebSockets and
// its questions for authorization, and writes down all that it gets. Who answers
// on the WebSocket is said by the two classes that derive from this.

import {EventEmitter, once} from 'node:events';
import http from 'node:http';

import {LOOPBACK, freePort} from '../../interop/lib/ports.js';
import {matches} from '../../interop/lib/program.js';
import {until} from '../../interop/lib/wait.js';
import {authorize, isValidAuth} from './authorization.js';
import {accept} from './websocket.js';

// How many of them come is a matter of time: those that a step waits for count.
const PING = 'pusher:ping';

const SIGNATURE = /^[^:]+:[0-9a-f]{64}$/;

export class Link extends EventEmitter {
  host = LOOPBACK;
  ws = null;
  asksForTls = false;
  live = false; // whether the client may take events
  received = []; // messages of the client, parsed
  #cursor = 0;
  #number = 0;
  #attempts = [];
  #server = null;
  #streams = new Set();
  #nBarriers = 0;

  // run: {app: {key, secret}, scenario, record(stream, what, fields), deadline}
  constructor(run) {
    super();
    this.setMaxListeners(0);
    this.run = run;
  }

  // --- The port ---

  async listen() {
    this.port ??= await freePort();
    this.#server = http.createServer((request, response) => this.#answer(request, response));
    this.#server.on('connection', stream => {
      this.#streams.add(stream);
      stream.on('close', () => this.#streams.delete(stream));
      stream.on('error', () => stream.destroy());
    });
    this.#server.on('clientError', (error, stream) => this.#receiveNoHttp(error, stream));
    this.#server.on('upgrade', (request, stream, head) => this.#upgrade(request, stream, head));
    this.#server.listen(this.port, this.host);
    await once(this.#server, 'listening');
  }

  // Nobody listens any more; a connection that is open stays.
  async unlisten() {
    this.#server?.close();
    this.#server = null;
  }

  stop() {
    this.unlisten();
    for (const stream of this.#streams)
      stream.destroy();
  }

  #upgrade(request, stream, head) {
    this.#attempts.push({request, stream, head});
    this.emit('progress');
  }

  // Something else than HTTP: what begins with this byte is TLS.
  #receiveNoHttp(error, stream) {
    this.asksForTls ||= error.rawPacket?.[0] === 0x16;
    stream.destroy();
    this.emit('progress');
  }

  async #nextAttempt() {
    await this.wait(() => this.#attempts[0], 'the client did not connect');
    const attempt = this.#attempts.shift();
    const {pathname, searchParams} = new URL(attempt.request.url, 'http://server');
    this.run.record('server', 'connects', {
      name: pathname.replace(this.run.app.key, 'KEY'), protocol: searchParams.get('protocol'),
    });
    return attempt;
  }

  async wait(look, complaint) {
    return until(this, 'progress', look, () => complaint, this.run.deadline);
  }

  // --- Authorization by HTTP ---

  async #answer(request, response) {
    const form = Object.fromEntries(new URLSearchParams(
      Buffer.concat(await request.toArray()).toString()));
    const kind = request.url === '/user-auth' ? 'user' : 'channel';
    const {socket_id: socketId, channel_name: channel, ...params} = form;
    this.run.record(`endpoint ${channel ?? kind}`, 'POST', {
      socket_id: this.run.nameOfSocket(socketId), params, token: request.headers['x-token'],
      type: request.headers['content-type'],
    });
    const rule = this.run.takeRule(kind, channel);
    const {status = 200, headers = {}, text} = rule ?? {};
    const body = text ?? JSON.stringify(
      authorize(rule, {kind, channel, socketId, app: this.run.app}));
    response.writeHead(status, {'Content-Type': 'application/json', ...headers}).end(body);
  }

  // --- The WebSocket ---

  // Answers the next request for a WebSocket with a status.
  async turnAway(status, headers = {}, body = '') {
    const {stream} = await this.#nextAttempt();
    const lines = Object.entries({'Content-Length': body.length, 'Connection': 'close', ...headers})
      .map(([name, value]) => `${name}: ${value}\r\n`);
    stream.end(`HTTP/1.1 ${status} Status\r\n${lines.join('')}\r\n${body}`);
  }

  // Cuts the next request for a WebSocket off without an answer.
  async hangUp() {
    const {stream} = await this.#nextAttempt();
    stream.destroy();
  }

  // Waits for a request for a WebSocket, and leaves it without an answer.
  async ignore() {
    await this.#nextAttempt();
  }

  // Takes the next WebSocket; prepare is called with its request before the client
  // hears of it.
  async open(prepare = () => {}) {
    const {request, stream, head} = await this.#nextAttempt();
    await prepare(request);
    const ws = accept(request, stream, head);
    const number = ++this.#number;
    this.ws = ws;
    this.live = false;
    ws.on('text', text => this.#receive(text, number));
    ws.on('pong', () => this.emit('progress'));
    ws.on('close', () => this.run.record(`server #${number}`, 'leaves'));
    ws.on('end', () => {
      if (this.ws === ws)
        this.live = false;
      this.emit('progress');
    });
    return ws;
  }

  get isOpen() {
    return this.ws !== null && !this.ws.ended;
  }

  // --- What the client sends ---

  // For who passes it on
  onMessage() {}

  #receive(text, number) {
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      this.run.record(`server #${number}`, 'malformed', {data: text});
      return;
    }
    const {event, channel, data, ...more} = message;
    if (event === 'pusher:subscribe' || event === 'pusher:unsubscribe')
      this.#recordSubscription(event, data, number, more);
    else if (event === 'pusher:signin')
      this.run.record(`server #${number} user`, event, this.#shownAuth(data, {kind: 'user'}));
    else if (event !== PING)
      this.run.record(`server #${number}${channel ? ` ${channel}` : ''}`, event,
        {data: JSON.stringify(data), ...more});
    this.received.push(message);
    this.onMessage(text, message);
    this.emit('progress');
  }

  #recordSubscription(event, {channel, ...data}, number, more) {
    this.run.record(`server #${number} ${channel}`, event,
      {...this.#shownAuth(data, {kind: 'channel', channel}), ...more});
  }

  // A signature is right or wrong, or there is none; no auth and an empty one are
  // the same to servers.
  #shownAuth({auth, ...data}, {kind, channel}) {
    const text = kind === 'user' ? data.user_data : data.channel_data;
    const valid = auth && isValidAuth(
      auth, {kind, channel, socketId: this.socketId, text, app: this.run.app});
    const wrong = SIGNATURE.test(auth) ? 'wrong' : auth;
    return {...data, ...(auth && {auth: valid ? 'valid' : wrong})};
  }

  // What comes from now on counts for receivedMessage().
  mark() {
    this.#cursor = this.received.length;
  }

  // Waits until the client has sent a message that matches, after the mark and the
  // last one that was waited for.
  async receivedMessage(pattern) {
    const index = await this.wait(() => {
      const found = this.received.findIndex((message, i) =>
        i >= this.#cursor && matches(pattern, message));
      return found === -1 ? undefined : found;
    }, `the client did not send ${JSON.stringify(pattern)}`);
    this.#cursor = index + 1;
    if (this.received[index].event === PING)
      this.run.record(`server #${this.#number}`, PING);
  }

  // --- Barriers ---

  // Waits until the client has taken all that was sent to it, and all that it has
  // sent is here, or it is gone. An event that only drivers know goes through the
  // client, and a ping of the WebSocket through what is below it.
  async barrier(driver) {
    if (!this.isOpen)
      return;
    const {ws} = this;
    const number = ++this.#nBarriers;
    const waits = [this.#passed(ws, number, driver)];
    if (this.live)
      ws.send(JSON.stringify({event: 'conformance:barrier', data: number}));
    ws.ping();
    await Promise.all(waits);
  }

  async #passed(ws, number, driver) {
    let pong = false;
    let seen = !this.live;
    const onPong = () => {
      pong = true;
      this.emit('progress');
    };
    const onBarrier = n => {
      seen ||= n === number;
      this.emit('progress');
    };
    ws.once('pong', onPong);
    const onSee = () => this.emit('progress');
    driver.on('barrier', onBarrier).on('see', onSee);
    try {
      await this.wait(() => ws.ended || driver.ended || this.run.crashed || !this.live && pong ||
        pong && seen || undefined,
        'the client did not take what was sent to it');
    } finally {
      ws.off('pong', onPong);
      driver.off('barrier', onBarrier).off('see', onSee);
    }
  }
}
