// Both ends of the wire: webhooks out, replies in.
#include <utility>

#include "tools/load/loop_driver.h"
#include "tools/load/provider_text.h"

namespace mitr::load {
namespace {

constexpr std::uint64_t kRepeatSalt = 4000;  // As in driver.cpp: one draw decides on both halves.

std::chrono::sys_seconds wall_seconds() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace

void LoopDriver::pump() {
  while (!outgoing_.empty() && posted_ < plan_.connections && !closing_) {
    Post next = std::move(outgoing_.front());
    outgoing_.pop_front();
    post(std::move(next));
  }
}

void LoopDriver::post(Post next) {
  auto body = next.kind == Kind::kStatus ? std::move(next.body) : body_of(next);
  HttpClient::Headers headers;
  if (auto signature = signature_of(next, body); !signature.empty()) {
    headers.emplace_back("X-Hub-Signature-256", std::move(signature));
  }
  if (next.kind == Kind::kStatus) --statuses_waiting_;
  if (next.kind == Kind::kRepeat) ledger_.count_repeat();
  if (next.kind == Kind::kMessage && measuring_) {
    lateness_.add(steady_now() - ledger_.due_of(next.person, next.turn));
  }
  ++posted_;
  // Small enough to be held by std::function itself.
  client_->post(parts_.path, std::move(headers), Personal(std::move(body)),
                [this, person = next.person, turn = next.turn, kind = next.kind](
                    const PostAnswer& answer) { on_answer(kind, person, turn, answer); });
}

std::string LoopDriver::body_of(const Post& next) const {
  auto wamid = wamid_of_turn(parts_.cast, next.person, next.turn);
  if (next.kind != Kind::kForgery) {
    // A repeat has to be the same to the byte: the moment is the script's place, not the clock's.
    return message_webhook(parts_.cast, next.person, next.turn, wamid,
                           wall_at_begin_ + std::chrono::seconds(next.turn));
  }
  wamid += 'F';
  return message_webhook(parts_.cast, next.person, next.turn, wamid, wall_at_begin_, "cancel");
}

/// Good for all but forgeries, which go the ways a forger might try.
std::string LoopDriver::signature_of(const Post& next, std::string& body) const {
  if (next.kind != Kind::kForgery) return signer_.sign(body);
  switch ((next.person + next.turn) % 4) {
    case 0:
      return stranger_.sign(body);
    case 1: {
      auto signature = signer_.sign(body);
      body.back() = ' ';
      return signature;
    }
    case 2:
      return "sha256=00";
    default:
      return {};
  }
}

void LoopDriver::on_answer(Kind kind, PersonIndex person, std::uint8_t turn,
                           const PostAnswer& answer) {
  if (closing_) return;
  --posted_;
  const bool accepted = answer.end == PostEnd::kAnswered && answer.status == 200;
  switch (kind) {
    case Kind::kMessage: {
      const auto now = steady_now();
      const auto taken = now - ledger_.due_of(person, turn);
      recent_ack_.add(taken);
      if (measuring_) ack_.add(taken);
      ledger_.answered(person, turn, accepted);
      const double draw = plan_.repeats > 0 ? drawn_share(person, kRepeatSalt + turn) : 1;
      if (accepted && draw >= plan_.repeats / 2 && draw < plan_.repeats) {
        outgoing_.push_back({Kind::kRepeat, turn, person, {}});
      }
      end_if_over(person);
      if (plan_.ahead > 1) speak_or_wait(person, now);
      break;
    }
    case Kind::kForgery:
      ledger_.count_forgery(answer.status);
      break;
    case Kind::kRepeat:
    case Kind::kStatus:
      ledger_.count_other_answer(accepted);
      break;
  }
  pump();
}

void LoopDriver::on_sent(const SentReply* sent, std::string_view wamid) {
  if (closing_) return;
  if (plan_.graph_delay > Ticks::zero()) alarm_->set(steady_now() + plan_.graph_delay);
  if (sent == nullptr)
    return ledger_.note(Fault::kUnexpected, "a request that is no send, or without a token");
  if (sent->kind == SentReply::Kind::kReadMark) {
    ++reading_.read_marks;
    return;
  }
  const auto person = parts_.cast.person_of(sent->to);
  const bool ours = person && *person < ledger_.people();
  if (sent->kind == SentReply::Kind::kTemplate && !ours) {
    ++reading_.notices;
    return;
  }
  const auto now = steady_now();
  const auto heard = ledger_.hear(sent->to, sent->number, sent->text);
  if (heard.due) {
    const auto taken = now - *heard.due;
    recent_reply_.add(taken);
    if (measuring_) reply_.add(taken);
  }
  if (!ours) return;
  if (!plan_.statuses.empty()) post_statuses(*person, wamid, sent->callback);
  end_if_over(*person);
  speak_or_wait(*person, now);
  pump();
}

void LoopDriver::post_statuses(PersonIndex person, std::string_view wamid,
                               std::string_view callback) {
  for (const auto& state : plan_.statuses) {
    if (statuses_waiting_ >= limits::kLoadStatusesWaitingMax) {
      ++reading_.statuses_left_out;
      continue;
    }
    ++statuses_waiting_;
    ++reading_.statuses;
    auto body = status_webhook(parts_.cast, person, wamid, state, callback, wall_seconds());
    outgoing_.push_back({Kind::kStatus, 0, person, std::move(body)});
  }
}

}  // namespace mitr::load
