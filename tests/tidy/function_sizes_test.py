"""Goal: function lengths are counted right. Method: small texts with what misleads a reader of braces."""
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tools", "tidy"))
from function_sizes import long_functions  # noqa: E402


class FunctionSizes(unittest.TestCase):
    def counts(self, text):
        return [(name, count) for _, count, name in long_functions(text)]

    def test_counts_from_the_signature_to_the_brace(self):
        text = "namespace a {\nint f(int x,\n      int y) {\n  return x;\n}\n}\n"
        self.assertEqual(self.counts(text), [("f", 4)])

    def test_counts_members_of_a_class(self):
        self.assertEqual(self.counts("class A {\n  int f() const {\n    return 1;\n  }\n};\n"), [("f", 3)])

    def test_skips_braces_in_literals_and_comments(self):
        text = 'int f() {\n  // {{{\n  g("{", \'{\', R"x({ )" {)x", 1\'000);\n  return 0;\n}\nint h() {}\n'
        self.assertEqual(self.counts(text), [("f", 5), ("h", 1)])

    def test_counts_a_lambda_with_its_function(self):
        text = "void f() {\n  auto g = [](int x) {\n    return x;\n  };\n}\n"
        self.assertEqual(self.counts(text), [("f", 5)])

    def test_does_not_take_data_for_a_function(self):
        text = "constexpr int kA[] = {\n  1,\n  2,\n};\nstruct B {\n  int b{0};\n};\n"
        self.assertEqual(self.counts(text), [])


if __name__ == "__main__":
    unittest.main()
