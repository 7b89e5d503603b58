// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// PusherTest.Server imitates other servers: one list of what a client says and of what
// it is answered is run at the real one and at the imitation. The lists are in
// imitation/.

import {apps} from '../lib/apps.js';
import {RawClient} from '../lib/raw.js';
import {TestServer} from '../lib/test-server.js';
import reverbList from './imitation/reverb.js';
import soketiList from './imitation/soketi.js';

const lists = {reverb: reverbList, soketi: soketiList};

// What a scenario is given.
class Stage {
  #clients = [];

  // server: {host, port}, with stop(); app: its credentials
  constructor(server, app, backend) {
    this.server = server;
    this.app = app;
    this.backend = backend;
  }

  // A client that has not been greeted
  async connect(settings) {
    const client = new RawClient(this.app);
    this.#clients.push(client);
    await client.connect(this.server, settings);
    return client;
  }

  async join(settings) {
    const client = await this.connect(settings);
    await client.greet();
    return client;
  }

  async publish(channel, name, data) {
    await this.backend.trigger(channel, name, data);
  }

  leave() {
    for (const client of this.#clients)
      client.stop();
  }
}

// limits: {messageSize, rate: {count, seconds, terminate}, origins, connections, noClientEvents}
async function startReal(suite, limits) {
  const {messageSize, rate, origins, connections} = limits;
  const server = await suite.server(!suite.at('reverb') ? {} : {
    app: {
      ...(messageSize && {max_message_size: messageSize}),
      ...(origins && {allowed_origins: origins}),
      ...(connections && {max_connections: connections}),
      ...(rate && {rate_limiting: {
        enabled: true, max_attempts: rate.count, decay_seconds: rate.seconds,
        terminate_on_limit: rate.terminate,
      }}),
    },
  });
  const app = limits.noClientEvents ? apps.noClientEvents : apps.main;
  return new Stage(server, app, suite.backend(server, app));
}

const flavors = {reverb: 1, soketi: 2};

async function startImitation(suite, limits) {
  const {messageSize, rate, origins, connections, noClientEvents} = limits;
  const server = await suite.use(new TestServer(suite.buildDir, {flavor: flavors[suite.kind]}));
  if (messageSize)
    await server.call('set', 'max-message-size', messageSize);
  if (rate)
    await server.call('set_rate_limit', rate.count, rate.seconds * 1000, rate.terminate);
  if (origins)
    await server.call('set_allowed_origins', origins);
  if (connections)
    await server.call('set', 'max-connections', connections);
  if (noClientEvents)
    await server.call('set', 'client-events', false);

  const app = {
    id: await server.get('app-id'), key: await server.get('key'), secret: await server.get('secret'),
  };
  const address = {
    host: '127.0.0.1', port: await server.get('port'), tls: null,
    stop: () => server.call('stop'),
  };
  return new Stage(address, app, suite.backend(address, app));
}

export default async function (suite) {
  for (const [who, start] of [['real', startReal], ['imitated', startImitation]])
    for (const {title, limits = {}, run} of lists[suite.kind])
      await suite.check(`${who} ${suite.kind}: ${title}`, async () => {
        const stage = await start(suite, limits);
        try {
          await run(stage);
        } finally {
          stage.leave();
        }
      });
}
