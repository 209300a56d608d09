// What became of a message template: its status, quality, texts and category.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

struct TemplateRejection {
  std::string reason;
  std::string recommendation;
  Rest rest;
  bool operator==(const TemplateRejection&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("reason", self.reason);
    wire.text("recommendation", self.recommendation);
  }
};

struct TemplateDisabling {
  std::optional<std::chrono::sys_seconds> at;
  Rest rest;
  bool operator==(const TemplateDisabling&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.number_time("disable_date", self.at);
  }
};

struct TemplateRemark {
  std::string title;
  std::string description;
  Rest rest;
  bool operator==(const TemplateRemark&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("title", self.title);
    wire.text("description", self.description);
  }
};

/// Field message_template_status_update.
struct TemplateStatusNews {
  std::string event;  ///< "APPROVED", "PAUSED" …
  std::string id;     ///< A number in Meta's JSON.
  std::string name;
  std::string language;
  std::string category;
  std::string reason;
  std::optional<TemplateRejection> rejection;
  std::optional<TemplateDisabling> disabling;
  std::optional<TemplateRemark> remark;
  Rest rest;
  bool operator==(const TemplateStatusNews&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("event", self.event);
    wire.number_id("message_template_id", self.id);
    wire.text("message_template_name", self.name);
    wire.text("message_template_language", self.language);
    wire.text("message_template_category", self.category);
    wire.text("reason", self.reason);
    wire.noun("rejection_info", self.rejection);
    wire.noun("disable_info", self.disabling);
    wire.noun("other_info", self.remark);
  }
};

/// Field message_template_quality_update.
struct TemplateQualityNews {
  std::string previous;  ///< "GREEN", "YELLOW", "RED", "UNKNOWN".
  std::string current;
  std::string id;
  std::string name;
  std::string language;
  Rest rest;
  bool operator==(const TemplateQualityNews&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("previous_quality_score", self.previous);
    wire.text("new_quality_score", self.current);
    wire.number_id("message_template_id", self.id);
    wire.text("message_template_name", self.name);
    wire.text("message_template_language", self.language);
  }
};

struct TemplateButton {
  std::string type;
  std::string text;
  std::string url;
  std::string phone;
  Rest rest;
  bool operator==(const TemplateButton&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("message_template_button_type", self.type);
    wire.text("message_template_button_text", self.text);
    wire.text("message_template_button_url", self.url);
    wire.text("message_template_button_phone_number", self.phone);
  }
};

/// Field message_template_components_update.
struct TemplateTextNews {
  std::string id;
  std::string name;
  std::string language;
  std::string title;
  std::string element;
  std::string footer;
  std::vector<TemplateButton> buttons;
  Rest rest;
  bool operator==(const TemplateTextNews&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.number_id("message_template_id", self.id);
    wire.text("message_template_name", self.name);
    wire.text("message_template_language", self.language);
    wire.text("message_template_title", self.title);
    wire.text("message_template_element", self.element);
    wire.text("message_template_footer", self.footer);
    wire.nouns("message_template_buttons", self.buttons);
  }
};

/// Field template_category_update: another category is another bill. With `correct`: not yet.
struct TemplateCategoryNews {
  std::string id;
  std::string name;
  std::string language;
  std::string previous;
  std::string current;
  std::string correct;
  std::optional<std::chrono::sys_seconds> from;
  Rest rest;
  bool operator==(const TemplateCategoryNews&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.number_id("message_template_id", self.id);
    wire.text("message_template_name", self.name);
    wire.text("message_template_language", self.language);
    wire.text("previous_category", self.previous);
    wire.text("new_category", self.current);
    wire.text("correct_category", self.correct);
    wire.number_time("category_update_timestamp", self.from);
  }
};

}  // namespace mitr::whatsapp
