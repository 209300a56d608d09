// The words values are shown in, per language: "5:30 pm", "शाम 5:30 बजे", "2 days", "2 din",
// "₹1,25,000". A language that is not listed reads English.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "nlu/slots/clock_time.h"
#include "nlu/slots/duration.h"
#include "nlu/slots/money.h"

namespace mitr {

/// "₹1,25,000", "₹99.50": grouped as India does.
std::string money_words(Money money);
std::string clock_words(ClockTime time, std::string_view language);
/// "1 month 2 days", "1 hour 30 minutes".
std::string duration_words(const Duration& duration, std::string_view language);
std::string yes_no_words(bool yes, std::string_view language);

}  // namespace mitr
