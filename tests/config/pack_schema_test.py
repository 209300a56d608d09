"""Goal: the schemas that editors use say what the reader of packs says. Method: every shipped pack validates,
a spoilt one does not, and keys and names of the schemas are compared with those in the reader's text."""
import glob
import json
import os
import re
import unittest

import jsonschema
import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PACKS = os.path.join(ROOT, "config", "packs")


class Texts(yaml.SafeLoader):
    """As the reader takes YAML: only true, false and whole numbers are more than texts."""


Texts.yaml_implicit_resolvers = {}
Texts.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
Texts.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[0-9]+$"), list("0123456789"))
Texts.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
Texts.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"^(?:<<)$"), ["<"])


def read(path):
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, Texts)


def schema(name):
    with open(os.path.join(PACKS, name + ".schema.json"), encoding="utf-8") as file:
        return json.load(file)


def reader_text():
    texts = []
    for path in sorted(glob.glob(os.path.join(ROOT, "config", "pack_*.cpp"))):
        with open(path, encoding="utf-8") as file:
            texts.append(file.read())
    return "\n".join(texts)


def quoted(text):
    return re.findall(r'"([^"]*)"', text)


def keys_of_reader(source):
    """For each noun the reader names to an author, the keys it takes under it."""
    keys = {}
    for noun, listed in re.findall(r'expect_map\(\s*[^,]+,\s*"([^"]+)",\s*\{([^}]*)\}', source):
        keys.setdefault(noun, set()).update(quoted(listed))
    for listed in re.findall(r"\bkeys\(\{([^}]*)\}\)", source):
        keys.setdefault("the step", set()).update(quoted(listed))
    keys["common"] = {"yes", "no"} | set(re.findall(r'\{"(\w+)", &CommonPhrases::', source))
    keys["moves"] = set(re.findall(r'\{"(\w+)", Move::k', source))
    del keys["the base pack"]
    return keys


def keys_of_schema(*schemas):
    keys = {}

    def visit(node):
        if isinstance(node, dict):
            if "properties" in node and isinstance(node.get("title"), str):
                keys[node["title"]] = set(node["properties"])
            for child in node.values():
                visit(child)
        elif isinstance(node, list):
            for child in node:
                visit(child)

    for each in schemas:
        visit(each)
    return keys


class PackSchema(unittest.TestCase):
    def test_is_a_schema(self):
        for name in ("pack", "phrases"):
            jsonschema.Draft7Validator.check_schema(schema(name))

    def test_takes_every_shipped_pack(self):
        folders = sorted(glob.glob(os.path.join(PACKS, "*", "pack.yaml")))
        folders += sorted(glob.glob(os.path.join(ROOT, "tests", "golden", "packs", "*", "pack.yaml")))
        self.assertGreaterEqual(len(folders), 5)
        for path in folders:
            jsonschema.validate(read(path), schema("pack"))
        phrases = glob.glob(os.path.join(PACKS, "*", "phrases.*.yaml"))
        phrases += glob.glob(os.path.join(ROOT, "tests", "golden", "packs", "*", "phrases.*.yaml"))
        for path in sorted(phrases):
            jsonschema.validate(read(path), schema("phrases"))

    def test_refuses_what_the_reader_refuses(self):
        validator = jsonschema.Draft7Validator(schema("pack"))
        whole = read(os.path.join(PACKS, "school", "pack.yaml"))
        self.assertTrue(validator.is_valid(whole))
        for spoil in (lambda pack: pack.update(treshold=1),
                      lambda pack: pack["flows"][0].pop("name"),
                      lambda pack: pack["flows"][0]["slots"][0].update(kind="klass"),
                      lambda pack: pack["flows"][0].update(steps=[{"collect": "a", "say": "b"}])):
            pack = read(os.path.join(PACKS, "school", "pack.yaml"))
            spoil(pack)
            self.assertFalse(validator.is_valid(pack))

    def test_knows_the_keys_of_the_reader(self):
        self.maxDiff = None
        self.assertEqual(keys_of_schema(schema("pack"), schema("phrases")), keys_of_reader(reader_text()))

    def test_knows_the_kinds_and_rules_of_the_reader(self):
        source = reader_text()
        slot = schema("pack")["definitions"]["slot"]["properties"]
        rules = schema("pack")["definitions"]["check"]["properties"]["rule"]["enum"]
        self.assertEqual(set(slot["kind"]["enum"]), set(re.findall(r'\{"(\w+)", SlotKind::k', source)))
        self.assertEqual(set(rules), set(re.findall(r'\{"(\w+)", Check::Rule::k', source)))
        self.assertEqual(set(slot["when_missed"]["enum"]),
                         set(re.findall(r'\{"(\w+)", WhenMissed::k', source)))


if __name__ == "__main__":
    unittest.main()
