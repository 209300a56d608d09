#include "protocols/whatsapp/news_wire.h"

#include <array>
#include <type_traits>
#include <utility>

#include "protocols/whatsapp/content_wire.h"

namespace mitr::whatsapp {
namespace {

constexpr std::string_view kValue = "value";

template <class Kind>
bool read_as(ObjectReader& reader, News& out) {
  std::optional<Kind> held;
  reader.noun(kValue, held);
  if (held) out = *std::move(held);
  return held.has_value();
}

using Read = bool (*)(ObjectReader&, News&);

constexpr std::array<std::pair<std::string_view, Read>, 31> kFields = {{
    {"messages", read_as<NumberNews>},
    {"calls", read_as<NumberNews>},
    {"user_preferences", read_as<NumberNews>},
    {"user_id_update", read_as<NumberNews>},
    {"smb_message_echoes", read_as<NumberNews>},
    {"message_echoes", read_as<NumberNews>},
    {"standby", read_as<NumberNews>},
    {"messaging_handovers", read_as<NumberNews>},
    {"history", read_as<NumberNews>},
    {"smb_app_state_sync", read_as<NumberNews>},
    {"group_lifecycle_update", read_as<NumberNews>},
    {"group_participants_update", read_as<NumberNews>},
    {"group_settings_update", read_as<NumberNews>},
    {"group_status_update", read_as<NumberNews>},
    {"message_template_status_update", read_as<TemplateStatusNews>},
    {"message_template_quality_update", read_as<TemplateQualityNews>},
    {"message_template_components_update", read_as<TemplateTextNews>},
    {"template_category_update", read_as<TemplateCategoryNews>},
    {"phone_number_quality_update", read_as<NumberQualityNews>},
    {"phone_number_name_update", read_as<NumberNameNews>},
    {"security", read_as<SecurityNews>},
    {"business_username_update", read_as<BusinessUsernameNews>},
    {"business_username_updates", read_as<BusinessUsernameNews>},
    {"account_update", read_as<AccountNews>},
    {"account_alerts", read_as<AlertNews>},
    {"account_review_update", read_as<ReviewNews>},
    {"account_settings_update", read_as<SettingsNews>},
    {"business_capability_update", read_as<CapabilityNews>},
    {"partner_solutions", read_as<SolutionNews>},
    {"payment_configuration_update", read_as<PaymentSetupNews>},
    {"flows", read_as<FormNews>},
}};

}  // namespace

void read_news(ObjectReader& reader, const std::string& field, News& out) {
  for (const auto& [name, read] : kFields)
    if (name == field && read(reader, out)) return;
  UnknownNews unknown;
  reader.json(kValue, unknown.json);
  out = std::move(unknown);
}

void write_news(ObjectWriter& writer, const std::string&, const News& news) {
  std::visit(
      [&](const auto& held) {
        if constexpr (std::is_same_v<std::decay_t<decltype(held)>, UnknownNews>) {
          writer.json(kValue, held.json);
        } else {
          writer.noun(kValue, held);
        }
      },
      news);
}

}  // namespace mitr::whatsapp
