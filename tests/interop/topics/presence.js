// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Presence channels: the library and pusher-js see each other.

import assert from 'node:assert/strict';

import {apps} from '../lib/apps.js';
import {DEADLINE} from '../lib/wait.js';

// The longest delay between two attempts to connect, and the attempt itself.
const RECONNECTION = 30_000 + DEADLINE;

// A room for each language, so that each one's members are its own.
const roomOf = ({language}) => `presence-room-${language}`;
const nameOf = who => `Name of ${who}`;
const infoOf = who => JSON.stringify({name: nameOf(who)});

async function membersOf(program) {
  program.send(`members ${roomOf(program)}`);
  const {me, members} = await program.next({type: 'members'});
  return {me, ids: members.map(({id}) => id), members};
}

async function checkSnapshot(program) {
  const {me, ids, members} = await membersOf(program);
  assert.equal(me, program.language);
  assert.deepEqual([...ids].sort(), ['js', program.language].sort());
  for (const {id, info} of members)
    assert.deepEqual(JSON.parse(info), JSON.parse(infoOf(id)));

  program.send(`member ${roomOf(program)} js`);
  assert.deepEqual(await program.next({type: 'member'}), {
    type: 'member', channel: roomOf(program), found: true, id: 'js', info: infoOf('js'),
    name: nameOf('js'),
  });
  program.send(`member ${roomOf(program)} nobody`);
  assert.equal((await program.next({type: 'member'})).found, false);
  assert.deepEqual(program.since(0, {type: /^member-/}), [], 'nobody joined since');
}

async function checkSeenByPusherJs(program, {peer}) {
  const channel = roomOf(program);
  const {data} = await peer.next({channel, name: 'pusher:member_added'});
  assert.equal(data.id, program.language);
  assert.deepEqual(data.info, {name: nameOf(program.language)});
  const {members} = peer.pusher.channel(channel);
  assert.equal(members.count, 2);
  assert.deepEqual(members.get(program.language).info, {name: nameOf(program.language)});
}

async function checkJoin(program, {bo}) {
  const channel = roomOf(program);
  const mark = program.mark();
  await bo.subscribe(channel);
  const [added, , event] = await program.next({type: 'member-added', channel},
    {type: 'items-changed', channel, position: 2, removed: 0, added: 1},
    {type: 'event', via: 'channel', channel, name: 'pusher:member_added'});
  assert.equal(added.id, 'bo');
  assert.deepEqual(JSON.parse(added.info), {name: nameOf('bo')});
  assert.equal(JSON.parse(event.data).user_id, 'bo');
  assert.deepEqual((await membersOf(program)).ids.sort(), ['bo', 'js', program.language].sort());
  assert.equal(program.since(mark, {type: 'member-added'}).length, 1);
}

async function checkSpeaking(program, {peer, bo}) {
  const channel = roomOf(program);
  bo.pusher.channel(channel).trigger('client-hello', {to: program.language});
  const event = await program.next({type: 'event', channel, name: 'client-hello'});
  assert.equal(event.user_id, 'bo');
  program.send(`trigger ${channel} client-hello-too {"to":"bo"}`);
  for (const other of [peer, bo])
    assert.deepEqual((await other.next({channel, name: 'client-hello-too'})).data, {to: 'bo'});
}

async function checkLeave(program, {bo}) {
  const channel = roomOf(program);
  bo.pusher.unsubscribe(channel);
  const [removed] = await program.next({type: 'member-removed', channel},
    {type: 'event', via: 'channel', channel, name: 'pusher:member_removed'});
  assert.equal(removed.id, 'bo');
  assert.deepEqual((await membersOf(program)).ids.sort(), ['js', program.language].sort());
}

// The id is a number in the JSON of the server.
async function checkNumber(program, {seven, sevenInfo}) {
  const channel = roomOf(program);
  await seven.subscribe(channel);
  const added = await program.next({type: 'member-added', channel});
  assert.equal(added.id, '7');
  assert.equal(added.info, sevenInfo);
  seven.pusher.channel(channel).trigger('client-seven', {});
  assert.equal((await program.next({type: 'event', name: 'client-seven'})).user_id, '7');

  program.send(`unsubscribe ${channel}`);
  const mark = program.mark();
  program.send(`subscribe ${channel}`);
  await program.next({type: 'subscribed', channel});
  program.send(`member ${channel} 7`);
  assert.equal((await program.next({type: 'member'})).found, true);
  assert.deepEqual(program.since(mark, {type: /^member-/}), []);
}

async function checkLeaving(program, {peer}) {
  const channel = roomOf(program);
  program.send(`unsubscribe ${channel}`);
  await peer.next({channel, name: 'pusher:member_removed', data: {id: program.language}}, 2);
  assert.equal(peer.pusher.channel(channel).members.get(program.language), null);
}

