// Checks on connection strings. Their text is never echoed: it may hold a password.
#include "persistence/postgres/dsn.h"

#include <libpq-fe.h>
#include <map>
#include <memory>
#include <string_view>

namespace mitr::postgres {
namespace {

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

void merge(std::map<std::string, std::string>& into, const PQconninfoOption* options) {
  for (; options != nullptr && options->keyword != nullptr; ++options) {
    if (options->val != nullptr) into[options->keyword] = options->val;
  }
}

bool is_local(std::string_view host) {
  return host.empty() || host.front() == '/' || host.front() == '@' || host == "localhost" ||
         host == "::1" || host.starts_with("127.");
}

bool all_local(std::string_view hosts) {
  while (true) {
    const auto comma = hosts.find(',');
    if (!is_local(hosts.substr(0, comma))) return false;
    if (comma == std::string_view::npos) return true;
    hosts.remove_prefix(comma + 1);
  }
}

}  // namespace

Status check_dsn(const std::string& dsn) {
  char* complaint = nullptr;
  const Options given(PQconninfoParse(dsn.c_str(), &complaint));
  PQfreemem(complaint);
  if (given == nullptr) {
    return Error{
        Errc::kInvalidConfig,
        "the database's connection string does not parse; write it as postgresql://host/name or "
        "\"host=… dbname=…\""};
  }
  std::map<std::string, std::string> settings;
  const Options defaults(PQconndefaults());
  merge(settings, defaults.get());
  merge(settings, given.get());
  if (!settings["service"].empty()) {
    return Error{Errc::kRefused,
                 "the database's connection string names a service file; name the host instead"};
  }
  // An address, where given, decides over the name.
  const std::string& address = settings["hostaddr"];
  if (all_local(address.empty() ? settings["host"] : address)) return Done{};
  if (settings["sslmode"] == "verify-full") return Done{};
  return Error{
      Errc::kRefused,
      "the database is beyond this machine and its connection string lacks sslmode=verify-full"};
}

std::string dsn_value(const std::string& value) {
  std::string quoted = "'";
  for (char c : value) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

}  // namespace mitr::postgres
