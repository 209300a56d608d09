// The database's clock, ahead or behind by as much as a test says, for all that the application
// asks of it: a function of the same name that its role finds first.
#pragma once

#include <string>

namespace mitr::history {

/// Puts the clock in the place of PostgreSQL's; run once, as superuser, before the application
/// connects. Defaults of columns name the real one, so the journal's is changed too.
inline constexpr const char* kPlantClock =
    "CREATE SCHEMA planted;"
    "CREATE TABLE planted.jump (by_minutes int NOT NULL);"
    "INSERT INTO planted.jump VALUES (0);"
    "CREATE FUNCTION planted.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS"
    " 'SELECT pg_catalog.clock_timestamp() + by_minutes * interval ''1 minute'' FROM planted.jump';"
    "GRANT USAGE ON SCHEMA planted TO mitr_app;"
    "GRANT SELECT ON planted.jump TO mitr_app;"
    "ALTER ROLE mitr_app SET search_path = planted, pg_catalog;"
    "ALTER TABLE mitr.journal ALTER COLUMN created_at SET DEFAULT planted.clock_timestamp()";

/// Sets it forward by so many minutes, or back if negative.
inline std::string jump_by(int minutes) {
  return "UPDATE planted.jump SET by_minutes = by_minutes + " + std::to_string(minutes);
}

}  // namespace mitr::history
