#!/usr/bin/env python3
"""Habits that a compiler does not check: sizes, names, banned calls, and documents that still tell the truth.

usage: check_text.py [ROOT]      prints `path:line: what; use what`, exit code 1 if anything is printed
"""
import os
import re
import sys

from function_sizes import long_functions

COLUMNS_MAX = 110
FUNCTION_LINES_MAX = 70
FILE_LINES_MAX = 450
# path: why it may be longer
LONG_FILES = {
    "tests/contract/store_contract.h": "one contract, run against both stores",
}

# The one place where a test may poll.
POLLING = "tests/support/becomes.h"

CODE = (".h", ".cpp", ".py", ".cmake", "CMakeLists.txt", "dev", ".ci/run")
CPP = (".h", ".cpp")
TEXT = CODE + (".md", ".yaml", ".json", ".txt", ".sql", ".html", ".js", ".css", ".chat")
QUIET_ROOMS = ("protocols/", "nlu/", "config/", "persistence/", "actors/")
PURE_ROOMS = ("protocols/", "nlu/")

NAMES = re.compile(r"(^|[_.])(utils?|managers?|helpers?|services?|misc)([_.]|$)", re.IGNORECASE)
MACHINE_PATH = re.compile(r"(?<![\w.])/(home|root|Users|work)/\w")
MARKER = re.compile(r"\b(TODO|FIXME|XXX)\b")
CONDITION = re.compile(r"\bTODO\b.*\b(when|once|until)\b")
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)]*)?\)")
ROOM_ROW = re.compile(r"^\|\s*`([A-Za-z_]+)/?`\s*\|")
FILE_ROW = re.compile(r"^\|\s*`([\w./-]+)`\s*\|")

# (where, pattern, what it is, what to use), a line at a time
BANNED = (
    (QUIET_ROOMS, re.compile(r"\bstd::(cout|cerr|clog)\b|(?<![\w:])(std::)?(printf|puts)\s*\("),
     "prints", "a return value, or the log in actors/ and persistence/"),
    (QUIET_ROOMS + ("tools/",), re.compile(r"(spdlog|log\w*(\.|->))[\w:.>-]*\([^;]*\breveal\(\)"),
     "personal data in a log line", "an id"),
    (PURE_ROOMS,
     re.compile(r"_clock::now\s*\(|\btime\s*\(\s*(nullptr|NULL|0)\s*\)|\brand\s*\(|\brandom_device\b"),
     "a clock or chance in a deciding room", "an argument"),
    (("tests/",), re.compile(r"\bsleep_(for|until)\s*\(|(?<![\w.])(u|nano)?sleep\s*\("),
     "a sleep in a test", "virtual time, a condition variable, a future or becomes()"),
    (("actors/conversation/",), re.compile(r"\.then\s*\("),
     ".then lets the next message be decided against the old state", ".await"),
    (("protocols/", "nlu/", "config/", "persistence/memory/", "persistence/postgres/", "actors/",
      "tools/mitr/", "tools/graph/", "tools/chat/"), re.compile(r"\bchosen_randomness\b"),
     "chosen randomness in a node opens what it seals", "random_bytes(), or tools/simulate"),
    (("actors/",), re.compile(r"\bcaf::unit_t\b"),
     "caf::unit_t as a reply is never delivered", "a named reply"),
)


def ignored(root):
    """Top folders of .gitignore, as `/build/`."""
    names = {".git"}
    path = os.path.join(root, ".gitignore")
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            names |= {line.strip().strip("/") for line in file if line.startswith("/")}
    return names


def files(root):
    skipped = ignored(root)
    for folder, folders, names in os.walk(root):
        relative = os.path.relpath(folder, root)
        if relative == ".":
            folders[:] = [name for name in folders if name not in skipped]
        folders[:] = sorted(name for name in folders if name not in ("__pycache__", "corpus"))
        for name in sorted(names):
            yield os.path.normpath(os.path.join(relative, name))


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read()


