#include "tools/mitr/contact_export.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <spdlog/fmt/chrono.h>
#include <spdlog/fmt/fmt.h>

#include "actors/conversation/instruction.h"
#include "actors/media/media_request.h"
#include "nlu/dialogue/request_fields.h"
#include "nlu/dialogue/trail.h"
#include "persistence/crypto/seal.h"
#include "protocols/contact_details.h"
#include "protocols/limits.h"
#include "tools/mitr/contact_words.h"
#include "tools/mitr/learner.h"

namespace mitr {
namespace {

using Json = nlohmann::ordered_json;

std::string time_text(std::chrono::sys_seconds at) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(at)));
}

std::string time_text(std::int64_t seconds) {
  return time_text(std::chrono::sys_seconds{std::chrono::seconds{seconds}});
}

/// What came in, in the fields that its kind has.
struct Heard {
  Json& out;

  void operator()(const HeardWords& heard) const { out["words"] = heard.text.reveal(); }
  void operator()(const Choice& choice) const {
    out["choice"] = choice.id;
    out["words"] = choice.title.reveal();
  }
  void operator()(const Unreadable& unreadable) const { out["type"] = unreadable.type; }
  void operator()(const TimerFired&) const {}
  void operator()(const CallResult& result) const {
    for (const auto& [name, value] : result.values) out["found"][name] = value.reveal();
  }
  void operator()(const HandBack&) const {}
  void operator()(const HeardAttachment& sent) const {
    out["type"] = sent.attachment.mime;
    out["words"] = sent.attachment.caption.reveal();
  }
  void operator()(const Location& sent) const {
    out["latitude_millionths"] = sent.latitude;
    out["longitude_millionths"] = sent.longitude;
    out["name"] = sent.name.reveal();
    out["address"] = sent.address.reveal();
  }
  void operator()(const Order& order) const {
    for (const auto& item : order.items)
      out["items"].push_back({{"product", item.product}, {"quantity", item.quantity}});
  }
  void operator()(const Digits& pressed) const { out["digits"] = pressed.digits.reveal(); }
  void operator()(const Silence&) const {}
  void operator()(const Interrupted&) const {}
  void operator()(const Proactive& notice) const { out["words"] = notice.notice.reveal(); }
  void operator()(const HumanMessage& message) const { out["words"] = message.text.reveal(); }
  void operator()(const ConsentChange& change) const { out["granted"] = change.granted; }
};

Json turn_json(const std::vector<TurnRecord>& turns, std::size_t at) {
  const TurnRecord& turn = turns[at];
  const Trail trail = trail_of({turn}, at + 1);
  Json out;
  out["seq"] = at + 1;
  out["at"] = time_text(turn.decided_at);
  out["sent_at"] = time_text(turn.sent_at);
  if (!turn.message.empty()) out["message"] = turn.message.reveal();
  out["heard"]["kind"] = trail.heard;
  std::visit(Heard{out["heard"]}, turn.input);
  out["happened"] = trail.rules;
  for (const Event& event : turn.events) {
    if (const auto* filled = std::get_if<SlotFilled>(&event))
      out["values"].push_back({{"slot", filled->slot}, {"value", filled->value.value.reveal()}});
  }
  if (turn.reply) out["said"] = turn.reply->text.reveal();
  return out;
}

/// One row that may not open: then that is said in its place.
template <class Opened, class Fill>
Json row_json(Json row, const Result<Opened>& opened, Fill fill) {
  if (opened) {
    fill(row, *opened);
  } else {
    row["does_not_open"] = true;
  }
  return row;
}

Json requests_json(const OpenTenant& tenant, const SecretKey& key, const HeldOfContact& held,
                   bool files) {
  Json all = Json::array();
  for (const auto& request : held.requests) {
    if ((request.row.kind == kMediaRequest) != files) continue;
    Json row{{"id", to_string(request.row.id)}, {"at", time_text(request.at)}};
    if (files) {
      MediaRow media;
      media.name = {tenant.row.id, request.row.id};
      media.contact = request.contact;
      media.body = request.row.body;
      all.push_back(row_json(std::move(row), open_media_request(key, media),
                             [](Json& out, const MediaRequest& file) {
                               out["kind"] = word_for(file.attachment.kind);
                               out["type"] = file.attachment.mime;
                               out["words"] = file.attachment.caption.reveal();
                             }));
      continue;
    }
    row["kind"] = request.row.kind;
    const auto plain = open_sealed(
        key, {SealedColumn::kRequestBody, tenant.row.id, request.row.id.bytes}, request.row.body);
    const auto fields = plain ? decode_fields(*plain) : Result<RequestFields>(plain.error());
    all.push_back(row_json(std::move(row), fields, [](Json& out, const RequestFields& opened) {
      for (const auto& [name, value] : opened) out["fields"][name] = value.reveal();
    }));
  }
  return all;
}

