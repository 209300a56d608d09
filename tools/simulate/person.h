// Someone who writes to a business: has a matter in mind, understands the questions, and has the
// habits of people. Decides what to say, not when it arrives.
#pragma once

#include <string>
#include <vector>

#include "protocols/envelope.h"
#include "tools/simulate/chance.h"

namespace mitr::simulate {

enum class Business : std::uint8_t { kSchool, kMerchant, kClinic };

/// Something said, after a pause. `ahead`: whatever is heard meanwhile.
struct Saying {
  Time after{0};
  MessageBody body;
  bool ahead = false;
};

class Person {
 public:
  /// `mark`: a family name that nobody else has; it is in most of what the person says.
  Person(Business business, std::string mark, Chance chance);

  /// A new matter.
  std::vector<Saying> begin();
  /// A reply was read.
  std::vector<Saying> hear(const std::string& text, bool has_buttons);
  /// Nothing was heard for a while.
  std::vector<Saying> wait();
  bool busy() const { return busy_; }
  const std::string& mark() const { return mark_; }

 private:
  enum class Asked : std::uint8_t {
    kNothing,
    kStudent,
    kClass,
    kFrom,
    kUntil,
    kReason,
    kItem,
    kQuantity,
    kPatient,
    kDay,
    kTimeOfDay,
    kConfirm,
    kChange,
  };

  static Asked asked_by(const std::string& text);
  static bool ends_matter(const std::string& text);
  std::string opening();
  std::string full_opening();
  std::string answer_to(Asked asked);
  MessageBody confirm(bool has_buttons);
  std::string correction();
  Time thinks();
  void add_habits(std::vector<Saying>& sayings, Asked asked);

  Business business_;
  std::string mark_;
  Chance chance_;
  bool busy_ = false;
  std::string last_words_;
  // -- habits, per 10,000 ----
  std::uint32_t impatient_, repeats_, vanishes_, cancels_, wanders_, hindi_;
};

}  // namespace mitr::simulate
