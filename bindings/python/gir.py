# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Reads what Python programs reach from introspection data.

Anything that this does not know how to tell is an Unknown: the build fails, and
nobody gets a type that is not true.
"""

import re
from dataclasses import dataclass, field
from xml.etree import ElementTree

CORE = "{http://www.gtk.org/introspection/core/1.0}"
GLIB = "{http://www.gtk.org/introspection/glib/1.0}"
C = "{http://www.gtk.org/introspection/c/1.0}"

BASIC = {
    "none": "None", "gboolean": "bool", "gdouble": "float", "gpointer": "object",
    "gint": "int", "guint": "int", "gint64": "int", "guint64": "int", "gsize": "int",
    "guint8": "int", "utf8": "str", "filename": "str", "GLib.Quark": "int",
}
LINK = re.compile(r"\[\w+@([\w.:-]+)\]")
CONSTANT = re.compile(r"%(\w+)|`(NULL|TRUE|FALSE)`")


class Unknown(Exception):
    pass


@dataclass
class Parameter:
    name: str
    type: str
    nullable: bool = False

    @property
    def annotation(self):
        return f"{self.type} | None" if self.nullable else self.type


@dataclass
class Function:
    name: str
    doc: str
    parameters: list
    returns: str
    finish: str = None  # what the function that ends an asynchronous call returns


@dataclass
class Property:
    name: str
    doc: str
    gets: str  # None if it cannot be read
    sets: str  # None if it can be set neither now nor at the construction
    construct_only: bool = False


@dataclass
class Signal:
    name: str
    doc: str
    parameters: list
    returns: str
    detailed: bool


@dataclass
class Class:
    name: str
    doc: str
    parent: str
    final: bool
    constructors: list = field(default_factory=list)
    methods: list = field(default_factory=list)
    virtual_methods: list = field(default_factory=list)
    properties: list = field(default_factory=list)
    signals: list = field(default_factory=list)
    fields: list = field(default_factory=list)


@dataclass
class Enum:
    name: str
    doc: str
    values: list
    functions: list


@dataclass
class Namespace:
    name: str
    constants: list
    enums: list
    classes: list
    functions: list


def translate_docs(root, namespace):
    """What C calls so has another name."""
    names = {"NULL": "None", "TRUE": "True", "FALSE": "False"}
    for enum in namespace.iterfind(CORE + "enumeration"):
        for member in enum.iterfind(CORE + "member"):
            owner = f"{namespace.get('name')}.{enum.get('name')}"
            names[member.get(C + "identifier")] = f"{owner}.{member.get('name').upper()}"

    def translate(match):
        name = match[1] or match[2]
        return f"`{names.get(name, name)}`"

    for doc in root.iter(CORE + "doc"):
        doc.text = CONSTANT.sub(translate, LINK.sub(r"`\1`", doc.text))


def read_doc(element):
    """The first paragraph."""
    return element.findtext(CORE + "doc", "").strip().split("\n\n")[0]


def read_type(element, *, given=False):
    """given: to the library, which takes what is like a list as well."""
    array = element.find(CORE + "array")
    if array is not None:
        if array.get("length") is not None:
            raise Unknown(f"the length of the array {element.get('name')}")
        item = read_type(array)
        return f"Sequence[{item}]" if given else f"list[{item}]"
    found = element.find(CORE + "type")
    if found is None:
        raise Unknown(f"the type of {element.get('name')}")
    name = found.get("name")
    if name not in BASIC and not re.fullmatch(r"([A-Z]\w*\.)?[A-Z]\w*", name):
        raise Unknown(f"the type {name}")
    return BASIC.get(name, name)


def is_nullable(element):
    return element is not None and element.get("nullable") == "1"


def read_return(element):
    """Of PyGObject: one value, or a tuple with the output parameters."""
    value = element.find(CORE + "return-value")
    name = read_type(value)
    if is_nullable(value):
        name += " | None"
    values = [] if name == "None" else [name]
    for parameter in element.iterfind(f"{CORE}parameters/{CORE}parameter"):
        if parameter.get("direction", "in") == "out":
            out = read_type(parameter)
            values.append(f"{out} | None" if is_nullable(parameter) else out)
        elif parameter.get("direction", "in") != "in":
            raise Unknown(f"the direction of {parameter.get('name')}")
    if not values:
        return "None"
    return values[0] if len(values) == 1 else f"tuple[{', '.join(values)}]"


def read_parameters(element, *, given=True):
    found = []
    for parameter in element.iterfind(f"{CORE}parameters/{CORE}parameter"):
        if parameter.get("direction", "in") == "in":
            found.append(Parameter(parameter.get("name"), read_type(parameter, given=given),
                                   is_nullable(parameter)))
    return found


def read_function(element, finishes=()):
    name = element.get("shadows") or element.get("name")
    function = Function(name, read_doc(element), read_parameters(element), read_return(element))
    if any(parameter.type == "Gio.AsyncReadyCallback" for parameter in function.parameters):
        types = [parameter.type for parameter in function.parameters[-3:]]
        if types != ["Gio.Cancellable", "Gio.AsyncReadyCallback", "object"]:
            raise Unknown(f"what {name} takes")
        function.parameters = function.parameters[:-3]
        function.finish = read_return(finishes[name.removesuffix("_async") + "_finish"])
    return function


def is_reachable(element):
    """Not what the binding hides, and not what frees memory that it owns."""
    owner = element.find(f"{CORE}parameters/{CORE}instance-parameter")
    frees = owner is not None and owner.get("transfer-ownership") == "full"
    return element.get("introspectable") != "0" and not element.get("shadowed-by") and not frees


def read_property(element, methods):
    """Whether it may be None is known of the functions that get and set it."""
    name = element.get("name")
    kind = read_type(element)
    getter = methods.get(element.get("getter") or "get_" + name.replace("-", "_"))
    setter = methods.get(element.get("setter"))
    gets = sets = None
    if element.get("readable") != "0":
        if getter is None:
            raise Unknown(f"what gets the property {name}")
        nullable = is_nullable(getter.find(CORE + "return-value"))
        gets = sets = f"{kind} | None" if nullable else kind
    if setter is not None:
        nullable = is_nullable(setter.find(f"{CORE}parameters/{CORE}parameter"))
        sets = f"{kind} | None" if nullable else kind
    if element.get("writable") != "1":
        sets = None
    return Property(name, read_doc(element), gets, sets, element.get("construct-only") == "1")


def read_signal(element):
    return Signal(element.get("name"), read_doc(element), read_parameters(element, given=False),
                  read_return(element), element.get("detailed") == "1")


def read_class(element):
    found = Class(element.get("name"), read_doc(element), element.get("parent"),
                  element.get("final") == "1")
    methods = {child.get("name"): child for child in element.iterfind(CORE + "method")}

    for child in element:
        if not is_reachable(child):
            continue
        if child.tag == CORE + "constructor":
            found.constructors.append(read_function(child))
        elif child.tag == CORE + "method":
            found.methods.append(read_function(child, methods))
        elif child.tag == CORE + "virtual-method":
            found.virtual_methods.append(read_function(child))
        elif child.tag == CORE + "property":
            found.properties.append(read_property(child, methods))
        elif child.tag == GLIB + "signal":
            found.signals.append(read_signal(child))
        elif child.tag == CORE + "field" and element.tag == CORE + "record":
            found.fields.append(Parameter(child.get("name"), read_type(child)))
        elif child.tag in (CORE + "function", CORE + "implements"):
            raise Unknown(f"{child.get('name')} of {found.name}")
    return found


def read_enum(element):
    values = [(member.get("name").upper(), member.get("value"), read_doc(member))
              for member in element.iterfind(CORE + "member")]
    functions = [read_function(child) for child in element.iterfind(CORE + "function")]
    return Enum(element.get("name"), read_doc(element), values, functions)


def read_namespace(path):
    root = ElementTree.parse(path).getroot()
    element = root.find(CORE + "namespace")
    found = Namespace(element.get("name"), [], [], [], [])
    translate_docs(root, element)

    for child in element:
        if not is_reachable(child) or child.get(GLIB + "is-gtype-struct-for"):
            continue
        if child.tag in (CORE + "class", CORE + "record"):
            found.classes.append(read_class(child))
        elif child.tag == CORE + "enumeration":
            found.enums.append(read_enum(child))
        elif child.tag == CORE + "constant":
            found.constants.append((child.get("name"), read_type(child), read_doc(child)))
        elif child.tag == CORE + "function":
            found.functions.append(read_function(child))
        elif child.tag not in (CORE + "function-macro", CORE + "docsection"):
            raise Unknown(f"{child.tag} {child.get('name')}")
    return found
