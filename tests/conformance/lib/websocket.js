// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Both ends of a WebSocket, small and obedient: whatever a scenario wants goes
// out as it is, be it allowed or not.

import crypto from 'node:crypto';
import {EventEmitter, once} from 'node:events';
import http from 'node:http';

export const opcodes = {continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10};

const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

function acceptKey(key) {
  return crypto.createHash('sha1').update(key + MAGIC).digest('base64');
}

function encodeLength(length, maskBit) {
  if (length < 126)
    return Buffer.from([maskBit | length]);
  if (length < 65536)
    return Buffer.from([maskBit | 126, length >> 8, length & 0xff]);
  const header = Buffer.alloc(9);
  header[0] = maskBit | 127;
  header.writeBigUInt64BE(BigInt(length), 1);
  return header;
}

// The first frame of a buffer, or null if it is not there as a whole:
// {fin, opcode, payload, rest}
function decodeFrame(buffer) {
  if (buffer.length < 2)
    return null;
  let length = buffer[1] & 0x7f;
  let offset = 2;
  if (length >= 126) {
    const size = length === 126 ? 2 : 8;
    if (buffer.length < offset + size)
      return null;
    length = size === 2 ? buffer.readUInt16BE(offset) : Number(buffer.readBigUInt64BE(offset));
    offset += size;
  }
  const masked = (buffer[1] & 0x80) !== 0;
  const mask = masked ? buffer.subarray(offset, offset + 4) : null;
  offset += masked ? 4 : 0;
  if (buffer.length < offset + length)
    return null;
  const payload = Buffer.from(buffer.subarray(offset, offset + length));
  for (let i = 0; masked && i < payload.length; i++)
    payload[i] ^= mask[i & 3];
  return {
    fin: (buffer[0] & 0x80) !== 0,
    opcode: buffer[0] & 0x0f,
    payload,
    rest: buffer.subarray(offset + length),
  };
}

// Emits "text" (string), "pong", "close" (the code of the other end's frame, or
// null, if the other end began) and, last and once, "end".
export class WebSocket extends EventEmitter {
  #stream;
  #masks;
  #unread;
  #fragments = [];
  #closing = false;
  ended = false;

  constructor(stream, head, masks) {
    super();
    this.setMaxListeners(0);
    this.#stream = stream;
    this.#masks = masks;
    this.#unread = head;
    stream.setNoDelay(true);
    stream.on('data', chunk => this.#read(chunk));
    stream.on('error', () => stream.destroy());
    stream.on('end', () => stream.end());
    stream.on('close', () => this.#end());
    if (head.length > 0)
      setImmediate(() => this.#read(Buffer.alloc(0)));
  }

  #end() {
    if (!this.ended) {
      this.ended = true;
      this.emit('end');
    }
  }

  #read(chunk) {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    for (;;) {
      const frame = decodeFrame(this.#unread);
      if (frame === null)
        return;
      this.#unread = frame.rest;
      this.#receive(frame);
    }
  }

  #receive({fin, opcode, payload}) {
    switch (opcode) {
    case opcodes.close:
      if (!this.#closing) {
        this.emit('close', payload.length >= 2 ? payload.readUInt16BE(0) : null);
        this.frame({opcode: opcodes.close, payload});
      }
      this.#stream.end();
      break;
    case opcodes.ping:
      this.frame({opcode: opcodes.pong, payload});
      break;
    case opcodes.pong:
      this.emit('pong');
      break;
    default:
      this.#fragments.push(payload);
      if (fin)
        this.emit('text', Buffer.concat(this.#fragments.splice(0)).toString());
    }
  }

  frame({opcode = opcodes.text, payload = '', fin = true, rsv = 0}) {
    if (this.#stream.destroyed || !this.#stream.writable)
      return;
    const bytes = Buffer.from(payload);
    const mask = this.#masks ? crypto.randomBytes(4) : Buffer.alloc(0);
    const body = this.#masks ? bytes.map((byte, i) => byte ^ mask[i & 3]) : bytes;
    const first = Buffer.from([(fin ? 0x80 : 0) | rsv << 4 | opcode]);
    const length = encodeLength(bytes.length, this.#masks ? 0x80 : 0);
    this.#stream.write(Buffer.concat([first, length, mask, body]));
  }

  send(text) {
    this.frame({payload: text});
  }

  // Bytes that need not be a frame.
  write(bytes) {
    this.#stream.write(bytes);
  }

  ping() {
    this.frame({opcode: opcodes.ping});
  }

  // Without a code the frame is empty.
  close(code, reason = '') {
    this.#closing = true;
    const payload = Buffer.alloc(code === undefined ? 0 : 2 + Buffer.byteLength(reason));
    if (code !== undefined) {
      payload.writeUInt16BE(code, 0);
      payload.write(reason, 2);
    }
    this.frame({opcode: opcodes.close, payload});
  }

  // The connection ends without a close frame; with a reset, at once.
  cut(reset = false) {
    if (reset)
      this.#stream.resetAndDestroy();
    else
      this.#stream.destroy();
  }
}

// The server's answer to a request for an upgrade.
export function accept(request, stream, head) {
  const answer = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${acceptKey(request.headers['sec-websocket-key'])}`,
  ];
  stream.write(`${answer.join('\r\n')}\r\n\r\n`);
  return new WebSocket(stream, head, false);
}

// A client's end. Rejects if the server does not upgrade.
export async function connect({host, port, path}) {
  const request = http.get({host, port, path, headers: {
    'Connection': 'Upgrade',
    'Upgrade': 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': crypto.randomBytes(16).toString('base64'),
  }});
  request.on('response', response =>
    request.destroy(new Error(`The server did not upgrade: ${response.statusCode}`)));
  const [, stream, head] = await once(request, 'upgrade');
  return new WebSocket(stream, head, true);
}
