// What became of a business account: partners, restrictions, reviews, limits, alerts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

/// Which account a partner event is about: there `entry[].id` is a portfolio, not an account.
struct NamedAccount {
  std::string account;
  std::string owner_portfolio;
  std::string partner_app;
  std::string solution;
  std::vector<std::string> solution_partners;
  Rest rest;
  bool operator==(const NamedAccount&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("waba_id", self.account);
    wire.id("owner_business_id", self.owner_portfolio);
    wire.id("partner_app_id", self.partner_app);
    wire.id("solution_id", self.solution);
    wire.texts("solution_partner_business_ids", self.solution_partners);
  }
};

struct Restriction {
  std::string type;
  std::string expires;  ///< ISO 8601.
  std::string remediation;
  Rest rest;
  bool operator==(const Restriction&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("restriction_type", self.type);
    wire.text("expiration", self.expires);
    wire.text("remediation", self.remediation);
  }
};

struct Violation {
  std::string type;
  Rest rest;
  bool operator==(const Violation&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("violation_type", self.type);
  }
};

struct Ban {
  std::string state;
  std::string date;
  Rest rest;
  bool operator==(const Ban&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("waba_ban_state", self.state);
    wire.text("waba_ban_date", self.date);
  }
};

struct Disconnection {
  std::string reason;
  std::string initiated_by;
  Rest rest;
  bool operator==(const Disconnection&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("reason", self.reason);
    wire.text("initiated_by", self.initiated_by);
  }
};

/// Field account_update.
struct AccountNews {
  std::string event;  ///< "PARTNER_REMOVED", "ACCOUNT_RESTRICTION" …
  std::string phone;
  std::string country;
  std::optional<NamedAccount> account;
  std::vector<Restriction> restrictions;
  std::optional<Violation> violation;
  std::optional<Ban> ban;
  std::optional<Disconnection> disconnection;
  Rest rest;  ///< Also what some events alone bring: certification, pricing tiers.
  bool operator==(const AccountNews&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("event", self.event);
    wire.text("phone_number", self.phone);
    wire.text("country", self.country);
    wire.noun("waba_info", self.account);
    wire.nouns("restriction_info", self.restrictions);
    wire.noun("violation_info", self.violation);
    wire.noun("ban_info", self.ban);
    wire.noun("disconnection_info", self.disconnection);
  }
};

/// Field account_alerts.
struct AlertNews {
  std::string entity_type;
  std::string entity;
  std::string severity;
  std::string status;
  std::string type;
  std::string description;
  Rest rest;
  bool operator==(const AlertNews&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("entity_type", self.entity_type);
    wire.id("entity_id", self.entity);
    wire.text("alert_severity", self.severity);
    wire.text("alert_status", self.status);
    wire.text("alert_type", self.type);
    wire.text("alert_description", self.description);
  }
};

/// Field account_review_update.
struct ReviewNews {
  std::string decision;
  Rest rest;
  bool operator==(const ReviewNews&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("decision", self.decision);
  }
};

/// Field business_capability_update.
struct CapabilityNews {
  std::string day_limit;  ///< "TIER_2K", or a number (see rest).
  std::optional<std::int64_t> numbers_per_portfolio;
  std::optional<std::int64_t> numbers_per_account;
  Rest rest;
  bool operator==(const CapabilityNews&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("max_daily_conversations_per_business", self.day_limit);
    wire.whole("max_phone_numbers_per_business", self.numbers_per_portfolio);
    wire.whole("max_phone_numbers_per_waba", self.numbers_per_account);
  }
};

/// Field partner_solutions: keyed by portfolio.
struct SolutionNews {
  std::string event;
  std::string solution;
  std::string status;
  Rest rest;
  bool operator==(const SolutionNews&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("event", self.event);
    wire.id("solution_id", self.solution);
    wire.text("solution_status", self.status);
  }
};

}  // namespace mitr::whatsapp
