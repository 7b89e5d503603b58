#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Makes the theme of the documentation: gi-docgen's own, with the files beside this one.

Usage: make-theme.py --find GI-DOCGEN
       make-theme.py TEMPLATES OUTPUT

The first prints where that gi-docgen has its templates. The second makes OUTPUT, a
directory that gi-docgen takes as its --templates-dir.

A page here extends the one of the same name of gi-docgen, whichever version that is: there
it is called “basic-” and its name. What stands in style.css is added to that of gi-docgen.
"""

import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
THEME = "basic"
PROBE = """
import pathlib, sys
sys.path.insert(0, str(pathlib.Path(sys.argv[1]).resolve().parent))
import gidocgen
print(pathlib.Path(gidocgen.__file__).resolve().parent / "templates")
"""


def find_templates(program):
    """Asks the Python that runs gi-docgen, which need not be this one."""
    with open(program, encoding="utf-8") as file:
        line = file.readline().rstrip()
    interpreter = line[2:].split() if line.startswith("#!") else [sys.executable]
    return subprocess.run([*interpreter, "-c", PROBE, program], check=True,
                          stdout=subprocess.PIPE, text=True).stdout.strip()


def make(templates, output):
    theme = output / THEME
    shutil.rmtree(output, ignore_errors=True)
    shutil.copytree(templates / THEME, theme)
    for page in sorted(HERE.glob("*.html")):
        if (theme / page.name).exists():
            (theme / page.name).rename(theme / f"basic-{page.name}")
        shutil.copyfile(page, theme / page.name)
    with open(theme / "style.css", "a", encoding="utf-8") as style:
        style.write((HERE / "style.css").read_text(encoding="utf-8"))


def main(first, second):
    if first == "--find":
        print(find_templates(second))
    else:
        make(pathlib.Path(first), pathlib.Path(second))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
