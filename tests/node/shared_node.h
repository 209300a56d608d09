// One node and its provider for all tests of a suite: a node costs a second to start.
#pragma once

#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

#include "tests/node/node_process.h"

namespace mitr {

class SharedNode : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder = new TemporaryFolder;
    loop = new IoLoop;
    graph = new GraphStub(*loop);
    node = new NodeProcess(folder->path(), graph->base_url());
    started = node->start();
  }
  static void TearDownTestSuite() {
    delete std::exchange(node, nullptr);
    delete std::exchange(graph, nullptr);
    delete std::exchange(loop, nullptr);
    delete std::exchange(folder, nullptr);
  }
  void SetUp() override { ASSERT_TRUE(started) << "the node did not start"; }

  static PlainAnswer ask(const std::string& raw) { return request(port_of(node->base_url()), raw); }
  /// What `mitr` prints on the node's store.
  static std::string tool(std::vector<std::string> words) {
    words.insert(words.end(), {"--data", node->data().string()});
    return run_mitr(words).second;
  }

  // One after the other: suites do not overlap.
  static inline TemporaryFolder* folder = nullptr;
  static inline IoLoop* loop = nullptr;
  static inline GraphStub* graph = nullptr;
  static inline NodeProcess* node = nullptr;
  static inline bool started = false;
};

}  // namespace mitr
