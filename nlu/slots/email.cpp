// Finding addresses; see email.h.
#include "nlu/slots/email.h"

#include <algorithm>
#include <optional>
#include <string>

#include "nlu/slots/edit_distance.h"

namespace mitr {
namespace {

// Bounds of RFC 5321.
constexpr std::size_t kLocalBytesMax = 64;
constexpr std::size_t kDomainBytesMax = 255;

/// Where most addresses live; a domain within one slip of these is probably mistyped.
constexpr std::string_view kProviders[] = {
    "gmail.com",   "yahoo.com",  "yahoo.in",       "yahoo.co.in", "outlook.com",
    "hotmail.com", "icloud.com", "rediffmail.com", "live.com",    "protonmail.com"};
constexpr std::string_view kEndings[] = {"com", "in", "org",  "net", "edu", "gov",
                                         "co",  "io", "info", "biz", "ac",  "me"};

bool listed(std::string_view ending) {
  return std::find(std::begin(kEndings), std::end(kEndings), ending) != std::end(kEndings);
}

bool ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool solid(const Token& token) {
  return (token.is_word() || token.is_number()) && ascii(token.norm);
}

bool local_mark(const Token& token) {
  return token.is_mark('.') || token.is_mark('_') || token.is_mark('-') || token.is_mark('+');
}

/// The mark a spoken word stands for; 0: none.
char spoken_mark(const Token& token) {
  if (token.is("dot") || token.is("डॉट")) return '.';
  if (token.is("underscore")) return '_';
  if (token.is("dash") || token.is("hyphen")) return '-';
  return 0;
}

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

std::string typed(const Tokens& t, std::size_t at) {
  return std::string(t.quote({at, at + 1}));
}

/// The words behind the sign; `spoken`: "dot" may stand for the dot.
struct Domain {
  std::string text;
  std::size_t last = 0;
  bool complete = false;
};
Domain domain_at(const Tokens& t, std::size_t at, bool spoken) {
  Domain domain{{}, at, false};
  if (!solid(t[at])) return domain;
  domain.text = lowered(typed(t, at));
  domain.last = at + 1;
  while (domain.text.size() <= kDomainBytesMax) {
    const std::size_t next = domain.last;
    const bool glued = t[next].glued && t[next + 1].glued && solid(t[next + 1]);
    if (glued && (t[next].is_mark('-') || t[next].is_mark('.'))) {
      domain.complete = domain.complete || t[next].mark == '.';
      domain.text += t[next].mark;
    } else if (spoken && spoken_mark(t[next]) == '.' && solid(t[next + 1])) {
      domain.complete = true;
      domain.text += '.';
    } else if (t[next].glued && solid(t[next])) {
      domain.text += lowered(typed(t, next));
      domain.last = next + 1;
      continue;
    } else {
      break;
    }
    domain.text += lowered(typed(t, next + 1));
    domain.last = next + 2;
  }
  return domain;
}

std::string_view ending_of(std::string_view domain) {
  const std::size_t dot = domain.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : domain.substr(dot + 1);
}

bool sound_ending(std::string_view domain) {
  const std::string_view ending = ending_of(domain);
  return ending.size() >= 2 &&
         std::all_of(ending.begin(), ending.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// The provider this domain nearly is; empty if it is one, or is like none.
std::string_view meant_instead(std::string_view domain, bool complete) {
  for (const std::string_view provider : kProviders) {
    if (domain == provider) return {};
  }
  for (const std::string_view provider : kProviders) {
    const std::string_view name = provider.substr(0, provider.find('.'));
    if (!complete && (domain == name || (name.size() > 4 && within_slips(domain, name, 1)))) {
      return provider;
    }
    if (complete && within_slips(domain, provider, provider.size() > 9 ? 2 : 1)) return provider;
  }
  return {};
}

struct Local {
  std::string text;
  std::size_t first = 0;
};

/// The part before the sign, from its end backwards: glued tokens.
Local glued_local(const Tokens& t, std::size_t sign) {
  std::size_t first = sign;
  while (first > 0 && t[first].glued && (solid(t[first - 1]) || local_mark(t[first - 1]))) --first;
  while (first < sign && !solid(t[first])) ++first;
  return {std::string(t.quote({first, sign})), first};
}

/// Spoken: words joined by spoken or typed marks, backwards ("ravi dot k", "ravi.k", "ravi 21").
Local spoken_local(const Tokens& t, std::size_t sign) {
  if (sign == 0 || !solid(t[sign - 1])) return {{}, sign};
  Local local{typed(t, sign - 1), sign - 1};
  while (local.first > 0 && local.text.size() <= kLocalBytesMax) {
    const std::size_t before = local.first - 1;
    const bool glued = t[local.first].glued;
    if (spoken_mark(t[before]) != 0 && before > 0 && solid(t[before - 1])) {
      local.text = typed(t, before - 1) + spoken_mark(t[before]) + local.text;
      local.first = before - 1;
    } else if (glued && local_mark(t[before]) && before > 0 && t[before].glued &&
               solid(t[before - 1])) {
      local.text = typed(t, before - 1) + t[before].mark + local.text;
      local.first = before - 1;
    } else if (solid(t[before]) && (glued || t[local.first].is_number()) &&
               !(t[before].is_word() && t[before].norm.size() < 3 && !glued)) {
      local.text = typed(t, before) + local.text;
      local.first = before;
    } else {
      break;
    }
  }
  return local;
}

std::optional<Found<Email>> email(const Tokens& t, const Local& local, const Domain& domain,
                                  bool asked) {
  if (local.text.empty() || local.text.size() > kLocalBytesMax || domain.text.empty()) {
    return std::nullopt;
  }
  if (domain.text.size() > kDomainBytesMax) return std::nullopt;
  if (domain.complete ? !sound_ending(domain.text) : !asked) return std::nullopt;
  Email found{Personal(local.text + '@' + domain.text), {}, domain.complete};
  const std::string_view meant = meant_instead(domain.text, domain.complete);
  if (!meant.empty()) found.suggestion = Personal(local.text + '@' + std::string(meant));
  return found_at(t, {local.first, domain.last}, std::move(found));
}

/// "ravi@gmail.com" and "ravi @ gmail.com".
std::optional<Found<Email>> written(const Tokens& t, std::size_t sign, bool asked) {
  const bool spaced = !t[sign].glued || !t[sign + 1].glued;
  const Local local = t[sign].glued ? glued_local(t, sign) : spoken_local(t, sign);
  const Domain domain = domain_at(t, sign + 1, spaced);
  return email(t, local, domain, asked && !spaced);
}

/// "ravi dot k at (the rate) gmail dot com". The ending must be a known one: "at school dot" is
/// not an address.
std::optional<Found<Email>> spoken(const Tokens& t, std::size_t at) {
  if (!t[at].is("at")) return std::nullopt;
  std::size_t next = at + 1;
  if (t[next].is("the") && (t[next + 1].is("rate") || t[next + 1].is("ret"))) next += 2;
  if (t[next].is("rate")) ++next;
  const Domain domain = domain_at(t, next, true);
  if (!domain.complete || !listed(ending_of(domain.text))) return std::nullopt;
  return email(t, spoken_local(t, at), domain, false);
}

}  // namespace

std::vector<Found<Email>> find_emails(const Tokens& tokens, const EmailContext& context) {
  std::vector<Found<Email>> all;
  std::size_t floor = 0;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    auto found = tokens[at].is_mark('@') ? written(tokens, at, context.asked) : spoken(tokens, at);
    if (!found || found->tokens.first < floor) continue;
    floor = found->tokens.last;
    at = floor - 1;
    all.push_back(std::move(*found));
  }
  return all;
}

}  // namespace mitr
