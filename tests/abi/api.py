# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The public API as a text, made from introspection data: a line for each thing that programs use.

A line begins with the name of the thing, a colon follows, and then whatever a program relies on.
What differs between versions of g-ir-scanner is left out, such as where the documentation stands.
"""

import re
from xml.etree import ElementTree

CORE = "{http://www.gtk.org/introspection/core/1.0}"
C = "{http://www.gtk.org/introspection/c/1.0}"
GLIB = "{http://www.gtk.org/introspection/glib/1.0}"

FUNCTIONS = ("constructor", "function", "method")
TYPES = ("bitfield", "callback", "class", "enumeration", "interface", "record")
# With each version these have another value, which is no change of the API.
VERSIONS = re.compile(r"(MAJOR|MINOR|MICRO)_VERSION|VERSION_S")
NAME = re.compile(r"\S+ \S+: ?")
VERSION = re.compile(r"version (\d+)\.(\d+)")
SINCE = re.compile(r" since (\d+)\.(\d+)$")


def kind_of(element):
    return element.tag.split("}")[1]


def flags(element, *names):
    """What an element says yes or no to."""
    return [name.split("}")[-1] for name in names if element.get(name) == "1"]


def describe_type(element):
    array = element.find(CORE + "array")
    if array is not None:
        size = array.get("fixed-size", "")
        parts = [f"{array.get(C + 'type') or ''} [array{size and ' of ' + size} of"]
        parts += [describe_type(array) + "]", *flags(array, "zero-terminated")]
        return " ".join(parts).strip()
    kind = element.find(CORE + "type")
    if kind is None:
        callback = element.find(CORE + "callback")
        return "..." if callback is None else describe_callable(callback)
    in_c, name = kind.get(C + "type"), kind.get("name")
    inner = kind.findall(CORE + "type")
    of = f" of {', '.join(part.get('name') for part in inner)}" if inner else ""
    return f"{in_c} [{name}{of}]" if in_c and name and in_c != name else f"{in_c or name}{of}"


def describe_value(element):
    parts = [describe_type(element)]
    if element.get("direction", "in") != "in":
        parts.append(element.get("direction"))
    parts += flags(element, "nullable", "optional", "caller-allocates")
    if element.get("transfer-ownership", "none") != "none":
        parts.append(f"transfer-{element.get('transfer-ownership')}")
    if element.get("scope"):
        parts.append(f"scope-{element.get('scope')}")
    return " ".join(parts)


def describe_callable(element):
    parameters = [
        f"{parameter.get('name')} {describe_value(parameter)}"
        for parameters in element.findall(CORE + "parameters")
        for parameter in parameters
    ]
    result = describe_value(element.find(CORE + "return-value"))
    parts = [f"({', '.join(parameters)})", "->", result]
    return " ".join(parts + flags(element, "throws"))


def describe_function(element):
    yield kind_of(element), element.get(C + "identifier"), describe_callable(element)


def describe_property(name, element):
    parts = [describe_value(element)]
    if element.get("readable") != "0":
        parts.append("readable")
    parts += flags(element, "writable", "construct", "construct-only")
    parts += [f"{word} {element.get(word)}" for word in ("getter", "setter") if element.get(word)]
    yield "property", f"{name}:{element.get('name')}", " ".join(parts)


def describe_signal(name, element):
    parts = [describe_callable(element), f"when {element.get('when')}"]
    parts += flags(element, "detailed", "action", "no-recurse", "no-hooks")
    yield "signal", f"{name}::{element.get('name')}", " ".join(parts)


def describe_members(name, element):
    position = 0
    for child in element:
        kind = kind_of(child)
        if kind in FUNCTIONS:
            yield child, describe_function(child)
        elif kind == "property":
            yield child, describe_property(name, child)
        elif kind == "signal":
            yield child, describe_signal(name, child)
        elif kind == "member":
            text = f"{child.get('value')} {child.get(GLIB + 'nick')}"
            yield child, [("value", child.get(C + "identifier"), text)]
        elif kind == "virtual-method":
            yield child, [(kind, f"{name}.{child.get('name')}", describe_callable(child))]
        elif kind == "implements":
            yield child, [(kind, f"{name}.{child.get('name')}", "")]
        elif kind == "field":
            position += 1
            # What is opaque has no layout.
            if kind_of(element) != "class" and not flags(element, "disguised", "opaque"):
                text = f"{position}. {describe_value(child)}"
                yield child, [(kind, f"{name}.{child.get('name')}", text)]


def describe_top(element):
    """A thing of the namespace, and what belongs to it: (element, [(kind, name, text)])."""
    kind = kind_of(element)
    if kind in FUNCTIONS:
        yield element, describe_function(element)
    elif kind == "constant" and not VERSIONS.fullmatch(element.get("name")):
        text = f"{describe_type(element)} {element.get('value')}"
        yield element, [(kind, element.get(C + "type"), text)]
    elif kind == "function-macro":
        names = [parameter.get("name") for parameter in element.iter(CORE + "parameter")]
        yield element, [(kind, element.get(C + "identifier"), f"({', '.join(names)})")]
    elif kind in TYPES:
        name = element.get(C + "type")
        parts = [element.get("parent"), element.get(GLIB + "get-type")]
        parts += flags(element, "abstract", "final", GLIB + "final")
        if kind == "callback":
            parts.append(describe_callable(element))
        yield element, [(kind, name, " ".join(filter(None, parts)))]
        yield from describe_members(name, element)


def describe(gir):
    """Returns: the lines of what a file of introspection data describes"""
    lines = set()
    for element in ElementTree.parse(gir).getroot().find(CORE + "namespace"):
        for child, things in describe_top(element):
            version = child.get("version")
            since = f" since {version}" if version else ""
            lines |= {f"{kind} {name}: {text}".rstrip() + since for kind, name, text in things}
    return sorted(lines)


def by_name(lines):
    return {NAME.match(line)[0].rstrip(): line for line in lines}


def compare(baseline, version, lines):
    """What became of the API of the baseline. Returns: (problems, additions)

    @version is the version of the library now. What has come after the release of the baseline
    says so by its “Since”.
    """
    released = tuple(int(part) for part in VERSION.search(baseline[0]).groups())
    now = tuple(int(part) for part in version.split(".")[:2])
    before, after = by_name(baseline[1:]), by_name(lines)
    problems, additions = [], []
    for name, line in sorted(before.items()):
        if name not in after:
            problems.append(f"removed: {line}")
        elif after[name] != line:
            problems.append(f"was:     {line}\nis now:  {after[name]}")
    for name, line in sorted(after.items()):
        if name in before:
            continue
        since = SINCE.search(line)
        if name.startswith("field "):
            problems.append(f"changes a structure: {line}")
        elif since and now > released and (int(since[1]), int(since[2])) <= released:
            problems.append(f"was not in {released[0]}.{released[1]}: {line}")
        else:
            additions.append(line)
    return problems, additions
