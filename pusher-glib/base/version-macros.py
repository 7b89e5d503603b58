#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Fills a header in with the macros for each version that has something new, as GLib has them.

Usage: version-macros.py PREFIX VERSION TEMPLATE OUTPUT
"""

import pathlib
import sys

GENERAL = """\
{versions}

/* What a program does not define is the version that it is compiled against. */
#ifndef {prefix}_VERSION_MIN_REQUIRED
#define {prefix}_VERSION_MIN_REQUIRED ({prefix}_VERSION_{newest})
#endif
#ifndef {prefix}_VERSION_MAX_ALLOWED
#define {prefix}_VERSION_MAX_ALLOWED ({prefix}_VERSION_{newest})
#endif

/* A name that there is not counts as 0. */
#if {prefix}_VERSION_MIN_REQUIRED < {prefix}_VERSION_{oldest}
#error "{prefix}_VERSION_MIN_REQUIRED is none of the versions"
#endif
#if {prefix}_VERSION_MAX_ALLOWED < {prefix}_VERSION_MIN_REQUIRED
#error "{prefix}_VERSION_MAX_ALLOWED is none of the versions, or less than _MIN_REQUIRED"
#endif

#if defined({prefix}_DISABLE_DEPRECATION_WARNINGS) || defined(PUSHER_GLIB_COMPILATION)
#define _{prefix}_DEPRECATED _PUSHER_EXTERN
#define _{prefix}_DEPRECATED_FOR(f) _PUSHER_EXTERN
#define _{prefix}_UNAVAILABLE(major, minor) _PUSHER_EXTERN
#else
#define _{prefix}_DEPRECATED G_DEPRECATED _PUSHER_EXTERN
#define _{prefix}_DEPRECATED_FOR(f) G_DEPRECATED_FOR (f) _PUSHER_EXTERN
#define _{prefix}_UNAVAILABLE(major, minor) G_UNAVAILABLE (major, minor) _PUSHER_EXTERN
#endif

#define {prefix}_AVAILABLE_IN_ALL _PUSHER_EXTERN
"""

OF_A_VERSION = """
#if {prefix}_VERSION_MIN_REQUIRED >= {prefix}_VERSION_{version}
#define {prefix}_DEPRECATED_IN_{version} _{prefix}_DEPRECATED
#define {prefix}_DEPRECATED_IN_{version}_FOR(f) _{prefix}_DEPRECATED_FOR (f)
#else
#define {prefix}_DEPRECATED_IN_{version} _PUSHER_EXTERN
#define {prefix}_DEPRECATED_IN_{version}_FOR(f) _PUSHER_EXTERN
#endif
#if {prefix}_VERSION_MAX_ALLOWED < {prefix}_VERSION_{version}
#define {prefix}_AVAILABLE_IN_{version} _{prefix}_UNAVAILABLE ({major}, {minor})
#else
#define {prefix}_AVAILABLE_IN_{version} _PUSHER_EXTERN
#endif
"""


def write_macros(prefix, version):
    major, newest = (int(part) for part in version.split(".")[:2])
    minors = range(newest + 1)
    parts = [
        GENERAL.format(
            prefix=prefix, oldest=f"{major}_0", newest=f"{major}_{newest}",
            versions="\n".join(
                f"#define {prefix}_VERSION_{major}_{minor} (G_ENCODE_VERSION ({major}, {minor}))"
                for minor in minors)),
        *(OF_A_VERSION.format(prefix=prefix, version=f"{major}_{minor}", major=major, minor=minor)
          for minor in minors),
    ]
    return "".join(parts).rstrip("\n")


def main(prefix, version, template, output):
    text = pathlib.Path(template).read_text(encoding="utf-8")
    pathlib.Path(output).write_text(
        text.replace("@MACROS@", write_macros(prefix, version)), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