async function together(suite, {server, endpoint}) {
  const start = who => suite.peer(server, {endpoint, who});
  const peers = {peer: start('js'), bo: start('bo'), seven: start('7')};
  const group = {...peers, sevenInfo: suite.at('reverb') ? '[]' : null};
  const check = (title, test) =>
    suite.checkEach(programs, title, program => test(program, group));

  await suite.check('pusher-js subscribes', () => Promise.all(
    suite.languages.map(language => group.peer.subscribe(roomOf({language})))));
  const programs = suite.programs(server, language => ({
    channels: [roomOf({language})],
    args: ['--endpoint', endpoint.channelUrl, '--param', `who=${language}`],
  }));
  await suite.checkEach(programs, 'subscribes', program =>
    program.next({type: 'subscribed', channel: roomOf(program)}));
  await check('knows itself and pusher-js, who was there before', checkSnapshot);
  await check('is seen by pusher-js', checkSeenByPusherJs);
  await check('sees another one join', checkJoin);
  await check('hears who speaks, and is heard', checkSpeaking);
  await check('sees another one leave', checkLeave);
  await check('takes a number for an id, and a member with little info', checkNumber);
  await check('is seen to leave', checkLeaving);
  await suite.retire(programs);
  for (const peer of Object.values(peers))
    peer.stop();
}

async function withSecret(suite, {server}) {
  const channel = 'presence-signed';
  const peer = suite.peer(server, {
    channelAuthorization: {
      customHandler: ({socketId}, callback) => callback(null,
        suite.backend(server).sdk.authorizeChannel(socketId, channel,
            {user_id: 'js', user_info: {}})),
    },
  });
  await suite.check('pusher-js subscribes to be with those that sign', () =>
    peer.subscribe(channel));
  const programs = suite.programs(server, language => ({
    channels: [channel],
    args: ['--secret', apps.main.secret, '--channel-data',
      JSON.stringify({user_id: `signed-${language}`, user_info: {name: 'Zoë "Z" \\ ☃'}})],
  }));
  await suite.checkEach(programs, 'joins with the secret and channel data of its own',
    async program => {
      await program.next({type: 'subscribed', channel});
      const {data} = await peer.next({name: 'pusher:member_added',
        data: {id: `signed-${program.language}`}});
      assert.deepEqual(data.info, {name: 'Zoë "Z" \\ ☃'});
      program.send(`member ${channel} signed-${program.language}`);
      assert.equal((await program.next({type: 'member'})).name, 'Zoë "Z" \\ ☃');
    });
  await suite.retire(programs);
  peer.stop();
}

// One user with several connections is one member.
async function twice(suite, {server, endpoint}) {
  const channel = 'presence-twice';
  const peer = suite.peer(server, {endpoint, who: 'js'});
  const args = ['--endpoint', endpoint.channelUrl, '--param', 'who=js'];
  await suite.check('pusher-js subscribes as a user', () => peer.subscribe(channel));
  const programs = suite.programs(server, {channels: [channel], args});
  await suite.checkEach(programs, 'is the same member as pusher-js', async program => {
    await program.next({type: 'subscribed', channel});
    program.send(`members ${channel}`);
    const {me, members} = await program.next({type: 'members'});
    assert.equal(me, 'js');
    assert.deepEqual(members.map(({id}) => id), ['js']);
  });
  await suite.retire(programs);
  await suite.check('a user with two connections neither joins nor leaves twice', async () => {
    const bo = suite.peer(server, {endpoint, who: 'bo'});
    await bo.subscribe(channel);
    await peer.next({channel, name: 'pusher:member_added'});
    assert.deepEqual(peer.news.filter(({name}) => name.startsWith('pusher:member_'))
      .map(({name, data}) => [name, data.id]), [['pusher:member_added', 'bo']]);
    bo.stop();
  });
  peer.stop();
}

async function full(suite, {server}) {
  const channel = 'presence-full';
  const start = who => suite.program('C', server, {
    key: apps.limits.key, channels: [channel],
    args: ['--secret', apps.limits.secret, '--channel-data', JSON.stringify({user_id: who})],
  });
  await suite.check('C: is told LimitReached for a channel that is full', async () => {
    await start('first').next({type: 'subscribed', channel});
    await start('second').next({type: 'subscription-error', channel,
      error: {domain: 'pusher-server-error-quark', code: 4100, message: /maximum members/}});
  });
}

