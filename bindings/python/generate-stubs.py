#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Writes the types of a namespace of PyGObject for editors and type checkers.

Usage: generate-stubs.py GIR OUTPUT

The types of other namespaces are those of PyGObject-stubs.
"""

import pathlib
import re
import sys
import textwrap

import gir

HEAD = """\
# Made from the introspection data of {name}.
# SPDX-License-Identifier: LGPL-2.1-or-later

from typing import Any, Callable, Final, Literal, Sequence, overload

from typing_extensions import Concatenate, ParamSpec, Self

{imports}

_P = ParamSpec("_P")
"""
# PyGObject-stubs has these only for those who ask for them.
RARE = "  # type: ignore[import, attr-defined, unused-ignore]"
# The function of the same name of the parent takes something else.
# Which line has to say so depends on the version of the checker.
NARROWER = "  # type: ignore[override, unused-ignore]"
WIDTH = 96


def write_doc(text, indent):
    if not text:
        return []
    text = " ".join(text.split()).replace("\\", "\\\\").replace('"""', "'''")
    if text.endswith('"'):
        text += " "
    lines = textwrap.wrap(f'"""{text}"""', WIDTH, initial_indent=indent, subsequent_indent=indent,
                          break_on_hyphens=False, break_long_words=False)
    return lines


def write_parameters(parameters):
    """PyGObject passes None for what may be None and is left out at the end."""
    written = []
    may_be_left_out = True
    for parameter in reversed(parameters):
        may_be_left_out = may_be_left_out and parameter.nullable
        default = " = None" if may_be_left_out else ""
        written.insert(0, f"{parameter.name}: {parameter.annotation}{default}")
    return written


def write_def(name, parameters, returns, doc="", indent="", decorator=None, comment=""):
    """One line if it fits, or a line for each parameter."""
    lines = [f"{indent}@{decorator}{comment}"] if decorator else []
    end = f") -> {returns}:" + ("" if doc else " ...")
    line = f"{indent}def {name}({', '.join(parameters)}{end}"
    if len(line) <= WIDTH:
        lines.append(line + comment)
    else:
        lines += [f"{indent}def {name}({comment}"]
        lines += [f"{indent}    {parameter}," for parameter in parameters]
        lines += [indent + end]
    if any("**" in parameter for parameter in parameters):
        lines = [re.sub(r"(\*\*.*),$", r"\1", line) for line in lines]
    return lines + write_doc(doc, indent + "    ")


def write_function(function, indent="", first=(), decorator=None, comment=""):
    if function.finish is not None:
        return write_async(function, indent)
    return write_def(function.name, [*first, *write_parameters(function.parameters)],
                     function.returns, function.doc, indent, decorator, comment)


def write_async(function, indent):
    """Awaited without a callback, since PyGObject 3.50."""
    given = ["self", *(f"{parameter.name}: {parameter.annotation}"
                       for parameter in function.parameters)]
    cancellable = "cancellable: Gio.Cancellable | None"
    callback = "callback: Callable[{}, object]"
    lines = []
    for parameters, returns in (
        ([f"{cancellable} = None"], f"_gi.Async[{function.finish}]"),
        ([cancellable, callback.format("Concatenate[Self, Gio.AsyncResult, _P]"),
          "*user_data: _P.args", "**no_names: _P.kwargs"], "None"),
        ([cancellable, "callback: None"], "None"),
        ([f"{cancellable} = None", "*", callback.format("[Self, Gio.AsyncResult]")], "None"),
    ):
        lines += write_def(function.name, [*given, *parameters], returns, function.doc, indent,
                           "overload")
    return lines


def write_enum(enum):
    lines = ["", "", f"class {enum.name}(GObject.GEnum):", *write_doc(enum.doc, "    "), ""]
    for name, value, doc in enum.values:
        lines += [f"    {name} = {value}", *write_doc(doc, "    ")]
    for function in enum.functions:
        lines += ["", *write_function(function, "    ", decorator="staticmethod")]
    return lines


def write_props(properties, parent):
    lines = ["", f"    class Props({parent}.Props):"]
    for one in properties:
        name = one.name.replace("-", "_")
        settable = one.sets is not None and not one.construct_only
        if settable and one.gets in (None, one.sets):
            lines += [f"        {name}: {one.sets}", *write_doc(one.doc, "        ")]
            continue
        lines += write_def(name, ["self"], one.gets, one.doc, "        ", "property")
        if settable:
            lines += write_def(name, ["self", f"value: {one.sets}"], "None", "", "        ",
                               f"{name}.setter")
    if not properties:
        lines[-1] += " ..."
    return [*lines, "", *write_def("props", ["self"], "Props", "", "    ", "property")]


