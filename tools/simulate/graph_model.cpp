#include "tools/simulate/graph_model.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "protocols/limits.h"

namespace mitr::simulate {
namespace {

using namespace std::chrono_literals;
using whatsapp::SendVerdict;

constexpr int kRateError = 130429;
constexpr int kRefusedError = 131026;
constexpr int kInsideError = 131000;

std::string text_of(const nlohmann::json& body) {
  const auto& type = body.at("type").get_ref<const std::string&>();
  if (type == "text") return body["text"]["body"];
  if (type == "interactive") return body["interactive"]["body"]["text"];
  std::string text = body["template"]["name"];
  for (const auto& component : body["template"].value("components", nlohmann::json::array())) {
    for (const auto& parameter : component["parameters"])
      text += " | " + parameter["text"].get<std::string>();
  }
  return text;
}

std::string place(const OutboxRef& ref) {
  return "#" + std::to_string(ref.seq) + "." + std::to_string(ref.ord);
}

class LifeCourier : public Courier {
 public:
  explicit LifeCourier(GraphModel& graph) : graph_(graph) {}
  void post(const std::string& number, Personal body,
            std::function<void(whatsapp::SendAnswer)> ended) override {
    graph_.post(number, body, std::move(ended));
  }

 private:
  GraphModel& graph_;
};

}  // namespace

struct GraphModel::Sending {
  Shown shown;
  OutboxRef ref;
  std::string callback;
  std::string message;
  std::uint64_t life = 0;
  std::function<void(whatsapp::SendAnswer)> ended;
};

GraphModel::GraphModel(World& world, Phone phone, Report report)
    : world_(world),
      phone_(std::move(phone)),
      report_(std::move(report)),
      chance_(world.plan.seed, "graph") {}

std::shared_ptr<Courier> GraphModel::courier() {
  cut_ = false;
  return std::make_shared<LifeCourier>(*this);
}

void GraphModel::post(const std::string& number, const Personal& body,
                      std::function<void(whatsapp::SendAnswer)> ended) {
  if (cut_) return;
  const auto json = nlohmann::json::parse(body.reveal());
  auto sending = std::make_shared<Sending>();
  sending->shown = {number, json.value("to", json.value("recipient", "")), text_of(json),
                    json["type"] == "interactive"};
  sending->callback = json.value("biz_opaque_callback_data", "");
  sending->ref = parse_outbox_ref(sending->callback).value_or(OutboxRef{});
  sending->message = "wamid.out." + std::to_string(++messages_);
  sending->life = life_;
  sending->ended = std::move(ended);
  if (world_.trace.on())
    world_.say(world_.trace.label(sending->ref.contact), "posted", place(sending->ref), " ",
               on_one_line(sending->shown.text));
  world_.witness->posted({sending->ref, number, sending->shown.to, sending->shown.text});
  if (world_.plan.planted == Planted::kSendWithoutWaiting)
    std::exchange(sending->ended, nullptr)({SendVerdict::kAccepted, Personal(sending->message), 0});

  const auto& rates = world_.rates;
  auto fate = chance_.below(10'000);
  const auto is = [&fate](std::uint32_t rate) {
    if (fate < rate) return true;
    fate -= rate;
    return false;
  };
  const auto took = chance_.happens(rates.slow_answer) ? chance_.between(1s, limits::kSendTimeout)
                                                       : chance_.between(60ms, 250ms);
  if (is(rates.not_connected)) return answer(sending, 0ms, SendVerdict::kRetryLater, 0);
  if (is(rates.refused_for_now)) return answer(sending, took, SendVerdict::kRetryLater, kRateError);
  if (is(rates.refused)) return answer(sending, took, SendVerdict::kFailed, kRefusedError);
  if (is(rates.failed_inside)) {
    if (chance_.happens(5000)) take(sending);
    return answer(sending, took, SendVerdict::kUnknown, kInsideError);
  }
  if (is(rates.silence)) {
    if (chance_.happens(5000)) take(sending);
    return answer(sending, limits::kSendTimeout, SendVerdict::kUnknown, 0);
  }
  take(sending);
  answer(sending, took, SendVerdict::kAccepted, 0);
}

void GraphModel::answer(const std::shared_ptr<Sending>& sending, Time after, SendVerdict verdict,
                        int error_code) {
  world_.timeline.after(after, [this, sending, verdict, error_code] {
    if (sending->life != life_) return;
    world_.witness->answered(sending->ref, verdict);
    if (world_.trace.on())
      world_.say(world_.trace.label(sending->ref.contact), "send ended", place(sending->ref),
                 verdict == SendVerdict::kAccepted     ? " accepted"
                 : verdict == SendVerdict::kRetryLater ? " not now"
                 : verdict == SendVerdict::kFailed     ? " refused"
                                                       : " not answered");
    if (!sending->ended) return;
    whatsapp::SendAnswer told{verdict, Personal{}, error_code};
    if (verdict == SendVerdict::kAccepted) told.message = Personal(sending->message);
    std::exchange(sending->ended, nullptr)(std::move(told));
  });
}

void GraphModel::take(const std::shared_ptr<Sending>& sending) {
  const auto travels = chance_.between(100ms, 900ms);
  if (chance_.happens(world_.rates.refused)) {
    // Taken, and then it could not be brought to the phone.
    return report(*sending, DeliveryState::kFailed, kRefusedError, travels);
  }
  report(*sending, DeliveryState::kSent, 0, 80ms);
  report(*sending, DeliveryState::kDelivered, 0, travels);
  const auto reads = travels + chance_.between(200ms, 3s);
  report(*sending, DeliveryState::kRead, 0, reads);
  world_.timeline.after(reads, [this, sending] { phone_(sending->shown); });
}

void GraphModel::report(const Sending& sending, DeliveryState state, int error_code, Time least) {
  const auto& rates = world_.rates;
  DeliveryStatus status;
  status.number = sending.shown.number;
  status.message = Personal(sending.message);
  status.callback = sending.callback;
  status.state = state;
  status.error_code = error_code;
  if (chance_.happens(rates.status_lost)) return;
  const int times = chance_.happens(rates.status_doubled) ? 2 : 1;
  for (int i = 0; i < times; ++i) {
    auto after = least;
    if (chance_.happens(rates.status_late)) after += chance_.between(1s, 90s);
    world_.timeline.after(after, [this, status] { report_(status); });
  }
}

}  // namespace mitr::simulate
