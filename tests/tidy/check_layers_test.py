"""Goal: the include rule is enforced. Method: one bad include in a tree of its own, and what must be said."""
import unittest

from planted import PlantedTree


class CheckLayers(PlantedTree):
    def says(self, path, include, *parts):
        self.plant(path, f"// A file.\n#include {include}\n")
        code, lines = self.run_check("check_layers.py")
        self.assertEqual(code, 1, f"{path} with {include} was let through")
        self.assertEqual(len(lines), 1, lines)
        self.assertTrue(lines[0].startswith(f"{path}:2: "), lines[0])
        for part in parts:
            self.assertIn(part, lines[0])

    def accepts(self, path, *includes):
        self.plant(path, "".join(f"#include {include}\n" for include in includes))
        self.assertEqual(self.run_check("check_layers.py"), (0, []))

    def test_accepts_an_empty_tree(self):
        self.assertEqual(self.run_check("check_layers.py"), (0, []))

    def test_accepts_the_rule(self):
        self.accepts("nlu/a.cpp", "<string>", "<cereal/cereal.hpp>", '"protocols/ids.h"', '"nlu/a.h"')
        self.accepts("actors/a.cpp", "<caf/all.hpp>", '"config/zone.h"', '"persistence/store.h"')
        self.accepts("actors/http/a.cpp", "<boost/asio.hpp>", "<openssl/ssl.h>", '"actors/http/a.h"')
        self.accepts("tests/nlu/a_test.cpp", "<gtest/gtest.h>", "<caf/all.hpp>", '"tools/graph/a.h"')

    def test_refuses_a_room_above(self):
        self.says("nlu/dialogue/a.cpp", '"actors/messages.h"',
                  "nlu/ may not include", "use only nlu, protocols")

    def test_refuses_meaning_in_the_store(self):
        self.says("persistence/a.cpp", '"nlu/dialogue/dialogue.h"', "persistence/ may not include")

    def test_refuses_tests_in_the_program(self):
        self.says("tools/a.cpp", '"tests/support/a.h"', "tools/ may not include")

    def test_refuses_caf_outside_actors(self):
        self.says("nlu/a.cpp", "<caf/all.hpp>", "(CAF)", "use it in actors, tools")

    def test_refuses_caf_beside_beast(self):
        self.says("actors/http/a.cpp", "<caf/all.hpp>", "actors/http/ may not include")

    def test_refuses_beast_beside_caf(self):
        self.says("actors/gateway/a.cpp", "<boost/beast.hpp>", "(Beast/Asio)")

    def test_refuses_libpq_outside_postgres(self):
        self.says("persistence/memory/a.cpp", "<libpq-fe.h>", "use it in persistence/postgres")

    def test_refuses_logging_in_a_deciding_room(self):
        self.says("config/a.cpp", "<spdlog/spdlog.h>", "(spdlog)")

    def test_refuses_the_world_in_a_deciding_room(self):
        self.says("nlu/a.cpp", "<thread>", "use an argument")

    def test_refuses_a_climbing_path(self):
        self.says("actors/a.cpp", '"../x.h"', "use the path from the root")


if __name__ == "__main__":
    unittest.main()
