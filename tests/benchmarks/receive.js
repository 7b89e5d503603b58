// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The library in JavaScript (`gjs -m`): a handler for each name on each channel.
//
// work=text  looks at the data
// work=node  parses it with JSON.parse

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import Pusher from 'gi://Pusher?version=1';
import System from 'system';

const settings = {channels: 1, names: 1, warmUp: 0, count: 0, prefix: '', work: 'text'};

for (const argument of System.programArgs) {
  const [, name, value] = argument.match(/^([^=]*)=(.*)$/);
  const key = name.replace(/-./g, text => text[1].toUpperCase());
  settings[key] = /^\d+$/.test(value) ? Number(value) : value;
}

function read(path) {
  return new TextDecoder().decode(GLib.file_get_contents(path)[1]);
}

// µs, of all threads: JavaScript here has no getrusage().
function cpuTime() {
  const directory = Gio.File.new_for_path('/proc/self/task');
  let total = 0;
  for (const task of directory.enumerate_children('standard::name', 0, null))
    total += Number(read(`/proc/self/task/${task.get_name()}/schedstat`).split(' ')[0]);
  return total / 1000;
}

const loop = GLib.MainLoop.new(null, false);
let received = 0, used = 0, cpu, wall;

// An exception in a handler is printed, and would be forgotten.
function fatal(handler) {
  return (...args) => {
    try {
      handler(...args);
    } catch (error) {
      logError(error);
      System.exit(1);
    }
  };
}

function onEvent(_channel, event) {
  const data = event.get_data();
  used += settings.work === 'node' ? JSON.parse(data).price : data.length;
  received++;
  if (received === settings.warmUp)
    fatal(begin)();
}

function begin() {
  cpu = cpuTime();
  wall = GLib.get_monotonic_time();
  client.subscribe('go');
}

function onEnd() {
  if (received !== settings.warmUp + settings.count)
    throw new Error(`${received} messages arrived`);

  print(JSON.stringify({
    messages: settings.count, cpu: cpuTime() - cpu, wall: GLib.get_monotonic_time() - wall,
    peak: Number(read('/proc/self/status').match(/VmHWM:\s*(\d+)/)[1]) * 1024, used,
  }));
  loop.quit();
}

const client = Pusher.Client.new('key', null);
client.host = '127.0.0.1';
client.port = settings.port;
client.use_tls = false;

for (let i = 0; i < settings.channels; i++) {
  const channel = client.subscribe(`${settings.prefix}channel-${10_000 + i}`);
  for (let k = 0; k < settings.names; k++)
    channel.connect(`event::price-changed-${k}`, onEvent);
  channel.connect('event::end', fatal(onEnd));
}

client.open();
loop.run();
