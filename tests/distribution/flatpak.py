# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The Flatpak manifest of the chat, and what the recipes show for other applications"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

APPLICATION = "org.example.PusherChat"
MANIFEST = f"build-aux/flatpak/{APPLICATION}.json"
RECIPES = "doc/recipes.md"
OPTIONS = "meson_options.txt"
METAINFO = f"examples/chat/data/{APPLICATION}.metainfo.xml.in"
FILES = [MANIFEST, RECIPES, OPTIONS, METAINFO, "meson.build"]
# What a window needs, besides what the library does
WINDOW = ["--device=dri", "--share=ipc", "--socket=fallback-x11", "--socket=wayland"]
OF_MESON = ["--auto-features=disabled"]
SECTION = re.compile(r"^## In Flatpak$.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
JSON = re.compile(r"^```json\n(.*?)^```$", re.DOTALL | re.MULTILINE)
ARCHIVE = re.compile(r"https://\S+/([a-z]+)-([0-9.]+)\.tar\.gz")
OPTION = re.compile(r"^option\('(\w+)', type: '(\w+)'", re.MULTILINE)
VALUES = {"feature": ["enabled", "disabled"], "boolean": ["true", "false"]}


def check_names(manifest, metainfo):
    if manifest.get("id") != APPLICATION or f"<id>{APPLICATION}</id>" not in metainfo:
        yield f"it is not called {APPLICATION} everywhere"
    if f"<binary>{manifest.get('command')}</binary>" not in metainfo:
        yield f"there is no {manifest.get('command')}"


def check_permissions(manifest, permissions):
    if sorted(manifest["finish-args"]) != sorted(WINDOW + permissions):
        yield f"{manifest['finish-args']} are not {WINDOW + permissions}"


def check_options(module, options):
    kinds = dict(OPTION.findall(options))
    for argument in module["config-opts"]:
        name, _, value = argument.removeprefix("-D").partition("=")
        if argument not in OF_MESON and value not in VALUES.get(kinds.get(name), []):
            yield f"meson does not take {argument}"


def check_sodium(module, other, build):
    if module != other:
        yield "the manifest and the recipes have two of it"
    (source,) = module["sources"]
    archive = ARCHIVE.fullmatch(source["url"])
    if not archive or archive[1] != module["name"]:
        yield f"{source['url']} is no archive of it"
    elif [*map(int, archive[2].split("."))] < [*map(int, required_sodium(build).split("."))]:
        yield f"{archive[2]} is older than {required_sodium(build)}"
    if not re.fullmatch("[0-9a-f]{64}", source["sha256"]):
        yield f"{source['sha256']} is no SHA-256"


def required_sodium(build):
    return re.search(r"^sodium_required = '(.*)'$", build, re.MULTILINE)[1]


def check_sources(root, module):
    (source,) = module["sources"]
    if source["type"] != "dir":
        yield "it does not build what it lies in"
    elif (root / MANIFEST).parent.joinpath(source["path"]).resolve() != root.resolve():
        yield f"{source['path']} are not the sources"


def run_builder(text):
    """The names and the properties are those that flatpak-builder knows."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / f"{APPLICATION}.json"
        path.write_text(text, encoding="utf-8")
        result = subprocess.run(["flatpak-builder", "--show-manifest", path], check=False,
                                capture_output=True, text=True, cwd=folder,
                                env={**os.environ, "G_DEBUG": "", "HOME": folder})
    yield from result.stderr.splitlines()
    if result.returncode != 0:
        yield f"flatpak-builder fails: {result.returncode}"
    elif names(json.loads(result.stdout)) != names(json.loads(text)):
        yield "flatpak-builder reads other modules"


def names(manifest):
    return [(module["name"], names(module)) for module in manifest.get("modules", [])]


def check_builder(name, manifest):
    if shutil.which("flatpak-builder"):
        return f"flatpak-builder reads {name}", run_builder(json.dumps(manifest))
    return f"flatpak-builder reads {name} # SKIP there is no flatpak-builder", []


def check(root, _version):
    texts = {name: (root / name).read_text(encoding="utf-8") for name in FILES}
    try:
        manifest = json.loads(texts[MANIFEST])
        shown = [json.loads(text) for text in JSON.findall(SECTION.search(texts[RECIPES])[0])]
    except ValueError as error:
        yield "they are JSON", [str(error)]
        return
    yield "they are JSON", []

    permissions, module = shown
    sodium, pusher = manifest["modules"]
    yield "the chat has one name", check_names(manifest, texts[METAINFO])
    yield "the chat has the permissions of the recipes, and a window", check_permissions(
        manifest, permissions["finish-args"])
    yield "the manifest has options of meson", check_options(pusher, texts[OPTIONS])
    yield "the chat is installed", [] if "-Dinstall_chat=true" in pusher["config-opts"] else ["no"]
    yield "the manifest builds these sources", check_sources(root, pusher)
    yield "the module has options of meson", check_options(module, texts[OPTIONS])
    yield "libsodium is the same", check_sodium(sodium, module["modules"][0], texts["meson.build"])
    yield check_builder("the manifest", manifest)
    yield check_builder("the module", {**manifest, "modules": [module]})


PLANTED = [
    ("what is not JSON", MANIFEST, "\"modules\": [", "\"modules\": "),
    ("another name", MANIFEST, f"\"{APPLICATION}\"", "\"org.example.Chat\""),
    ("another command", MANIFEST, "\"pusher-chat\"", "\"chat\""),
    ("a permission more", MANIFEST, "\"--share=ipc\",", "\"--share=ipc\", \"--filesystem=home\","),
    ("a permission that the recipes lack", RECIPES, "    \"--share=network\",\n", ""),
    ("an option that is gone", OPTIONS, "option('chat'", "option('talk'"),
    ("a value that an option does not have", MANIFEST, "-Dnls=enabled", "-Dnls=true"),
    ("an option of the module that is gone", OPTIONS, "option('introspection'", "option('gir'"),
    ("a chat that is not installed", MANIFEST, "-Dinstall_chat=true", "-Dinstall_chat=false"),
    ("sources elsewhere", MANIFEST, "\"../..\"", "\"..\""),
    ("another libsodium", RECIPES, "ebb65ef6", "00000000"),
    ("a libsodium that is too old", "meson.build", "sodium_required = '1.0.18'",
     "sodium_required = '1.0.100'"),
]
if shutil.which("flatpak-builder"):
    PLANTED.append(("a property that there is not", MANIFEST, "\"cleanup\"", "\"clean\""))
