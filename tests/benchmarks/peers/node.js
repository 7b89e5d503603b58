// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the programs on Node share: their settings, as NAME=VALUE arguments, the
// packages that they were installed with, and what a process uses.

import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';

export const settings = {
  channels: 1, names: 1, count: 0, warmUp: 0, prefix: '', work: 'text', pause: 0, cost: 0,
};

for (const argument of process.argv.slice(2)) {
  const [, name, value] = argument.match(/^([^=]*)=(.*)$/);
  const key = name.replace(/-./g, text => text[1].toUpperCase());
  settings[key] = /^\d+$/.test(value) ? Number(value) : value;
}

export const load = createRequire(`${settings.packages}/`);

export const channelName = i => `${settings.prefix}channel-${10_000 + i}`;
export const eventName = i => `price-changed-${i}`;

// Bytes
function readStatus(field) {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(status.match(new RegExp(`^${field}:\\s*(\\d+)`, 'm'))[1]) * 1024;
}

// How the event loop is held up: a timer of 16 ms, after a pause of so many ms
const INTERVAL = 16;
let last, latest = 0, ticks = 0;

function noteLateness() {
  const now = performance.now();
  latest = Math.max(latest, now - last - INTERVAL);
  last = now;
}

export function spend(milliseconds) {
  const end = performance.now() + milliseconds;
  while (milliseconds > 0 && performance.now() < end)
    ;
}

let cpu, wall;

export function begin() {
  cpu = process.cpuUsage();
  wall = performance.now();
}

function watchTimer() {
  spend(settings.pause);
  begin();
  last = performance.now();
  setInterval(() => {
    noteLateness();
    ticks++;
  }, INTERVAL);
}

export function end(result = {}) {
  const {user, system} = process.cpuUsage(cpu);
  const took = (performance.now() - wall) * 1000;
  let timer = {};
  if (last !== undefined) {
    noteLateness();
    timer = {late: latest * 1000, ticks};
  }
  finish({
    messages: settings.count, cpu: user + system, wall: took, peak: readStatus('VmHWM'),
    ...timer, ...result,
  });
}

export function finish(result) {
  console.log(JSON.stringify(result));
  process.exit(0);
}

export function memory() {
  globalThis.gc();
  globalThis.gc();
  return {heap: process.memoryUsage().heapUsed, rss: readStatus('VmRSS')};
}

let received = 0;

// To be called for each message, by whoever hears of it; go asks for those that are
// measured.
export function count(go) {
  received++;
  if (received === settings.warmUp) {
    begin();
    go();
    if (settings.work === 'tick')
      watchTimer();
  }
}

export function check() {
  if (received !== settings.warmUp + settings.count)
    throw new Error(`${received} messages arrived`);
}
