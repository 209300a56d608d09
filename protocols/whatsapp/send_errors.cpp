// The table of Meta's error codes. Source: Cloud API reference, "Error codes".
#include "protocols/whatsapp/send_errors.h"

#include <algorithm>
#include <iterator>

namespace mitr::whatsapp {
namespace {

struct CodeRange {
  int first;
  int last;
  SendVerdict verdict;
};

constexpr CodeRange one(int code, SendVerdict verdict) {
  return {code, code, verdict};
}

constexpr auto kRetry = SendVerdict::kRetryLater;
constexpr auto kUnknown = SendVerdict::kUnknown;
constexpr auto kFailed = SendVerdict::kFailed;
constexpr auto kBroken = SendVerdict::kTenantBroken;

constexpr CodeRange kCodes[] = {
    // -- refused before processing: the same body may go again after a pause ----
    one(4, kRetry),       // calls of the app over its quota
    one(17, kRetry),      // calls of the user over their quota
    one(613, kRetry),     // calls of a kind over their quota
    one(80007, kRetry),   // calls on the business account over their quota
    one(130429, kRetry),  // messages of this number over its throughput
    one(131056, kRetry),  // messages to this one contact over the pair rate
    one(131057, kRetry),  // number in maintenance, about a minute while its throughput is raised
    one(133004, kRetry),  // server not available
    one(134101, kRetry),  // template still being copied to another product, about ten minutes

    // -- failed on Meta's side: it may have gone out, so nothing is sent again without proof ----
    one(1, kUnknown),       // unknown API error
    one(2, kUnknown),       // service down
    one(131000, kUnknown),  // something went wrong
    one(131016, kUnknown),  // service overloaded

    // -- the token or its permissions ----
    one(0, kBroken),       // token could not be authenticated
    one(3, kBroken),       // app lacks a capability
    one(10, kBroken),      // permission removed
    one(190, kBroken),     // token expired or revoked
    {200, 299, kBroken},   // permission not granted
    one(131005, kBroken),  // access denied

    // -- the account or the number is stopped by Meta ----
    one(368, kBroken),     // blocked for a breach of policy
    one(131031, kBroken),  // account locked
    one(131048, kBroken),  // number restricted after reports of spam: going on makes it worse
    one(131064, kBroken),  // too many messages of a wrong class

    // -- registration of the number ----
    one(131037, kBroken),       // display name not approved
    one(131045, kBroken),       // certificate or registration missing
    one(133000, kBroken),       // deregistration half done
    {133005, 133006, kBroken},  // wrong PIN; number must be verified first
    {133008, 133010, kBroken},  // PIN tried too often, or too fast; number not registered
    {133015, 133016, kBroken},  // deleted a moment ago; registered too often

    // -- payment ----
    one(131042, kBroken),  // no valid method of payment
    one(131044, kBroken),  // the same, for a credit line
    one(134011, kBroken),  // terms of payments not accepted

    // -- this recipient, as things are ----
    one(130403, kFailed),  // the business blocked this contact
    one(130472, kFailed),  // contact is in an experiment of Meta's
    one(130497, kFailed),  // country of this contact not allowed; others are, so the number goes on
    one(131021, kFailed),  // sender is the recipient
    one(131026, kFailed),  // not on WhatsApp, old client, or blocked us
    one(131030, kFailed),  // not in the list of test recipients
    one(131047, kFailed),  // service window closed: only a template may go
    one(131049, kFailed),  // kept back for the health of the ecosystem; each new try prolongs it
    one(131050, kFailed),  // contact stopped marketing from this business
    one(131062, kFailed),  // this kind needs a phone, not a BSUID
    one(137000, kFailed),  // identity of the contact changed

    // -- this message ----
    one(33, kFailed),           // no such object
    one(100, kFailed),          // bad parameter
    {2046, 2047, kFailed},      // status of an order that cannot follow
    one(131008, kFailed),       // parameter missing
    one(131009, kFailed),       // parameter of a wrong value
    one(131051, kFailed),       // type not supported
    {131052, 131053, kFailed},  // media not read, not stored
    one(131055, kFailed),       // method not allowed here
    one(131061, kFailed),       // belongs to the other API for marketing
    one(131063, kFailed),       // the same
    {132000, 132999, kFailed},  // template: parameters, name, language, paused, disabled, its form
    one(134100, kFailed),       // only marketing goes by that API
    one(134102, kFailed),       // template not usable by that API
    one(135000, kFailed),       // parameters wrong, without saying which
    {138000, 138099, kFailed},  // calls
};

}  // namespace

std::optional<SendVerdict> verdict_of_code(int code) {
  const auto found = std::find_if(
      std::begin(kCodes), std::end(kCodes),
      [code](const CodeRange& range) { return code >= range.first && code <= range.last; });
  if (found == std::end(kCodes)) return std::nullopt;
  return found->verdict;
}

}  // namespace mitr::whatsapp
