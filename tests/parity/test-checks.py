#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The check of the page finds what is planted in small tests and a small page, and nothing else."""

import contextlib
import importlib.util
import io
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from names import PASSED_ON, SOURCES, TYPES  # noqa: E402

TREE = {
    "page.md": """
| pusher-js | pusher-glib |
|---|---|
| `pusher.connect()` | [method@Client.open], [property@Client:state] |
| `wsPort` | [property@Client:port] |
| `bind`, `unbind` | [signal@Channel::event], `event::pusher:cache_miss` |
| `nacl` | [class@EncryptedChannel], [ctor@Client.new] |
| `instances` | not here: nobody needs it |

| another | pusher-js |
| --- | --- |
| `port` | `wsPort` |

| another | pusher-glib |
| --- | --- |
| `secret` | [method@Client.use_secret] |
""",
    "cases": """
# Some

`pusher.connect()`
    room/test-open.c /open/now
`wsPort`
    room/test-open.c /open/settings/numbers
    room/test-open.py OpenTest.test_port
`secret`
    room/test-open.c /open/secret
`bind`, `unbind`
    room/test-open.c /open/each/miss
    room/test-open.py OpenTest.test_events
`nacl`
    room/test-open.py OpenTest.test_encrypted
`instances`
    not here
""",
    "names": "# of a small pusher-js\nbind\nconnect\nwsPort\n",
    "support/fixture.h": """
#define fixture_add(path, data, test) \\
  g_test_add (path, Fixture, data, fixture_set_up, test, fixture_tear_down)
""",
    "room/test-open.c": """
/* pusher_client_ping_async() is not called here. */
static const struct
{
  const char *name;
} numbers[] = {
  { "port" },
};

static const struct
{
  const char *path;
} misses[] = {
  { "/open/each/miss" },
};

#define assert_open(client) g_assert_true (pusher_client_get_state (client))

static void
wait (Fixture *fixture)
{
  assert_open (fixture->client);
}

static void
test_now (Fixture *fixture, gconstpointer data)
{
  pusher_client_open (fixture->client); // pusher_client_close()
  wait (fixture);
}

static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->client, numbers[0].name, 1, NULL);
}

static void
test_secret (void)
{
  pusher_client_use_secret (NULL, "secret", NULL, NULL);
}

static void
test_miss (Fixture *fixture, gconstpointer data)
{
  g_signal_connect (fixture->channel, "event::pusher:cache_miss", NULL, NULL);
}

int
main (void)
{
#define add(name, test) fixture_add ("/open/" name, NULL, test)
  add ("now", test_now);
  add ("settings/" "numbers", test_numbers);
  g_test_add_func ("/open/secret", test_secret);
  for (i = 0; i < 1; i++)
    g_test_add (misses[i].path, Fixture, NULL, set_up, test_miss, tear_down);
}
""",
    "room/test-open.py": """
class OpenTest(PusherCase):
    def hear(self, channel):
        channel.connect("event::a", self.heard.append)

    def test_port(self):
        self.assertEqual(self.client.props.port, 1)

    def test_events(self):
        self.hear(self.channel)

    def test_encrypted(self):
        client = Pusher.Client(key="k")
        self.assertIsInstance(client.subscribe("a"), Pusher.EncryptedChannel)
""",
    "pusher-js/types/src/core/options.d.ts": "    wsPort?: number;\n    private inner;\n",
    "pusher-js/types/src/core/events/dispatcher.d.ts": "    bind(eventName: string): this;\n",
    "pusher-js/types/src/core/pusher.d.ts": "    connect(): void;\n",
}

PAGE, CASES, NAMES = "page.md", "cases", "names"
C, PYTHON = "room/test-open.c", "room/test-open.py"
ROW = "| `wsPort` | [property@Client:port] |\n"

