// See node_settings.h. The shape and the rules of the file; how one mapping is read is
// setting_map.h.
#include "config/node_settings.h"

#include <algorithm>
#include <arpa/inet.h>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <system_error>
#include <thread>

#include "config/setting_map.h"
#include "config/tenant_seed_reader.h"

namespace mitr {

namespace {

namespace fs = std::filesystem;

bool is_ip(const std::string& address) {
  in6_addr bytes{};
  return inet_pton(AF_INET, address.c_str(), &bytes) == 1 ||
         inet_pton(AF_INET6, address.c_str(), &bytes) == 1;
}

bool is_loopback(const std::string& address) {
  in_addr v4{};
  if (inet_pton(AF_INET, address.c_str(), &v4) == 1) return ntohl(v4.s_addr) >> 24 == 127;
  in6_addr v6{};
  return inet_pton(AF_INET6, address.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

/// Reads the sections of one file into `out`.
class Loading {
 public:
  Loading(SettingFile& file, fs::path folder, NodeSettings& out)
      : file_(file), folder_(std::move(folder)), out_(out) {}
  void node(const YAML::Node& root);

 private:
  void listen(const YAML::Node& node);
  void tls(const YAML::Node& node);
  void webhook(const YAML::Node& node);
  void graph(const YAML::Node& node);
  void media_hosts(SettingMap& map);
  void packs(SettingMap& map);
  void models(const YAML::Node& node);

  fs::path resolved(const std::string& path) const { return (folder_ / path).lexically_normal(); }
  fs::path existing_file(SettingMap& map, std::string_view key);
  std::vector<Personal> secret_lines(SettingMap& map, std::string_view key);

  SettingFile& file_;
  fs::path folder_;
  NodeSettings& out_;
};

void Loading::node(const YAML::Node& root) {
  SettingMap map(file_, root, "the settings",
                 {"listen", "tls", "webhook", "graph", "database", "packs", "models", "workers",
                  "writers", "park_after_s", "lease_s", "tenants"});
  if (const YAML::Node* found = map.find("listen")) listen(*found);
  if (const YAML::Node* found = map.find("tls")) tls(*found);
  if (map.require("webhook", "add webhook: with app_secrets and verify_token")) {
    webhook(*map.find("webhook"));
  }
  if (map.require("graph", "add graph: with access_token")) graph(*map.find("graph"));
  if (auto dsn = map.secret("database")) out_.database = std::move(*dsn);
  packs(map);
  if (const YAML::Node* found = map.find("models")) models(*found);
  const std::size_t cores = std::max(1u, std::thread::hardware_concurrency());
  out_.workers = std::min(cores, limits::kWorkersMax);
  if (const auto count = map.number("workers", 1, std::int64_t{limits::kWorkersMax})) {
    out_.workers = static_cast<std::size_t>(*count);
  }
  if (const auto count = map.number("writers", 1, std::int64_t{limits::kWritersMax})) {
    out_.writers = static_cast<std::size_t>(*count);
  }
  if (const auto count = map.number("park_after_s", 1, limits::kParkAfterSecondsMax)) {
    out_.park_after = std::chrono::seconds(*count);
  }
  if (const auto count = map.number("lease_s", 1, limits::kLeaseSecondsMax)) {
    out_.lease_lasts = std::chrono::seconds(*count);
  }
  out_.tenants = read_tenant_seeds(file_, out_.packs, map.list("tenants"));
}

// -- the doors ----

void Loading::listen(const YAML::Node& node) {
  SettingMap map(file_, node, "listen", {"address", "port"});
  if (auto address = map.text("address")) {
    if (!is_ip(*address)) {
      map.note("address", "'" + *address + "' is no IP address", "write 127.0.0.1");
    } else if (!is_loopback(*address)) {
      map.note("address", "plain HTTP would be open to the network",
               "write 127.0.0.1 here and let the world in by tls: {address, port, certificate, "
               "private_key}");
    }
    out_.listen.address = std::move(*address);
  }
  if (const auto port = map.number("port", 0, 65535)) {
    out_.listen.port = static_cast<std::uint16_t>(*port);
  }
}

void Loading::tls(const YAML::Node& node) {
  SettingMap map(file_, node, "tls", {"address", "port", "certificate", "private_key"});
  TlsSettings tls;
  if (auto address = map.text("address")) {
    if (!is_ip(*address)) {
      map.note("address", "'" + *address + "' is no IP address",
               "write 0.0.0.0 or the machine's own address");
    }
    tls.address = std::move(*address);
  }
  if (const auto port = map.number("port", 0, 65535)) {
    tls.port = static_cast<std::uint16_t>(*port);
  }
  map.require("certificate", "name the PEM file of the certificate chain");
  map.require("private_key", "name the PEM file of the private key");
  tls.certificate = existing_file(map, "certificate");
  tls.private_key = existing_file(map, "private_key");
  out_.tls = std::move(tls);
}

void Loading::webhook(const YAML::Node& node) {
  SettingMap map(file_, node, "webhook",
                 {"path", "app_secrets", "app_secrets_file", "verify_token"});
  if (auto path = map.text("path")) {
    if (path->front() != '/' || path->size() < 2 ||
        path->find_first_of(" ?#%\t") != std::string::npos) {
      map.note("path", "'path' in webhook is no path", "write /webhook");
    }
    if (*path == "/healthz" || *path == "/readyz" || *path == "/metrics") {
      map.note("path", "'" + *path + "' is the node's own", "write /webhook");
    }
    out_.webhook.path = std::move(*path);
  }
  if (map.has("app_secrets") && map.has("app_secrets_file")) {
    map.note("app_secrets_file", "app_secrets stands beside app_secrets_file", "keep one of them");
  }
  for (const YAML::Node& secret : map.list("app_secrets")) {
    if (!secret.IsScalar() || secret.Scalar().empty()) {
      file_.note(secret.Mark(), "an app secret is no text", "write it in quotes");
    } else {
      out_.webhook.app_secrets.emplace_back(secret.Scalar());
    }
  }
  for (Personal& secret : secret_lines(map, "app_secrets_file")) {
    out_.webhook.app_secrets.push_back(std::move(secret));
  }
  if (!map.has("app_secrets") && !map.has("app_secrets_file")) {
    map.require("app_secrets",
                "add app_secrets: [..] or app_secrets_file: PATH, from the app's dashboard");
  } else if (map.find("app_secrets") != nullptr && map.find("app_secrets")->IsSequence() &&
             map.find("app_secrets")->size() == 0) {
    map.note("app_secrets", "there is no app secret", "write at least one");
  }
  map.require("verify_token", "add the word you gave the provider for the webhook's verification");
  if (auto token = map.secret("verify_token")) out_.webhook.verify_token = std::move(*token);
}

/// Scheme and host of http(s)://host[:port]; both empty when it is none.
std::pair<std::string, std::string> parse_origin(const std::string& url) {
  for (const std::string scheme : {"http", "https"}) {
    const std::string start = scheme + "://";
    if (!url.starts_with(start)) continue;
    std::string host = url.substr(start.size());
    if (const auto colon = host.rfind(':'); colon != std::string::npos && !host.ends_with(']')) {
      const std::string port = host.substr(colon + 1);
      if (!is_digits(port, 1, 5) || std::stoi(port) > 65535) return {};
      host.resize(colon);
    }
    if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
    if (host.empty() || host.find_first_of("/?#@ ") != std::string::npos) return {};
    return {scheme, host};
  }
  return {};
}

void Loading::graph(const YAML::Node& node) {
  SettingMap map(file_, node, "graph",
                 {"base_url", "version", "access_token", "access_token_file", "media_hosts"});
  if (auto url = map.text("base_url")) {
    const auto [scheme, host] = parse_origin(*url);
    if (scheme.empty()) {
      map.note("base_url", "'base_url' in graph is no origin",
               "write http(s)://host or http(s)://host:port, without a path");
    } else if (scheme == "http" && host != "localhost" && !is_loopback(host)) {
      map.note("base_url", "the access token would travel in the clear", "write https://");
    }
    out_.graph.base_url = std::move(*url);
  }
  if (auto version = map.text("version")) {
    const auto dot = version->find('.');
    if (version->front() != 'v' || dot == std::string::npos ||
        !is_digits(std::string_view(*version).substr(1, dot - 1), 1, 3) ||
        !is_digits(std::string_view(*version).substr(dot + 1), 1, 3)) {
      map.note("version", "'version' in graph is no version", "write it as v23.0");
    }
    out_.graph.version = std::move(*version);
  }
  if (map.has("access_token") && map.has("access_token_file")) {
    map.note("access_token_file", "access_token stands beside access_token_file",
             "keep one of them");
  }
  if (!map.has("access_token_file")) {
    map.require("access_token", "add access_token or access_token_file: PATH");
  }
  if (auto token = map.secret("access_token")) out_.graph.access_token = std::move(*token);
  auto lines = secret_lines(map, "access_token_file");
  if (!lines.empty()) out_.graph.access_token = std::move(lines.front());
  if (map.has("media_hosts")) media_hosts(map);
}

void Loading::media_hosts(SettingMap& map) {
  out_.graph.media_hosts.clear();
  for (const YAML::Node& host : map.list("media_hosts")) {
    // As files name it, without a port: each is shown the access token.
    const std::string name = host.IsScalar() ? host.Scalar() : std::string();
    const auto [scheme, read] = parse_origin("https://" + name);
    if (scheme.empty() || read != name || name.find(':') != std::string::npos) {
      file_.note(host.Mark(), "a media host is no name of a host", "write lookaside.fbsbx.com");
    } else {
      out_.graph.media_hosts.push_back(name);
    }
  }
  if (out_.graph.media_hosts.size() > limits::kMediaHostsMax)
    map.note("media_hosts", "these are too many media hosts", "files come from one or two");
}

// -- files ----

fs::path Loading::existing_file(SettingMap& map, std::string_view key) {
  const auto text = map.text(key);
  if (!text) return {};
  fs::path path = resolved(*text);
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    map.note(key, "there is no file " + path.string(),
             "name a file, relative to the settings file's folder");
  }
  return path;
}

std::vector<Personal> Loading::secret_lines(SettingMap& map, std::string_view key) {
  if (!map.has(key)) return {};
  const fs::path path = existing_file(map, key);
  struct stat facts {};
  if (path.empty() || ::stat(path.c_str(), &facts) != 0) return {};
  if ((facts.st_mode & S_IRWXO) != 0) {
    map.note(key, "everyone on this machine may read " + path.string(), "chmod 640 it");
  }
  std::ifstream in(path);
  std::vector<Personal> lines;
  for (std::string line; lines.size() < limits::kSecretsMax && std::getline(in, line);) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (!line.empty()) lines.emplace_back(std::move(line));
  }
  if (lines.empty()) {
    map.note(key, "there is no secret in " + path.string(), "write one a line");
  }
  return lines;
}

void Loading::packs(SettingMap& map) {
  if (!map.require("packs", "name the folder of the packs, as config/packs")) return;
  const auto text = map.text("packs");
  if (!text) return;
  std::error_code error;
  out_.packs = resolved(*text);
  if (fs::is_directory(out_.packs, error)) return;
  if (fs::is_directory(*text, error)) {
    out_.packs = fs::path(*text).lexically_normal();
    return;
  }
  map.note("packs", "there is no folder " + out_.packs.string(),
           "name it relative to the settings file's folder or to the current one");
}

void Loading::models(const YAML::Node& node) {
  SettingMap map(file_, node, "models", {"vectors"});
  out_.vectors = existing_file(map, "vectors");
}

/// The whole file, or nullopt with a mistake noted.
std::optional<std::string> read_file(const fs::path& path, SettingFile& file) {
  std::error_code error;
  const bool regular = fs::is_regular_file(path, error);
  const auto size = regular ? fs::file_size(path, error) : 0;
  std::ifstream in(path, std::ios::binary);
  if (!regular || error || !in) {
    file.mistakes.push_back({file.name, 0, 0, "the file cannot be read", "name a settings file"});
    return std::nullopt;
  }
  if (size > limits::kSettingsBytesMax) {
    file.mistakes.push_back(
        {file.name, 0, 0, "the file is over 1 MiB", "keep tenants in the store"});
    return std::nullopt;
  }
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace

LoadedNodeSettings load_node_settings(const fs::path& path) {
  LoadedNodeSettings loaded;
  SettingFile file{path.string(), {}};
  if (const auto text = read_file(path, file)) {
    try {
      Loading(file, path.parent_path(), loaded.settings).node(YAML::Load(*text));
    } catch (const YAML::Exception& error) {
      file.note(error.mark, "this is no YAML: " + error.msg, "mend the indentation or the quotes");
    } catch (const std::exception&) {
      file.mistakes.push_back({file.name, 0, 0, "the file cannot be read", "name a settings file"});
    }
  }
  loaded.mistakes = std::move(file.mistakes);
  std::stable_sort(loaded.mistakes.begin(), loaded.mistakes.end(),
                   [](const auto& a, const auto& b) {
                     return std::pair(a.line, a.column) < std::pair(b.line, b.column);
                   });
  return loaded;
}

}  // namespace mitr
