// What one run of the Graph simulator stands in for: numbers, people, the webhook and its secret.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "protocols/limits.h"
#include "protocols/personal.h"
#include "protocols/result.h"

namespace mitr::graph {

/// A business number, as Meta registers it.
struct SimNumber {
  std::string id;             ///< phone_number_id.
  std::string name;           ///< Verified name; the page shows it on top of the chat.
  std::string display_phone;  ///< Digits.
  std::string account = "102290129340398";  ///< WABA id.
};

/// A person with a phone. `desk` people work for the tenant: the page shows what they receive.
struct SimPerson {
  Personal phone;
  Personal name;
  std::string number;  ///< Id of the number they talk with.
  bool desk = false;
  std::string about;                     ///< One line for the page: "Parent of Meera, class 5B".
  std::vector<std::string> suggestions;  ///< Sentences the page offers to type.
};

struct GraphSettings {
  std::uint16_t port = 18090;  ///< 0: the system chooses.
  std::string webhook;         ///< "http://127.0.0.1:18080/webhook"
  std::string app_secret;
  std::string verify_token;  ///< Empty: the webhook is not verified at the start.
  std::vector<SimNumber> numbers;
  std::vector<SimPerson> people;
  std::vector<std::filesystem::path>
      packs;                   ///< Folders of packs, whose templates count as approved.
  bool service_window = true;  ///< Free words fail 24 h after the person's last message.
  std::chrono::milliseconds delivery_delay{250};  ///< From `sent` to `delivered`.
  std::chrono::milliseconds retry_first = limits::kSimRetryMin;
  int attempts_max = limits::kSimAttemptsMax;
  /// Seconds since the epoch; tests move it.
  std::function<std::chrono::sys_seconds()> clock = [] {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  };
};

/// Lays the file's settings over `base`. Unknown keys are refused by name, with their line.
Result<GraphSettings> read_settings(const std::filesystem::path& file, GraphSettings base);
/// kInvalidConfig naming the first thing that is missing or malformed.
Status check_settings(const GraphSettings& settings);

}  // namespace mitr::graph
