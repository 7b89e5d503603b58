// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The command-line tool: its REST requests at a server of others, and the official
// clients at the server that it is itself.

import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';

import {apps} from '../lib/apps.js';
import {LOOPBACK} from '../lib/ports.js';

const SECONDS = 1000;
const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');

class Tool {
  constructor(suite, settings = {}) {
    const library = path.resolve(suite.buildDir, 'pusher-glib');
    this.program = path.resolve(suite.buildDir, 'tool', 'pusher-glib');
    this.env = {...process.env, LANG: 'C.UTF-8', XDG_CONFIG_HOME: suite.workDir,
      GIO_USE_PROXY_RESOLVER: 'dummy', G_DEBUG: 'fatal-warnings',
      LD_LIBRARY_PATH: `${library}:${library}/testing`, ...settings};
  }

  start(...words) {
    return spawn('setpriv', ['--pdeathsig', 'KILL', '--', this.program, ...words],
      {env: this.env, stdio: ['pipe', 'pipe', 'pipe']});
  }

  // What it prints, as objects.
  async run(words, input = '') {
    const child = this.start(...words);
    const texts = {stdout: '', stderr: ''};
    for (const name of Object.keys(texts))
      child[name].setEncoding('utf8').on('data', text => { texts[name] += text; });
    child.stdin.end(input);
    const [status] = await once(child, 'close');
    assert.equal(status, 0, `${words.join(' ')}: ${texts.stderr}`);
    return texts.stdout.split('\n').filter(Boolean).map(line => JSON.parse(line));
  }

  async refusal(words) {
    await assert.rejects(this.run(words), error => {
      this.message = error.message;
      return true;
    });
    return this.message;
  }
}

// The tool as a server, with what it prints of itself.
class Serve {
  constructor(tool, words) {
    this.tool = tool;
    this.words = words;
  }

  async start() {
    this.child = this.tool.start('serve', '--port', '0', '--json', ...this.words);
    this.child.stderr.resume();
    const lines = readline.createInterface({input: this.child.stdout});
    this.violations = [];
    const [line] = await once(lines, 'line');
    lines.on('line', text => {
      const {event, data} = JSON.parse(text);
      if (event === 'violation')
        this.violations.push(data.what);
    });
    Object.assign(this, JSON.parse(line).data);
  }

  async stop() {
    this.child.kill('SIGINT');
    await once(this.child, 'exit');
  }
}

// The data of the next event of that name.
function next(emitter, name) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`waited in vain for ${name}`)), 20 * SECONDS);
    emitter.bind(name, function handler(...args) {
      clearTimeout(timer);
      emitter.unbind(name, handler);
      resolve(args[0]);
    });
  });
}

// --- Its requests at a server of others ---

function settingsFor(server, app) {
  return {
    PUSHER_APP_ID: app.id, PUSHER_APP_KEY: app.key, PUSHER_APP_SECRET: app.secret,
    PUSHER_HOST: server.host, PUSHER_PORT: String(server.port), PUSHER_SCHEME: 'http',
    PUSHER_ENCRYPTION_MASTER_KEY: MASTER_KEY,
  };
}

