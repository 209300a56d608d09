// Goal: the drawing shows every step and under which condition it stands.
#include "config/pack_graph.h"

#include <gtest/gtest.h>

#include "config/pack_file.h"

namespace mitr {
namespace {

TEST(PackGraph, DrawsStepsInOrderWithTheirConditions) {
  const auto pack = load_pack("config/packs/merchant").pack;
  ASSERT_TRUE(pack);
  const std::string graph = pack_graph(*pack);
  EXPECT_EQ(graph.rfind("flowchart TD\n", 0), 0u);
  EXPECT_NE(graph.find("return_goods_2 -->|\"way = exchange\"| return_goods_3"), std::string::npos)
      << graph;
  EXPECT_NE(graph.find("return_goods_3[\"ask instead\"]"), std::string::npos) << graph;
  EXPECT_NE(graph.find("file return_asked"), std::string::npos) << graph;
}

TEST(PackGraph, DrawsEveryShippedPack) {
  for (const char* name : {"school", "merchant", "clinic", "enterprise"}) {
    const auto pack = load_pack(pack_folder(name, "config/packs")).pack;
    ASSERT_TRUE(pack) << name;
    const std::string graph = pack_graph(*pack);
    for (const Flow& flow : pack->flows()) {
      EXPECT_NE(graph.find("subgraph " + flow.name + "\n"), std::string::npos) << flow.name;
    }
  }
}

}  // namespace
}  // namespace mitr
