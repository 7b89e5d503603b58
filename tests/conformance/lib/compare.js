// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Where two records of one scenario differ, and what explains that.

function byStream(items) {
  const streams = new Map();
  for (const item of items) {
    if (!streams.has(item.stream))
      streams.set(item.stream, []);
    streams.get(item.stream).push(item);
  }
  return streams;
}

const same = (a, b) => a.segment === b.segment && a.text === b.text;

// What only one of two lists has, by their longest common part.
function difference(left, right) {
  const lengths = Array.from({length: left.length + 1}, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      lengths[i][j] = same(left[i], right[j])
        ? lengths[i + 1][j + 1] + 1
        : Math.max(lengths[i + 1][j], lengths[i][j + 1]);

  const only = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && same(left[i], right[j])) {
      i++;
      j++;
    } else if (j === right.length || i < left.length && lengths[i + 1][j] >= lengths[i][j + 1]) {
      only.push({side: 0, item: left[i++]});
    } else {
      only.push({side: 1, item: right[j++]});
    }
  }
  return only;
}

// Lines that only one of the two has: [{side: 0 or 1, item: {segment, text}}]. The
// order of lines counts within a stream and between steps.
// Nothing is compared after the step that one of them did not survive.
export function compare(left, right) {
  const end = Math.min(...[...left, ...right].filter(({stream}) => stream === 'crash')
    .map(({segment}) => segment));
  const [a, b] = [left, right].map(items =>
    byStream(items.filter(({segment}) => segment <= end)));
  const streams = new Set([...a.keys(), ...b.keys()]);
  return [...streams].flatMap(name => difference(a.get(name) ?? [], b.get(name) ?? []));
}

// In the name of a comparison of two servers
const AS = ' as ';

// "*" stands for anything, "@" for the same on both sides of a pair.
const wildcards = {'*': '.*', '@': '(.*)'};

function glob(pattern) {
  const parts = pattern.split(/([*@])/).map(part =>
    wildcards[part] ?? part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('')}$`, 's');
}

function agree(one, other) {
  return other !== null && String(one.slice(1)) === String(other.slice(1));
}

// Who is first and who is second: of two clients, or of two servers
const sides = [['pusher-js', 'real'], ['pusher-glib', 'ours']];

const part = pattern => ({pattern, regex: glob(pattern), used: false});

const keys = new Set(['scenarios', 'servers', 'kind', 'reason', ...sides.flat(), 'instead',
  'later', 'sometimes']);

// A slip of the pen in an entry would explain nothing, and go unnoticed.
function checkEntry(entry, pairs) {
  const unknown = [
    ...Object.keys(entry).filter(key => !keys.has(key)),
    ...(entry.servers ?? []).filter(pair => !pairs.includes(pair)),
  ];
  if (unknown.length > 0)
    throw new Error(`There is no ${unknown.join(', ')} (${entry.reason})`);
}

// The list of intended differences: ../differences/all.js says what an entry is.
export class Explanations {
  #entries;
  #pairs = new Set();

  // allPairs: whatever may be compared, such as "script" and "script as soketi"
  constructor(entries, allPairs) {
    for (const entry of entries)
      checkEntry(entry, allPairs);
    this.#entries = entries.map(entry => ({
      ...entry,
      scenarios: entry.scenarios.map(part),
      only: sides.map(names => names.flatMap(name => entry[name] ?? []).map(part)),
      instead: (entry.instead ?? []).map(pair => pair.map(part)),
      later: (entry.later ?? []).map(part),
    }));
  }

  // lines: those that only one has. pair: what is compared, such as "script".
  // Returns those that no entry explains.
  unexplained(pair, scenario, lines) {
    const explained = new Set();
    this.#pairs.add(pair);
    for (const entry of this.#entries) {
      const where = entry.scenarios.filter(({regex}) => regex.test(scenario));
      if (where.length === 0 || (entry.servers ? !entry.servers.includes(pair) : pair.includes(AS)))
        continue;
      const found = [
        ...this.#alone(entry, lines), ...this.#together(entry, lines), ...this.#late(entry, lines),
      ];
      for (const {line, by} of found) {
        explained.add(line);
        for (const each of [by, ...where])
          each.used = true;
      }
    }
    return lines.filter(line => !explained.has(line));
  }

  // What one of the two has in addition
  #alone({only}, lines) {
    return lines.flatMap(line => only[line.side].filter(({regex}) => regex.test(line.item.text))
      .map(by => ({line, by})));
  }

  // What one of the two has in place of what the other has, at the same step
  #together({instead}, lines) {
    return instead.flatMap(([a, b]) => lines.flatMap(line => {
      const match = line.side === 0 && a.regex.exec(line.item.text);
      const other = match && lines.find(({side, item}) => side === 1 &&
        item.segment === line.item.segment && item.stream === line.item.stream &&
        agree(match, b.regex.exec(item.text)));
      return other ? [{line, by: a}, {line: other, by: b}] : [];
    }));
  }

  // What pusher-js tells as well, but at a later step
  #late({later}, lines) {
    return later.flatMap(by => lines.flatMap(line => {
      const other = line.side === 0 && by.regex.test(line.item.text) &&
        lines.findLast(({side, item}) => side === 1 && item.text === line.item.text &&
          item.segment < line.item.segment);
      return other ? [{line, by}, {line: other, by}] : [];
    }));
  }

  // What explains nothing where it could have, as text.
  get idle() {
    const wanted = this.#entries.filter(({servers, sometimes}) =>
      !sometimes && (!servers || servers.some(pair => this.#pairs.has(pair))));
    return wanted.flatMap(({scenarios, only, instead, later, reason}) =>
      [...scenarios, ...only.flat(), ...instead.flat(), ...later].filter(({used}) => !used)
        .map(({pattern}) => `“${pattern}” explains nothing (${reason})`));
  }
}
