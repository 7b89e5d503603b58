# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The spec file of RPM: it has what Debian's packages have, and what meson.build needs"""

import re
import shutil
import subprocess

SPEC = "build-aux/pusher-glib.spec"
LINT = "build-aux/pusher-glib.rpmlintrc"
# The packages of RPM, by what Debian has in them
PACKAGES = {
    "": ["libpusher-glib-1-0", "gir1.2-pusher-1"],
    "devel": ["libpusher-glib-dev"],
    "testing": ["libpusher-glib-testing-1-0", "gir1.2-pushertest-1"],
    "testing-devel": ["libpusher-glib-testing-dev"],
    "doc": ["libpusher-glib-doc"],
    "chat": ["pusher-glib-chat"],
    "tools": ["pusher-glib-tools"],
}
INSTALLED = [f"debian/{name}.install" for names in PACKAGES.values() for name in names]
FILES = [SPEC, LINT, "debian/control", *INSTALLED, "meson.build", "meson_options.txt"]
FOLDERS = {
    "usr/bin": "%{_bindir}",
    "usr/include": "%{_includedir}",
    "usr/lib/*": "%{_libdir}",
    "usr/share/man": "%{_mandir}",
    "usr/share": "%{_datadir}",
}
SECTION = re.compile(
    r"^%files *([a-z-]*?) *(?:-f (\S+)\.lang)?\n((?:(?!%files|%changelog|%if|%endif).*\n)*)",
    re.MULTILINE)
REQUIREMENTS = {
    "gio-2.0": "glib",
    "json-glib-1.0": "json",
    "libsodium": "sodium",
    "libsoup-3.0": "soup",
}
REQUIRED = re.compile(r"^(\w+)_required = '(.*)'$", re.MULTILINE)
BUILD = re.compile(r"^BuildRequires: +pkgconfig\(([\w.-]+)\) >= (\S+)$", re.MULTILINE)
OPTION = re.compile(r"^  -D(\w+)=", re.MULTILINE)


def file_lists(spec):
    """Returns: the lines of each package, and the domain of its translations"""
    return {name: (text.splitlines(), domain) for name, domain, text in SECTION.findall(spec)}


def as_in_spec(path):
    """Debian's way to name a path, as far as it has no wildcards"""
    for folder, macro in FOLDERS.items():
        if path.startswith(folder + "/"):
            return macro + path[len(folder):].partition("*")[0]
    raise ValueError(path)


def check_files(lines, domain, installed):
    for path in installed:
        if path.startswith("usr/share/locale/"):
            if not path.endswith(f"/{domain}.mo"):
                yield f"{path} is not there"
        elif not any(line.startswith(as_in_spec(path)) for line in lines):
            yield f"{path} is not there"


def check_packages(spec, control):
    packages = re.findall(r"^Package: (\S+)$", control, re.MULTILINE)
    known = [name for names in PACKAGES.values() for name in names]
    yield from (f"nothing is like {name}" for name in packages if name not in known)
    yield from (f"there is no {name}" for name in PACKAGES if name not in file_lists(spec))


def check_requirements(spec, build):
    versions = dict(REQUIRED.findall(build))
    found = dict(BUILD.findall(spec))
    for package, name in REQUIREMENTS.items():
        if found.get(package) != versions[name]:
            yield f"{package} {versions[name]} is needed, and not {found.get(package)}"


def check_options(spec, options):
    names = re.findall(r"^option\('(\w+)'", options, re.MULTILINE)
    return [f"meson has no option {name}" for name in OPTION.findall(spec) if name not in names]


def run(*command):
    result = subprocess.run(command, check=False, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True)
    return result.returncode, result.stdout


def check_parse(path):
    """With all of it, and with as little as it can have"""
    for defines in [], ["--define", "_without_check 1", "--define", "_without_chat 1"]:
        status, output = run("rpmspec", "--parse", *defines, path)
        if status != 0 or re.search(r"^(error|warning):", output, re.MULTILINE):
            yield output


def check_lint(root):
    status, output = run("rpmlint", "--rpmlintrc", root / LINT, root / SPEC)
    if status != 0 or " 0 errors, 0 warnings" not in output:
        yield output


def with_program(program, name, faults, *arguments):
    if shutil.which(program):
        return name, faults(*arguments)
    return f"{name} # SKIP there is no {program}", []


def check(root, _version):
    texts = {name: (root / name).read_text(encoding="utf-8") for name in FILES}
    spec = texts[SPEC]
    lists = file_lists(spec)

    yield "there is a package for each of Debian's", check_packages(spec, texts["debian/control"])
    for name, others in PACKAGES.items():
        installed = "".join(texts[f"debian/{other}.install"] for other in others).splitlines()
        # A second word is where Debian has it instead.
        paths = [path.split()[0] for path in installed]
        yield f"it has the same files: {name or 'library'}", check_files(
            *lists.get(name, ([], "")), paths)
    yield "it needs what meson.build needs", check_requirements(spec, texts["meson.build"])
    yield "it has options of meson", check_options(spec, texts["meson_options.txt"])
    yield with_program("rpmspec", "rpmspec reads it", check_parse, root / SPEC)
    yield with_program("rpmlint", "rpmlint has nothing to say", check_lint, root)


PLANTED = [
    ("a package of Debian that is new", "debian/control", "Package: pusher-glib-chat",
     "Package: pusher-glib-notifier"),
    ("a package that is gone", SPEC, "%files testing-devel", "%files tests-devel"),
    ("a file that is gone", SPEC, "%{_libdir}/pkgconfig/pusher-glib-1.pc\n", ""),
    ("a file that is new", "debian/libpusher-glib-dev.install", "usr/include",
     "usr/share/pusher-glib-1/lua\nusr/include"),
    ("translations that are gone", SPEC, "%files chat -f pusher-glib-examples.lang", "%files chat"),
    ("another version of a library", "meson.build", "soup_required = '3.2'",
     "soup_required = '3.4'"),
    ("an option that is gone", "meson_options.txt", "option('vapi'", "option('vala'"),
]
if shutil.which("rpmspec"):
    PLANTED.append(("what rpm does not know", SPEC, "Summary:        Chat", "Sumary:         Chat"))
if shutil.which("rpmlint"):
    PLANTED.append(("a mixture of tabs and spaces", SPEC, "is custom there", "\t        is\t"))