# What is planted, where (None for a new file: at its end), and what is found
PLANTED = {
    "nothing": (CASES, "", "", None),
    "a case that is none": (CASES, "/open/now", "/open/never",
                            "there is no case /open/never in room/test-open.c"),
    "a case of another path": (C, 'add ("now"', 'add ("later"',
                               "there is no case /open/now in room/test-open.c"),
    "a case in a comment": (C, '  add ("now", test_now);', '  /* add ("now", test_now); */',
                            "there is no case /open/now"),
    "a method that is none": (CASES, "OpenTest.test_port", "OpenTest.hear",
                              "there is no case OpenTest.hear in room/test-open.py"),
    "a file that is none": (CASES, C + " /open/now", "room/test-shut.c /open/now",
                            "there is no room/test-shut.c"),
    "a file of another kind": (CASES, C + " /open/now", "support/fixture.h /open/now",
                               "cases are found in C and Python"),
    "another case": (CASES, "/open/secret", "/open/now",
                     "room/test-open.c /open/now mentions nothing of the row"),
    "another method": (CASES, "OpenTest.test_port", "OpenTest.test_events",
                       "OpenTest.test_events mentions nothing of the row"),
    "a case that does not call it": (C, "  pusher_client_open (fixture->client);", "",
                                     "no case mentions Client.open"),
    "a case that only says it": (C, "pusher_client_open (fixture->client);",
                                 "/* pusher_client_open (fixture->client); */",
                                 "no case mentions Client.open"),
    "a case that calls something longer": (C, "pusher_client_open (", "pusher_client_open_async (",
                                           "no case mentions Client.open"),
    "a macro that does not": (C, "pusher_client_get_state (client)", "client",
                              "no case mentions Client:state"),
    "a table that does not": (C, '{ "port" }', '{ "ports" }',
                              "/open/settings/numbers mentions nothing of the row"),
    "a method that does not": (PYTHON, "self.client.props.port", "self.client.props.ports",
                               "OpenTest.test_port mentions nothing of the row"),
    "a helper that does not": (PYTHON, '"event::a"', '"eventually"',
                               "OpenTest.test_events mentions nothing of the row"),
    "the class of another": (PYTHON, "Pusher.EncryptedChannel", "Pusher.Channel",
                             "no case mentions EncryptedChannel"),
    "a signal of another": (C, "event::pusher:cache_miss", "event::pusher:cache_missed",
                            "no case mentions event::pusher:cache_miss"),
    "more of the API": (PAGE, "[property@Client:state]", "[property@Client:last-error]",
                        "no case mentions Client:last-error"),
    "more code": (PAGE, "[property@Client:state]", "[property@Client:state], `FAILED`",
                  "no case mentions FAILED"),
    "nothing of the API": (PAGE, "[method@Client.use_secret]", "the same",
                           "`secret`: shows nothing of the API"),
    "a row without an entry": (PAGE, ROW, ROW + ROW.replace("wsPort", "wssPort"),
                               "`wssPort`: has no entry"),
    "an entry without a row": (PAGE, ROW, "", "`wsPort`: is not on the page"),
    "an entry without a case": (CASES, "    room/test-open.c /open/secret\n", "",
                                "`secret`: has no case"),
    "two entries": (CASES, None, "`wsPort`\n    room/test-open.c /open/settings/numbers\n",
                    "`wsPort`: has two entries"),
    "a row of three cells": (PAGE, "| `wsPort` |", "| `wsPort` | – |", "has not two cells"),
    "two rows": (PAGE, ROW, ROW + ROW, "`wsPort`: is on the page twice"),
    "a case of what is not here": (CASES, "    not here", "    room/test-open.c /open/now",
                                   "`instances`: is not here, but has cases"),
    "no rows": (PAGE, "|", "*", "the page has no rows"),
    "a name that is not shown": (NAMES, None, "unbind_all\n",
                                 "pusher-js has unbind_all, the page has not"),
    "a name shown elsewhere": (PAGE, "| `wsPort` | [", "| a port | `wsPort`, [",
                               "pusher-js has wsPort, the page has not"),
    "a name shown of another": (NAMES, None, "port\n", "pusher-js has port, the page has not"),
    "a name that is new": ("pusher-js/types/src/core/pusher.d.ts", None, "    leave(): void;\n",
                           "has leave, the list has not"),
    "a name that is gone": ("pusher-js/types/src/core/pusher.d.ts", "connect", "open",
                            "the list has connect"),
}


def write(root, tree):
    for name, text in tree.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def load_check():
    spec = importlib.util.spec_from_file_location("check", HERE / "check-parity.py")
    check = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(check)
    return check


def run(check, root):
    """Returns whether it failed, and its output."""
    with contextlib.redirect_stdout(io.StringIO()) as output:
        failed = check.main(root / PAGE, root / CASES, root / NAMES, root, root / "pusher-js")
    return failed, output.getvalue()


def plant(tree, file, old, new):
    text = tree[file]
    if old is None:
        return {**tree, file: text + new}
    if old not in text:
        raise ValueError(f"{file} has no {old}")
    return {**tree, file: text.replace(old, new)}


def complete(tree):
    """With the rest of what the names are read from, and what is passed on."""
    tree = dict(tree)
    for file in TYPES:
        tree.setdefault(f"pusher-js/types/src/core/{file}", "")
    for source in SOURCES:
        tree.setdefault(f"pusher-js/src/core/{source}" + ("" if "." in source else "/a.ts"), "")
    passed_on = sorted(PASSED_ON)
    tree[NAMES] += "".join(f"{name}\n" for name in passed_on)
    first, rest = tree[PAGE].split("| `instances`")
    code = ", ".join(f"`{name}`" for name in passed_on)
    tree[PAGE] = f"{first}| {code}, `instances`{rest}"
    tree[CASES] = tree[CASES].replace("`instances`", f"{code}, `instances`")
    return tree


def main():
    check, tree, all_right = load_check(), complete(TREE), True
    print(f"1..{len(PLANTED)}")
    for number, (name, (file, old, new, found)) in enumerate(PLANTED.items(), 1):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            write(root, plant(tree, file, old, new))
            failed, output = run(check, root)
        right = failed and found in output if found else not failed
        if not right:
            print("".join(f"# {line}\n" for line in output.splitlines()), end="")
        all_right &= right
        print(f"{'ok' if right else 'not ok'} {number} - {name}")
    return not all_right


if __name__ == "__main__":
    sys.exit(main())
