// What the journal benchmark found, as a table for people or as JSON. Rates stand beside their
// ratio to a limit of the same run: alone they tell of the machine.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/bench/bench_cluster.h"

namespace mitr::bench {

/// One round of one variant.
struct Sample {
  double count = 0;  ///< Rows or turns.
  double seconds = 0;
  double client_seconds = 0;  ///< Of the writing thread's processor time.
  double server_seconds = 0;  ///< Of processor time, all processes of the server.
  double flush_seconds = 0;   ///< Of one flush of the disk in the meantime.
  double wal_bytes = 0;
  std::vector<StatementCost> statements;
  double rate() const { return count / seconds; }
};

struct Series {
  std::string name;   ///< As "8 tenants"; the report's row.
  std::string group;  ///< "limit", "rows" or "turns".
  std::size_t tenants = 0;
  std::size_t batch = 0;
  double bar = 0;               ///< The ratio to COPY that we hold ourselves to; 0: none.
  std::vector<Sample> samples;  ///< In order of rounds.
  const Sample& best() const;
};

void print_table(const std::vector<Series>& all);
void print_json(const std::vector<Series>& all);

}  // namespace mitr::bench
