// A contact card somebody sent: another person's, or their own when we asked for it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocols/personal.h"
#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

struct CardName {
  Personal formatted;
  Personal first;
  Personal last;
  Personal middle;
  Personal prefix;
  Personal suffix;
  Rest rest;
  bool operator==(const CardName&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("formatted_name", self.formatted);
    wire.text("first_name", self.first);
    wire.text("last_name", self.last);
    wire.text("middle_name", self.middle);
    wire.text("prefix", self.prefix);
    wire.text("suffix", self.suffix);
  }
};

struct CardPhone {
  Personal phone;  ///< As its owner wrote it.
  Personal wa_id;  ///< Digits, when it is on WhatsApp.
  Personal bsuid;  ///< When Meta tells it.
  std::string type;
  Rest rest;
  bool operator==(const CardPhone&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("phone", self.phone);
    wire.id("wa_id", self.wa_id);
    wire.id("user_id", self.bsuid);
    wire.text("type", self.type);
  }
};

struct CardEmail {
  Personal email;
  std::string type;
  Rest rest;
  bool operator==(const CardEmail&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("email", self.email);
    wire.text("type", self.type);
  }
};

struct CardAddress {
  Personal street;
  Personal city;
  Personal state;
  Personal zip;
  Personal country;
  Personal country_code;
  std::string type;
  Rest rest;
  bool operator==(const CardAddress&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("street", self.street);
    wire.text("city", self.city);
    wire.text("state", self.state);
    wire.text("zip", self.zip);
    wire.text("country", self.country);
    wire.text("country_code", self.country_code);
    wire.text("type", self.type);
  }
};

struct CardWork {
  Personal company;
  Personal department;
  Personal title;
  Rest rest;
  bool operator==(const CardWork&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("company", self.company);
    wire.text("department", self.department);
    wire.text("title", self.title);
  }
};

struct CardUrl {
  Personal url;
  std::string type;
  Rest rest;
  bool operator==(const CardUrl&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("url", self.url);
    wire.text("type", self.type);
  }
};

struct ContactCard {
  std::string origin;  ///< "contact_request": the sender's own, as we asked. "other": anybody's.
  std::optional<CardName> name;
  std::vector<CardPhone> phones;
  std::vector<CardEmail> emails;
  std::vector<CardAddress> addresses;
  std::optional<CardWork> work;
  std::vector<CardUrl> urls;
  Personal birthday;
  Personal vcard;
  Rest rest;
  bool operator==(const ContactCard&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("origin", self.origin);
    wire.noun("name", self.name);
    wire.nouns("phones", self.phones);
    wire.nouns("emails", self.emails);
    wire.nouns("addresses", self.addresses);
    wire.noun("org", self.work);
    wire.nouns("urls", self.urls);
    wire.text("birthday", self.birthday);
    wire.text("vcard", self.vcard);
  }
};

}  // namespace mitr::whatsapp
