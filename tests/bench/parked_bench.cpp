// What a parked conversation costs in memory, and how long the tenant pauses while its book grows:
// the contact book beside the node-based maps it replaced. Each is built in a process of its own.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <malloc.h>
#include <random>
#include <sys/wait.h>
#include <type_traits>
#include <unistd.h>
#include <vector>

#include "actors/tenant/contact_book.h"
#include "nlu/dialogue/turn_record.h"
#include "protocols/contact_details.h"
#include "tests/bench/node_based_book.h"

namespace mitr {
namespace {

/// Bytes each, unless said otherwise.
struct Figures {
  double contacts = 0, aliases = 0, records = 0;
  double resident = 0, resident_later = 0;
  double pause_us = 0, find_ns = 0;
  double allocated() const { return contacts + aliases + records; }
};

double allocated_bytes() {
  const auto info = mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd);
}
double resident_bytes() {
  std::size_t size = 0;
  std::size_t resident = 0;
  std::ifstream("/proc/self/statm") >> size >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}
/// Of this thread: what others do on the machine is no pause of ours.
double cpu_ns() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

/// The contacts of one tenant, the same in every run. One in four is known by phone and BSUID, the
/// others by phone. One in three left a form half filled, the others are at rest.
class People {
 public:
  explicit People(std::uint32_t seed) : random_(seed) {}

  ContactId id() { return {bytes()}; }
  std::vector<KeyedHash> aliases(std::size_t n) {
    std::vector<KeyedHash> all{{bytes()}};
    if (n % 4 == 0) all.push_back({bytes()});
    return all;
  }
  ParkedRecord record(std::size_t n, bool state_at_rest_is_encoded) {
    static constexpr std::array<const char*, 4> kNames{"Asha Verma", "Mohammed Yusuf Khan", "Ravi",
                                                       "Lakshmi Narayanan"};
    const auto phone = std::to_string(919'800'000'000 + n);
    ContactDetails details{Personal(phone), Personal(n % 4 == 0 ? "IN.7" + phone : ""),
                           Personal(kNames[n % kNames.size()])};
    DialogueState state;
    if (n % 3 == 0) {
      const Personal student("Aisha Khan");
      state = {"leave", "class", 0, {{"student", {student, student}}}, 1'790'000'000, false};
    }
    const bool bare = state.at_rest() && !state_at_rest_is_encoded;
    return {2 + n % 40, state.wake_at, bare ? std::string() : encode(state), encode(details)};
  }

 private:
  std::array<std::uint8_t, 16> bytes() {
    std::array<std::uint8_t, 16> bytes{};
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random_());
    return bytes;
  }
  std::mt19937 random_;
};

ParkedRecord taken(NodeBasedBook& book, NodeBasedBook::Contact& contact) {
  return book.take_record(contact);
}
ParkedRecord taken(ContactBook& book, Contact& contact) {
  return book.take_record(contact).value_or(ParkedRecord{});
}

/// Everyone writes once more and is parked again, in no order: what churn leaves behind.
template <class Book, class Known>
void churn(Book& book, std::vector<Known*> contacts) {
  std::mt19937 random(2);
  std::shuffle(contacts.begin(), contacts.end(), random);
  for (std::size_t n = 0; n < contacts.size(); ++n) {
    auto record = taken(book, *contacts[n]);
    ++record.last_seq;
    book.park(*contacts[n], std::move(record));
  }
}

template <class Book>
double find_ns(Book& book, std::size_t count) {
  constexpr std::size_t kLooks = 200'000;
  People people(1);
  std::vector<std::vector<KeyedHash>> aliases;
  for (std::size_t n = 0; n < count; ++n) {
    people.id();
    aliases.push_back(people.aliases(n));
  }
  std::mt19937 random(3);
  std::shuffle(aliases.begin(), aliases.end(), random);
  std::size_t found = 0;
  const auto begun = cpu_ns();
  for (std::size_t n = 0; n < kLooks; ++n) found += book.find(aliases[n % count]) != nullptr;
  const auto took = cpu_ns() - begun;
  if (found != kLooks) std::abort();
  return took / kLooks;
}

template <class Book>
Figures measure(Book& book, std::size_t count) {
  // The work is done for all contacts in stages, so that the heap tells them apart.
  constexpr bool kEncodesRest = std::is_same_v<Book, NodeBasedBook>;
  const auto each = [count](double bytes) { return bytes / static_cast<double>(count); };
  std::vector<decltype(&book.learn({}, {}))> contacts(count, nullptr);
  People people(1);
  std::vector<ContactId> ids(count);
  std::vector<std::vector<KeyedHash>> aliases(count);
  for (std::size_t n = 0; n < count; ++n) {
    ids[n] = people.id();
    aliases[n] = people.aliases(n);
  }
  Figures figures;
  double longest = 0;
  const auto stage = [&](auto work) {
    const auto before = allocated_bytes();
    for (std::size_t n = 0; n < count; ++n) {
      const auto begun = cpu_ns();
      work(n);
      longest = std::max(longest, cpu_ns() - begun);
    }
    return each(allocated_bytes() - before);
  };
  const auto resident_before = resident_bytes();
  figures.contacts = stage([&](std::size_t n) { contacts[n] = &book.learn(ids[n], {}); });
  figures.aliases = stage([&](std::size_t n) { book.learn(ids[n], aliases[n]); });
  figures.records =
      stage([&](std::size_t n) { book.park(*contacts[n], people.record(n, kEncodesRest)); });
  figures.resident = each(resident_bytes() - resident_before);
  figures.pause_us = longest / 1000;
  churn(book, contacts);
  figures.resident_later = each(resident_bytes() - resident_before);
  figures.find_ns = find_ns(book, count);
  return figures;
}

/// In a child, whose heap is fresh.
template <class MakeBook>
Figures measured_apart(std::size_t count, MakeBook make_book) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) std::abort();
  const auto child = fork();
  if (child == 0) {
    auto book = make_book();
    const auto figures = measure(*book, count);
    _exit(write(ends[1], &figures, sizeof figures) == sizeof figures ? 0 : 1);
  }
  Figures figures;
  if (read(ends[0], &figures, sizeof figures) != sizeof figures) std::abort();
  waitpid(child, nullptr, 0);
  close(ends[0]);
  close(ends[1]);
  return figures;
}

void print(const char* what, double before, double now) {
  std::printf("%-34s %16.1f %14.1f %8.2f\n", what, before, now, before / now);
}

void compare(std::size_t count) {
  const auto before = measured_apart(count, [] { return std::make_unique<NodeBasedBook>(); });
  const auto now = measured_apart(count, [count] { return std::make_unique<ContactBook>(count); });
  std::printf("\n%zu parked contacts %31s %14s %8s\n", count, "node-based maps", "contact book",
              "ratio");
  print("contacts, bytes each", before.contacts, now.contacts);
  print("aliases, bytes each", before.aliases, now.aliases);
  print("records and order, bytes each", before.records, now.records);
  print("all, bytes each", before.allocated(), now.allocated());
  print("resident, bytes each", before.resident, now.resident);
  print("resident after churn, bytes each", before.resident_later, now.resident_later);
  print("longest step while growing, us", before.pause_us, now.pause_us);
  print("find by alias, ns", before.find_ns, now.find_ns);
}

}  // namespace
}  // namespace mitr

int main() {
  mitr::compare(100'000);
  mitr::compare(1'000'000);
  return 0;
}
