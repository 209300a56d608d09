#!/usr/bin/env python3
"""The include rule of docs/ARCHITECTURE.md, executed. One table; a file obeys its longest matching place.

usage: check_layers.py [ROOT]      prints `path:line: what; use what`, exit code 1 if anything is printed
"""
import os
import re
import sys

ROOMS = ("protocols", "nlu", "config", "persistence", "actors", "tools", "tests")

# Third party, by what an include begins with.
LIBRARIES = {
    "CAF": ("caf/",),
    "Beast/Asio": ("boost/",),
    "libpq": ("libpq",),
    "OpenSSL": ("openssl/",),
    "simdjson": ("simdjson",),
    "nlohmann-json": ("nlohmann/",),
    "cereal": ("cereal/",),
    "libphonenumber": ("phonenumbers/",),
    "yaml-cpp": ("yaml-cpp/",),
    "date": ("date/",),
    "spdlog": ("spdlog/", "fmt/"),
    "prometheus-cpp": ("prometheus/",),
    "CLI11": ("CLI/",),
    "libcsv": ("csv.h",),
    "libseccomp": ("seccomp.h",),
    "Eigen": ("Eigen/",),
    "zlib": ("zlib.h",),
    "GoogleTest": ("gtest/", "gmock/"),
    "google-benchmark": ("benchmark/",),
}

# Where the world could get into a part that only decides: clocks, threads, files, sockets.
WORLD = re.compile(r"(thread|mutex|shared_mutex|condition_variable|future|fstream|iostream|filesystem|random"
                   r"|ctime|time\.h|unistd\.h|fcntl\.h|poll\.h|pthread\.h|sys/.*|netinet/.*|arpa/.*)$")

EVERYTHING = set(ROOMS)
PURE = True
# place: (what of ours it may include, third party it may include, True if it may not touch the world)
RULES = {
    "protocols": ({"protocols"}, {"libphonenumber"}, PURE),
    "protocols/whatsapp": ({"protocols"}, {"simdjson", "OpenSSL"}, PURE),
    "nlu": ({"protocols", "nlu"}, {"cereal"}, PURE),
    "config": ({"protocols", "nlu", "config"}, {"yaml-cpp", "nlohmann-json", "date", "libcsv", "OpenSSL"},
               not PURE),
    "persistence": ({"protocols", "persistence"}, {"OpenSSL", "spdlog"}, not PURE),
    "persistence/postgres": ({"protocols", "persistence"}, {"libpq", "OpenSSL", "spdlog"}, not PURE),
    "actors": ({"protocols", "nlu", "config", "persistence", "actors"}, {"CAF", "spdlog"}, not PURE),
    "actors/http": ({"protocols", "actors/http"}, {"Beast/Asio", "OpenSSL"}, not PURE),
    "actors/metrics": ({"protocols", "actors/metrics"}, {"prometheus-cpp"}, not PURE),
    "tools": (EVERYTHING - {"tests"}, set(LIBRARIES) - {"libpq", "GoogleTest", "libseccomp"}, not PURE),
    # What a hostile example could take over: no key, store or actor is in reach of its code.
    "tools/trainer": ({"protocols", "nlu", "tools/trainer"}, {"libseccomp"}, not PURE),
    "tests": (EVERYTHING, set(LIBRARIES), not PURE),
}

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def sources(root):
    for room in ROOMS:
        for folder, folders, files in os.walk(os.path.join(root, room)):
            folders.sort()
            for name in sorted(files):
                if name.endswith((".h", ".cpp")):
                    yield os.path.relpath(os.path.join(folder, name), root)


def place_of(path):
    """The most special row of the table that holds for a file."""
    return max((p for p in RULES if path.startswith(p + "/")), key=len)


def library_of(header):
    for library, beginnings in LIBRARIES.items():
        if header.startswith(beginnings):
            return library
    return None


def complaint(path, header):
    """What is wrong with `path` including `header`, or None."""
    place = place_of(path)
    ours, libraries, pure = RULES[place]
    if header.split("/")[0] in ROOMS and "/" in header:
        if any(header.startswith(room + "/") for room in ours):
            return None
        return f"{place}/ may not include {header}; use only {', '.join(sorted(ours))}"
    library = library_of(header)
    if library is not None:
        if library in libraries:
            return None
        homes = sorted(p for p, rule in RULES.items() if library in rule[1] and p != "tests")
        return f"{place}/ may not include {header} ({library}); use it in {', '.join(homes) or 'tests'}"
    if pure and WORLD.match(header):
        return (f"{place}/ may not include <{header}>: it has no clock, thread, file or socket; "
                "use an argument")
    if header.startswith(".."):
        return f"{header} climbs out of its folder; use the path from the root"
    return None


def check(root):
    complaints = []
    for path in sources(root):
        with open(os.path.join(root, path), encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                found = INCLUDE.match(line)
                what = found and complaint(path, found.group(1))
                if what:
                    complaints.append(f"{path}:{number}: {what}")
    return complaints


def main():
    default = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    complaints = check(sys.argv[1] if len(sys.argv) > 1 else default)
    for line in complaints:
        print(line)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
