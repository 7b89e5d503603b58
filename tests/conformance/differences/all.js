// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Where pusher-glib means to differ from pusher-js, and why. An entry has:
//
// scenarios: where, by name; "*" stands for anything
// servers: at which servers, or between which (“test-server as soketi”); if it is
//   left out, at all of them
// kind: pusher-js (its fault), deliberate or harmless
// reason: in a sentence
// and the lines that differ:
// pusher-js, pusher-glib: what only the one or the other has; real, ours: the same
//   for two servers
// instead: pairs of what one has and what the other has in place of it, at the
//   same step; a "@" stands for the same in both
// later: what pusher-js has as well, but at a later step
// sometimes: true for a race, such as with the second that pusher-js waits before it
//   tries again
//
// Each scenario and line of another entry has to be of use, or the run fails.

import connection from './connection.js';
import events from './events.js';
import messages from './messages.js';
import presence from './presence.js';
import servers from './servers.js';
import subscriptions from './subscriptions.js';

export default [
  ...connection, ...messages, ...subscriptions, ...presence, ...events, ...servers,
];
