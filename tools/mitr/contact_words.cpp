#include "tools/mitr/contact_words.h"

namespace mitr {

const char* word_for(AliasKind kind) {
  switch (kind) {
    case AliasKind::kUntold:
      return "bsuid or phone";
    case AliasKind::kBsuid:
      return "bsuid";
    case AliasKind::kPhone:
      return "phone";
    case AliasKind::kParentBsuid:
      return "parent bsuid";
    case AliasKind::kUsername:
      return "username";
  }
  return "?";
}

const char* word_for(LineageReason reason) {
  switch (reason) {
    case LineageReason::kTold:
      return "one person: the provider told the change";
    case LineageReason::kSameParent:
      return "one person: they share a parent bsuid";
    case LineageReason::kSamePhone:
      return "likely one person: the earlier was known by the phone alone";
    case LineageReason::kPhonePassed:
      return "another person: the phone passed on";
  }
  return "?";
}

const char* word_for(OutboxState state) {
  switch (state) {
    case OutboxState::kDue:
      return "due";
    case OutboxState::kClaimed:
      return "claimed";
    case OutboxState::kUnknown:
      return "unknown";
    case OutboxState::kSent:
      return "sent";
    case OutboxState::kDelivered:
      return "delivered";
    case OutboxState::kRead:
      return "read";
    case OutboxState::kFailed:
      return "failed";
  }
  return "?";
}

}  // namespace mitr
