// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the application's own server signs, and how it refuses.

import crypto from 'node:crypto';

export const MASTER_KEY = Buffer.alloc(32, 7);
export const NEW_MASTER_KEY = Buffer.alloc(32, 9);

const encryptedPrefix = 'private-encrypted-';

function hmac(secret, text) {
  return crypto.createHmac('sha256', secret).update(text).digest('hex');
}

function signed({kind, channel, socketId, text}) {
  if (kind === 'user')
    return `${socketId}::user::${text}`;
  return text === undefined ? `${socketId}:${channel}` : `${socketId}:${channel}:${text}`;
}

export function sign(request) {
  const {key, secret} = request.app;
  return `${key}:${hmac(secret, signed(request))}`;
}

export function isValidAuth(auth, request) {
  return auth === sign(request);
}

export function sharedSecret(channel, masterKey = MASTER_KEY) {
  return crypto.createHash('sha256').update(channel).update(masterKey).digest();
}

// The body of an answer. rule: undefined, or {as: the member or the user, wrong:
// true for a signature that is none, masterKey, body: members that are added
// (undefined ones are left out), error: why not}
export function authorize(rule = {}, {kind, channel, socketId, app}) {
  if (rule.error)
    return {error: rule.error};
  const answer = {};
  let text;
  if (kind === 'user')
    text = answer.user_data = rule.body?.user_data ??
      JSON.stringify(rule.as ?? {id: 'me', user_info: {name: 'Me'}});
  else if (channel.startsWith('presence-') && !(rule.body && 'channel_data' in rule.body))
    text = answer.channel_data =
      JSON.stringify(rule.as ?? {user_id: 'me', user_info: {name: 'Me'}});
  else
    text = rule.body?.channel_data;
  answer.auth = sign({kind, channel, socketId, text,
    app: rule.wrong ? {...app, secret: 'no'} : app});
  if (kind === 'channel' && channel.startsWith(encryptedPrefix))
    answer.shared_secret = sharedSecret(channel, rule.masterKey).toString('base64');
  return {...answer, ...rule.body};
}
