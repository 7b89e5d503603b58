// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Numbers that a seed repeats (xorshift32).
export class Random {
  #state;

  constructor(seed) {
    this.#state = (seed * 2654435761 >>> 0) || 1;
  }

  // At least 0, less than end
  below(end) {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % end;
  }

  // So many different numbers below end, in order
  choose(count, end) {
    const chosen = new Set();
    while (chosen.size < Math.min(count, end))
      chosen.add(this.below(end));
    return [...chosen].sort((a, b) => a - b);
  }
}
