// What became of a business's settings: numbers, payments, forms.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/personal.h"
#include "protocols/whatsapp/error_notice.h"

namespace mitr::whatsapp {

struct NumberSettings {
  std::string number;  ///< phone_number_id.
  Personal calling;    ///< JSON of the calling settings.
  Rest rest;
  bool operator==(const NumberSettings&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("phone_number_id", self.number);
    wire.json("calling", self.calling);
  }
};

/// Field account_settings_update.
struct SettingsNews {
  std::string product;
  std::string type;  ///< "phone_number_settings".
  std::optional<NumberSettings> number;
  std::optional<std::chrono::sys_seconds> at;
  Rest rest;
  bool operator==(const SettingsNews&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("messaging_product", self.product);
    wire.time("timestamp", self.at);
    wire.text("type", self.type);
    wire.noun("phone_number_settings", self.number);
  }
};

/// Field payment_configuration_update.
struct PaymentSetupNews {
  std::string configuration;
  std::string provider;
  std::string merchant;
  std::string status;  ///< "Active", "Needs Connecting", "Needs Testing".
  std::optional<std::chrono::sys_seconds> created;
  std::optional<std::chrono::sys_seconds> updated;
  Rest rest;
  bool operator==(const PaymentSetupNews&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("configuration_name", self.configuration);
    wire.text("provider_name", self.provider);
    wire.text("provider_mid", self.merchant);
    wire.text("status", self.status);
    wire.number_time("created_timestamp", self.created);
    wire.number_time("updated_timestamp", self.updated);
  }
};

/// One cause of a form's alert.
struct FormFault {
  std::string type;
  std::optional<double> rate;
  std::optional<std::int64_t> count;
  Rest rest;
  bool operator==(const FormFault&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("error_type", self.type);
    wire.decimal("error_rate", self.rate);
    wire.whole("error_count", self.count);
  }
};

/// Field flows: forms of ours that fail or were changed.
struct FormNews {
  std::string event;
  std::string message;
  std::string form;
  std::string old_status;
  std::string new_status;
  std::string alert;  ///< "ACTIVATED", "DEACTIVATED".
  std::optional<double> error_rate;
  std::optional<std::int64_t> threshold;
  std::vector<FormFault> faults;
  Rest rest;
  bool operator==(const FormNews&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("event", self.event);
    wire.text("message", self.message);
    wire.id("flow_id", self.form);
    wire.text("old_status", self.old_status);
    wire.text("new_status", self.new_status);
    wire.text("alert_state", self.alert);
    wire.decimal("error_rate", self.error_rate);
    wire.whole("threshold", self.threshold);
    wire.nouns("errors", self.faults);
  }
};

}  // namespace mitr::whatsapp
