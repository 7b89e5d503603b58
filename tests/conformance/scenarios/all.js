// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// All scenarios: ../README.md says what one is.

import authorization from './authorization.js';
import calls from './calls.js';
import clientEvents from './client-events.js';
import closing from './closing.js';
import data from './data.js';
import encrypted from './encrypted.js';
import envelope from './envelope.js';
import handshake from './handshake.js';
import losses from './losses.js';
import portable from './portable.js';
import presence from './presence.js';
import subscriptions from './subscriptions.js';
import users from './users.js';

export default [
  ...handshake, ...closing, ...envelope, ...data, ...subscriptions, ...authorization, ...presence,
  ...clientEvents, ...users, ...encrypted, ...calls, ...losses, ...portable,
];
