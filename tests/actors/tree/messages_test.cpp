// Goal: every message survives the wire. Method: one sample of each, through CAF's binary
// serializer and back, compared by its second serialisation; a type left out of the table fails the
// count at the end.
#include "actors/messages.h"

#include <caf/all.hpp>
#include <gtest/gtest.h>

#include "actors/engine.h"

namespace mitr {
namespace {

TenantId a_tenant() {
  return random_id<TenantId>();
}
ContactId a_contact() {
  return random_id<ContactId>();
}
KeyedHash a_hash() {
  KeyedHash hash;
  random_bytes(hash.bytes.data(), hash.bytes.size());
  return hash;
}

Envelope an_envelope(MessageBody body) {
  Envelope envelope;
  envelope.number = "100";
  envelope.message = Personal("wamid.1");
  envelope.phone = Personal("9198");
  envelope.bsuid = Personal("IN.1");
  envelope.parent_bsuid = Personal("IN.ENT.1");
  envelope.username = Personal("asha.v");
  envelope.account = "1022";
  envelope.profile_name = Personal("Asha");
  envelope.sent_at = std::chrono::sys_seconds{std::chrono::seconds{1'700'000'000}};
  envelope.body = std::move(body);
  return envelope;
}

std::chrono::sys_seconds a_time() {
  return std::chrono::sys_seconds{std::chrono::seconds{1'700'000'600}};
}
DueTimer a_timer() {
  return {a_tenant(), a_contact(), a_time(), "100"};
}
OutboxRef a_ref() {
  return {a_contact(), 7, 1};
}
OutboxRow an_outbox_row() {
  return {a_ref(),
          a_contact(),
          "100",
          Lane::kCampaign,
          std::chrono::sys_seconds{std::chrono::seconds{5}},
          std::chrono::sys_seconds{std::chrono::seconds{9}},
          std::string("\0\xFF sealed", 9)};
}

Append an_append() {
  return {a_tenant(),
          a_contact(),
          3,
          a_hash(),
          8,
          true,
          "body",
          Sealed("details"),
          a_hash(),
          ReplyRow{"100", a_time(), "reply"},
          {an_outbox_row()},
          {{random_id<RequestId>(), "leave", "request"}},
          TimerMove{a_time(), "100"}};
}

std::vector<char> bytes_of(caf::actor_system& system, caf::message& message) {
  std::vector<char> bytes;
  caf::binary_serializer out(system, bytes);
  EXPECT_FALSE(out(message)) << "does not serialise";
  return bytes;
}

template <class T>
void expect_round_trip(caf::actor_system& system, std::size_t& seen, T value) {
  ++seen;
  auto message = caf::make_message(std::move(value));
  auto bytes = bytes_of(system, message);
  caf::message copy;
  caf::binary_deserializer in(system, bytes);
  ASSERT_FALSE(in(copy)) << caf::type_name<T>::value;
  ASSERT_TRUE(copy.match_elements<T>()) << caf::type_name<T>::value;
  EXPECT_EQ(bytes_of(system, copy), bytes) << caf::type_name<T>::value;
}

struct Echo : GatewayActor::base {
  explicit Echo(caf::actor_config& config) : GatewayActor::base(config) {}
  behavior_type make_behavior() override {
    return {[](WebhookArrived&) {}, [](const TurnSettled&) {}};
  }
};
struct DeafOutbox : OutboxActor::base {
  explicit DeafOutbox(caf::actor_config& config) : OutboxActor::base(config) {}
  behavior_type make_behavior() override {
    return {[](ReleaseOutbox&) {},     [](SendEnded&) {},         [](const DeliveryProven&) {},
            [](const LeasesTaken&) {}, [](const TurnInDoubt&) {}, [](const OutboxTick&) {}};
  }
};
struct DeafTimekeeper : TimekeeperActor::base {
  explicit DeafTimekeeper(caf::actor_config& config) : TimekeeperActor::base(config) {}
  behavior_type make_behavior() override {
    return {[](TimerTick) {}, [](const TimerSettled&) {}};
  }
};

struct DeafKeeper : InstructionKeeperActor::base {
  explicit DeafKeeper(caf::actor_config& config) : InstructionKeeperActor::base(config) {}
  behavior_type make_behavior() override {
    return {[](LookForInstructions) {}, [](const InstructionSettled&) {}};
  }
};

InstructionName an_instruction_name() {
  return {a_tenant(), random_id<InstructionId>()};
}
InstructionRow an_instruction() {
  return {an_instruction_name(), a_contact(), "100", a_time(), "body"};
}

std::vector<Envelope> of_every_body() {
  std::vector<Envelope> envelopes;
  for (const MessageBody& body : std::initializer_list<MessageBody>{
           Words{Personal("hi")}, Choice{"yes", Personal("Yes")}, Unreadable{"image", true},
           Attachment{AttachmentKind::kVideo, Personal("media-1"), "video/mp4", Personal("see")},
           Location{12'971'599, -77'594'566, Personal("Gate"), Personal("1 Road")},
           Order{{{"rice", 2, 32'000}}}, HumanWrote{Personal("I am on it")}, MarketingWish{true}}) {
    envelopes.push_back(an_envelope(body));
  }
  return envelopes;
}

whatsapp::IdentityChange a_change() {
  whatsapp::IdentityChange change;
  change.number = "100";
  change.message = Personal("wamid.4");
  change.before = {"1022", Personal("9198"), Personal("IN.1"), Personal("IN.ENT.1"), {}};
  change.after = {"1022", Personal("9199"), Personal("IN.2"), {}, Personal("asha")};
  change.at = a_time();
  return change;
}

Standing a_standing() {
  return {"1022", "template", "leave/en", "status", "PAUSED", "QUALITY", a_time(), a_time()};
}

WebhookArrived a_webhook(const DeliveryStatus& status) {
  return {1,
          of_every_body(),
          {status},
          Personal("raw"),
          Errc::kMalformed,
          {{whatsapp::Filing::kUnknown, Personal("item")}},
          {a_change()},
          {a_standing()}};
}

template <class Check>
void check_instructions(Check check, const InstructionKeeperActor& keeper) {
  check(LookForInstructions{});
  check(InstructionSettled{an_instruction_name(), Settlement::kBusy});
  check(InstructionFound{keeper, an_instruction()});
  check(TakeInstruction{keeper, an_instruction(), a_hash()});
  check(EndInstruction{an_instruction_name()});
  check(InstructionEnded{Errc::kUnavailable});
  check(FindInstructions{{1, 2, 3}, 100});
  check(InstructionsFound{std::nullopt, {an_instruction(), an_instruction()}});
}

/// Messages about who people are, and how businesses stand.
template <class Check>
void check_people(const Check& check, const GatewayActor& gateway) {
  const std::vector<Alias> names{{a_hash(), AliasKind::kBsuid}, {a_hash(), AliasKind::kPhone}};
  check(ClaimContact{{a_tenant(),
                      names,
                      {{a_hash(), AliasKind::kBsuid}},
                      a_time(),
                      a_contact(),
                      "key",
                      "details"}});
  check(ContactClaimed{std::nullopt,
                       {a_contact(), true, "key", "details", 4, false, false, a_contact()}});
  check(IdentityTold{gateway, 5, a_change()});
  check(NoteStandings{{{a_tenant(), a_standing()}}});
  check(StandingsNoted{Errc::kUnavailable});
}

TEST(Messages, RoundTripThroughTheWire) {
  EngineConfig config(1);
  caf::actor_system system(config);
  GatewayActor gateway = system.spawn<Echo>();
  OutboxActor outbox = system.spawn<DeafOutbox>();
  TimekeeperActor timekeeper = system.spawn<DeafTimekeeper>();
  InstructionKeeperActor keeper = system.spawn<DeafKeeper>();
  std::size_t seen = 0;
  auto check = [&](auto value) { expect_round_trip(system, seen, std::move(value)); };
  DeliveryStatus status{"100",
                        Personal("wamid.2"),
                        to_string(a_ref()),
                        DeliveryState::kRead,
                        131026,
                        std::chrono::sys_seconds{std::chrono::seconds{11}}};
  check(a_webhook(status));
  check(TurnSettled{2, Settlement::kBusy});
  check(Inbound{gateway, 3, an_envelope(Words{Personal("hi")})});
  check(DeliveryNews{gateway, 4, status});
  check(ParkTick{});
  check(ConversationParked{a_contact(), false, 9, 10, "state", "details"});
  check(ConversationLost{a_contact(), 5});
  check(TakeTurn{gateway, 6, an_envelope(Choice{"no", Personal("No")}), a_hash()});
  check(Park{});
  check(TimerFell{timekeeper, a_timer()});
  check(TakeTimer{timekeeper, a_timer(), a_hash()});
  check(TimerTick{});
  check(TimerSettled{a_contact()});
  check(MoveTimer{{a_tenant(), a_contact(), a_time(), std::nullopt}});
  check(TimerMoved{Errc::kUnavailable});
  check(FindTimers{{1, 2, 3}, 100});
  check(TimersFound{std::nullopt, {a_timer(), a_timer()}});
  check(FindRecords{a_tenant(), "pupil", a_hash(), a_hash()});
  check(FindRecords{a_tenant(), "product", a_hash(), std::nullopt});
  check(RecordsFound{Errc::kUnavailable, {"body", "other"}, {a_hash(), a_hash()}});
  check_instructions(check, keeper);
  check(LeasesTaken{{a_time(), a_time()}, 3});
  check(TurnInDoubt{a_tenant()});
  check(HoldLeases{});
  check(LookForPacks{});
  check(ReadWakes{});
  check(AppendTurn{an_append()});
  check(TurnAppended{Errc::kUnavailable, AppendVerdict::kFenced});
  check_people(check, gateway);
  check(MarkOutbox{{a_tenant(), a_ref(), std::nullopt, OutboxState::kFailed, 131047, true}});
  check(OutboxMarked{std::nullopt, true});
  check(KeepWebhook{{a_tenant(), random_id<RequestId>(), "malformed", "body"}});
  check(WebhookKept{Errc::kInternal});
  check(FlushBatch{true});
  check(WakeConversation{a_tenant(), a_contact()});
  check(ConversationWoken{std::nullopt,
                          {"key", "details", 2, true, 1, {{a_contact(), 2, true, {}, "body"}}}});
  check(SweepDue{a_tenant(), TimeSpan{a_time(), a_time()}});
  check(DueSwept{
      std::nullopt, {{a_tenant(), an_outbox_row(), OutboxState::kUnknown, {}, "key"}}, true});
  check(ReleaseOutbox{
      {{a_tenant(), a_ref(), a_contact(), "100", Lane::kReply, {}, {}, Personal("body")}}});
  check(SendEnded{a_ref(), whatsapp::SendVerdict::kAccepted, Personal("wamid.3"), 0});
  check(DeliveryProven{a_ref()});
  check(OutboxTick{OutboxTick::Work::kSweepAll});
  check(SendOut{outbox, a_ref(), "100", Personal("body")});

  EXPECT_EQ(seen, caf::id_block::mitr::end - caf::id_block::mitr::begin)
      << "a message type has no sample here";
  // What crossed the wire stands in CAF's registry, which keeps it alive.
  caf::anon_send_exit(gateway, caf::exit_reason::kill);
  caf::anon_send_exit(outbox, caf::exit_reason::kill);
  caf::anon_send_exit(timekeeper, caf::exit_reason::kill);
  caf::anon_send_exit(keeper, caf::exit_reason::kill);
}

TEST(Messages, ShowNothingPersonalWhenPrinted) {
  auto text = caf::to_string(caf::make_message(WebhookArrived{
      1, {an_envelope(Words{Personal("canary-words")})}, {}, Personal("canary-raw"), {}}));
  for (const char* canary : {"canary", "9198", "wamid", "Asha", "IN.1"}) {
    EXPECT_EQ(text.find(canary), std::string::npos) << canary;
  }
  EXPECT_NE(text.find("personal"), std::string::npos);
}

}  // namespace
}  // namespace mitr
