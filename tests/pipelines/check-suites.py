#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Each suite of .ci/run is in exactly one job of each pipeline, and nothing else is.

Usage: check-suites.py SOURCES
"""

import collections
import pathlib
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "architecture"))
from rooms import report  # noqa: E402

SUITES = re.compile(r"^(?:first|computing|waiting)=\(([a-z0-9\s-]*)\)$", re.MULTILINE)
GITLAB = re.compile(r"^    SUITES: (.*)$", re.MULTILINE)
GITHUB = re.compile(r"^        suites:\n((?:          - .*\n)*)", re.MULTILINE)
DEBIANS = {
    ".gitlab-ci.yml": "DEBIAN: [bookworm, trixie]",
    ".github/workflows/ci.yml": "        debian:\n          - bookworm\n          - trixie\n",
}


def jobs_of_gitlab(text):
    return GITLAB.findall(text)


def jobs_of_github(text):
    match = GITHUB.search(text)
    return [line.partition("- ")[2] for line in match[1].splitlines()] if match else []


def check_suites(suites, jobs):
    counts = collections.Counter(suite for job in jobs for suite in job.split())
    for suite in suites:
        if counts[suite] != 1:
            yield f"{suite} is in {counts[suite]} jobs"
    for suite in sorted(counts.keys() - set(suites)):
        yield f"{suite} is no suite of .ci/run"


def check_pipelines(root):
    """Returns: the checks, (name, faults) each"""
    suites = " ".join(SUITES.findall((root / ".ci" / "run").read_text(encoding="utf-8"))).split()
    gitlab, github = ((root / name).read_text(encoding="utf-8") for name in DEBIANS)
    of_gitlab, of_github = jobs_of_gitlab(gitlab), jobs_of_github(github)

    return [
        (".gitlab-ci.yml has each suite once", list(check_suites(suites, of_gitlab))),
        (".github/workflows/ci.yml has each suite once", list(check_suites(suites, of_github))),
        ("both have the same jobs", sorted(set(of_gitlab) ^ set(of_github))),
        ("both have the supported Debians",
         [name for name, text in DEBIANS.items() if text not in (root / name).read_text()]),
    ]


PLANTED = {
    "a suite less": (" netns\n", " \n"),
    "a suite twice": (" fuzz\n", " fuzz chat\n"),
    "a suite that is none": (" fuzz\n", " fuzz nonsense\n"),
    "a Debian less": ("trixie", "sid"),
}


def check_planted(root, checks, name, old, new):
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder)
        for path in [".ci/run", *DEBIANS]:
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            text = (root / path).read_text(encoding="utf-8")
            (copy / path).write_text(text.replace(old, new) if path == name else text)
        if check_pipelines(copy) == checks:
            yield "nothing is found"


def main(root):
    root = pathlib.Path(root)
    found = check_pipelines(root)
    checks = found + [
        (f"{what} in {name} is found", list(check_planted(root, found, name, old, new)))
        for name in DEBIANS
        for what, (old, new) in PLANTED.items()
    ]

    return not report(checks)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
