// One writer of a crash run, without CAF: holds leases, takes the messages of a seeded channel and
// appends them, and says what it was told. The channel redelivers a fifth of the messages and
// brings them out of order. Runs until it is killed.
//
// usage: history_appender DSN PROCESS SEED FILE LEASE_MS PAUSE_MS fence|clock|hasty
//
// Two modes are wrong on purpose. `clock` trusts its own clock instead of the store's fence: it
// checks its lease, pauses, and appends where the conversation ends by then. `hasty` says
// "committed" though the store did not.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <map>
#include <poll.h>
#include <random>
#include <set>
#include <string>
#include <unistd.h>

#include "persistence/postgres/store.h"
#include "persistence/store.h"
#include "tests/history/history.h"

namespace mitr::history {
namespace {

using Steady = std::chrono::steady_clock;
using Kind = Event::Kind;

constexpr int kConversations = 48;
/// Messages of one conversation under way at once.
constexpr int kWindow = 3;

TenantId the_tenant() {
  TenantId tenant;
  tenant.bytes.fill(0x11);
  return tenant;
}

ContactId contact_of(int conversation) {
  ContactId contact;
  contact.bytes.fill(0x22);
  contact.bytes[0] = static_cast<std::uint8_t>(conversation);
  contact.bytes.back() = static_cast<std::uint8_t>(conversation);
  return contact;
}

KeyedHash hash_of(int conversation, int message) {
  KeyedHash hash;
  hash.bytes.fill(static_cast<std::uint8_t>(conversation));
  for (int byte = 0; byte < 4; ++byte)
    hash.bytes[static_cast<std::size_t>(byte)] = static_cast<std::uint8_t>(message >> (8 * byte));
  return hash;
}

/// This program is what a test looks at, not the test: it idles, and its control is made to pause.
void rest(std::chrono::milliseconds time) {
  ::poll(nullptr, 0, static_cast<int>(time.count()));
}

struct Options {
  std::string dsn;
  int process = 0;
  unsigned seed = 0;
  std::string file;
  std::chrono::milliseconds lease{0};
  std::chrono::milliseconds pause{0};
  bool fence = true;
  bool hasty = false;
};

class Appender {
 public:
  Appender(const Options& options, Store& store)
      : options_(options),
        random_(options.seed + static_cast<unsigned>(options.process)),
        writer_(store.writer()),
        reader_(store.reader()),
        leases_(store.leases()),
        out_(::open(options.file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {}

  [[noreturn]] void run() {
    while (true) {
      if (Steady::now() >= renew_at_) hold();
      const int conversation = static_cast<int>(random_() % kConversations);
      const auto& lease = table_[shard_of(contact_of(conversation))];
      if (lease.mine && Steady::now() < until_) {
        take(conversation, lease.epoch);
      } else {
        rest(std::chrono::milliseconds(1));
      }
    }
  }

 private:
  struct Known {
    std::uint32_t epoch = 0;  ///< Under which it was read.
    std::uint64_t seq = 0;
    std::set<int> done;  ///< Messages that have had their outcome, as far as this process knows.
  };

  void hold() {
    const auto asked = Steady::now();
    auto table = leases_->hold(options_.lease, std::chrono::milliseconds(0));
    // Not in step with the others, who were started together.
    renew_at_ = Steady::now() + options_.lease / 8 + options_.lease / 4 * (random_() % 100) / 100;
    if (!table) return;
    table_ = *table;
    until_ = asked + options_.lease;
  }

  /// The conversation as the store has it; false if the store is away.
  bool load(int conversation, Known& known, std::uint32_t epoch) {
    auto stored = reader_->conversation(the_tenant(), contact_of(conversation));
    if (!stored && stored.error().code == Errc::kNotFound) {
      Batch batch;
      batch.claims = {{the_tenant(),
                       {{hash_of(conversation, -1), AliasKind::kPhone}},
                       {},
                       {},
                       contact_of(conversation),
                       "key",
                       "details"}};
      if (!writer_->commit(batch)) return false;
      stored = reader_->conversation(the_tenant(), contact_of(conversation));
    }
    if (!stored) return false;
    known = {epoch, stored->last_seq, {}};
    return true;
  }

  /// One delivery: a message of the window, or an old one again.
  int pick(int conversation, const Known& known) {
    const int at = static_cast<int>(known.seq) + 1;
    if (random_() % 5 == 0) return std::max(1, at - static_cast<int>(random_() % 6));
    for (int tried = 0; tried < 8; ++tried) {
      const int message = at + static_cast<int>(random_() % kWindow) - 1;
      if (message > 0 && !known.done.contains(message) &&
          !taken_for_done_.contains({conversation, message}))
        return message;
    }
    return at;
  }

  void take(int conversation, std::uint32_t epoch) {
    Known& known = known_[conversation];
    if (known.epoch != epoch && !load(conversation, known, epoch)) return;
    // Between the check, which is behind us, and the append: another may take over here.
    if (options_.pause.count() > 0) rest(options_.pause);
    // A store without a fence takes the next place, whoever wrote the last.
    if (!options_.fence && !load(conversation, known, epoch)) return;
    const int message = pick(conversation, known);
    Append append;
    append.tenant = the_tenant();
    append.conversation = contact_of(conversation);
    append.seq = known.seq + 1;
    append.message = hash_of(conversation, message);
    append.epoch = options_.fence ? epoch : 0;
    append.body = body_of({conversation, append.seq, message, options_.process, epoch});
    Batch batch;
    batch.appends = {append};
    // The intent is on disk before the store hears of it: whatever happens then, it was sent.
    note({options_.process, Kind::kLost, conversation, message, append.seq, epoch});
    const auto answer = writer_->commit(batch);
    if (!answer) {
      known.epoch = 0;
      return failed(answer.error().code,
                    {options_.process, Kind::kLost, conversation, message, append.seq, epoch});
    }
    settle(known, {options_.process, Kind::kLost, conversation, message, append.seq, epoch},
           answer->appends.at(0));
  }

  void failed(Errc code, Event event) {
    event.kind = may_retry(code) ? Kind::kUnavailable : Kind::kBroken;
    if (options_.hasty) {
      event.kind = Kind::kCommitted;
      taken_for_done_.emplace(event.conversation, event.message);
    }
    event.failed = true;
    note(event);
  }

  void settle(Known& known, Event event, AppendVerdict verdict) {
    switch (verdict) {
      case AppendVerdict::kCommitted:
        event.kind = Kind::kCommitted;
        ++known.seq;
        known.done.insert(event.message);
        break;
      case AppendVerdict::kDuplicate:
        event.kind = Kind::kDuplicate;
        known.done.insert(event.message);
        break;
      case AppendVerdict::kFenced:
        event.kind = Kind::kFenced;
        known.epoch = 0;
        break;
    }
    note(event);
  }

  void note(const Event& event) {
    const auto line = line_of(event);
    if (::write(out_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::abort();
  }

  Options options_;
  std::mt19937 random_;
  std::unique_ptr<Writer> writer_;
  std::unique_ptr<Reader> reader_;
  std::unique_ptr<Leases> leases_;
  int out_;
  LeaseTable table_{};
  Steady::time_point until_{};
  Steady::time_point renew_at_{};
  std::map<int, Known> known_;
  /// Acknowledged in haste: who sent them sends them only by chance again.
  std::set<std::pair<int, int>> taken_for_done_;
};

}  // namespace
}  // namespace mitr::history

int main(int argc, char** argv) {
  using namespace mitr::history;
  if (argc != 8) return 2;
  const Options options{argv[1],
                        std::atoi(argv[2]),
                        static_cast<unsigned>(std::atol(argv[3])),
                        argv[4],
                        std::chrono::milliseconds(std::atol(argv[5])),
                        std::chrono::milliseconds(std::atol(argv[6])),
                        std::string(argv[7]) != "clock",
                        std::string(argv[7]) == "hasty"};
  while (true) {
    // The database may be down when this process starts.
    if (auto store = mitr::open_postgres(options.dsn)) Appender(options, **store).run();
    rest(std::chrono::milliseconds(20));
  }
}