// Of the ids 0, 1, … PHP makes an array, whose index is the id.
async function numbered(suite, {server, endpoint}) {
  const channel = 'presence-numbered';
  const {memberOf} = endpoint;
  endpoint.memberOf = who => ({user_id: Number(who), user_info: {name: nameOf(who)}});
  const peers = ['0', '1'].map(who => suite.peer(server, {endpoint, who}));
  await suite.check('two of pusher-js are there as 0 and 1', async () => {
    for (const peer of peers)
      await peer.subscribe(channel);
  });
  // The ids of the programs go on from there, for each that joins by itself.
  for (const [i, language] of suite.languages.entries()) {
    const program = suite.program(language, server, {
      channels: [channel],
      args: ['--endpoint', endpoint.channelUrl, '--param', `who=${i + 2}`],
    });
    await suite.check(`${language}: knows the members of an array by their ids`, async () => {
      await program.next({type: 'subscribed', channel});
      program.send(`members ${channel}`);
      const {me, members} = await program.next({type: 'members'});
      assert.equal(me, `${i + 2}`);
      assert.deepEqual(members.map(({id, info}) => [id, JSON.parse(info).name]).sort(),
        Array.from({length: i + 3}, (_, id) => [`${id}`, nameOf(`${id}`)]));
    });
  }
  for (const peer of peers)
    peer.stop();
  endpoint.memberOf = memberOf;
}

// While the server is away bo leaves, cy comes, and di becomes another.
async function acrossRestart(suite, {server, endpoint}) {
  let changed = false;
  endpoint.memberOf = who =>
    ({user_id: who, user_info: {name: who === 'di' && changed ? 'Diana' : nameOf(who)}});
  const rooms = suite.languages.map(language => roomOf({language}));
  const join = async who => {
    const peer = suite.peer(server, {endpoint, who});
    await Promise.all(rooms.map(room => peer.subscribe(room)));
    return peer;
  };
  const peers = {};
  await suite.check('several of pusher-js subscribe', async () => {
    for (const who of ['js', 'bo', 'di'])
      peers[who] = await join(who);
  });

  const programs = suite.programs(server, language => ({
    channels: [roomOf({language})],
    args: ['--endpoint', endpoint.channelUrl, '--param', `who=${language}`],
  }));
  await suite.checkEach(programs, 'knows all members', async program => {
    await program.next({type: 'subscribed'});
    program.send(`remember ${roomOf(program)}`);
    const {members} = await membersOf(program);
    assert.deepEqual(members.map(({id, same}) => [id, same]).sort(),
      [program.language, 'bo', 'di', 'js'].sort().map(who => [who, true]));
  });

  // The programs come back last, so that what they find is known.
  const release = endpoint.hold({who: who => suite.languages.includes(who)});
  const marks = new Map(programs.map(program => [program, program.mark()]));
  await server.stop('SIGKILL');
  for (const peer of Object.values(peers))
    peer.stop(); // pusher-js may wait long before it tries again
  changed = true;
  await suite.checkEach(programs, 'keeps the members while it has no connection',
    async program => {
      await program.next({type: 'channel-state', state: 'pending'});
      const {me, members} = await membersOf(program);
      assert.equal(me, program.language);
      assert.deepEqual(members.map(({same}) => same), [true, true, true, true]);
    });
  await server.start();
  await suite.check('pusher-js comes back, and one more comes', async () => {
    peers.cy = await join('cy');
    for (const who of ['js', 'di'])
      peers[who].pusher.connect();
    for (const who of ['js', 'di'])
      for (const channel of rooms)
        await peers[who].next({channel, name: 'pusher:subscription_succeeded'}, 2);
  });
  release();

  await suite.checkEach(programs, 'sees only who really left, came or changed', async program => {
    await program.nextWithin(RECONNECTION, {type: 'subscribed'}, {type: 'gap'});
    const changes = program.since(marks.get(program), {type: /^member-/})
      .map(({type, id, info}) => [type, id, JSON.parse(info).name]);
    assert.deepEqual(changes, [
      ['member-removed', 'bo', nameOf('bo')],
      ['member-added', 'cy', nameOf('cy')],
      ['member-changed', 'di', 'Diana'],
    ]);
    const {me, members} = await membersOf(program);
    assert.equal(me, program.language);
    assert.deepEqual(members.map(({id, same}) => [id, same]).sort(),
      [program.language, 'cy', 'di', 'js'].sort().map(who => [who, who !== 'cy']));
  });
  for (const peer of Object.values(peers))
    peer.stop();
}

export default async function (suite) {
  const server = await suite.server();
  const endpoint = await suite.endpoint(server);
  const group = {server, endpoint};
  const {memberOf} = endpoint;
  // Reverb falls over a member without info, and makes an array of an empty one.
  const seven = suite.at('reverb') ? {user_id: 7, user_info: {}} : {user_id: 7};
  endpoint.memberOf = who => who === '7' ? seven : memberOf(who);

  await together(suite, group);
  await withSecret(suite, group);
  await twice(suite, group);
  if (suite.at('soketi'))
    await full(suite, group);
  else
    await numbered(suite, group);
  await acrossRestart(suite, group);
}
