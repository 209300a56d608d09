#include "tools/mitr/import_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>

#include "actors/tenant/sealed_record.h"
#include "config/record_file.h"
#include "config/tenant_settings.h"
#include "config/zone.h"
#include "protocols/limits.h"
#include "protocols/phone_number.h"
#include "tools/mitr/store_options.h"

namespace mitr {
namespace {

struct ImportOptions {
  StoreOptions store;
  std::string table;
  std::string file;
  std::string tenant;
  std::string country = "IN";
  bool dry_run = false;
  bool whole = false;
  bool skip_bad = false;
};

int refuse(const std::string& what) {
  std::cerr << "mitr import: " << what << "\n";
  return 1;
}

std::optional<std::string> text_of(const std::string& path) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(path, failed);
  if (failed || size > limits::kImportBytesMax) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

Result<TenantRow> find_tenant(Reader& reader, const std::string& slug) {
  auto tenants = reader.tenants();
  if (!tenants) return tenants.error();
  std::string known;
  for (const auto& tenant : *tenants) {
    if (tenant.slug == slug) return tenant;
    known += (known.empty() ? "" : ", ") + tenant.slug;
  }
  return Error{Errc::kNotFound, "there is no tenant " + slug + "; there are: " + known};
}

/// Today where the tenant is.
std::chrono::local_days today_of(const TenantRow& tenant) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto settings = parse_tenant_settings(tenant.settings);
  const auto zone = settings ? Zone::find(settings->zone) : Zone::find("UTC");
  if (!zone) return {};
  return zone->moment(now).today;
}

void tell(const ImportOptions& options, const RecordFile& file) {
  for (const RowMistake& mistake : file.mistakes)
    std::cerr << to_string(options.file, mistake) << "\n";
  if (file.mistakes_count > file.mistakes.size())
    std::cerr << "… and " << file.mistakes_count - file.mistakes.size() << " more\n";
  for (const std::string& column : file.ignored)
    std::cerr << "column '" << column << "' is not used\n";
}

int import_table(const ImportOptions& options) {
  const RecordTable* table = record_table(options.table);
  if (table == nullptr) return refuse("no table is called " + options.table);
  if (!is_phone_region(options.country))
    return refuse("--country takes two capital letters, as IN");
  const auto text = text_of(options.file);
  if (!text) {
    return refuse("the file cannot be read, or has more than " +
                  std::to_string(limits::kImportBytesMax >> 20) + " MiB");
  }
  auto store = open_store(options.store);
  if (!store) return refuse(store.error().what);
  auto reader = store->store->reader();
  auto tenant = find_tenant(*reader, options.tenant);
  if (!tenant) return refuse(tenant.error().what);
  auto key = unwrap_key(store->root, tenant->wrapped_key, kTenantKey, tenant->id.bytes);
  if (!key) return refuse("the tenant's key does not open: is root.key the one it was made under?");

  const RecordFile file = read_record_file(*text, *table, {today_of(*tenant), options.country});
  tell(options, file);
  const std::string rows = std::to_string(file.records.size()) + " rows can be imported, " +
                           std::to_string(file.mistakes_count) + " mistakes";
  if (file.mistakes_count > 0 && (!options.skip_bad || options.dry_run)) {
    std::cerr << rows << "; nothing was imported\n";
    return 1;
  }
  if (options.dry_run) {
    std::cout << rows << "; nothing was imported (--dry-run)\n";
    return 0;
  }
  const BlindIndex index(*key);
  const std::string kind(table->record);
  std::vector<TenantRecord> records;
  records.reserve(file.records.size());
  for (const auto& record : file.records)
    records.push_back(sealed_record(index, *key, tenant->id, kind, record));
  auto counts = store->store->put_records(tenant->id, kind, records, options.whole);
  if (!counts) return refuse(counts.error().what);
  std::cout << options.table << ": " << counts->added << " added, " << counts->changed
            << " changed, " << counts->same << " unchanged, " << counts->removed << " removed";
  if (file.mistakes_count > 0) std::cout << ", " << file.mistakes_count << " mistakes left out";
  std::cout << "\n";
  return 0;
}

}  // namespace

void add_import_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ImportOptions>();
  auto* command = app.add_subcommand("import", "A tenant's own data, for its flows to look up");
  std::vector<std::string> names;
  for (const RecordTable& table : record_tables()) names.emplace_back(table.name);
  command->add_option("table", options->table, "What the file holds")
      ->required()
      ->check(CLI::IsMember(names));
  command->add_option("file", options->file, "CSV in UTF-8, with column names in its first line")
      ->required();
  command->add_option("--tenant", options->tenant, "Whose data it is (its slug)")->required();
  command->add_option("--country", options->country, "Of phones without a country code")
      ->capture_default_str();
  command->add_flag("--dry-run", options->dry_run, "Only tell what is wrong");
  auto* whole = command->add_flag("--whole", options->whole,
                                  "The file is the whole table: what it lacks is removed");
  command->add_flag("--skip-bad-rows", options->skip_bad, "Import the rows that can be read")
      ->excludes(whole);
  command->footer("Exit code: 0 imported (or could be), 1 mistakes, and nothing was changed.");
  add_store_options(*command, options->store);
  command->callback([options, &exit_code] { exit_code = import_table(*options); });
}

}  // namespace mitr
