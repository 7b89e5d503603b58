#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Whatever names the version of the next release names the one that meson.build has.

Usage: check-version.py [--released] SOURCES VERSION

With --released also what a release needs: a date in NEWS, and that later versions will be compared
with this one.
"""

import datetime
import pathlib
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "architecture"))
from rooms import report  # noqa: E402

TITLE = re.compile(r"pusher-glib (\S+), (.*)\n=+\n\n(?=\S)")
BASELINE = re.compile(r"What (\S+) offers in version (\S+)")
CHANGELOG = re.compile(r"pusher-glib \(([^)-]*)(?:-[^)]*)?\) (\S+);")
SPEC = re.compile(r"^Version: +(\S+)$", re.MULTILINE)
SPEC_CHANGELOG = re.compile(r"^%changelog\n\* .* - (\S+)-\S+$", re.MULTILINE)
UNRELEASED = "not yet released"


def is_date(text):
    try:
        return str(datetime.date.fromisoformat(text)) == text
    except ValueError:
        return False


def check_news(root, version, released):
    title = TITLE.match((root / "NEWS").read_text(encoding="utf-8"))
    if not title:
        yield "NEWS does not begin with “pusher-glib VERSION, DATE”, a line, and what is new"
    elif title[1] != version:
        yield f"NEWS begins with version {title[1]}, and not with {version}"
    elif not is_date(title[2]) and (released or title[2] != UNRELEASED):
        yield f"NEWS has no date as 2026-12-31 for {version}, but “{title[2]}”"


def check_baselines(root, version, released):
    paths = sorted((root / "tests" / "abi").glob("*.api"))
    if not paths:
        yield "there is no API to compare later versions with"
    for path in paths:
        with path.open(encoding="utf-8") as file:
            title = BASELINE.match(file.readline())
        if not title:
            yield f"{path.name} does not say which version it is of"
        elif released and title[2] != version:
            yield f"{path.name} is still that of {title[2]}: meson compile -C BUILDDIR abi-baseline"


def check_packages(root, version, released):
    changelog = root / "debian" / "changelog"
    if released and changelog.exists():
        entry = CHANGELOG.match(changelog.read_text(encoding="utf-8"))
        if not entry or entry[1] != version:
            yield f"debian/changelog does not begin with version {version}"


def check_spec(root, version, released):
    text = (root / "build-aux" / "pusher-glib.spec").read_text(encoding="utf-8")
    if SPEC.findall(text) != [version]:
        yield f"pusher-glib.spec is not of version {version}"
    if released and SPEC_CHANGELOG.findall(text) != [version]:
        yield f"the changelog of pusher-glib.spec does not begin with version {version}"


def check(root, version, released):
    """Returns: the checks, (name, faults) each"""
    return [
        (name, list(function(root, version, released)))
        for name, function in (
            ("NEWS", check_news),
            ("the API that is compared", check_baselines),
            ("Debian's changelog", check_packages),
            ("the spec file of RPM", check_spec),
        )
    ]


GOOD = {
    "NEWS": "pusher-glib 1.2.3, 2026-12-31\n===\n\nSomething.\n",
    "tests/abi/a.api": "What a offers in version 1.2.3\n",
    "debian/changelog": "pusher-glib (1.2.3-1) unstable; urgency=medium\n",
    "build-aux/pusher-glib.spec": "Version:   1.2.3\n\n%changelog\n* Sat Dec 31 2026 A <a@b> - 1.2.3-1\n",
}
PLANTED = [
    ("NEWS of another version", "NEWS", "1.2.3", "1.2.2"),
    ("NEWS without a date", "NEWS", "2026-12-31", UNRELEASED),
    ("NEWS of a day that there is not", "NEWS", "2026-12-31", "2026-11-31"),
    ("NEWS with nothing in it", "NEWS", "Something.\n", ""),
    ("an API of another version", "tests/abi/a.api", "1.2.3", "1.1.0"),
    ("a package of another version", "debian/changelog", "1.2.3", "1.2.2"),
    ("a spec file of another version", "build-aux/pusher-glib.spec", "  1.2.3", "  1.2.2"),
    ("a changelog of another version", "build-aux/pusher-glib.spec", "- 1.2.3-1", "- 1.2.2-1"),
    ("no more than there is", "NEWS", "", ""),
]


def check_planted(path, old, new):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in GOOD.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            text = text.replace(old, new) if name == path else text
            (root / name).write_text(text, encoding="utf-8")
        count = sum(len(faults) for _, faults in check(root, "1.2.3", True))
    if count != (old != new):
        yield f"{count} faults are found"


def main(*arguments):
    released = arguments[0] == "--released"
    root, version = arguments[-2:]
    checks = check(pathlib.Path(root), version, released)
    if not released:
        checks += [(f"{what} is noticed", list(check_planted(path, old, new)))
                   for what, path, old, new in PLANTED]

    return not report(checks)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
