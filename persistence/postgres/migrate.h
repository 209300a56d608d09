// Brings a database to this build's schema. Forward only: there is no way back but a backup.
#pragma once

#include <string>

#include "protocols/result.h"

namespace mitr {

/// Makes the roles mitr_owner and mitr_app where they are missing (the first needs a role that may
/// create roles), then applies the migrations this database has not seen, each in its own
/// transaction, one migrator at a time. Done again, it changes nothing. kRefused: a newer schema
/// than this build's, an applied file that was edited, a server before 15.
Status migrate(const std::string& dsn_admin);

namespace postgres {
/// As PQserverVersion counts. Before 15 there is no security_invoker and CVEs in row security stand
/// open.
inline constexpr int kServerVersionMin = 150000;
}  // namespace postgres

}  // namespace mitr
