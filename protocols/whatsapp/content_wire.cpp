#include "protocols/whatsapp/content_wire.h"

#include <array>
#include <type_traits>
#include <utility>

namespace mitr::whatsapp {
namespace {

template <class Kind>
void read_as(ObjectReader& reader, std::string_view key, Content& out) {
  if constexpr (std::is_same_v<Kind, ContactCards>) {
    ContactCards cards;
    reader.nouns(key, cards);
    if (!cards.empty()) out = std::move(cards);
  } else {
    std::optional<Kind> held;
    reader.noun(key, held);
    if (held) out = *std::move(held);
  }
}

using Read = void (*)(ObjectReader&, std::string_view, Content&);

/// Types whose body is a member of the type's name.
constexpr std::array<std::pair<std::string_view, Read>, 15> kKinds = {{
    {"text", read_as<TypedText>},
    {"image", read_as<Media>},
    {"document", read_as<Media>},
    {"audio", read_as<Media>},
    {"voice", read_as<Media>},
    {"video", read_as<Media>},
    {"sticker", read_as<Media>},
    {"location", read_as<Place>},
    {"contacts", read_as<ContactCards>},
    {"reaction", read_as<Reaction>},
    {"button", read_as<QuickReply>},
    {"interactive", read_as<Interactive>},
    {"order", read_as<Basket>},
    {"system", read_as<SystemNotice>},
    {"revoke", read_as<Revoke>},
}};

}  // namespace

void read_content(ObjectReader& reader, const std::string& type, Content& out) {
  for (const auto& [name, read] : kKinds)
    if (name == type) return read(reader, type, out);
  if (type == "unsupported") return read_as<Unsupported>(reader, type, out);
  // An edit has a place of its own; a welcome has no body.
  if (type.empty() || type == "edit" || type == "request_welcome") return;
  UnknownContent unknown;
  reader.json(type, unknown.json);
  if (!unknown.json.empty()) out = std::move(unknown);
}

void write_content(ObjectWriter& writer, const std::string& type, const Content& content) {
  std::visit(
      [&](const auto& held) {
        using Held = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<Held, ContactCards>) {
          writer.nouns(type, held);
        } else if constexpr (std::is_same_v<Held, UnknownContent>) {
          writer.json(type, held.json);
        } else if constexpr (!std::is_same_v<Held, std::monostate>) {
          writer.noun(type, held);
        }
      },
      content);
}

}  // namespace mitr::whatsapp
