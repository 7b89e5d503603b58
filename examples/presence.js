#!/usr/bin/env -S gjs -m
// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Prints who is on a presence channel, who comes and who leaves.

import GLib from 'gi://GLib';
import Pusher from 'gi://Pusher?version=1';
import System from 'system';

/** @type {Object<string, any>} */
const options = {
  'key': null, 'cluster': null, 'host': null, 'port': '0', 'no-tls': false,
  'endpoint': null, 'user': null, 'channel': 'presence-lobby',
};

/** @returns {never} */
function usage() {
  printerr(`Options: --${Object.keys(options).join(' --')}`);
  System.exit(2);
}

const args = [...System.programArgs];
for (let option = args.shift(); option; option = args.shift()) {
  const name = option.replace(/^--/, '');
  if (!(name in options))
    usage();
  options[name] = options[name] === false ? true : args.shift();
}
if (!options.key || !(options.cluster || options.host) ||
    !options.endpoint || !options.user)
  usage();

const loop = new GLib.MainLoop(null, false);
const client = new Pusher.Client({
  key: options.key,
  cluster: options.cluster,
  host: options.host,
  port: Number(options.port),
  useTls: !options['no-tls'],
});

// A real endpoint knows by itself who asks; the one of PusherTest.Server takes
// this field of the form for it.
const authorizer = client.use_endpoint(options.endpoint);
authorizer.set_param('user_id', options.user);

function printMember(what, member) {
  print(`${what} ${member.name}`);
}

const channel = client.subscribe(options.channel);
if (!(channel instanceof Pusher.PresenceChannel))
  usage();
channel.connect('subscription-succeeded', () => {
  // The list is a GListModel, to which a Gtk.ListView can be bound as it is.
  for (let i = 0; i < channel.members.get_n_items(); i++) {
    const member = channel.members.get_item(i);
    printMember(member === channel.me ? 'me' : 'here', member);
  }
});
channel.connect('member-added', (_channel, member) => printMember('joined', member));
channel.connect('member-removed', (_channel, member) => printMember('left', member));
channel.connect('subscription-error', (_channel, error) => {
  printerr(`No subscription to ${channel.name}: ${error.message}`);
  loop.quit();
});

// The client connects again by itself after all that may pass. This does not.
client.connect('notify::state', () => {
  if (client.state === Pusher.ConnectionState.FAILED) {
    printerr(`Refused: ${client.last_error?.message}`);
    loop.quit();
  }
});
client.open();
loop.run();
System.exit(1);
