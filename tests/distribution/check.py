#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What others read of the project is right, and what is wrong would be found.

Usage: check.py NAME SOURCES VERSION

NAME.py beside this file has

  FILES    what it reads, in the sources
  check()  of the sources and the version: yields checks, (name, faults) each
  PLANTED  of each fault that has to be found: (what it is, the file, a text of it, another text)
"""

import importlib
import pathlib
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "architecture"))
from rooms import report  # noqa: E402


def check_planted(subject, root, version, path, old, new):
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder)
        for name in subject.FILES:
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, copy / name)
        text = (copy / path).read_text(encoding="utf-8")
        if old not in text:
            yield f"{path} has no “{old}”"
        (copy / path).write_text(text.replace(old, new), encoding="utf-8")
        if not any(list(faults) for _, faults in subject.check(copy, version)):
            yield "nothing is found"


def main(name, root, version):
    subject = importlib.import_module(name)
    root = pathlib.Path(root)
    checks = [(what, list(faults)) for what, faults in subject.check(root, version)]
    checks += [(f"{what} is found", list(check_planted(subject, root, version, *planted)))
               for what, *planted in subject.PLANTED]
    return not report(checks)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
