// What one node is told by its YAML file. Read whole and checked before anything starts: every
// mistake is reported at once, with its place and its mend, and an unknown key refuses the file,
// since a misspelt setting is a silent default. Relative paths start at the settings file's folder;
// `packs` is also looked for from the current folder.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/setting_mistake.h"
#include "config/tenant_settings.h"
#include "protocols/limits.h"
#include "protocols/personal.h"

namespace mitr {

/// `listen`: plain HTTP, on a loopback address only.
struct ListenSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0: the system chooses.
};

/// `tls`: the door for the world.
struct TlsSettings {
  std::string address = "0.0.0.0";
  std::uint16_t port = 8443;
  std::filesystem::path certificate;  ///< PEM chain.
  std::filesystem::path private_key;  ///< PEM.
};

/// `webhook`: how the provider calls us.
struct WebhookSettings {
  std::string path = "/webhook";
  std::vector<Personal> app_secrets;  ///< Secrets, not personal data, but as unprintable. The first
                                      ///< signs, all accept.
  Personal verify_token;              ///< A secret.
};

/// `graph`: how we call the provider.
struct GraphSettings {
  std::string base_url = "https://graph.facebook.com";
  std::string version = "v23.0";
  Personal access_token;  ///< A secret.
  /// Where files may be fetched besides `base_url`: nobody else is shown the token. At most
  /// kMediaHostsMax.
  std::vector<std::string> media_hosts{"lookaside.fbsbx.com"};
};

/// Someone a flow may address by role; `roster.<role>` is a list of them.
struct RosterSeed {
  std::string role;  ///< As "class_teacher".
  std::string key;   ///< Which of them: the class, "5B".
  Personal name;
  Personal phone;  ///< Digits with country code.
};

/// One of `tenants`: written to the store when the node starts. The store, not the file, is what
/// the node then runs on.
struct TenantSeed {
  std::string slug;
  std::string name;
  std::vector<std::string> numbers;  ///< phone_number_ids.
  TenantSettings settings;
  std::vector<RosterSeed> roster;
};

struct NodeSettings {
  ListenSettings listen;
  std::optional<TlsSettings> tls;
  WebhookSettings webhook;
  GraphSettings graph;
  Personal database;  ///< DSN; may hold a password. Empty: a private cluster in the data folder.
  std::filesystem::path packs;  ///< Folder of packs.
  /// `models: {vectors: FILE}`: what words mean, for tenants' models with few examples; made by
  /// `mitr vectors build`. Empty: none.
  std::filesystem::path vectors;
  std::size_t workers = 1;  ///< Threads for actors. Unset: one per core.
  std::size_t writers = 1;  ///< Journal writers, each with a connection and a thread of its own.
  std::chrono::seconds park_after = limits::kParkAfter;
  /// A node that does not renew its lease for this long has lost its conversations to another.
  std::chrono::seconds lease_lasts = limits::kLeaseLasts;
  std::vector<TenantSeed> tenants;
};

struct LoadedNodeSettings {
  NodeSettings settings;                 ///< Meaningless if there are mistakes.
  std::vector<SettingMistake> mistakes;  ///< In the order of the file.
  bool ok() const { return mistakes.empty(); }
};

/// Reads and checks a settings file. Never throws.
LoadedNodeSettings load_node_settings(const std::filesystem::path& file);

}  // namespace mitr
