# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The texts in sources of C, Python and GtkBuilder, and what is done with each."""

import ast
import functools
import re
from dataclasses import dataclass
from xml.etree import ElementTree

# What xgettext looks for, in C and in Python
KEYWORDS = {"_", "N_", "C_", "NC_", "Q_", "gettext", "ngettext", "g_dgettext", "g_dngettext",
            "g_dpgettext2"}
# Whatever text they are given is read by somebody, even one of a single word.
ERRORS = {"g_set_error", "g_set_error_literal", "g_error_new", "g_error_new_literal",
          "g_prefix_error", "g_prefix_error_literal", "g_propagate_prefixed_error",
          "g_task_return_new_error", "g_task_return_new_error_literal"}
# The log is for developers, and names of sources are for sysprof.
DEVELOPERS = {"g_critical", "g_debug", "g_error", "g_info", "g_log", "g_message", "g_warning",
              "g_return_if_fail", "g_return_val_if_fail", "g_source_set_static_name", "log_step",
              "require_version"}
# Properties of widgets, and attributes of menus, that are shown or read out
SHOWN = {"title", "subtitle", "label", "text", "tooltip-text", "placeholder-text", "description"}

COMMENT = r"/\*.*?\*/|//[^\n]*"
LITERAL = r'"(?:[^"\\\n]|\\.)*"' + r"|'(?:[^'\\\n]|\\.)+'"
TOKEN = re.compile(rf"""{COMMENT}|{LITERAL}|[A-Za-z_]\w*|\s+|[^\s\w"'/()]+|.""", re.DOTALL)
WORDS = re.compile(r"[^\W\d_].*\s|\s.*[^\W\d_]", re.DOTALL)  # a letter, and a blank
LETTER = re.compile(r"[^\W\d_]")
CONVERSION = re.compile(r"%[-+ #0-9.*]*(?:hh|h|ll|l|z|j|t)?[a-zA-Z]")


@dataclass
class Text:
    line: int
    text: str
    calls: tuple  # the functions and macros that it is an argument of, the innermost last
    macros: str = ""  # what stands between its literals

    def is_marked(self):
        return bool(self.calls) and self.calls[-1] in KEYWORDS

    def is_untranslated(self):
        if self.is_marked() or DEVELOPERS.intersection(self.calls):
            return False
        words = CONVERSION.sub("", self.text)
        if ERRORS.intersection(self.calls):
            return LETTER.search(words) is not None
        return WORDS.search(words) is not None


def read_c(source):
    """Literals that follow one another are one text."""
    calls = []
    name = None
    text = None
    between = ""
    line = 1
    for match in TOKEN.finditer(source):
        token = match[0]
        if token.startswith('"'):
            if text is None:
                text = Text(line, "", tuple(call for call in calls if call))
            text.text += token[1:-1]
            text.macros += between
            between = ""
        elif not token.isspace() and not token.startswith(("/*", "//")):
            if text is not None and LETTER.match(token):
                between += token
            elif text is not None:
                yield text
                text = None
                between = ""
            if token == "(":
                calls.append(name)
            elif token == ")" and calls:
                calls.pop()
            name = token if re.match(r"[A-Za-z_]", token) else None
        line += token.count("\n")
    if text is not None:
        yield text


def name_of(function):
    return getattr(function, "id", getattr(function, "attr", None))


def read_python(source):
    tree = ast.parse(source)
    docs = {id(node.body[0].value) for node in ast.walk(tree)
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and node.body and
            isinstance(node.body[0], ast.Expr)}

    def visit(node, calls):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in docs:
                yield Text(node.lineno, node.value, calls)
            return
        if isinstance(node, ast.Call):
            calls = (*calls, name_of(node.func))
        for child in ast.iter_child_nodes(node):
            yield from visit(child, calls)

    yield from visit(tree, ())


def read_ui(source):
    """The texts of what is shown, as if those that are translatable were marked by _()."""
    for node in ElementTree.fromstring(source).iter():
        if node.tag in ("property", "attribute") and node.get("name") in SHOWN and node.text:
            marked = node.get("translatable") == "yes"
            yield Text(0, node.text + " ", ("_",) if marked else ())


READERS = {".c": read_c, ".h": read_c, ".py": read_python, ".ui": read_ui}


@functools.cache
def read(path):
    return list(READERS[path.suffix](path.read_text(encoding="utf-8")))
