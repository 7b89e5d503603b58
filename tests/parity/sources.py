# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The cases of a test program, by its source: what each of them executes there."""

import ast
import functools
import re

NOT_CODE = re.compile(r'/\*.*?\*/|//[^\n]*|("(?:\\.|[^"\\\n])*")', re.DOTALL)
FUNCTION = re.compile(r"^(\w+) \([^;{}]*?\)\n\{\n.*?^\}$", re.DOTALL | re.MULTILINE)
TABLE = re.compile(r"^(?:static )?const [^;()=]*?(\w+)(?:\[[^\]\n]*\])* =\s.*?;$",
                   re.DOTALL | re.MULTILINE)
RECORD = re.compile(r"^(?:static )?const struct\n\{.*?^\} (\w+)\[\] = \{.*?^\};$",
                    re.DOTALL | re.MULTILINE)
MACRO = re.compile(r"^#define (\w+)(?:\(([^)]*)\))?((?:[^\n]*\\\n)*[^\n]*)$", re.MULTILINE)
STRING = re.compile(r'"((?:\\.|[^"\\])*)"')
# Which of their arguments is the function that a case executes.
ADDERS = {"g_test_add": 4, "g_test_add_func": 1, "g_test_add_data_func": 2, "secrets_test_add": 1}


def without_comments(text):
    return NOT_CODE.sub(lambda match: match[1] or " ", text)


def split_arguments(text):
    """What stands between the commas of a call; text begins behind its bracket."""
    arguments, depth, begin, position = [], 0, 0, 0
    while position < len(text):
        string = STRING.match(text, position)
        if string is not None:
            position = string.end()
            continue
        character = text[position]
        if depth == 0 and character in ",)":
            arguments.append(text[begin:position].strip())
            begin = position + 1
            if character == ")":
                break
        depth += (character in "([{") - (character in ")]}")
        position += 1
    return arguments


class CSource:
    def __init__(self, text, headers):
        self.text = without_comments(text)
        self.macros = {}
        own_macros = {}
        for source in (*map(without_comments, headers), self.text):
            for name, parameters, body in MACRO.findall(source):
                if re.search(rf"\b({'|'.join((*ADDERS, *self.macros))}) \(", body):
                    names = [parameter.strip() for parameter in parameters.split(",")]
                    self.macros[name] = names, body.replace("\\\n", " ").strip()
                elif source is self.text:
                    own_macros[name] = body
        self.code = MACRO.sub("", self.text)
        self.definitions = own_macros
        for pattern in (FUNCTION, TABLE, RECORD):
            self.definitions |= {match[1]: match[0] for match in pattern.finditer(self.code)}

    def expand(self, name, arguments):
        """The call of g_test_add and its like that a call of a macro stands for."""
        while name in self.macros:
            parameters, body = self.macros[name]
            values = dict(zip(parameters, arguments))
            text = re.sub(r"\w+", lambda word: values.get(word[0], word[0]),
                          STRING.sub(lambda string: string[0].replace(" ", "\x00"), body))
            name, _, rest = text.replace("\x00", " ").partition("(")
            name, arguments = name.strip(), split_arguments(rest)
        return name, arguments

    def read_paths(self, argument):
        """The path, or all of a table whose field it is."""
        field = re.fullmatch(r"(\w+)\[\w+\]\.(\w+)", argument)
        if field is not None:
            table = self.definitions.get(field[1], "")
            return [path for path in STRING.findall(table) if path.startswith("/")]
        rest = STRING.sub("", argument).strip()
        return ["".join(STRING.findall(argument))] if rest == "" else []

    @functools.cached_property
    def cases(self):
        """What each path executes: the name of the function."""
        names = "|".join((*ADDERS, *self.macros))
        cases = {}
        for call in re.finditer(rf"\b({names}) \(", self.code):
            name, arguments = self.expand(call[1], split_arguments(self.code[call.end():]))
            if name in ADDERS and len(arguments) > ADDERS[name]:
                for path in self.read_paths(arguments[0]):
                    cases[path] = arguments[ADDERS[name]]
        return cases

    def read_case(self, path):
        """The function of a case, with what it needs of the file."""
        waiting, parts = [self.cases[path]], {}
        while waiting:
            name = waiting.pop()
            if name in parts or name not in self.definitions:
                continue
            parts[name] = self.definitions[name]
            waiting += re.findall(r"\w+", STRING.sub("", parts[name]))
        return "\n".join(parts.values())


class PythonSource:
    def __init__(self, text):
        self.text = text
        self.functions, self.cases = {}, {}
        for node in ast.parse(text).body:
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
                self.functions[node.name] = node
            if isinstance(node, ast.ClassDef):
                for method in node.body:
                    if isinstance(method, ast.FunctionDef) and method.name.startswith("test"):
                        self.cases[f"{node.name}.{method.name}"] = node, method

    def read_case(self, name):
        """The method, what it calls of its class, and what it needs of the file."""
        owner, method = self.cases[name]
        methods = {node.name: node for node in owner.body if isinstance(node, ast.FunctionDef)}
        waiting, parts = [method], {}
        while waiting:
            node = waiting.pop()
            if node.name in parts:
                continue
            parts[node.name] = ast.unparse(node)
            for word in ast.walk(node):
                if isinstance(word, ast.Name) and word.id in self.functions:
                    waiting.append(self.functions[word.id])
                elif isinstance(word, ast.Attribute) and word.attr in methods \
                        and isinstance(word.value, ast.Name) and word.value.id == "self":
                    waiting.append(methods[word.attr])
        return "\n".join(parts.values())


def read_source(path, support):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return PythonSource(text)
    headers = [header.read_text(encoding="utf-8") for header in sorted(support.glob("*.h"))]
    return CSource(text, headers)
