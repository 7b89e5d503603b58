// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The data of an event in every shape: as JSON of the message, and as text that
// holds JSON, or does not.

const deep = n => `${'['.repeat(n)}${']'.repeat(n)}`;

const values = {
  'null': 'null',
  'true': 'true',
  'false': 'false',
  '0': '0',
  '-0': '-0',
  'a number': '12.5',
  'a negative number': '-7',
  'an exponent': '1.5e3',
  '2^53 + 1': '9007199254740993',
  '20 digits': '12345678901234567890',
  'a tiny number': '1e-320',
  'a huge number': '1e999',
  'a long fraction': '0.1000000000000000055511151231257827',
  'text': '"hello"',
  'text, empty': '""',
  'text with quotes': '"a \\"b\\" \\\\ \\/ c"',
  'text with controls': '"\\b\\f\\n\\r\\t\\u0001\\u007f"',
  'text with U+0000': '"a\\u0000b"',
  'text with U+2028': '"a\\u2028b\\u2029c"',
  'text outside the BMP': '"\\ud83d\\ude00 😀"',
  'half a pair': '"\\ud83d"',
  'a pair the wrong way': '"\\ude00\\ud83d"',
  'not a character': '"\\uffff\\ufffe"',
  'combining': '"e\\u0301"',
  'text like a number': '"12"',
  'text like an object': '"{\\"a\\":1}"',
  'text like a text': '"\\"a\\""',
  'text like null': '"null"',
  'text of a space': '" "',
  'text like half an object': '"{\\"a\\":"',
  'an object': '{"a":1,"b":[true,null,"x"],"c":{"d":{}}}',
  'an object, empty': '{}',
  'an array': '[1,"2",[3],{"4":5}]',
  'an array, empty': '[]',
  'a name twice': '{"a":1,"a":2}',
  'names of prototypes': '{"__proto__":{"x":1},"constructor":2,"toString":3}',
  'an empty name': '{"":1}',
  'a name with U+0000': '{"a\\u0000b":1}',
  'numbers as names': '{"10":1,"2":2,"01":3}',
  'spaces': ' { "a" : [ 1 , 2 ] } ',
  'deep, 50': deep(50),
  'deep, 500': deep(500),
  'deep, 1000': deep(1000),
  'long': JSON.stringify('ü☃😀'.repeat(10_000)),
  'many members': JSON.stringify(Object.fromEntries(Array.from({length: 2000},
  (_, i) => [`k${i}`, i]))),
};

const raw = {
  'no JSON': 'hello',
  'no JSON with quotes': 'say "hello"',
  'nearly a number': '01',
  'plus': '+1',
  'a dot': '.5',
  'hexadecimal': '0x10',
  'NaN': 'NaN',
  'Infinity': 'Infinity',
  'undefined': 'undefined',
  'True': 'True',
  'nearly an object': '{a:1}',
  'something after': '{"a":1} x',
  'a comma too many': '[1,]',
  'lines': 'a\nb\r\nc\td',
  'a space before': ' {"a":1}',
  'a no-break space before': '\u00a0{"a":1}',
  'byte order mark': '\ufeff{"a":1}',
  'XML': '<a b="c">&amp;</a>',
};

const subscribed = [['accept'], ['subscribe', 'pub'], ['succeed', 'pub']];
const goesOn = ['publish', 'pub', 'next', 2];
const message = data => `{"event":"news","channel":"pub","data":${data}}`;

export default [
  ...Object.entries(values).map(([name, json]) => ({name: `data/bare/${name}`, steps: [
    ...subscribed, ['send', message(json)], goesOn,
  ]})),
  ...Object.entries(values).map(([name, json]) => ({name: `data/in text/${name}`, steps: [
    ...subscribed, ['send', message(JSON.stringify(json))], goesOn,
  ]})),
  ...Object.entries(raw).map(([name, text]) => ({name: `data/text/${name}`, steps: [
    ...subscribed, ['send', message(JSON.stringify(text))], goesOn,
  ]})),
];
