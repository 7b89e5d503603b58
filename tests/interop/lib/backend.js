// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The official server SDK, as an application's server uses it.

import assert from 'node:assert/strict';

export class Backend {
  constructor(PusherServer, server, app, settings = {}) {
    this.sdk = new PusherServer({
      appId: app.id,
      key: app.key,
      secret: app.secret,
      host: server.host,
      port: server.port,
      useTLS: server.tls !== null,
      agent: server.agent,
      ...settings,
    });
  }

  // soketi reports errors with status 200 as well.
  static async #read(response) {
    const body = await response.json();
    assert.equal(body.error, undefined, `The server refused a call: ${JSON.stringify(body)}`);
    return body;
  }

  async trigger(channels, event, data, params) {
    return Backend.#read(await this.sdk.trigger(channels, event, data, params));
  }

  // events: at most ten of {channel, name, data}
  async triggerBatch(events) {
    return Backend.#read(await this.sdk.triggerBatch(events));
  }

  async sendToUser(user, event, data) {
    return Backend.#read(await this.sdk.sendToUser(user, event, data));
  }

  async terminateUserConnections(user) {
    return Backend.#read(await this.sdk.terminateUserConnections(user));
  }

  // The REST call itself: the SDK makes text of all data, other servers do not.
  async triggerRaw(channel, name, data) {
    return Backend.#read(
      await this.sdk.post({path: '/events', body: {name, data, channels: [channel]}}));
  }

  // The names of the channels that somebody is subscribed to.
  async occupiedChannels() {
    const {channels} = await Backend.#read(await this.sdk.get({path: '/channels'}));
    return Object.keys(channels);
  }
}
