// Goal: after kill -9 of node or PostgreSQL at any instant, every acknowledged message is stored
// once, every dialogue goes on where it was, every reply leaves, and nothing anyone wrote can be
// read in the data folder or the log. Method: parents who play the leave script and redeliver like
// Meta until they get a 200, while every webhook comes up to four times more, shuffled and beside
// the others, and a killer strikes after so many acknowledged turns.
// MITR_SOAK_ROUNDS sets the number of strikes.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <optional>
#include <random>
#include <set>
#include <signal.h>
#include <sstream>
#include <thread>

#include "tests/node/node_process.h"
#include "tests/support/becomes.h"

namespace mitr {
namespace {

struct Line {
  const char* say;
  const char* expect;
};
constexpr Line kScript[] = {
    {"I need leave for my daughter", "name of the student"},
    {"Zephyrine Quillfeather", "Which class"},
    {"5B", "From which day"},
    {"2026-12-07", "Until which day"},
    {"2026-12-09", "reason for the leave"},
    {"Brontosaurian influenza", "Please check"},
    {"yes", "is recorded"},
};
constexpr std::size_t kParents = 8;
/// Who deliver webhooks again, each time one of all that were sent so far.
constexpr std::size_t kRepeaters = 3;
constexpr int kRepeatsMax = 4;

std::size_t strikes() {
  const char* rounds = std::getenv("MITR_SOAK_ROUNDS");
  return rounds ? static_cast<std::size_t>(std::atol(rounds)) : 4;
}

/// Of each parent. So many that some turns are acknowledged between two strikes: who hears nothing
/// for a minute gives up.
std::size_t dialogues_each() {
  constexpr std::size_t kDialoguesMin = 3;
  constexpr std::size_t kTurnsBetweenStrikes = 3;
  const auto turns = kTurnsBetweenStrikes * (strikes() + 2);
  return std::max(kDialoguesMin, turns / (kParents * std::size(kScript)) + 1);
}

std::string phone_of(std::size_t parent) {
  return "91987650" + std::to_string(1000 + parent);
}
std::string id_of(std::size_t parent, std::size_t dialogue, std::size_t line) {
  return "wamid.crash." + std::to_string(parent) + "." + std::to_string(dialogue) + "." +
         std::to_string(line);
}

class Town {
 public:
  Town(NodeProcess& node, const GraphStub& graph) : port_(port_of(node.base_url())), graph_(graph) {
    for (std::size_t i = 0; i < kParents; ++i) threads_.emplace_back([this, i] { play(i); });
    for (std::size_t i = 0; i < kRepeaters; ++i) threads_.emplace_back([this, i] { repeat(i); });
  }
  ~Town() { join(); }
  void join() {
    for (auto& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }
  /// Waits until so many turns are acknowledged; false when all parents are done (or gave up)
  /// before.
  bool wait_acknowledged(std::size_t turns) {
    std::unique_lock lock(mutex_);
    moved_.wait(lock, [&] { return acknowledged_.size() >= turns || parents_done_ == kParents; });
    return acknowledged_.size() >= turns;
  }
  std::set<std::string> acknowledged() {
    std::lock_guard lock(mutex_);
    return acknowledged_;
  }
  std::vector<std::string> faults() {
    std::lock_guard lock(mutex_);
    return faults_;
  }
  std::size_t repeats() {
    std::lock_guard lock(mutex_);
    return repeats_;
  }

 private:
  void play(std::size_t parent) {
    const auto dialogues = dialogues_each();
    for (std::size_t dialogue = 0; dialogue < dialogues; ++dialogue) {
      for (std::size_t line = 0; line < std::size(kScript); ++line) {
        if (!say(parent, dialogue, line)) {
          std::lock_guard lock(mutex_);
          faults_.push_back(id_of(parent, dialogue, line));
          dialogue = dialogues;
          break;
        }
      }
    }
    std::lock_guard lock(mutex_);
    ++parents_done_;
    moved_.notify_all();
  }

  bool say(std::size_t parent, std::size_t dialogue, std::size_t line) {
    auto id = id_of(parent, dialogue, line);
    auto raw =
        signed_post(text_webhook(phone_of(parent), "Ottoline Marchbanks", id, kScript[line].say));
    {
      // Before its first delivery: some repeats overtake it, some come beside it.
      std::lock_guard lock(mutex_);
      again_.push_back({raw, kRepeatsMax});
    }
    constexpr int kDeliveriesMax = 600;
    int delivery = 0;
    while (request(port_, raw).status != 200) {
      if (++delivery > kDeliveriesMax) return false;
      std::unique_lock lock(mutex_);
      moved_.wait_for(lock, std::chrono::milliseconds{100});  // Meta's pause, shortened
    }
    {
      std::lock_guard lock(mutex_);
      acknowledged_.insert(id);
    }
    moved_.notify_all();
    // The reply of this dialogue, not of an earlier one: at least one per dialogue so far.
    auto replied = [&] { return graph_.count(phone_of(parent), kScript[line].expect) > dialogue; };
    return becomes(replied, std::chrono::seconds{60});
  }

  void repeat(std::size_t seed) {
    std::minstd_rand random(static_cast<unsigned>(seed + 1));
    while (auto raw = next_repeat(random)) (void)request(port_, *raw);
  }

  /// Any webhook sent so far that has repeats left; nothing when the parents are done and none has.
  std::optional<std::string> next_repeat(std::minstd_rand& random) {
    std::unique_lock lock(mutex_);
    moved_.wait(lock, [&] { return !again_.empty() || parents_done_ == kParents; });
    if (again_.empty()) return std::nullopt;
    auto& chosen = again_[random() % again_.size()];
    auto raw = chosen.raw;
    ++repeats_;
    if (--chosen.left == 0) {
      chosen = again_.back();
      again_.pop_back();
    }
    return raw;
  }

  struct Again {
    std::string raw;
    int left = 0;
  };

  std::uint16_t port_;
  const GraphStub& graph_;
  std::vector<Again> again_;
  std::size_t repeats_ = 0;
  std::mutex mutex_;
  std::condition_variable moved_;
  std::set<std::string> acknowledged_;
  std::vector<std::string> faults_;
  std::size_t parents_done_ = 0;
  std::vector<std::thread> threads_;
};

std::multiset<std::string> stored_ids(const NodeProcess& node) {
  auto [status, printed] = run_mitr({"journal", "ids", "--data", node.data().string()});
  EXPECT_EQ(status, 0);
  std::istringstream in(printed);
  return {std::istream_iterator<std::string>(in), {}};
}

// -- what must not be found ----

std::string hex_of(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += "0123456789abcdef"[byte >> 4];
    out += "0123456789abcdef"[byte & 15];
  }
  return out;
}

/// The part of the base64 form that does not depend on what stands before or after.
std::string base64_core(const std::string& text, std::size_t offset) {
  static constexpr char kDigits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string padded = std::string(offset, '\0') + text;
  padded.resize(padded.size() / 3 * 3);
  std::string out;
  for (std::size_t i = 0; i + 2 < padded.size(); i += 3) {
    unsigned word = 0;
    for (std::size_t j = i; j < i + 3; ++j)
      word = word << 8 | static_cast<unsigned char>(padded[j]);
    for (int shift = 18; shift >= 0; shift -= 6) out += kDigits[word >> shift & 63];
  }
  return out.substr(offset == 0 ? 0 : 4);
}

std::vector<std::string> forms_of(const std::string& canary) {
  std::vector<std::string> forms{canary, hex_of(canary)};
  for (std::size_t offset = 0; offset < 3; ++offset) forms.push_back(base64_core(canary, offset));
  return forms;
}

/// Names of files under `root` that hold any form of any canary.
std::vector<std::string> files_with(const std::filesystem::path& root,
                                    const std::vector<std::string>& canaries) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    for (const auto& canary : canaries) {
      for (const auto& form : forms_of(canary)) {
        if (bytes.find(form) != std::string::npos)
          found.push_back(entry.path().string() + ": " + form);
      }
    }
  }
  return found;
}

