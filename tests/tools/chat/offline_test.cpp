// Goal: whoever writes a pack can talk to it with nothing running. Method: lines in, lines out, a
// clock that stands.
#include "tools/chat/offline.h"

#include <gtest/gtest.h>
#include <sstream>

#include "nlu/slots/date.h"

namespace mitr::chat {
namespace {

std::string talk(const std::string& pack, const std::string& typed, int code,
                 OfflineOptions options = {}) {
  options.pack = pack;
  options.clock = [] {
    Moment now;
    now.today = *parse_iso_date("2026-11-23");
    now.at = std::chrono::sys_seconds{now.today.time_since_epoch()};
    return now;
  };
  std::istringstream in(typed);
  std::ostringstream out;
  std::ostringstream complaints;
  EXPECT_EQ(run_offline(options, in, out, complaints), code) << complaints.str();
  return out.str() + complaints.str();
}

TEST(OfflineChat, HoldsAConversationAndShowsWhatWouldBeDone) {
  const std::string out =
      talk("config/packs/school", "Aisha Khan of 5B is absent tomorrow, viral fever\n1\n", 0);
  EXPECT_NE(out.find("Day: Tue 24 Nov 2026"), std::string::npos) << out;
  EXPECT_NE(out.find("[1] Yes [2] No"), std::string::npos) << out;
  EXPECT_NE(out.find("(stored: leave_recorded)"), std::string::npos) << out;
  EXPECT_NE(out.find("The leave of Aisha Khan is recorded."), std::string::npos) << out;
}

TEST(OfflineChat, LooksThingsUpInTables) {
  OfflineOptions options;
  options.records = "config/examples/records";
  options.phone = Personal("919800000001");
  const std::string out =
      talk("config/packs/school", "leave tomorrow, fever\nKabir\nhow much fee is due?\nMeera\n", 0,
           options);
  EXPECT_NE(out.find("[1] Kabir Verma, 7C [2] Meera Verma, 5B"), std::string::npos) << out;
  EXPECT_NE(out.find("Class: 7C"), std::string::npos) << out;
  EXPECT_NE(out.find("10,000"), std::string::npos) << out;
}

TEST(OfflineChat, TellsThePacksMistakes) {
  EXPECT_NE(talk("config/packs/nowhere", "hi\n", 2).find("cannot be read"), std::string::npos);
}

}  // namespace
}  // namespace mitr::chat
