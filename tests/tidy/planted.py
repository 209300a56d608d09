"""A throw-away tree with files in it, and the checks run on it as a user runs them."""
import os
import subprocess
import sys
import tempfile
import unittest

TIDY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tools", "tidy")


class PlantedTree(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.root = self._folder.name

    def plant(self, path, text):
        full = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)

    def run_check(self, script):
        """(exit code, lines printed)"""
        done = subprocess.run([sys.executable, os.path.join(TIDY, script), self.root],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, timeout=50, check=False)
        self.assertEqual(done.stderr, "")
        return done.returncode, done.stdout.splitlines()
