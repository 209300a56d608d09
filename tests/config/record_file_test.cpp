// Goal: a back office's table is read as it is saved, and each wrong row told. Method: small
// tables.
#include "config/record_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "nlu/records/record_query.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

const ImportContext kContext{std::chrono::local_days{std::chrono::year{2026} / 11 / 25}, "IN"};

RecordFile read(const char* table, std::string_view text) {
  return read_record_file(text, *record_table(table), kContext);
}

std::string value(const ImportedRecord& record, std::string_view name) {
  for (const auto& [field, held] : record.fields) {
    if (field == name) return held.reveal();
  }
  return "(none)";
}

constexpr std::string_view kRosterText =
    "Admission No.,Student Name,Class,Mobile,Mother Phone,Blood group\n"
    "A-17,Diya Sharma,3 a,98765 43210,+91 98765 43211,B+\n"
    "A-18,\"Sharma, Aarav\",V B,09876543210,,O\n";

TEST(RecordFile, ReadsARosterAsBackOfficesWriteIt) {
  const auto file = read("roster", kRosterText);
  ASSERT_EQ(file.mistakes_count, 0u);
  ASSERT_THAT(file.records, SizeIs(2));
  const auto& diya = file.records[0];
  EXPECT_EQ(diya.key, Personal("A-17"));
  EXPECT_EQ(value(diya, "student"), "Diya Sharma");
  EXPECT_EQ(value(diya, "class"), "3A");
  EXPECT_EQ(value(file.records[1], "student"), "Sharma, Aarav");
  EXPECT_EQ(value(file.records[1], "class"), "5B");
  EXPECT_EQ(file.ignored, std::vector<std::string>{"blood_group"});
}

TEST(RecordFile, FilesAPupilUnderEachParentAndAmongAll) {
  const auto file = read("roster", kRosterText);
  ASSERT_THAT(file.records, SizeIs(2));
  EXPECT_EQ(file.records[0].finders, (std::vector<Personal>{finder_text(kByContact, "919876543210"),
                                                            finder_text(kByContact, "919876543211"),
                                                            finder_text(kAll, "all")}));
}

TEST(RecordFile, TellsEveryMistakeWithItsPlaceAndNotWhatStandsThere) {
  const auto file = read("fees",
                         "admission_no,period,amount,due_on\n"
                         "A-17,Term 1,12 thousand secret,2026-12-10\n"
                         "\n"
                         ",Term 1,500,31/02/2026\n"
                         "A-18,Term 1,500,2026-12-10\n"
                         "A-18,Term 1,700,2026-12-10\n");
  EXPECT_THAT(file.records, SizeIs(1));
  ASSERT_THAT(file.mistakes, SizeIs(4));
  EXPECT_EQ(file.mistakes[0].line, 2u);
  EXPECT_EQ(file.mistakes[0].column, "amount");
  EXPECT_EQ(file.mistakes[1].line, 4u);
  EXPECT_EQ(file.mistakes[1].column, "number");
  EXPECT_EQ(file.mistakes[2].column, "due_on");
  EXPECT_THAT(file.mistakes[3].what, HasSubstr("line 5"));
  for (const auto& mistake : file.mistakes) {
    EXPECT_EQ(to_string("f.csv", mistake).find("secret"), std::string::npos);
    EXPECT_FALSE(mistake.mend.empty());
  }
}

TEST(RecordFile, NamesTheColumnsThatAreMissing) {
  const auto file = read("orders", "order_no,status\n1,packed\n");
  EXPECT_TRUE(file.records.empty());
  ASSERT_THAT(file.mistakes, SizeIs(1));
  EXPECT_EQ(file.mistakes[0].column, "phone");
  EXPECT_THAT(file.mistakes[0].mend, HasSubstr("mobile"));
}

TEST(RecordFile, ReadsWhatSpreadsheetsSave) {
  const auto file = read("catalogue",
                         "\xEF\xBB\xBFSKU;Product;Category;MRP\r\n"
                         "P1;Basmati rice;Grocery;\"\xE2\x82\xB9 1,25,000.50\"\r\n"
                         "P2;\"Two\r\nlines\";Grocery;90\r\n"
                         "P3;Tea;Grocery;free\r\n");
  ASSERT_THAT(file.records, SizeIs(2));
  EXPECT_EQ(value(file.records[0], "price"), "125000.5");
  EXPECT_EQ(value(file.records[1], "product"), "Two lines");
  ASSERT_THAT(file.mistakes, SizeIs(1));
  EXPECT_EQ(file.mistakes[0].line, 5u) << "a field of two lines counts as two";
}

TEST(RecordFile, ReadsAppointmentsAndWhoTookThem) {
  const auto file = read("appointments",
                         "doctor,date,time,status\n"
                         "Dr Rao,30/11/2026,5:30 pm,free\n"
                         "Dr Rao,2026-12-01,09.30,booked\n"
                         "Dr Rao,2026-12-01,25:10,free\n"
                         "Dr Rao,2026-12-01,10,free\n");
  ASSERT_THAT(file.records, SizeIs(2));
  EXPECT_EQ(value(file.records[0], "time"), "17:30");
  EXPECT_EQ(value(file.records[0], "booked"), "(none)");
  EXPECT_EQ(value(file.records[0], "number"), "Dr Rao 2026-11-30 17:30");
  EXPECT_EQ(value(file.records[1], "booked"), "yes");
  EXPECT_EQ(file.mistakes_count, 2u);
}

TEST(RecordFile, RefusesWhatIsNoTable) {
  EXPECT_EQ(read("roster", "").mistakes_count, 1u);
  EXPECT_EQ(read("roster", std::string_view("a\0b", 3)).mistakes_count, 1u);
  const auto quotes = read("roster", "admission_no,student,class,phone\nA-1,\"Diya\" x,3A,98\n");
  EXPECT_GE(quotes.mistakes_count, 1u);
  EXPECT_EQ(quotes.mistakes[0].line, 2u);
}

TEST(RecordFile, TellsOnlySoManyMistakes) {
  std::string text = "code,product,price\n";
  for (std::size_t row = 0; row < limits::kImportMistakesMax + 50; ++row) text += "x,,1\n";
  const auto file = read("catalogue", text);
  EXPECT_THAT(file.mistakes, SizeIs(limits::kImportMistakesMax));
  EXPECT_EQ(file.mistakes_count, limits::kImportMistakesMax + 50);
}

}  // namespace
}  // namespace mitr
