"""Goal: each habit is enforced. Method: a clean tree, then one planted fault, and what must be said."""
import unittest

from planted import PlantedTree

ARCHITECTURE = "# Architecture\n\n| room | what |\n|---|---|\n| `nlu` | words |\n| `docs` | papers |\n"
CLEAN = "// A noun.\n#pragma once\n"


class CheckText(PlantedTree):
    def setUp(self):
        super().setUp()
        self.plant("docs/ARCHITECTURE.md", ARCHITECTURE)
        self.plant("nlu/noun.h", CLEAN)

    def says(self, expected):
        code, lines = self.run_check("check_text.py")
        self.assertEqual((code, lines), (1, [expected]))

    def test_accepts_a_clean_tree(self):
        self.assertEqual(self.run_check("check_text.py"), (0, []))

    def test_refuses_a_marker_without_an_end(self):
        self.plant("nlu/noun.h", CLEAN + "// TO" + "DO: mend\n")
        self.says("nlu/noun.h:3: TO" + "DO without an end; use `TO" + "DO when CONDITION: what`")

    def test_accepts_a_marker_with_an_end(self):
        self.plant("nlu/noun.h", CLEAN + "// TO" + "DO when g++ 13 is here: std::chrono zones\n")
        self.assertEqual(self.run_check("check_text.py"), (0, []))

    def test_refuses_long_lines(self):
        self.plant("nlu/noun.h", CLEAN + "// " + "x" * 108 + "\n")
        self.says("nlu/noun.h:3: 111 columns; use at most 110")

    def test_counts_characters_and_not_bytes(self):
        self.plant("nlu/noun.h", CLEAN + "// " + "ä" * 107 + "\n")
        self.assertEqual(self.run_check("check_text.py"), (0, []))

    def test_refuses_white_space_at_the_end(self):
        self.plant("nlu/noun.h", CLEAN + "int a; \n")
        self.says("nlu/noun.h:3: white space at the end; use none")

    def test_refuses_a_long_function(self):
        self.plant("nlu/noun.h", CLEAN + "inline int f() {\n" + "  g();\n" * 70 + "}\n")
        self.says("nlu/noun.h:3: f has 72 lines; use at most 70")

    def test_refuses_a_long_file(self):
        self.plant("nlu/noun.h", CLEAN + "int a;\n" * 449)
        self.says("nlu/noun.h:451: 451 lines; use at most 450, or two nouns in two files")

    def test_refuses_names_that_name_nothing(self):
        for name in ("text_util.h", "utils.h", "my_helpers.h",
                      "flow_manager.h", "helper_x.h", "send_service.h"):
            with self.subTest(name):
                self.plant("nlu/" + name, CLEAN)
                code, lines = self.run_check("check_text.py")
                self.assertEqual(code, 1)
                wanted = f"nlu/{name}:1: {name} names no noun; use what it holds or does"
                self.assertIn(wanted, lines)

    def test_refuses_printing(self):
        self.plant("nlu/noun.h", CLEAN + "inline void f() { std::cout << 1; }\n")
        self.says("nlu/noun.h:3: prints; use a return value, or the log in actors/ and persistence/")

    def test_refuses_a_clock_where_decisions_are_made(self):
        self.plant("nlu/noun.h", CLEAN + "inline auto f() { return std::chrono::system_clock::now(); }\n")
        self.says("nlu/noun.h:3: a clock or chance in a deciding room; use an argument")

    def test_refuses_a_revealed_log_line(self):
        self.plant("nlu/noun.h", CLEAN + 'inline void f() { spdlog::info("{}", text.reveal()); }\n')
        self.says("nlu/noun.h:3: personal data in a log line; use an id")

    def test_refuses_a_path_of_one_machine(self):
        self.plant("nlu/noun.h", CLEAN + "// see /ho" + "me/someone/notes\n")
        self.says("nlu/noun.h:3: a path of one machine; use one relative to the repository")

    def test_refuses_a_missing_top_comment_and_guard(self):
        self.plant("nlu/noun.h", "int a;\n")
        code, lines = self.run_check("check_text.py")
        self.assertEqual((code, lines), (1, [
            "nlu/noun.h:1: no include guard; use #pragma once",
            "nlu/noun.h:1: no top comment; use a sentence on what this file is"]))

    def test_lets_a_header_explain_its_source(self):
        self.plant("nlu/noun.cpp", '#include "nlu/noun.h"\n')
        self.assertEqual(self.run_check("check_text.py"), (0, []))

    def test_refuses_a_broken_link(self):
        self.plant("nlu/README.md", "# nlu\n[gone](gone.h) [here](noun.h) [out](https://example.org/x)\n")
        self.says("nlu/README.md:2: a link to gone.h, which is not there; use a path that exists")

    def test_refuses_a_row_without_its_file(self):
        self.plant("nlu/README.md", "# nlu\n| `gone.h` | x |\n| `noun.h` | x |\n")
        self.says("nlu/README.md:2: gone.h is not in nlu/; use its new name or drop the row")

    def test_refuses_a_folder_without_a_room(self):
        self.plant("extra/noun.h", CLEAN)
        self.says("docs/ARCHITECTURE.md:1: extra/ is not in the room table; use a row of its own")

    def test_refuses_a_room_without_a_folder(self):
        self.plant("docs/ARCHITECTURE.md", ARCHITECTURE + "| `attic` | old |\n")
        self.says("docs/ARCHITECTURE.md:7: the room table names attic/, which is not there; use its new name")

    def test_does_not_look_at_what_git_ignores(self):
        self.plant(".gitignore", "/build/\n")
        self.plant("build/x.h", "int a;\n")
        self.assertEqual(self.run_check("check_text.py"), (0, []))


class CheckTests(PlantedTree):
    def test_refuses_a_sleep_in_a_test(self):
        self.plant("docs/ARCHITECTURE.md", "# A\n| `tests` | x |\n| `docs` | x |\n")
        self.plant("tests/noun_test.cpp", "// Goal.\nvoid f() { std::this_thread::sleep_for(1s); }\n")
        self.assertEqual(self.run_check("check_text.py"), (1, [
            "tests/noun_test.cpp:2: a sleep in a test;"
            " use virtual time, a condition variable, a future or becomes()"]))

    def test_refuses_then_in_a_conversation(self):
        self.plant("docs/ARCHITECTURE.md", "# A\n| `actors` | x |\n| `docs` | x |\n")
        self.plant("actors/conversation/noun.cpp", "// A noun.\nvoid f() { r.then(g); }\n")
        self.assertEqual(self.run_check("check_text.py"), (1, [
            "actors/conversation/noun.cpp:2: .then lets the next message be decided against the old state; "
            "use .await"]))

    def test_refuses_chosen_randomness_in_a_node(self):
        self.plant("docs/ARCHITECTURE.md", "# A\n| `actors` | x |\n| `docs` | x |\n")
        self.plant("actors/noun.cpp", "// A noun.\n#include \"persistence/crypto/chosen_randomness.h\"\n")
        self.assertEqual(self.run_check("check_text.py"), (1, [
            "actors/noun.cpp:2: chosen randomness in a node opens what it seals; "
            "use random_bytes(), or tools/simulate"]))


if __name__ == "__main__":
    unittest.main()
