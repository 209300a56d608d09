// Goal: the containers under the contact book lose nothing, mix up nothing and keep no secret.
// Method: they are held against the standard ones through random additions and erasures (seed
// printed), and with keys chosen to collide.
#include "actors/tenant/seat_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <vector>

#include "actors/tenant/byte_cells.h"

namespace mitr {
namespace {

struct Entry {
  IndexBytes bytes{};
  int value = 0;
  Seat next = kNoSeat;
  const IndexBytes& index_bytes() const { return bytes; }
};

IndexBytes random_bytes16(std::mt19937_64& random) {
  IndexBytes bytes;
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return bytes;
}
/// Differ in the last byte only, which the index does not hash.
IndexBytes colliding(std::uint8_t n) {
  IndexBytes bytes{1, 2, 3, 4};
  bytes.back() = n;
  return bytes;
}

TEST(Chunked, KeepsEveryValueWhereItIs) {
  Chunked<Seat> list;
  std::vector<Seat*> places;
  for (Seat i = 0; i < 10'000; ++i) {
    ASSERT_EQ(list.push_back(i), i);
    places.push_back(&list[i]);
  }
  for (Seat i = 0; i < list.size(); ++i) {
    ASSERT_EQ(&list[i], places[i]);
    ASSERT_EQ(list[i], i);
  }
}

TEST(Slab, GivesAHoleToTheNext) {
  Slab<Entry> slab;
  const auto first = slab.add();
  const auto second = slab.add();
  slab.erase(first);
  EXPECT_EQ(slab.size(), 1u);
  EXPECT_EQ(slab.add(), first);
  EXPECT_EQ(slab.add(), second + 1);
}

TEST(Slab, OverwritesWhatGoes) {
  Slab<Entry> slab;
  const auto seat = slab.add();
  slab[seat].value = 7;
  slab.erase(seat);
  EXPECT_EQ(slab[seat].value, 0);
}

TEST(SeatIndex, HasNothingAtFirst) {
  EXPECT_EQ((SeatIndex<Entry>{}.find(colliding(1))), kNoSeat);
}

TEST(SeatIndex, AgreesWithAMapThroughAdditionsAndErasures) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937_64 random(seed);
  SeatIndex<Entry> index;
  std::map<IndexBytes, int> map;
  for (int i = 0; i < 30'000; ++i) {
    if (map.empty() || random() % 3 != 0) {
      const auto bytes = random_bytes16(random);
      index.add({bytes, i});
      map.emplace(bytes, i);
    } else {
      const auto held = map.lower_bound(random_bytes16(random));
      const auto gone = held == map.end() ? map.begin() : held;
      index.erase(index.find(gone->first));
      EXPECT_EQ(index.find(gone->first), kNoSeat);
      map.erase(gone);
    }
  }
  ASSERT_EQ(index.size(), map.size());
  for (const auto& [bytes, value] : map) {
    const auto seat = index.find(bytes);
    ASSERT_NE(seat, kNoSeat);
    EXPECT_EQ(index[seat].value, value);
  }
}

TEST(SeatIndex, TellsCollidingKeysApart) {
  SeatIndex<Entry> index;
  for (std::uint8_t n = 0; n < 200; ++n) index.add({colliding(n), n});
  for (std::uint8_t n = 0; n < 200; n += 2) index.erase(index.find(colliding(n)));
  for (std::uint8_t n = 0; n < 200; ++n) {
    const auto seat = index.find(colliding(n));
    if (n % 2 == 0) {
      EXPECT_EQ(seat, kNoSeat) << int{n};
    } else {
      ASSERT_NE(seat, kNoSeat) << int{n};
      EXPECT_EQ(index[seat].value, n);
    }
  }
}

TEST(SeatIndex, DoesNotMoveAValueWhenItGrows) {
  std::mt19937_64 random(1);
  SeatIndex<Entry> index;
  const auto first = index.add({colliding(1), 1});
  const auto* place = &index[first];
  for (int i = 0; i < 5'000; ++i) index.add({random_bytes16(random), i});
  EXPECT_EQ(index.find(colliding(1)), first);
  EXPECT_EQ(&index[first], place);
}

TEST(ByteCells, GiveBackWhatTheyWereGiven) {
  ByteCells cells;
  std::vector<std::pair<Seat, std::string>> kept;
  for (std::size_t size = 0; size < 300; ++size) {
    const std::string bytes(size, static_cast<char>('a' + size % 26));
    kept.emplace_back(cells.put(bytes), bytes);
  }
  for (const auto& [first, bytes] : kept) {
    auto taken = cells.take(first);
    ASSERT_GE(taken.size(), bytes.size());
    EXPECT_EQ(taken.substr(0, bytes.size()), bytes);
    EXPECT_EQ(taken.find_first_not_of('\0', bytes.size()), std::string::npos);
  }
  EXPECT_EQ(cells.cell_count(), 0u);
}

TEST(ByteCells, UseTheirHolesAgain) {
  ByteCells cells;
  const std::string bytes(100, 'x');
  const auto first = cells.put(bytes);
  const auto count = cells.cell_count();
  cells.erase(first);
  for (int i = 0; i < 100; ++i) {
    const auto again = cells.put(bytes);
    EXPECT_LT(again, count);
    cells.erase(again);
  }
}

}  // namespace
}  // namespace mitr
