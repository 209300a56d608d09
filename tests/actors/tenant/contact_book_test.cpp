// Goal: the book finds whom it knows, keeps the youngest records and mixes up nobody. Method: the
// book alone; no actor is spawned, live conversations are null handles.
#include "actors/tenant/contact_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mitr {
namespace {

ContactId contact_id(std::uint32_t n) {
  ContactId id;
  // As random as the index wants them, and each another.
  const auto mixed = n * 2'654'435'761u;
  std::memcpy(id.bytes.data(), &mixed, sizeof mixed);
  std::memcpy(id.bytes.data() + 8, &n, sizeof n);
  return id;
}
KeyedHash alias(std::uint32_t n) {
  return {contact_id(n ^ 0x80000000u).bytes};
}
ParkedRecord record(std::uint32_t n) {
  return {n, std::int64_t{n} * 10, "state " + std::to_string(n), "details " + std::to_string(n)};
}
bool in_journal_only(ContactBook& book, std::uint32_t n) {
  auto* contact = book.find(contact_id(n));
  return contact && !book.is_parked(*contact) && contact->in_journal_only;
}

TEST(ContactBook, KnowsNobodyAtFirst) {
  ContactBook book;
  EXPECT_EQ(book.find(contact_id(1)), nullptr);
  EXPECT_EQ(book.find({alias(1)}), nullptr);
  EXPECT_EQ(book.find(std::vector<KeyedHash>{}), nullptr);
}

TEST(ContactBook, FindsAContactByIdAndByEachAlias) {
  ContactBook book;
  auto* contact = &book.learn(contact_id(1), {alias(1), alias(2)});
  EXPECT_EQ(book.find(contact_id(1)), contact);
  EXPECT_EQ(book.find({alias(1)}), contact);
  EXPECT_EQ(book.find({alias(2)}), contact);
  EXPECT_EQ(book.find({alias(2), alias(1)}), contact);
}

TEST(ContactBook, FindsNobodyIfOneAliasIsUnknown) {
  ContactBook book;
  book.learn(contact_id(1), {alias(1)});
  EXPECT_EQ(book.find({alias(1), alias(2)}), nullptr);
  EXPECT_EQ(book.find({alias(2), alias(1)}), nullptr);
}

TEST(ContactBook, FindsNobodyIfTheAliasesPointToTwo) {
  ContactBook book;
  book.learn(contact_id(1), {alias(1)});
  book.learn(contact_id(2), {alias(2)});
  EXPECT_EQ(book.find({alias(1), alias(2)}), nullptr);
  EXPECT_EQ(book.find({alias(2), alias(1)}), nullptr);
}

TEST(ContactBook, PointsAnAliasToWhomTheStoreNamedLast) {
  ContactBook book;
  book.learn(contact_id(1), {alias(1)});
  auto* second = &book.learn(contact_id(2), {alias(1)});
  EXPECT_EQ(book.find({alias(1)}), second);
}

TEST(ContactBook, FindsNobodyByAnAliasThatWasUnlearnt) {
  ContactBook book;
  auto* contact = &book.learn(contact_id(1), {alias(1), alias(2)});
  book.unlearn({alias(1), alias(3)});
  EXPECT_EQ(book.find({alias(1)}), nullptr);
  EXPECT_EQ(book.find({alias(2)}), contact);
}

TEST(ContactBook, LearnsAContactOnce) {
  ContactBook book;
  auto& contact = book.learn(contact_id(1), {alias(1)});
  contact.epoch = 5;
  EXPECT_EQ(&book.learn(contact_id(1), {alias(2)}), &contact);
  EXPECT_EQ(contact.epoch, 5u);
  EXPECT_EQ(book.size(), 1u);
  EXPECT_EQ(book.find({alias(1), alias(2)}), &contact);
}

TEST(ContactBook, ForgetsANamelessContactAndItsRecord) {
  ContactBook book;
  auto& contact = book.learn(contact_id(1), {});
  EXPECT_TRUE(book.park(contact, record(1)));
  book.forget(contact);
  EXPECT_EQ(book.find(contact_id(1)), nullptr);
  EXPECT_EQ(book.size(), 0u);
  EXPECT_EQ(book.parked_count(), 0u);
}

TEST(ContactBook, StartsAfreshInAForgottenPlace) {
  ContactBook book;
  auto& gone = book.learn(contact_id(1), {});
  const auto* place = &gone;
  gone.key = SecretKey::random();
  gone.epoch = 7;
  gone.in_journal_only = gone.nameless = true;
  book.park(gone, record(1));
  book.forget(gone);
  auto& fresh = book.learn(contact_id(2), {alias(2)});
  EXPECT_EQ(&fresh, place);
  EXPECT_TRUE(fresh.key == SecretKey{});
  EXPECT_EQ(fresh.epoch, 0u);
  EXPECT_FALSE(fresh.in_journal_only || fresh.nameless || book.is_parked(fresh));
  EXPECT_EQ(book.find({alias(2)}), &fresh);
}

TEST(ContactBook, KeepsEveryContactWhereItIsWhileItGrows) {
  ContactBook book;
  std::vector<Contact*> places;
  constexpr std::uint32_t kMany = 20'000;
  for (std::uint32_t n = 0; n < kMany; ++n) {
    auto& contact = book.learn(contact_id(n), {alias(n)});
    places.push_back(&contact);
    book.park(contact, record(n));
  }
  EXPECT_EQ(book.size(), kMany);
  EXPECT_EQ(book.parked_count(), kMany);
  for (std::uint32_t n = 0; n < kMany; ++n) {
    ASSERT_EQ(book.find(contact_id(n)), places[n]) << n;
    ASSERT_EQ(book.find({alias(n)}), places[n]) << n;
    ASSERT_TRUE(*book.take_record(*places[n]) == record(n)) << n;
  }
}

// -- parked ----

TEST(ContactBook, GivesARecordAwayOnce) {
  ContactBook book;
  auto& contact = book.learn(contact_id(1), {alias(1)});
  EXPECT_FALSE(book.take_record(contact));
  EXPECT_TRUE(book.park(contact, record(1)));
  EXPECT_TRUE(book.is_parked(contact));
  EXPECT_TRUE(*book.take_record(contact) == record(1));
  EXPECT_FALSE(book.is_parked(contact));
  EXPECT_FALSE(book.take_record(contact));
}

TEST(ContactBook, KeepsTheLaterOfTwoRecords) {
  ContactBook book;
  auto& contact = book.learn(contact_id(1), {alias(1)});
  EXPECT_TRUE(book.park(contact, record(1)));
  EXPECT_FALSE(book.park(contact, record(2))) << "it is one record still";
  EXPECT_EQ(book.parked_count(), 1u);
  EXPECT_TRUE(*book.take_record(contact) == record(2));
}

TEST(ContactBook, ForgetsTheOldestRecordBeyondItsLimit) {
  ContactBook book(2);
  for (std::uint32_t n = 1; n <= 4; ++n) {
    EXPECT_EQ(book.park(book.learn(contact_id(n), {alias(n)}), record(n)), n <= 2) << n;
  }
  EXPECT_EQ(book.parked_count(), 2u);
  EXPECT_TRUE(in_journal_only(book, 1));
  EXPECT_TRUE(in_journal_only(book, 2));
  EXPECT_EQ(book.find({alias(1)}), book.find(contact_id(1))) << "the contact itself stays known";
  EXPECT_TRUE(*book.take_record(*book.find(contact_id(3))) == record(3));
  EXPECT_TRUE(*book.take_record(*book.find(contact_id(4))) == record(4));
}

TEST(ContactBook, CountsAContactThatParksAgainAsTheYoungest) {
  ContactBook book(2);
  auto& first = book.learn(contact_id(1), {});
  auto& second = book.learn(contact_id(2), {});
  book.park(first, record(1));
  book.park(second, record(2));
  book.take_record(first);
  book.park(first, record(1));
  book.park(book.learn(contact_id(3), {}), record(3));
  EXPECT_TRUE(book.is_parked(first));
  EXPECT_TRUE(in_journal_only(book, 2));
}

TEST(ContactBook, KeepsItsOrderWhenARecordInTheMiddleGoes) {
  ContactBook book(3);
  for (std::uint32_t n = 1; n <= 3; ++n) book.park(book.learn(contact_id(n), {}), record(n));
  EXPECT_TRUE(book.drop_record(*book.find(contact_id(2))));
  EXPECT_FALSE(book.drop_record(*book.find(contact_id(2))));
  for (std::uint32_t n = 4; n <= 5; ++n) book.park(book.learn(contact_id(n), {}), record(n));
  EXPECT_TRUE(in_journal_only(book, 1));
  for (std::uint32_t n = 3; n <= 5; ++n) EXPECT_TRUE(book.is_parked(*book.find(contact_id(n))));
}

// -- live ----

TEST(ContactBook, TellsWhoIsIdle) {
  ContactBook book;
  auto& spoke = book.went_live(book.learn(contact_id(1), {}), {}, 1);
  auto& silent = book.went_live(book.learn(contact_id(2), {}), {}, 2);
  auto& parking = book.went_live(book.learn(contact_id(3), {}), {}, 3);
  spoke.last_tick = 2;
  silent.last_tick = parking.last_tick = 1;
  parking.parking = true;
  EXPECT_THAT(book.idle_since(2, 10), testing::ElementsAre(&silent));
  EXPECT_THAT(book.idle_since(3, 1), testing::SizeIs(1));
}

TEST(ContactBook, HasNoLiveConversationOfOneThatWentQuiet) {
  ContactBook book;
  auto& contact = book.learn(contact_id(1), {});
  EXPECT_EQ(book.live(contact), nullptr);
  book.went_live(contact, {}, 9);
  ASSERT_NE(book.live(contact), nullptr);
  EXPECT_EQ(book.live(contact)->incarnation, 9u);
  EXPECT_EQ(book.live_count(), 1u);
  book.went_quiet(contact);
  EXPECT_EQ(book.live(contact), nullptr);
  EXPECT_EQ(book.live_count(), 0u);
}

}  // namespace
}  // namespace mitr