async function checkRequests(suite) {
  const server = await suite.server();
  const app = suite.at('soketi') ? apps.user : apps.main;
  const tool = new Tool(suite, settingsFor(server, app));
  const PusherJS = suite.require('pusher-js');
  const client = new PusherJS(app.key, {
    cluster: '', wsHost: server.host, wsPort: server.port, forceTLS: false,
    enabledTransports: ['ws'], disableStats: true,
    // Authorized by the tool, too.
    channelAuthorization: {customHandler: ({socketId, channelName}, callback) => {
      tool.run(['auth', socketId, channelName, '--member', 'ada', '--info', '{"name":"Ada"}'])
        .then(([answer]) => callback(null, answer), error => callback(error, null));
    }},
    userAuthentication: {customHandler: ({socketId}, callback) => {
      tool.run(['auth', '--user', socketId, '--member', 'ada'])
        .then(([answer]) => callback(null, answer), error => callback(error, null));
    }},
  });

  try {
    if (suite.at('soketi')) {
      await suite.check('auth --user: a client signs in', async () => {
        const done = next(client, 'pusher:signin_success');
        client.signin();
        await done;
      });
    }

    await suite.check('auth: a client subscribes to channels of every kind', async () => {
      for (const name of ['private-tool', 'presence-tool', 'tool']) {
        const channel = client.subscribe(name);
        await next(channel, 'pusher:subscription_succeeded');
      }
    });

    await suite.check('publish: one event, several channels, standard input', async () => {
      const events = ['private-tool', 'tool'].map(name => next(client.channel(name), 'one'));
      await tool.run(['publish', 'private-tool', 'tool', 'one', '{"n":1}']);
      assert.deepEqual(await Promise.all(events), [{n: 1}, {n: 1}]);
      const two = next(client.channel('tool'), 'two');
      await tool.run(['publish', 'tool', 'two', '-'], '"ü & =?"');
      assert.equal(await two, 'ü & =?');
    });

    await suite.check('publish --batch: all, in their order', async () => {
      const heard = [];
      client.channel('tool').bind('b', data => heard.push(data));
      const last = next(client.channel('tool'), 'last');
      const lines = Array.from({length: 25}, (_, n) => ({channel: 'tool', name: 'b', data: n}));
      lines.push({channel: 'tool', name: 'last', data: {}});
      await tool.run(['publish', '--batch'], lines.map(line => `${JSON.stringify(line)}\n`).join(''));
      await last;
      assert.deepEqual(heard, Array.from({length: 25}, (_, n) => n));
    });

    await suite.check('channels, channel, users', async () => {
      const names = (await tool.run(['channels'])).map(({channel}) => channel);
      assert.deepEqual(names.filter(name => !name.startsWith('#')).sort(),
        ['presence-tool', 'private-tool', 'tool']);
      const counted = await tool.run(['channels', '--prefix', 'presence-', '--info', 'user_count']);
      // soketi counts the users of one channel only.
      assert.deepEqual(counted.map(({channel, user_count}) => [channel, user_count]),
        [['presence-tool', suite.at('soketi') ? undefined : 1]]);
      const [room] = await tool.run(['channel', 'presence-tool', '--info', 'user_count']);
      assert.equal(room.user_count, 1);
      const [channel] = await tool.run(['channel', 'tool']);
      assert.equal(channel.occupied, true);
      const [nobody] = await tool.run(['channel', 'nobody-is-here']);
      assert.equal(nobody.occupied, false);
      assert.deepEqual(await tool.run(['users', 'presence-tool']), [{id: 'ada'}]);
    });

    await suite.check('what is refused says what to try', async () => {
      const wrong = (...changes) => new Tool(suite, Object.assign(settingsFor(server, app), ...changes));
      assert.match(await wrong({PUSHER_APP_SECRET: 'x'}).refusal(['channels']),
        /The server answers 401.*Look at the key and the secret/s);
      assert.match(await wrong({PUSHER_APP_ID: '77'}).refusal(['channels']),
        /The server answers 404.*Look at the id/s);
    });

    if (suite.at('soketi')) {
      await suite.check('terminate: the user is out', async () => {
        const closed = next(client.connection, 'disconnected');
        await tool.run(['terminate', 'ada']);
        await closed;
      });
    }
  } finally {
    client.disconnect();
  }
}

// --- Others at what it serves ---