def check_lines(path, lines):
    code = path.endswith(CODE)
    for number, line in enumerate(lines, 1):
        if code and len(line) > COLUMNS_MAX:
            yield number, f"{len(line)} columns; use at most {COLUMNS_MAX}"
        if code and line != line.rstrip():
            yield number, "white space at the end; use none"
        found = MARKER.search(line) if path.endswith(CPP) or path == "dev" else None
        if found and not CONDITION.search(line):
            yield number, f"{found.group(1)} without an end; use `TODO when CONDITION: what`"
        if MACHINE_PATH.search(line):
            yield number, "a path of one machine; use one relative to the repository"
        if path.endswith(CPP):
            for places, banned, what, use in BANNED:
                if path != POLLING and path.startswith(places) and banned.search(line.split("//")[0]):
                    yield number, f"{what}; use {use}"


def check_file(path, lines, explained):
    """`explained`: a header of the same name says what the file is."""
    name = os.path.basename(path)
    if NAMES.search(name):
        yield 1, f"{name} names no noun; use what it holds or does"
    if path.endswith(CPP + (".py",)) and len(lines) > FILE_LINES_MAX and path not in LONG_FILES:
        yield len(lines), f"{len(lines)} lines; use at most {FILE_LINES_MAX}, or two nouns in two files"
    if path.endswith(CPP):
        if not explained and not (lines and lines[0].startswith("//")):
            yield 1, "no top comment; use a sentence on what this file is"
        for start, count, function in long_functions("\n".join(lines)):
            if count > FUNCTION_LINES_MAX:
                yield start, f"{function} has {count} lines; use at most {FUNCTION_LINES_MAX}"
    if path.endswith(".h") and "#pragma once" not in lines:
        yield 1, "no include guard; use #pragma once"


def check_links(root, path, lines):
    folder = os.path.dirname(path)
    fenced = False
    for number, line in enumerate(lines, 1):
        fenced ^= line.startswith("```")
        spoken = re.sub(r"`[^`]*`", "", line)
        for found in () if fenced else LINK.finditer(spoken):
            target = found.group(1)
            if re.match(r"[a-z]+:", target):
                continue
            if not os.path.exists(os.path.join(root, folder, target)):
                yield number, f"a link to {target}, which is not there; use a path that exists"
        row = FILE_ROW.match(line) if os.path.basename(path) == "README.md" and folder else None
        if row and not os.path.exists(os.path.join(root, folder, row.group(1))):
            yield number, f"{row.group(1)} is not in {folder}/; use its new name or drop the row"


def check_rooms(root, paths):
    """The room table names every top folder, and no other."""
    document = "docs/ARCHITECTURE.md"
    if document not in paths:
        yield document, 1, "there is no docs/ARCHITECTURE.md; use one with the room table"
        return
    rows = {}
    for number, line in enumerate(read(root, document).splitlines(), 1):
        found = ROOM_ROW.match(line)
        if found:
            rows.setdefault(found.group(1), number)
    folders = {path.split("/")[0] for path in paths if "/" in path and not path.startswith(".")}
    for folder in sorted(folders - set(rows)):
        yield document, 1, f"{folder}/ is not in the room table; use a row of its own"
    for folder in sorted(set(rows) - folders):
        yield document, rows[folder], f"the room table names {folder}/, which is not there; use its new name"


def check(root):
    paths = list(files(root))
    known = set(paths)
    complaints = []
    for path in paths:
        if not path.endswith(TEXT) and path != "dev":
            continue
        lines = read(root, path).splitlines()
        explained = path.endswith(".cpp") and path[:-4] + ".h" in known
        found = list(check_lines(path, lines)) + list(check_file(path, lines, explained))
        if path.endswith(".md"):
            found += check_links(root, path, lines)
        complaints += [f"{path}:{number}: {what}" for number, what in sorted(found)]
    complaints += [f"{path}:{number}: {what}" for path, number, what in check_rooms(root, paths)]
    return complaints


def main():
    default = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    complaints = check(sys.argv[1] if len(sys.argv) > 1 else default)
    for line in complaints:
        print(line)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
