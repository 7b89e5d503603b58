#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The checks of the architecture find what is planted in a small tree, and nothing else.

Usage: test-checks.py COMPILER NM
"""

import json
import pathlib
import shlex
import subprocess
import sys
import tempfile

from rooms import report

HERE = pathlib.Path(__file__).resolve().parent

PAGE = """
## Floors

```
  high
   │
  low
```

| room | uses |
| --- | --- |
| `low` | – |
| `high` | `low` |

## Rooms

### `low/`

- `stone`: what is at the bottom, see low/stone.

### `high/`

- `roof`: PusherRoof, which pusher_roof_raise() raises.
- `tile`: what it is made of.

## Rules

- `nothing`: of these is a file.
"""

TERMS = """
| term | meaning | lives in | elsewhere |
| --- | --- | --- | --- |
| tile | lies on low/stone | high/tile | – |
"""

TREE = {
    "doc/architecture.md": PAGE,
    "doc/terminology.md": TERMS,
    "examples/house.c": "#include <pusher-glib/pusher.h>\n",
    "pusher-glib/low/pusher-stone-private.h": "#pragma once\nint pusher_stone_weigh (void);\n",
    "pusher-glib/low/pusher-stone.c": '#include "pusher-stone-private.h"\n'
                                      "int\npusher_stone_weigh (void)\n{\n  return 1;\n}\n",
    "pusher-glib/high/pusher-tile.h": "#pragma once\n"
                                      "#ifndef INSIDE\n"
                                      "#error can be included directly only by pusher.h\n"
                                      "#endif\n"
                                      "int pusher_tile_lay (void);\n",
    "pusher-glib/high/pusher-tile.c": '#include "pusher-tile.h"\n'
                                      '#include "low/pusher-stone-private.h"\n'
                                      "int\npusher_tile_lay (void)\n"
                                      "{\n  return pusher_stone_weigh ();\n}\n"
                                      "const int pusher_tile_sizes[] = { 1 };\n",
    "pusher-glib/high/pusher-roof-private.h": "#pragma once\nint pusher_roof_raise (void);\n",
    "pusher-glib/high/pusher-roof.c": "#include <pusher-glib/high/pusher-tile.h>\n"
                                      "typedef int PusherRoof;\n"
                                      "PusherRoof\npusher_roof_raise (void)\n"
                                      "{\n  return pusher_tile_lay ();\n}\n",
    "pusher-glib/pusher.h": "#define INSIDE\n#include <pusher-glib/high/pusher-tile.h>\n"
                            "#undef INSIDE\n",
    "pusher-glib/testing/pusher-test.h": "",
}

STONE = "pusher-glib/low/pusher-stone.c"
TILE = "pusher-glib/high/pusher-tile.c"
TILE_H = "pusher-glib/high/pusher-tile.h"
ROOF = "pusher-glib/high/pusher-roof.c"
ARCHITECTURE = "doc/architecture.md"
TERMINOLOGY = "doc/terminology.md"
USE_TILE = "int pusher_tile_lay (void);\n"
USE_ROOF = "int pusher_roof_raise (void);\n"

# The check, what is planted, where (None for a new file: at its end), and what is found
PLANTED = {
    "nothing for the layers": ("layers", "", STONE, "", None),
    "nothing for the page": ("page", "", STONE, "", None),
    "nothing for the headers": ("headers", "", STONE, "", None),

    "an include that leads up": (
        "layers", '#include "high/pusher-tile.h"\n', STONE, None,
        "low does not use high, but low/stone uses high/tile: includes high/pusher-tile.h"),
    "a call that leads up": (
        "layers", USE_TILE + "int up (void) { return pusher_tile_lay (); }\n", STONE, None,
        "low does not use high, but low/stone uses high/tile: pusher_tile_lay()"),
    "a table of callbacks that leads up": (
        "layers", USE_TILE + "int (*const up[]) (void) = { pusher_tile_lay };\n", STONE, None,
        "low does not use high, but low/stone uses high/tile: pusher_tile_lay()"),
    "data above": (
        "layers", "extern const int pusher_tile_sizes[];\n"
                  "int up (void) { return *pusher_tile_sizes; }\n", STONE, None,
        "low does not use high, but low/stone uses high/tile: pusher_tile_sizes\n"),
    "a circle of calls": (
        "layers", USE_ROOF + "int again (void) { return pusher_roof_raise (); }\n", TILE, None,
        "high/roof and high/tile use each other:"),
    "a circle of a call and an include": (
        "layers", '#include "pusher-roof-private.h"\n', TILE_H, None,
        "high/tile → high/roof: includes high/pusher-roof-private.h"),
    "an arrow that is not there": (
        "layers", "| `low` | `high` |", ARCHITECTURE, "| `low` | – |",
        "low is said to use high, and does not"),
    "a table that does not stand on the ground": (
        "layers", "| `low` | `high` |", ARCHITECTURE, "| `low` | – |",
        "low uses high, which is not below it"),
    "an arrow that the page lacks": (
        "layers", "| `high` | – |", ARCHITECTURE, "| `high` | `low` |",
        "high does not use low, but high/tile uses low/stone"),
    "a header that is not there": (
        "layers", '#if 0\n#include "low/pusher-sand.h"\n#endif\n', TILE, None,
        "includes low/pusher-sand.h, which is not there"),
    "a room that includes what applications do": (
        "layers", "#include <pusher-glib/pusher.h>\n", TILE, None,
        "high/pusher-tile.c includes pusher.h, which is for applications"),
    "two files of one name": (
        "layers", "int sand;\n", "pusher-glib/high/pusher-stone.c", None,
        "there are two pusher-stone.c"),
    "a source that is not compiled": (
        "layers", "", "pusher-glib/high/pusher-left-out.c", None,
        "pusher-left-out.c is in none of the libraries"),

    "a room that the page lacks": (
        "page", "int attic;\n", "pusher-glib/attic/pusher-beam.c", None,
        "the page lacks room attic"),
    "a room that the table lacks": (
        "page", "", ARCHITECTURE, "| `low` | – |\n", "the page lacks row low"),
    "a room that is not there": (
        "page", "### `attic/`\n", ARCHITECTURE, None, "there is no room attic"),
    "a room that is not drawn": (
        "page", "  high\n\n", ARCHITECTURE, "  high\n   │\n  low\n",
        "the page lacks drawn room low"),
    "a room that is drawn below what it uses": (
        "page", "  low\n   │\n  high\n", ARCHITECTURE, "  high\n   │\n  low\n",
        "a line leads from low to high"),
    "a line that is not drawn": (
        "page", "  high\n\n  low\n", ARCHITECTURE, "  high\n   │\n  low\n",
        "no line leads from high to low"),
    "a line that ends nowhere": (
        "page", "  high\n   ├─\n  low\n", ARCHITECTURE, "  high\n   │\n  low\n",
        "a line ends in column 5 of line 2"),
    "a file that the page lacks": (
        "page", "int beam;\n", "pusher-glib/low/pusher-beam.c", None,
        "the page lacks file low/beam"),
    "a file that is not there": (
        "page", "- `stone`: …\n- `sand`: …\n", ARCHITECTURE, "- `stone`: ",
        "there is no file low/sand"),
    "a source outside of the rooms": (
        "page", "int beam;\n", "pusher-glib/pusher-beam.c", None, "pusher-beam.c is in no room"),
    "a file in the text that is not there": (
        "page", "low/sand", ARCHITECTURE, "low/stone", "there is no low/sand"),
    "a function that is not there": (
        "page", "pusher_roof_lower", ARCHITECTURE, "pusher_roof_raise",
        "there is no pusher_roof_lower()"),
    "a type that is not there": (
        "page", "PusherGable", ARCHITECTURE, "PusherRoof", "there is no PusherGable"),
    "a term that lives nowhere": (
        "page", "high/slate", TERMINOLOGY, "high/tile",
        "“tile” lives in high/slate, which is not there"),
    "a glossary without terms": (
        "page", "", TERMINOLOGY, "| tile | lies on low/stone | high/tile | – |\n",
        "there are no terms"),
    "a file in the glossary that is not there": (
        "page", "low/sand", TERMINOLOGY, "low/stone", "there is no low/sand"),

    "a header that does not refuse": (
        "headers", "", TILE_H, "#error can be included directly only by pusher.h\n",
        "pusher-glib/high/pusher-tile.h can be included directly"),
    "a header that no application gets": (
        "headers", "\n", "pusher-glib/pusher.h", "#include <pusher-glib/high/pusher-tile.h>\n",
        "pusher-glib/pusher.h does not include pusher-glib/high/pusher-tile.h"),
    "a header of which a part is not installed": (
        "headers", '#include "high/pusher-slate.h"\n', TILE_H, None, "pusher-slate.h"),
    "an application that includes another one": (
        "headers", "#include <pusher-glib/high/pusher-tile.h>\n", "examples/house.c", None,
        "examples/house.c includes pusher-glib/high/pusher-tile.h"),
}


class Tree:
    def __init__(self, folder, compiler, nm):
        self.folder = folder
        self.compiler = shlex.split(compiler)
        self.nm = nm

    def write(self, texts):
        for name, text in texts.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def compile(self):
        """Returns: objects, which are called as meson calls them"""
        for path in sorted(self.folder.glob("pusher-glib/*/*.c")):
            if path.name == "pusher-left-out.c":
                continue
            target = self.folder / f"{path.parent.name}_{path.name}.o"
            subprocess.run([*self.compiler, "-c", "-w", "-DINSIDE", f"-I{self.folder}",
                            f"-I{self.folder / 'pusher-glib'}", path, "-o", target], check=True)
            yield target

    def plan_installation(self):
        """As meson writes it down"""
        plan = {str(path): f"/usr/include/{library}/{path.relative_to(self.folder)}"
                for library, headers in {"pusher-glib-1": ("pusher.h", "high/pusher-tile.h"),
                                         "pusher-glib-testing-1": ("testing/pusher-test.h",)}.items()
                for path in (self.folder / "pusher-glib" / header for header in headers)}
        self.write({"meson-info/intro-installed.json": json.dumps(plan)})

    def check(self, what):
        script = HERE / f"check-{what}.py"
        if what == "layers":
            arguments = ["--nm", self.nm, self.folder, self.folder / "build", *self.compile()]
        elif what == "headers":
            self.plan_installation()
            arguments = [shlex.join(self.compiler), self.folder, self.folder]
        else:
            arguments = [self.folder]
        return subprocess.run([sys.executable, "-B", script, *arguments],
                              capture_output=True, text=True)


def run_case(compiler, nm, check, text, name, instead_of, expected):
    texts = dict(TREE)
    if instead_of is None:
        texts[name] = texts.get(name, "") + text
    else:
        texts[name] = texts[name].replace(instead_of, text, 1)

    with tempfile.TemporaryDirectory() as folder:
        tree = Tree(pathlib.Path(folder), compiler, nm)
        tree.write(texts)
        process = tree.check(check)
    if process.returncode != (0 if expected is None else 1) or (expected or "") not in process.stdout:
        yield f"expected {expected!r}\n{process.returncode}\n{process.stdout}{process.stderr}"


def main(compiler, nm):
    return not report([(f"{name} is found", [*run_case(compiler, nm, *case)])
                       for name, case in PLANTED.items()])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