Json messages_json(const OpenTenant& tenant, const SecretKey& key, const HeldOfContact& held) {
  Json all = Json::array();
  for (std::size_t i = 0; i < held.outbox.size(); ++i) {
    const OutboxRow& message = held.outbox[i];
    Json row{{"ref", to_string(message.ref)}, {"state", word_for(held.outbox_states[i])}};
    if (message.body.empty()) {  // A reply: its words stand with its turn.
      all.push_back(std::move(row));
      continue;
    }
    const RowIdentity identity{SealedColumn::kOutboxBody, tenant.row.id, message.ref.contact.bytes,
                               message.ref.seq, message.ref.ord};
    all.push_back(row_json(std::move(row), open_sealed(key, identity, message.body),
                           [](Json& out, const std::string& plain) {
                             out["body"] = Json::parse(plain, nullptr, false);
                           }));
  }
  return all;
}

Json instructions_json(const SecretKey& key, const HeldOfContact& held) {
  Json all = Json::array();
  for (const auto& instruction : held.instructions) {
    all.push_back(row_json(Json{{"id", to_string(instruction.name.id)}},
                           open_instruction(key, instruction),
                           [](Json& out, const Input& input) { std::visit(Heard{out}, input); }));
  }
  return all;
}

Json names_json(const ContactId& contact, const ContactLineage& lineage) {
  Json out;
  out["phone_lost"] = lineage.phone_lost;
  for (const auto& alias : lineage.aliases) {
    Json row{{"kind", word_for(alias.kind)}, {"since", time_text(alias.since)}};
    if (alias.until) row["until"] = time_text(*alias.until);
    out["names"].push_back(std::move(row));
  }
  for (const auto& row : lineage.kin) {
    const bool later = row.later == contact;
    out["kin"].push_back({{later ? "earlier" : "later", to_string(later ? row.earlier : row.later)},
                          {"at", time_text(row.at)},
                          {"why", word_for(row.reason)}});
  }
  return out;
}

Result<Json> learning_json(Reader& reader, const OpenTenant& tenant, const ContactId& contact,
                           const HeldOfContact& held) {
  Json out;
  for (const auto& review : held.reviews)
    out["reviews"].push_back({{"seq", review.turn.seq}, {"label", review.label}});
  const auto models = read_models(reader, tenant);
  if (!models) return models.error();
  for (const KnownModel& model : *models) {
    for (const ReviewRow& each : model.manifest.references) {
      if (each.turn.contact != contact) continue;
      out["models"].push_back({{"model", model.stored.row.number}, {"seq", each.turn.seq}});
    }
  }
  return out;
}

}  // namespace

Result<Personal> export_contact(Reader& reader, const OpenTenant& tenant, const Addressee& whom) {
  const auto known = find_contact(reader, tenant, whom);
  if (!known) return known.error();
  const ContactId& contact = known->contact;
  const auto key = unwrap_key(tenant.key, known->wrapped_key, kContactKey, contact.bytes);
  if (!key) return key.error();
  const auto stored = reader.conversation(tenant.row.id, contact);
  if (!stored) return stored.error();
  const auto details = open_details(tenant, contact, *stored);
  if (!details) return details.error();
  const auto lineage = reader.lineage(tenant.row.id, contact);
  if (!lineage) return lineage.error();
  const auto turns = open_turns(reader, tenant, contact, stored->last_seq);
  if (!turns) return turns.error();
  const auto held = reader.held(tenant.row.id, contact, limits::kImportRowsMax);
  if (!held) return held.error();
  if (std::max({held->requests.size(), held->outbox.size(), held->reviews.size()}) >=
      limits::kImportRowsMax)
    return Error{Errc::kTooLarge, "more is kept of them than is read at once"};
  const auto learning = learning_json(reader, tenant, contact, *held);
  if (!learning) return learning.error();

  Json out;
  out["tenant"] = tenant.row.slug;
  out["contact"] = to_string(contact);
  out["details"] = {{"phone", details->phone.reveal()},
                    {"bsuid", details->bsuid.reveal()},
                    {"name", details->name.reveal()}};
  out["identity"] = names_json(contact, *lineage);
  out["turns"] = Json::array();
  for (std::size_t i = 0; i < turns->size(); ++i) out["turns"].push_back(turn_json(*turns, i));
  out["requests"] = requests_json(tenant, *key, *held, false);
  out["files"] = requests_json(tenant, *key, *held, true);
  out["messages"] = messages_json(tenant, *key, *held);
  out["instructions"] = instructions_json(*key, *held);
  out["learning"] = *learning;
  return Personal(out.dump(2, ' ', false, Json::error_handler_t::replace));
}

}  // namespace mitr