TEST(Canaries, AreSeenInEveryFormByTheSearchItself) {
  TemporaryFolder folder;
  std::ofstream(folder.path() / "plain") << "xx919876501000yy";
  std::ofstream(folder.path() / "hex") << hex_of("a919876501000");
  // "wamid" style: the phone inside a longer base64 text, at any alignment.
  std::ofstream(folder.path() / "base64") << "HBgM" << base64_core("919876501000", 0) << "FQIA";
  EXPECT_EQ(files_with(folder.path(), {"919876501000"}).size(), 3u);
}

TEST(Crash, LosesAndDoublesNothingAndLeavesNothingReadable) {
  TemporaryFolder folder;
  IoLoop loop;
  GraphStub graph(loop);
  NodeProcess node(folder.path(), graph.base_url());
  ASSERT_TRUE(node.start());
  std::size_t all = kParents * dialogues_each() * std::size(kScript);
  {
    Town town(node, graph);
    for (std::size_t strike = 0; strike < strikes(); ++strike) {
      if (!town.wait_acknowledged((strike + 1) * all / (strikes() + 2))) break;
      std::fprintf(stderr, "strike %zu of %zu\n", strike + 1, strikes());
      if (strike % 2 == 0) {
        node.kill_hard();
        ASSERT_TRUE(node.start()) << "strike " << strike;
      } else {
        auto postmaster = node.postmaster();
        ASSERT_GT(postmaster, 0);
        ::kill(postmaster, SIGKILL);
      }
    }
    town.join();
    EXPECT_THAT(town.faults(), ::testing::IsEmpty());
    EXPECT_EQ(town.repeats(), all * kRepeatsMax);
    auto acknowledged = town.acknowledged();
    EXPECT_EQ(acknowledged.size(), all);
    auto stored = stored_ids(node);
    EXPECT_EQ(stored.size(), all) << "stored once each";
    EXPECT_EQ(std::set<std::string>(stored.begin(), stored.end()), acknowledged);
  }
  auto requests = run_mitr({"journal", "requests", "--data", node.data().string()}).second;
  EXPECT_EQ(static_cast<std::size_t>(std::count(requests.begin(), requests.end(), '\n')),
            kParents * dialogues_each());
  EXPECT_EQ(node.terminate(), 0);

  std::vector<std::string> canaries{"Zephyrine", "Quillfeather", "Brontosaurian", "Marchbanks",
                                    "wamid.crash"};
  for (std::size_t parent = 0; parent < kParents; ++parent) canaries.push_back(phone_of(parent));
  EXPECT_THAT(files_with(folder.path(), canaries), ::testing::IsEmpty());
}

}  // namespace
}  // namespace mitr