def write_init(properties):
    settable = [f"{one.name.replace('-', '_')}: {one.sets} = ..."
                for one in properties if one.sets is not None]
    return ["", *write_def("__init__", ["self", *(["*"] if settable else []), *settable],
                            "None", "", "    ")]


def write_handler(types, returns="None"):
    """What a handler returns counts only if the signal has a value."""
    returns = "object" if returns == "None" else returns
    return f"handler: Callable[Concatenate[{', '.join(['Self', *types])}, _P], {returns}]"


def write_connect(found, properties, signals):
    """One for each signal. A text that is none of these has a detail."""
    notify = ["notify", *(f"notify::{one.name}" for one in properties if one.gets is not None)]
    cases = [(f"Literal[{', '.join(map(repr, notify))}]".replace("'", '"'),
              write_handler(["GObject.ParamSpec"]),
              "Emitted after a property has changed.")]
    others = [] if found.final else [("str", "handler: Callable[..., Any]", "")]
    for signal in signals:
        types = [parameter.annotation for parameter in signal.parameters]
        handler = write_handler(types, signal.returns)
        cases.append((f'Literal["{signal.name}"]', handler, signal.doc))
        if signal.detailed:
            others = [("str", handler, signal.doc)]

    lines = []
    cases += others
    decorator = "overload" if len(cases) > 1 else None
    for number, (name, handler, doc) in enumerate(cases):
        parameters = ["self", f"detailed_signal: {name}", handler]
        if "_P" in handler:
            parameters += ["*args: _P.args", "**no_names: _P.kwargs"]
        else:
            parameters += ["*args: object"]
        narrower = NARROWER if number == 0 and not others else ""
        lines += ["", *write_def("connect", parameters, "int", doc, "    ", decorator, narrower)]
    return lines


class Writer:
    def __init__(self, namespace):
        self.namespace = namespace
        self.classes = {found.name: found for found in namespace.classes}

    def ancestors(self, found):
        """From the eldest to itself, of this namespace."""
        parent = self.classes.get(found.parent)
        return [*(self.ancestors(parent) if parent else []), found]

    def inherited(self, found, what):
        return [one for ancestor in self.ancestors(found) for one in getattr(ancestor, what)]

    def write_class(self, found):
        is_object = found.parent is not None
        parent = found.parent or "GObject.GBoxed"
        lines = ["", "", f"class {found.name}({parent}):", *write_doc(found.doc, "    ")]
        if is_object:
            properties = self.inherited(found, "properties")
            lines += write_props(found.properties, parent)
            lines += write_init(properties)
        for one in found.fields:
            lines += [f"    {one.name}: {one.type}"]
        for function in found.constructors:
            others = self.inherited(found, "constructors")[:-len(found.constructors)]
            narrower = NARROWER if any(other.name == function.name for other in others) else ""
            lines += ["", *write_function(function, "    ", ["cls"], "classmethod", narrower)]
        for function in found.methods:
            lines += ["", *write_function(function, "    ", ["self"])]
        for function in found.virtual_methods:
            function.name = "do_" + function.name
            lines += ["", *write_function(function, "    ", ["self"])]
        if is_object:
            signals = self.inherited(found, "signals")
            lines += write_connect(found, properties, signals)
        return lines

    def write_imports(self, text):
        """Of those namespaces that the types are from."""
        code = re.sub('""".*?"""', "", text, flags=re.DOTALL)
        used = set(re.findall(r"(?<![\w.])([A-Z]\w*)\.[A-Z]", code)) - set(self.classes)
        lines = ["from gi import _gi"] if "_gi." in text else []
        for name in sorted(used):
            rare = "" if name in ("Gio", "GLib", "GObject") else RARE
            lines.append(f"from gi.repository import {name}{rare}")
        return "\n".join(lines)

    def write(self):
        lines = [""] if self.namespace.constants else []
        for name, kind, doc in self.namespace.constants:
            lines += [f"{name}: Final[{kind}]", *write_doc(doc, "")]
        for enum in self.namespace.enums:
            lines += write_enum(enum)
        for function in self.namespace.functions:
            lines += ["", "", *write_function(function)]
        for found in self.namespace.classes:
            lines += self.write_class(found)
        text = "\n".join(lines)
        head = HEAD.format(name=self.namespace.name, imports=self.write_imports(text))
        return f"{head}{text}\n"


def main():
    source, output = map(pathlib.Path, sys.argv[1:])
    output.write_text(Writer(gir.read_namespace(source)).write(), encoding="utf-8")


if __name__ == "__main__":
    main()
