#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The checks of the translations find what is planted in a copy of the sources, and nothing else.

Usage: test-checks.py SOURCES
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "architecture"))
from rooms import report  # noqa: E402

COPIED = ["po", "examples", "pusher-glib", "tool", "tests/translations/known"]

URL = "pusher-glib/protocol/pusher-url.c"
WATCH = "pusher-glib/system/pusher-watch.c"
EVENTS = "pusher-glib/testing/server/pusher-test-server-events.c"
CHAT = "examples/chat/chat-room.c"
ROOM = "examples/chat/python/room.py"
WINDOW = "examples/chat/ui/chat-window.ui"
GERMAN = "po/de.po"
FRENCH_CHAT = "examples/po/fr.po"
JAPANESE_CHAT = "examples/po/ja.po"
KEY = '_("The key is not set")'
KEY_DE = 'msgstr "Der Schlüssel ist nicht gesetzt"'
OFFSET_DE = 'msgstr "JSON-Text, Byte %zu: %s"'
FIRST_LINE = "# The files of the libraries that have messages, in the order of their names.\n"

# The check, what is planted, where, in place of what (None: at its end), and what is found
PLANTED = {
    "nothing for the texts": ("texts", "", URL, None, None),
    "nothing for the catalogs": ("catalogs", "", URL, None, None),

    "an error that is not translatable": (
        "texts", 'void planted (GError **error)\n{\n'
                 '  g_set_error (error, PUSHER_ERROR, 0, "Planted, and seen by users");\n}\n',
        WATCH, None, f"{WATCH}:", "“Planted, and seen by users” is not translatable"),
    "an error of one word": (
        "texts", 'GError *planted (void)\n{\n'
                 '  return g_error_new_literal (PUSHER_ERROR, 0, "planted");\n}\n',
        WATCH, None, "“planted” is not translatable"),
    "a part of a message": (
        "texts", 'const char *planted = "something is wrong";\n', URL, None,
        "“something is wrong” is not translatable"),
    "a mark that is taken away": (
        "texts", '"The key is not set"', URL, KEY, "“The key is not set” is not translatable"),
    "an error of the server for tests": (
        "texts", '"The data is not UTF-8"', EVENTS, '_("The data is not UTF-8")',
        "“The data is not UTF-8” is not translatable"),
    "a message for the log": (
        "texts", 'void planted (void)\n{\n  g_debug ("Planted, and for the log");\n}\n', URL, None,
        None),
    "a macro in a message": (
        "texts", '_("%" G_GUINT64_FORMAT " keys")', URL, KEY, "has G_GUINT64_FORMAT in it"),
    "a text of the chat": (
        "texts", '"%s has joined"', CHAT, '_("%s has joined")',
        "“%s has joined” is not translatable"),
    "a text of the chat in Python": (
        "texts", 'f"{member.get_name()} has left"', ROOM, '_("%s has left") % member.get_name()',
        "“ has left” is not translatable"),
    "an order that is fixed in Python": (
        "texts", '_("%s and %s are typing…")', ROOM, '_("%(one)s and %(other)s are typing…")',
        "“%s and %s are typing…” has values without names"),
    "a label": (
        "texts", '<property name="label">_Send<', WINDOW,
        '<property name="label" translatable="yes">_Send<', "“_Send ” is not translatable"),
    "a reason for what is gone": (
        "texts", "pusher-glib/user/pusher-user.c | Planted words | for nobody\n",
        "tests/translations/known", None,
        "pusher-glib/user/pusher-user.c has no untranslated text Planted words any more"),
    "a file that POTFILES lacks": (
        "texts", "", "po/POTFILES", f"{URL}\n", f"po/POTFILES lacks {URL}"),
    "a file without texts in POTFILES": (
        "texts", f"{FIRST_LINE}pusher-glib/base/pusher-hash.c\n", "po/POTFILES", FIRST_LINE,
        "po/POTFILES has pusher-glib/base/pusher-hash.c, which has no text to translate"),
    "POTFILES out of order": (
        "texts", f"{FIRST_LINE}{URL}\n", "po/POTFILES", FIRST_LINE,
        "po/POTFILES is not in the order of the names"),

    "a new message": (
        "catalogs", '_("The key is not set yet")', URL, KEY,
        "this message is used but not defined in"),
    "a message without a translation": (
        "catalogs", 'msgstr ""', GERMAN, KEY_DE, "this message is untranslated"),
    "a guess": (
        "catalogs", '#, fuzzy\nmsgid "The key is not set"', GERMAN,
        'msgid "The key is not set"', "has a fuzzy or obsolete entry: #, fuzzy"),
    "what was translated once": (
        "catalogs", '\n#~ msgid "The lock is not set"\n#~ msgstr "Das Schloss fehlt"\n', GERMAN,
        None, "has a fuzzy or obsolete entry: #~ "),
    "another format": (
        "catalogs", 'msgstr "JSON-Text, Byte %s: %s"', GERMAN, OFFSET_DE,
        "format specifications in 'msgid' and 'msgstr' for argument 1 are not the same"),
    "a format of Python's": (
        "catalogs", 'msgstr "%2$s et %1$s écrivent…"', FRENCH_CHAT,
        'msgstr "%(one)s et %(other)s écrivent…"', "is not a valid Python format string"),
    "a lost access key": (
        "catalogs", 'msgstr "送信"', JAPANESE_CHAT, 'msgstr "送信(_S)"',
        "msgstr lacks the keyboard accelerator mark '_'"),
    "a translation without a glossary": (
        "catalogs", "# Words:\n", GERMAN, "# Glossary:\n", "de.po has no glossary in its header"),
    "a language that LINGUAS lacks": (
        "catalogs", "", "po/LINGUAS", "ja\n", "LINGUAS lacks ja"),
    "a language of one domain": (
        "catalogs", "", "examples/po/LINGUAS", "ja\n", "there is no ja, as there is in po"),
    "a language that is not there": (
        "catalogs", "it\nja\n", "po/LINGUAS", "ja\n", "there is no it.po"),
}


def copy(root, folder):
    for name in COPIED:
        if (root / name).is_dir():
            shutil.copytree(root / name, folder / name)
        else:
            (folder / name).parent.mkdir(parents=True)
            shutil.copy(root / name, folder / name)


def plant(path, planted, instead_of):
    text = path.read_text(encoding="utf-8")
    if instead_of is None:
        path.write_text(text + planted, encoding="utf-8")
    else:
        assert instead_of in text, f"{path.name} does not have {instead_of!r}"
        path.write_text(text.replace(instead_of, planted, 1), encoding="utf-8")
    return text


def try_out(folder, check, planted, name, instead_of, *expected):
    before = plant(folder / name, planted, instead_of)
    process = subprocess.run([sys.executable, "-B", HERE / f"check-{check}.py", folder],
                             capture_output=True, text=True)
    (folder / name).write_text(before, encoding="utf-8")
    output = process.stdout + process.stderr
    found = process.returncode != 0
    if found != (expected[0] is not None):
        yield f"check-{check} {'complains' if found else 'finds nothing'}:\n{output}"
    for words in filter(None, expected):
        if words not in output:
            yield f"check-{check} does not say: {words}\n{output}"


def main():
    with tempfile.TemporaryDirectory() as directory:
        folder = pathlib.Path(directory)
        copy(pathlib.Path(sys.argv[1]), folder)
        checks = [(name, list(try_out(folder, *what))) for name, what in PLANTED.items()]
    sys.exit(not report(checks))


if __name__ == "__main__":
    main()
