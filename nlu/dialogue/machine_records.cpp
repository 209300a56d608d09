// Records in a flow: what was looked up, which of it is meant, and the slots that get its fields;
// see turn.h.
#include <algorithm>

#include "nlu/dialogue/checks.h"
#include "nlu/dialogue/turn.h"
#include "nlu/records/record_list.h"
#include "nlu/records/record_query.h"
#include "nlu/text/tokens.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

/// Place of a field in the rows of the slot's query.
std::optional<std::size_t> place_of(const Flow& flow, const Slot& record, std::string_view field) {
  const Slot* list = flow.slot(record.from);
  const RecordQuery* query = list == nullptr ? nullptr : record_query(list->of);
  const RecordField* found = query == nullptr ? nullptr : query->field(field);
  if (found == nullptr) return std::nullopt;
  return static_cast<std::size_t>(found - query->fields.data());
}

}  // namespace

std::vector<RecordRow> Turn::rows_of(const Slot& slot) const {
  const SlotValue* list = state_.slot(slot.from);
  if (list == nullptr) return {};
  return decode_rows(list->value.reveal());
}

void Turn::settle_records() {
  for (const Slot& slot : flow_->slots) {
    if (slot.kind == SlotKind::kRecord) settle_record(slot);
  }
}

void Turn::settle_record(const Slot& slot) {
  if (state_.slot(slot.from) == nullptr) return;  // Nothing was looked up yet.
  const auto rows = rows_of(slot);
  const SlotValue* held = state_.slot(slot.name);
  const bool picked = held != nullptr && !held->value.empty();
  std::optional<std::size_t> meant;
  const auto title =
      slot.gives.empty() ? std::nullopt : place_of(*flow_, slot, slot.gives.front().first);
  const SlotValue* said = title ? state_.slot(slot.gives.front().second) : nullptr;
  if (said != nullptr && !said->value.empty()) {
    meant = row_meant(rows, *title, said->value.reveal());
    const bool nobody = !meant && std::none_of(rows.begin(), rows.end(), [&](const RecordRow& row) {
      return row_meant({row}, *title, said->value.reveal()).has_value();
    });
    // Somebody who is not among them: what is said counts.
    if (nobody && (held == nullptr || picked)) {
      if (picked) take_back(slot, rows, held->value.reveal());
      emit(SlotSkipped{slot.name});
      return;
    }
  } else if (rows.size() == 1) {
    meant = 0;
  } else if (rows.empty() && held == nullptr) {
    emit(SlotSkipped{slot.name});
  }
  if (!meant) return;
  const std::string& key = rows[*meant].front();
  if (picked && held->value.reveal() == key) return;
  emit(SlotFilled{slot.name, {Personal(key), Personal(key)}});
  give(slot, rows[*meant]);
}

void Turn::take_back(const Slot& slot, const std::vector<RecordRow>& rows, const std::string& key) {
  const auto row = row_of(rows, key);
  if (!row) return;
  for (std::size_t at = 1; at < slot.gives.size(); ++at) {
    const auto& [field, name] = slot.gives[at];
    const auto place = place_of(*flow_, slot, field);
    const SlotValue* held = state_.slot(name);
    const bool given = place && *place < rows[*row].size() && held != nullptr &&
                       held->value.reveal() == rows[*row][*place];
    if (given) emit(SlotCleared{name});
  }
}

void Turn::give(const Slot& slot, const RecordRow& row) {
  for (const auto& [field, name] : slot.gives) {
    const auto place = place_of(*flow_, slot, field);
    const Slot* to = flow_->slot(name);
    if (!place || to == nullptr || *place >= row.size() || row[*place].empty()) continue;
    const Personal value(row[*place]);
    const SlotValue* held = state_.slot(name);
    const bool same = held != nullptr && held->value == value;
    if (same || !fits_kind(*to, value)) continue;
    emit(SlotFilled{name, {value, value}});
    changed(*to);
  }
}

bool Turn::given(std::string_view name) const {
  const SlotValue* value = state_.slot(name);
  for (const Slot& slot : flow_->slots) {
    const SlotValue* held = slot.kind == SlotKind::kRecord ? state_.slot(slot.name) : nullptr;
    if (value == nullptr || held == nullptr || held->value.empty()) continue;
    const auto rows = rows_of(slot);
    const auto row = row_of(rows, held->value.reveal());
    for (const auto& [field, to] : slot.gives) {
      const auto place = place_of(*flow_, slot, field);
      if (to != name || !row || !place || *place >= rows[*row].size()) continue;
      if (rows[*row][*place] == value->value.reveal()) return true;
    }
  }
  return false;
}

void Turn::offer_rows(const Slot& slot) {
  std::vector<Button> buttons;
  std::string list;
  bool cut = false;
  for (const RecordRow& row : rows_of(slot)) {
    buttons.push_back({row.front(), row_title(row)});
    const std::string& title = buttons.back().title;
    list += "\n" + std::to_string(buttons.size()) + ". " + title;
    cut = cut || characters(title) > limits::kSendButtonTitleUnitsMax;
  }
  if (cut) {
    // As in ask_which: titles that would be cut could come out alike, so their places stand.
    reply_ += list;
    for (std::size_t at = 0; at < buttons.size(); ++at) buttons[at].title = std::to_string(at + 1);
  }
  offer_buttons(std::move(buttons));
}

}  // namespace mitr
