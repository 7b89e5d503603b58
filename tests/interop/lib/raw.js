// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A WebSocket that says what it is told to, and keeps what it hears: neither the
// protocol nor the rules of any client are in its way.

import {EventEmitter} from 'node:events';
import http from 'node:http';
import {createHmac, randomBytes} from 'node:crypto';

import {until} from './wait.js';

const TEXT = 1;
const CLOSE = 8;

// Frames of a client are masked.
function encodeFrame(opcode, payload) {
  const mask = randomBytes(4);
  const masked = Buffer.from(payload.map((byte, i) => byte ^ mask[i % 4]));
  let header;
  if (payload.length < 126) {
    header = Buffer.from([0x80 | opcode, 0x80 | payload.length]);
  } else {
    header = Buffer.from([0x80 | opcode, 0x80 | 126, payload.length >> 8, payload.length & 0xff]);
  }
  return Buffer.concat([header, mask, masked]);
}

// Data that is JSON in a string is told from other data.
function readMessage(text) {
  const {data, ...message} = JSON.parse(text);
  if (data === undefined)
    return message;
  try {
    return {...message, data: typeof data === 'string' ? {text: JSON.parse(data)} : data};
  } catch {
    return {...message, data};
  }
}

export class RawClient extends EventEmitter {
  messages = []; // not yet taken
  closed = null; // {code, reason}, without them if there was no close frame
  socketId = null;
  #received = Buffer.alloc(0);
  #close = {};

  constructor({key, secret}) {
    super();
    this.key = key;
    this.secret = secret;
  }

  async connect({host, port, prefix = ''}, {key = this.key, origin} = {}) {
    const request = http.get({
      host, port,
      path: `${prefix}/app/${key}?protocol=7&client=raw&version=0.1`,
      headers: {
        'Connection': 'Upgrade', 'Upgrade': 'websocket', 'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': randomBytes(16).toString('base64'), ...(origin && {Origin: origin}),
      },
    });
    const [socket, head] = await new Promise((resolve, reject) => {
      request.on('error', reject);
      request.on('response', ({statusCode}) => reject(new Error(`HTTP status ${statusCode}`)));
      request.on('upgrade', (_response, ...upgraded) => resolve(upgraded));
    });
    this.socket = socket;
    socket.on('data', chunk => this.#receive(chunk));
    socket.on('error', () => {});
    socket.on('close', () => {
      this.closed = this.#close;
      this.emit('progress');
    });
    this.#receive(head);
  }

  #receive(chunk) {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (;;) {
      const frame = this.#takeFrame();
      if (frame === null)
        break;
      const {opcode, payload} = frame;
      if (opcode === TEXT)
        this.messages.push(readMessage(payload.toString()));
      else if (opcode === CLOSE)
        this.#answerClose(payload);
    }
    this.emit('progress');
  }

  #answerClose(payload) {
    this.#close = payload.length < 2 ? {} :
      {code: payload.readUInt16BE(), reason: payload.subarray(2).toString()};
    this.socket.end(encodeFrame(CLOSE, payload));
  }

  #takeFrame() {
    const buffer = this.#received;
    if (buffer.length < 2)
      return null;
    let length = buffer[1] & 0x7f;
    let begin = 2;
    if (length === 126) {
      begin = 4;
      length = buffer.length < begin ? Infinity : buffer.readUInt16BE(2);
    }
    if (buffer.length < begin + length)
      return null;
    this.#received = buffer.subarray(begin + length);
    return {opcode: buffer[0] & 0xf, payload: buffer.subarray(begin, begin + length)};
  }

  // message: text, or what is to become JSON
  send(message) {
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    this.socket.write(encodeFrame(TEXT, Buffer.from(text)));
  }

  async take() {
    await until(this, 'progress', () => (this.messages.length > 0 || this.closed) || undefined,
      () => 'the server said nothing');
    if (this.messages.length === 0)
      throw new Error('the server closed the connection and said nothing');
    return this.messages.shift();
  }

  async takeAll(count) {
    const taken = [];
    while (taken.length < count)
      taken.push(await this.take());
    return taken;
  }

  async ended() {
    return until(this, 'progress', () => this.closed ?? undefined,
      () => 'the server did not close the connection');
  }

  // The first message of a server that has nothing against this client
  async greet() {
    const {event, data} = await this.take();
    if (event !== 'pusher:connection_established')
      throw new Error(`The server said ${event}`);
    this.socketId = data.text.socket_id;
  }

  subscribe(channel, more = {}) {
    this.send({event: 'pusher:subscribe', data: {channel, ...more}});
  }

  // channelData: of presence channels
  subscribeSigned(channel, channelData) {
    const text = channelData && JSON.stringify(channelData);
    const signed = [this.socketId, channel, ...(text ? [text] : [])].join(':');
    const hash = createHmac('sha256', this.secret).update(signed).digest('hex');
    this.subscribe(channel, {auth: `${this.key}:${hash}`, ...(text && {channel_data: text})});
  }

  unsubscribe(channel) {
    this.send({event: 'pusher:unsubscribe', data: {channel}});
  }

  trigger(event, channel, data) {
    this.send({event, channel, data});
  }

  // What the server says until it has read all that was sent.
  async settle() {
    this.send({event: 'pusher:ping', data: {}});
    const said = [];
    for (;;) {
      const message = await this.take();
      if (message.event === 'pusher:pong')
        return said;
      said.push(message);
    }
  }

  stop() {
    this.socket?.destroy();
  }
}
