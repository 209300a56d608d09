#include "actors/conversation/instruction.h"

#include "nlu/dialogue/turn_record.h"
#include "persistence/crypto/seal.h"

namespace mitr {
namespace {

RowIdentity identity(const InstructionRow& row) {
  return {SealedColumn::kInstruction, row.name.tenant, row.name.id.bytes};
}

bool is_instruction(const Input& input) {
  return std::holds_alternative<HandBack>(input) || std::holds_alternative<Proactive>(input) ||
         std::holds_alternative<HumanMessage>(input) ||
         std::holds_alternative<ConsentChange>(input);
}

}  // namespace

Result<InstructionRow> sealed_instruction(const SecretKey& contact_key, InstructionRow row,
                                          const Input& input) {
  if (!is_instruction(input)) return Error{Errc::kMalformed, "no instruction"};
  // A turn's bytes hold an input of any kind, in a form that later builds read.
  TurnRecord record;
  record.input = input;
  row.body = seal(contact_key, identity(row), encode(record));
  return row;
}

Result<Input> open_instruction(const SecretKey& contact_key, const InstructionRow& row) {
  auto plain = open_sealed(contact_key, identity(row), row.body);
  if (!plain) return plain.error();
  auto record = decode_turn(*plain);
  if (!record) return record.error();
  if (!is_instruction(record->input)) return Error{Errc::kMalformed, "no instruction"};
  return std::move(record->input);
}

}  // namespace mitr
