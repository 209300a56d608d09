// Goal: values and phrases are shown as the tenant wants, and never beyond the bound of a reply.
#include "nlu/reply/display.h"

#include <gtest/gtest.h>

#include "protocols/limits.h"

namespace mitr {
namespace {

Flow two_dates() {
  Flow flow;
  flow.name = "leave";
  flow.slots.resize(2);
  flow.slots[0].name = "from";
  flow.slots[0].kind = SlotKind::kDate;
  flow.slots[1].name = "to";
  flow.slots[1].kind = SlotKind::kDate;
  flow.summary.add("en", {{{"from", "to"}, Wording::compile("on {from}")},
                          {{}, Wording::compile("from {from} to {to}{")}});
  return flow;
}
SlotValue date(const char* typed, const char* value) {
  return {Personal(typed), Personal(value)};
}

TEST(Display, ShowsTheNormalFormOrWhatWasTyped) {
  const Flow flow = two_dates();
  DialogueState state{
      "leave", "", 0, {{"from", date("monday", "2026-11-30")}, {"to", date("2/12", "2026-12-02")}}};
  DialogueSettings settings;
  EXPECT_EQ(said(flow.summary, &flow, state, settings), "from Mon 30 Nov 2026 to Wed 2 Dec 2026{");
  settings.echo_typed = true;
  EXPECT_EQ(said(flow.summary, &flow, state, settings), "from monday to 2/12{");
  state.slots[1].second = date("monday", "2026-11-30");
  EXPECT_EQ(said(flow.summary, &flow, state, settings), "on monday");
  state.slots[1].second = date("30/11", "2026-11-30");
  EXPECT_EQ(said(flow.summary, &flow, state, settings), "from monday to 30/11{");
}

TEST(Display, CountsAsTheLanguageDoes) {
  Flow flow;
  flow.slots.resize(1);
  flow.slots[0].name = "nights";
  flow.slots[0].kind = SlotKind::kNumber;
  Phrase phrase;
  phrase.add("en", {{{}, Wording::compile("one night"), {}, "nights"},
                    {{}, Wording::compile("{nights} nights"), {}, {}}});
  phrase.add("hi", {{{}, Wording::compile("{nights} raat"), {}, "nights"},
                    {{}, Wording::compile("{nights} raatein"), {}, {}}});
  const auto told = [&](const char* count, const char* language) {
    DialogueSettings settings;
    settings.language = language;
    return said(phrase, &flow, {"stay", "", 0, {{"nights", date(count, count)}}}, settings);
  };
  EXPECT_EQ(told("1", "en"), "one night");
  EXPECT_EQ(told("2", "en"), "2 nights");
  EXPECT_EQ(told("0.5", "en"), "0.5 nights");
  EXPECT_EQ(told("0.5", "hi"), "0.5 raat");
  EXPECT_EQ(told("3", "hi"), "3 raatein");
}

TEST(Display, NeverExceedsAReply) {
  Flow flow = two_dates();
  flow.slots[0].kind = SlotKind::kText;
  const std::string endless(9000, 'x');
  const DialogueState state{"leave", "", 0, {{"from", date("", endless.c_str())}}};
  EXPECT_LE(said(flow.summary, &flow, state, {}).size(), limits::kReplyBytesMax);
}

}  // namespace
}  // namespace mitr
