// What comes that is no words: files, places, baskets, keys, silence, and what the business itself
// has to say; see turn.h. All of it ends in the same collecting as words do.
#include <algorithm>
#include <charconv>
#include <utility>

#include "nlu/dialogue/checks.h"
#include "nlu/dialogue/turn.h"
#include "nlu/slots/product.h"
#include "nlu/slots/sent_value.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

/// A basket as a slot of goods holds it. Prices are the business's own business.
std::vector<Product> goods_of(const Order& order) {
  constexpr std::int64_t kWhole = 1000;
  std::vector<Product> goods;
  for (const OrderItem& item : order.items) {
    goods.push_back({item.product, Number{item.quantity * kWhole}, {}});
  }
  return goods;
}

/// The slot of the kind that what was sent is for: the one asked, else one that is empty, else one
/// to correct. Null: the flow has none.
const Slot* slot_for(const Flow& flow, const DialogueState& state, SlotKind kind) {
  const Slot* found = nullptr;
  for (const Slot& slot : flow.slots) {
    if (slot.kind != kind) continue;
    if (slot.name == state.asking) return &slot;
    const bool better = found == nullptr ||
                        (state.slot(found->name) != nullptr && state.slot(slot.name) == nullptr);
    if (better) found = &slot;
  }
  return found;
}

bool says_something(const Understanding& heard) {
  return heard.move != Move::kNone || !heard.intent.empty() || !heard.slots.empty() ||
         !heard.doubt.empty() || !heard.also.empty() || !heard.rivals.empty() || heard.pick != 0;
}

/// The number that was keyed in; 0: none, or beyond what is counted.
std::uint32_t number_of(const std::string& digits) {
  std::uint32_t number = 0;
  if (digits.empty() || digits.size() > limits::kNumberKeysMax) return 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc{} && end == digits.data() + digits.size() ? number : 0;
}

}  // namespace

void Turn::take_sent(SlotKind kind, const Personal& typed, const Personal& value,
                     Understanding heard) {
  const Flow* flow = flow_ != nullptr ? flow_ : pack_.flow(heard.intent);
  const Slot* slot = flow == nullptr ? nullptr : slot_for(*flow, state_, kind);
  if (slot != nullptr) {
    std::erase_if(heard.slots, [&](const SlotCandidate& each) { return each.slot == slot->name; });
    heard.slots.push_back({slot->name, typed, value});
  }
  if (says_something(heard)) {
    hear(heard);
  } else {
    cannot_read();
  }
}

void Turn::receive(const HeardAttachment& sent) {
  const Attachment& attachment = sent.attachment;
  const bool drawn = attachment.kind == AttachmentKind::kSticker;
  if (drawn || attachment.media.empty()) return cannot_read();
  take_sent(SlotKind::kAttachment, attachment.caption, Personal(attachment_value(attachment)),
            sent.understanding);
}

void Turn::receive(const Location& sent) {
  take_sent(SlotKind::kLocation, Personal(location_words(sent)), Personal(location_value(sent)),
            {});
}

void Turn::receive(const Order& sent) {
  const Slot* slot = flow_ == nullptr ? nullptr : slot_for(*flow_, state_, SlotKind::kProduct);
  const Personal basket(products_text(goods_of(sent)));
  // Goods that the pack does not know would be missing in the shop.
  if (slot == nullptr || sent.items.empty() || !fits_kind(*slot, basket)) return cannot_read();
  take_sent(SlotKind::kProduct, basket, basket, {});
}

void Turn::cannot_read() {
  say(pack_.phrases().unreadable);
  if (flow_ != nullptr) repeat_question();
}

void Turn::press(const Digits& pressed) {
  const std::string& digits = pressed.digits.reveal();
  const std::uint32_t number = number_of(digits);
  const Slot* slot = asked();
  Understanding heard;
  if (slot != nullptr && slot->kind == SlotKind::kYesNo) {
    if (number == 1 || number == 2) {
      heard.slots.push_back({slot->name, pressed.digits, Personal(number == 1 ? "yes" : "no")});
    }
  } else if (confirming() || asking(kResumeStep)) {
    if (number == 1) heard.move = Move::kYes;
    if (number == 2) heard.move = Move::kNo;
  } else if (asking(kWhichStep)) {
    if (number <= state_.doubt.size()) heard.pick = static_cast<std::uint8_t>(number);
  } else if (slot != nullptr && slot->kind == SlotKind::kChoice) {
    if (number >= 1 && number <= slot->options.size()) {
      const Option& option = slot->options[number - 1];
      heard.slots.push_back({slot->name, pressed.digits, Personal(option.id)});
    }
  } else if (slot != nullptr && slot->kind == SlotKind::kNumber) {
    // Not by number_of: zero is an answer too.
    const bool countable = !digits.empty() && digits.size() <= limits::kNumberKeysMax;
    const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
    if (countable)
      heard.slots.push_back({slot->name, pressed.digits, Personal(digits.substr(first))});
  } else {
    heard = pressed.understanding;
  }
  hear(heard);
}

/// Counted as an answer that did not fit, so that it ends as those do.
void Turn::silence() {
  if (asking(kWaitStep)) return;  // It is they who wait for us.
  if (flow_ != nullptr) {
    miss({});
  } else {
    hear({});
  }
}

void Turn::notice(const Proactive& proactive) {
  reply_ = proactive.notice.reveal();
  const bool open = flow_ != nullptr && !asking(kWaitStep) &&
                    state_.human_until <= now_.at.time_since_epoch().count();
  if (open) repeat_question();
}

void Turn::wish(Move move, bool answered) {
  emit(Moved{move});
  emit(ConsentSet{Consent::kMessages, move == Move::kStart});
  if (!answered) return;
  say(move == Move::kStart ? pack_.phrases().started : pack_.phrases().stopped);
  if (flow_ != nullptr && !asking(kWaitStep)) repeat_question();
}

/// A person who writes has the conversation, asked for or not, and keeps it while they write.
void Turn::human_wrote(const HumanMessage& message) {
  if (!message.left) reply_ = message.text.reveal();
  const auto silent = pack_.human().silent;
  if (silent.count() == 0) return;
  emit(HandedOver{"wrote", (now_.at + silent).time_since_epoch().count()});
}

}  // namespace mitr
