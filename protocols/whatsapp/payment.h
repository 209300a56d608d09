// How a payment inside a chat stands. Amounts are whole numbers of a hundredth (see `offset`).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/personal.h"
#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

struct PaidAmount {
  std::optional<std::int64_t> value;
  std::optional<std::int64_t> offset;
  Rest rest;
  bool operator==(const PaidAmount&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.whole("value", self.value);
    wire.whole("offset", self.offset);
  }
};

struct PaymentMethod {
  std::string type;  ///< "upi", "card", "wallet", "netbanking".
  Rest rest;
  bool operator==(const PaymentMethod&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("type", self.type);
  }
};

struct PaymentFault {
  std::string code;
  std::string reason;
  Rest rest;
  bool operator==(const PaymentFault&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("code", self.code);
    wire.text("reason", self.reason);
  }
};

/// One attempt to pay; at most one of an order succeeds.
struct PaymentAttempt {
  Personal id;
  Personal gateway_id;  ///< The payment gateway's own.
  std::string type;     ///< The gateway, or "upi".
  std::string status;   ///< "pending", "success", "failed".
  std::optional<std::chrono::sys_seconds> created;
  std::optional<std::chrono::sys_seconds> updated;
  std::optional<PaymentMethod> method;
  std::optional<PaymentFault> fault;
  Rest rest;
  bool operator==(const PaymentAttempt&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("id", self.id);
    wire.id("pg_transaction_id", self.gateway_id);
    wire.text("type", self.type);
    wire.text("status", self.status);
    wire.number_time("created_timestamp", self.created);
    wire.number_time("updated_timestamp", self.updated);
    wire.noun("method", self.method);
    wire.noun("error", self.fault);
  }
};

struct Refund {
  Personal id;
  std::optional<PaidAmount> amount;
  std::string speed;
  std::string status;
  std::optional<std::chrono::sys_seconds> created;
  std::optional<std::chrono::sys_seconds> updated;
  Rest rest;
  bool operator==(const Refund&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("id", self.id);
    wire.noun("amount", self.amount);
    wire.text("speed_processed", self.speed);
    wire.text("status", self.status);
    wire.number_time("created_timestamp", self.created);
    wire.number_time("updated_timestamp", self.updated);
  }
};

struct Payment {
  std::string reference;  ///< As we gave it with the order.
  std::optional<PaidAmount> amount;
  std::string currency;
  std::optional<PaymentAttempt> attempt;
  std::vector<Refund> refunds;
  std::string receipt;
  Personal notes;  ///< JSON, as we gave it to the gateway.
  Rest rest;       ///< Also what a gateway adds: udf1 and its like.
  bool operator==(const Payment&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("reference_id", self.reference);
    wire.noun("amount", self.amount);
    wire.text("currency", self.currency);
    wire.noun("transaction", self.attempt);
    wire.nouns("refunds", self.refunds);
    wire.text("receipt", self.receipt);
    wire.json("notes", self.notes);
  }
};

}  // namespace mitr::whatsapp
