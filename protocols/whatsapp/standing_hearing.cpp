#include "protocols/whatsapp/standing_hearing.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "protocols/limits.h"
#include "protocols/whatsapp/json.h"

namespace mitr::whatsapp {
namespace {

using std::chrono::sys_seconds;

/// Events that say whether the account is ours to send by.
constexpr std::array<std::string_view, 7> kLinkEvents{
    "PARTNER_ADDED",   "PARTNER_REMOVED",    "PARTNER_APP_INSTALLED", "PARTNER_APP_UNINSTALLED",
    "ACCOUNT_DELETED", "ACCOUNT_OFFBOARDED", "ACCOUNT_RECONNECTED"};

bool take_number(std::string_view& text, std::size_t digits, int& out) {
  if (text.size() < digits) return false;
  const auto end = text.data() + digits;
  if (std::from_chars(text.data(), end, out).ptr != end) return false;
  text.remove_prefix(digits);
  return true;
}

bool take_mark(std::string_view& text, char mark) {
  if (text.empty() || text.front() != mark) return false;
  text.remove_prefix(1);
  return true;
}

/// "2026-04-19T13:59:20+0000"; Meta writes no other zone here. Nothing for what is none.
std::optional<sys_seconds> iso_time(std::string_view text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  const bool read =
      take_number(text, 4, year) && take_mark(text, '-') && take_number(text, 2, month) &&
      take_mark(text, '-') && take_number(text, 2, day) && take_mark(text, 'T') &&
      take_number(text, 2, hour) && take_mark(text, ':') && take_number(text, 2, minute) &&
      take_mark(text, ':') && take_number(text, 2, second);
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!read || !date.ok()) return std::nullopt;
  return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
         std::chrono::seconds{second};
}

class StandingHearing {
 public:
  explicit StandingHearing(const Entry& entry) : account_(entry.account) {
    if (entry.time && *entry.time > 0) told_ = sys_seconds{std::chrono::seconds{*entry.time}};
  }

  std::vector<Standing> take() { return std::move(out_); }

  template <class Other>
  void operator()(const Other&) {}

  void operator()(const TemplateStatusNews& news) {
    const auto name = news.name + "/" + news.language;
    add("template", name, "status", news.event, news.reason == "NONE" ? "" : news.reason);
    add("template", name, "category", news.category);
  }
  void operator()(const TemplateQualityNews& news) {
    add("template", news.name + "/" + news.language, "quality", news.current);
  }
  void operator()(const TemplateCategoryNews& news) {
    const auto name = news.name + "/" + news.language;
    add("template", name, "category", news.current);
    // Will be, not is: another bill from then on.
    add("template", name, "category to come", news.correct);
  }
  void operator()(const NumberQualityNews& news) {
    add("number", news.display_phone, "quality", news.event);
    add("number", news.display_phone, "limit",
        news.day_limit.empty() ? news.limit : news.day_limit);
  }
  void operator()(const NumberNameNews& news) {
    add("number", news.display_phone, "name", news.decision, news.reason);
  }
  void operator()(const SecurityNews& news) {
    add("number", news.display_phone, "security", news.event);
  }
  void operator()(const BusinessUsernameNews& news) {
    add("number", news.display_phone, "username", news.status);
  }
  void operator()(const AlertNews& news) {
    add("account", "", "alert:" + news.type, news.status, news.severity);
  }
  void operator()(const ReviewNews& news) { add("account", "", "review", news.decision); }
  void operator()(const CapabilityNews& news) { add("account", "", "limit", news.day_limit); }
  void operator()(const PaymentSetupNews& news) {
    add("payment", news.configuration, "status", news.status, news.provider);
  }
  void operator()(const AccountNews& news) {
    if (news.account && !news.account->account.empty()) account_ = news.account->account;
    if (std::find(kLinkEvents.begin(), kLinkEvents.end(), news.event) != kLinkEvents.end()) {
      const auto* end = news.disconnection ? &*news.disconnection : nullptr;
      add("account", "", "link", news.event, end == nullptr ? "" : end->reason);
    }
    if (news.ban) add("account", "", "ban", news.ban->state);
    if (news.violation) add("account", "", "violation", news.violation->type);
    for (const auto& restriction : news.restrictions) {
      add("account", "", "restriction:" + restriction.type, "RESTRICTED", restriction.remediation);
      if (!out_.empty()) out_.back().until = iso_time(restriction.expires);
    }
  }

 private:
  void add(std::string_view subject, std::string_view name, std::string_view aspect,
           std::string_view value, std::string_view reason = {}) {
    if (value.empty()) return;
    const auto kept = [](std::string_view text) {
      return kept_text(text, limits::kStandingBytesMax);
    };
    out_.push_back({kept(account_), std::string(subject), kept(name), kept(aspect), kept(value),
                    kept(reason), told_, std::nullopt});
  }

  std::string account_;
  sys_seconds told_{};
  std::vector<Standing> out_;
};

}  // namespace

std::vector<Standing> standings_in(const Entry& entry, const Change& change) {
  StandingHearing hearing(entry);
  std::visit(hearing, change.news);
  return hearing.take();
}

}  // namespace mitr::whatsapp
