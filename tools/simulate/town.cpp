#include "tools/simulate/town.h"

#include <array>
#include <cstdio>

namespace mitr::simulate {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kNever = SIZE_MAX;
constexpr std::size_t kMovesEvery = 5;
constexpr Time kMovesMin = 3min;
constexpr Time kMovesMax = 8min;
/// Longer than a reply, a repeat or a sweep is under way.
constexpr Time kVacantMin = 7min;
constexpr Time kVacantMax = 9min;

struct Shop {
  const char* slug;
  Business business;
  const char* pack;
  const char* role;
};
constexpr std::array kShops{
    Shop{"school-1", Business::kSchool, "school", "class_teacher"},
    Shop{"merchant", Business::kMerchant, "merchant", "counter"},
    Shop{"school-2", Business::kSchool, "school", "class_teacher"},
    Shop{"clinic", Business::kClinic, "clinic", "front_desk"},
};

std::string number_of(std::size_t shop) {
  return "10000000000000" + std::to_string(shop);
}

/// A name of three syllables that nobody else has, and that is no word of any pack.
std::string mark_of(std::size_t person) {
  constexpr std::array syllables{"ka", "bo", "di", "lu", "me", "no", "pi", "ru", "su", "to",
                                 "va", "ji", "ga", "hu", "fe", "ro", "za", "mu", "ti", "ne"};
  std::string mark;
  for (int i = 0; i < 3; ++i) {
    mark.insert(0, syllables[person % syllables.size()]);
    person /= syllables.size();
  }
  mark = "q" + mark;
  mark[0] = 'Q';
  return mark;
}

std::vector<RosterSeed> staff_of(std::size_t shop) {
  const std::string phone = "9198000000" + std::to_string(shop);
  if (kShops[shop].business != Business::kSchool)
    return {{kShops[shop].role, "", Personal("Anil Mehta"), Personal(phone + "0")}};
  return {{kShops[shop].role, "5B", Personal("Sunita Rao"), Personal(phone + "1")},
          {kShops[shop].role, "6A", Personal("Imran Shaikh"), Personal(phone + "2")}};
}

void withhold(Resident& resident, Chance& chance) {
  switch (chance.below(8)) {
    case 0:
      resident.bsuid_from = kNever;
      break;
    case 1:
      resident.phone_from = kNever;
      break;
    case 2:
      resident.bsuid_from = 2 + chance.below(10);
      break;
    case 3:
      resident.phone_from = 2 + chance.below(10);
      break;
    default:
      break;
  }
}

/// None, one or two.
void add_children(std::string& roster, std::size_t person, const Resident& parent) {
  if (roster.empty()) roster = "admission_no,student,class,phone\n";
  const std::size_t children = person / kShops.size() % 3;
  for (std::size_t child = 0; child < children; ++child) {
    roster += "P-" + std::to_string(person) + "-" + std::to_string(child) + ",";
    roster += (child == 0 ? "Meera " : "Arjun ") + mark_of(person);
    roster += (child == 0 ? ",5B,+" : ",6A,+") + parent.phone + "\n";
  }
}

/// One who moves, and somebody new who gets the phone a while later: numbers are not given away at
/// once, and what is said to the old one has arrived by then.
void add_moves(Town& town, const Plan& plan) {
  Chance chance(plan.seed, "moves");
  const auto people = town.people.size();
  for (std::size_t i = 1; i < people; i += kMovesEvery) {
    auto& resident = town.people[i];
    // Two people have the phones of these.
    if (i % 10 >= 8) continue;
    // Who is known by the phone alone cannot be told from the next who has it.
    resident.bsuid_from = resident.phone_from = 0;
    Move move;
    move.at = chance.between(kMovesMin, kMovesMax);
    move.told = i % 2 == 1;
    move.phone = std::to_string(919'820'000'000 + i);
    move.bsuid = "IN." + std::to_string(600'000 + i);
    char label[40];
    const auto shop = i % kShops.size();
    std::snprintf(label, sizeof label, "%s/n%02zu", kShops[shop].slug, i);
    Resident heir{Person(kShops[shop].business, mark_of(people + i), Chance(plan.seed, label)),
                  label,
                  resident.number,
                  resident.phone,
                  "IN." + std::to_string(700'000 + i),
                  0,
                  0,
                  {},
                  move.at + chance.between(kVacantMin, kVacantMax),
                  false,
                  0,
                  0,
                  false};
    resident.moves = std::move(move);
    town.people.push_back(std::move(heir));
  }
}

}  // namespace

Town build_town(const Plan& plan) {
  Town town;
  for (std::size_t shop = 0; shop < kShops.size(); ++shop) {
    TenantSeed seed;
    seed.slug = seed.name = kShops[shop].slug;
    seed.numbers = {number_of(shop)};
    seed.settings.pack = kShops[shop].pack;
    seed.roster = staff_of(shop);
    town.tenants.push_back(std::move(seed));
  }
  Chance chance(plan.seed, "town");
  for (std::size_t i = 0; i < plan.people; ++i) {
    const auto shop = i % kShops.size();
    char label[40];
    std::snprintf(label, sizeof label, "%s/p%02zu", kShops[shop].slug, i);
    // Some are known to two businesses by one phone.
    const auto phone = 919'810'000'000 + (i % 10 == 9 ? i - 1 : i);
    Resident resident{Person(kShops[shop].business, mark_of(i), Chance(plan.seed, label)),
                      label,
                      number_of(shop),
                      std::to_string(phone),
                      "IN." + std::to_string(500'000 + i),
                      0,
                      0,
                      {},
                      Time{0},
                      false,
                      0,
                      0,
                      false};
    withhold(resident, chance);
    if (shop == 0) add_children(town.roster, i, resident);
    town.people.push_back(std::move(resident));
  }
  add_moves(town, plan);
  return town;
}

}  // namespace mitr::simulate
