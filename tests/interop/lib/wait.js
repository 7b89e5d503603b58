// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Waiting, never longer than a deadline.

import {once} from 'node:events';
import {setTimeout as delay} from 'node:timers/promises';

// ms; sanitizers and valgrind may need more.
export const DEADLINE = Number(process.env.INTEROP_DEADLINE ?? 15) * 1000;

// Waits until look() returns something other than undefined, and returns that.
// Looks now, and each time the emitter tells that something happened.
export async function until(emitter, event, look, explain, deadline = DEADLINE) {
  const signal = AbortSignal.timeout(deadline);
  for (;;) {
    const found = look();
    if (found !== undefined)
      return found;
    try {
      await once(emitter, event, {signal});
    } catch (error) {
      if (error.name !== 'AbortError')
        throw error;
      throw new Error(`Within ${deadline / 1000} s ${explain()}`);
    }
  }
}

// For what tells of nothing by itself: asks again and again.
export async function poll(ask, explain, deadline = DEADLINE) {
  const end = Date.now() + deadline;
  while (Date.now() < end) {
    if (await ask())
      return;
    await delay(20);
  }
  throw new Error(`Within ${deadline / 1000} s ${explain()}`);
}
