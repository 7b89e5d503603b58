// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// pusher-js, the official client, as the other one on a channel. With an
// `endpoint` (AuthEndpoint) it asks that, as the one that `who` names.

import {EventEmitter} from 'node:events';

import {matches} from './program.js';
import {until} from './wait.js';

export class Peer extends EventEmitter {
  events = []; // {channel, name, data}, without those of the protocol
  news = []; // those of the protocol
  errors = [];

  constructor(PusherJS, settings) {
    super();
    this.setMaxListeners(0);
    const {key, host, port, path = '', endpoint, who, ...more} = settings;
    const params = {who};
    this.pusher = new PusherJS(key, {
      cluster: '',
      wsHost: host,
      wsPort: port,
      wsPath: path,
      forceTLS: false,
      enabledTransports: ['ws'],
      disableStats: true,
      ...(endpoint && {
        channelAuthorization: {transport: 'ajax', endpoint: endpoint.channelUrl, params},
        userAuthentication: {transport: 'ajax', endpoint: endpoint.userUrl, params},
      }),
      ...more,
    });
    this.pusher.connection.bind('error', error => {
      this.errors.push(error);
      this.emit('progress');
    });
  }

  // Returns pusher-js's channel once the server has accepted the subscription.
  async subscribe(name) {
    const channel = this.pusher.subscribe(name);
    channel.unbind_global();
    channel.bind_global((event, data) => {
      const list = event.startsWith('pusher:') ? this.news : this.events;
      list.push({channel: name, name: event, data});
      this.emit('progress');
    });
    await until(this, 'progress', () => channel.subscribed || undefined,
      () => `pusher-js was not subscribed to ${name}`);
    return channel;
  }

  async hasEvents(count) {
    await until(this, 'progress', () => this.events.length >= count || undefined,
      () => `pusher-js got ${this.events.length} events, not ${count}`);
  }

  // Waits for an event, or one of the protocol, that matches; returns it.
  async next(pattern, count = 1) {
    const found = () => [...this.events, ...this.news].filter(event => matches(pattern, event));
    return until(this, 'progress', () => found()[count - 1],
      () => `pusher-js got ${found().length} of ${JSON.stringify(pattern)}, not ${count}`);
  }

  async hasError() {
    return until(this, 'progress', () => this.errors[0], () => 'pusher-js got no error');
  }

  stop() {
    this.pusher.disconnect();
  }
}