async function checkServe(suite) {
  const PusherJS = suite.require('pusher-js');
  const PusherServer = suite.require('pusher');
  const tool = new Tool(suite, {PUSHER_ENCRYPTION_MASTER_KEY: MASTER_KEY});
  const server = await suite.use(new Serve(tool, ['--auth', '--user-id', 'ada']));
  const endpoint = `http://${LOOPBACK}:${server.port}/pusher`;
  const sdk = new PusherServer({
    appId: '1', key: server.key, secret: 'test-secret', host: server.host,
    port: String(server.port), useTLS: false, encryptionMasterKeyBase64: MASTER_KEY,
  });
  const client = new PusherJS(server.key, {
    cluster: '', wsHost: server.host, wsPort: server.port, forceTLS: false,
    enabledTransports: ['ws'], disableStats: true,
    channelAuthorization: {endpoint: `${endpoint}/auth`},
    userAuthentication: {endpoint: `${endpoint}/user-auth`},
  });
  const subscribe = async name => {
    const channel = client.subscribe(name);
    await next(channel, 'pusher:subscription_succeeded');
    return channel;
  };

  try {
    await suite.check('serve: pusher-js and the official SDK, every kind of channel', async () => {
      for (const name of ['open', 'private-a', 'presence-a', 'cache-a']) {
        const channel = await subscribe(name);
        const event = next(channel, 'news');
        await sdk.trigger(name, 'news', {n: name});
        assert.deepEqual(await event, {n: name});
      }
    });

    const get = async (place, params) => (await sdk.get({path: place, params})).json();

    await suite.check('serve: a user signs in, and gets an event', async () => {
      const done = next(client, 'pusher:signin_success');
      client.signin();
      await done;
      // pusher-js subscribes to the channel of the user after it has told of the user.
      while (!(await get('/channels/%23server-to-user-ada')).occupied)
        ;
      const event = next(client.user, 'greeting');
      await sdk.sendToUser('ada', 'greeting', {hello: 'ada'});
      assert.deepEqual(await event, {hello: 'ada'});
    });

    await suite.check('serve: the SDK asks for channels and users', async () => {
      assert.deepEqual(await get('/channels', {filter_by_prefix: 'presence-', info: 'user_count'}),
        {channels: {'presence-a': {user_count: 1}}});
      assert.deepEqual(await get('/channels/private-a', {info: 'subscription_count'}),
        {occupied: true, subscription_count: 1});
      assert.deepEqual(await get('/channels/presence-a/users'), {users: [{id: 'ada'}]});
    });

    await suite.check('serve: the SDK ends the connections of a user', async () => {
      const closed = next(client.connection, 'disconnected');
      await sdk.terminateUserConnections('ada');
      await closed;
    });

    await suite.check('serve: nothing was wrong', async () => {
      assert.deepEqual(server.violations, []);
    });
  } finally {
    client.disconnect();
  }
}

// What the SDK encrypts the tool reads, with the key of an endpoint or its own.
async function checkEncrypted(suite) {
  const PusherServer = suite.require('pusher');
  const tool = new Tool(suite, {PUSHER_ENCRYPTION_MASTER_KEY: MASTER_KEY});
  const server = await suite.use(new Serve(tool, ['--auth']));
  const channel = 'private-encrypted-tool';
  const raw = new Tool(suite, {...tool.env, PUSHER_APP_KEY: server.key, PUSHER_APP_ID: '1',
    PUSHER_APP_SECRET: 'test-secret', PUSHER_HOST: LOOPBACK, PUSHER_PORT: String(server.port),
    PUSHER_SCHEME: 'http'});
  const sdk = new PusherServer({
    appId: '1', key: server.key, secret: 'test-secret', host: server.host,
    port: String(server.port), useTLS: false, encryptionMasterKeyBase64: MASTER_KEY,
  });

  await suite.check('listen: what the SDK has encrypted', async () => {
    const listener = raw.start('listen', '-n', '1', '-e', 'secret', channel);
    const subscribed = once(readline.createInterface({input: listener.stderr}), 'line');
    const line = once(readline.createInterface({input: listener.stdout}), 'line');
    await subscribed;
    await sdk.trigger(channel, 'secret', {room: 3});
    assert.deepEqual(JSON.parse((await line)[0]).data, {room: 3});
  });

  await suite.check('serve: what the tool has encrypted, for pusher-js', async () => {
    const PusherJS = suite.require('pusher-js');
    const client = new PusherJS(server.key, {
      cluster: '', wsHost: server.host, wsPort: server.port, forceTLS: false,
      enabledTransports: ['ws'], disableStats: true,
      channelAuthorization: {endpoint: `http://${LOOPBACK}:${server.port}/pusher/auth`},
    });
    try {
      const subscribed = client.subscribe(channel);
      await next(subscribed, 'pusher:subscription_succeeded');
      const event = next(subscribed, 'alarm');
      await raw.run(['publish', '--encrypt', channel, 'alarm', '{"room":"ü"}']);
      assert.deepEqual(await event, {room: 'ü'});
    } finally {
      client.disconnect();
    }
  });
}

export default async function (suite) {
  if (!fs.existsSync(new Tool(suite).program)) {
    console.log('# SKIP tool: it is not built');
    return;
  }
  await checkRequests(suite);
  if (suite.at('soketi')) {
    await checkServe(suite);
    await checkEncrypted(suite);
  }
}
