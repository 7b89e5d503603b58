# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A German locale, where only the translations need to be German.

It is glibc's C.UTF-8 under another name: the packages that have real locales need not be there.
The variable LANGUAGE alone does not do, because since 2.39 glibc ignores it in C.UTF-8.
"""

import pathlib

C_UTF8 = pathlib.Path("/usr/lib/locale/C.utf8")


def is_possible():
    return C_UTF8.is_dir()


def make_locale(folder):
    """Returns: the environment of programs that shall speak German"""
    (pathlib.Path(folder) / "de_DE.utf8").symlink_to(C_UTF8)
    return {"LOCPATH": str(folder), "LC_ALL": "de_DE.UTF-8", "LANGUAGE": ""}
