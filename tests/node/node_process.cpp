#include "tests/node/node_process.h"

#include <arpa/inet.h>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <netinet/in.h>
#include <nlohmann/json.hpp>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

#include "tests/support/becomes.h"
#include "tools/graph/media_shelf.h"

namespace mitr {
namespace {

constexpr std::chrono::seconds kStartPatience{90};

pid_t spawn(const std::vector<std::string>& words, int out, int err) {
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  pid_t pid = ::fork();
  if (pid != 0) return pid;
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  ::execv(argv[0], argv.data());
  ::_exit(127);
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "mitr-test-XXXXXX").string();
  path_ = ::mkdtemp(name.data());
  // The private PostgreSQL runs as another user when we are root, and has to reach its folder.
  std::filesystem::permissions(path_, std::filesystem::perms{0755});
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

// -- Graph stub ----

GraphStub::GraphStub(IoLoop& loop) {
  HttpServer::Settings settings;
  settings.body_bytes_max = 1 << 20;
  server_ =
      *HttpServer::listen(loop, settings, [this](const HttpRequest& request) { take(request); });
  listener_ = server_.get();
}

std::string GraphStub::base_url() const {
  return "http://127.0.0.1:" + std::to_string(server_->port());
}

void GraphStub::take(const HttpRequest& request) {
  if (request.method == "GET") {
    const auto path = request.target.substr(0, request.target.find('?'));
    const auto file = graph::media_answer(request, path, base_url());
    return listener_.load()->answer(request.id, file.value_or(HttpAnswer{404, "no such file"}));
  }
  auto json = nlohmann::json::parse(request.body, nullptr, false);
  std::string to = json.value("to", json.value("recipient", "")), text = json.dump();
  std::size_t number = 0;
  {
    std::lock_guard lock(mutex_);
    texts_[to].push_back(std::move(text));
    number = ++total_;
  }
  arrived_.notify_all();
  nlohmann::json answer{{"messaging_product", "whatsapp"},
                        {"contacts", {{{"input", to}, {"wa_id", to}}}},
                        {"messages", {{{"id", "wamid.stub" + std::to_string(number)}}}}};
  listener_.load()->answer(request.id, {200, answer.dump(), "application/json"});
}

std::size_t GraphStub::count(const std::string& phone, const std::string& words) const {
  std::lock_guard lock(mutex_);
  auto at = texts_.find(phone);
  if (at == texts_.end()) return 0;
  return static_cast<std::size_t>(std::count_if(
      at->second.begin(), at->second.end(),
      [&](const std::string& text) { return text.find(words) != std::string::npos; }));
}

bool GraphStub::wait_for(const std::string& phone, const std::string& words,
                         std::chrono::seconds patience) const {
  auto until = std::chrono::steady_clock::now() + patience;
  while (count(phone, words) == 0) {
    std::unique_lock lock(mutex_);
    if (arrived_.wait_until(lock, std::min(until, std::chrono::steady_clock::now() +
                                                      std::chrono::milliseconds{200})) ==
            std::cv_status::timeout &&
        std::chrono::steady_clock::now() >= until)
      return false;
  }
  return true;
}

std::size_t GraphStub::total() const {
  std::lock_guard lock(mutex_);
  return total_;
}

// -- the node ----

NodeProcess::NodeProcess(const std::filesystem::path& folder, const std::string& graph_url)
    : folder_(folder), port_(free_port()) {  // The same one again after it is killed.
  std::ofstream out(settings());
  out << "listen: {address: 127.0.0.1, port: " << port_ << "}\n"
      << "webhook: {path: /webhook, app_secrets: [" << kAppSecret
      << "], verify_token: " << kVerifyToken << "}\n"
      << "graph: {base_url: \"" << graph_url << "\", version: v23.0, access_token: test-token}\n"
      << "packs: " << std::filesystem::absolute("config/packs").string() << "\n"
      << "workers: 2\n"
      << "lease_s: 2\n"
      << "tenants:\n"
      << "  - {slug: school, name: A School, pack: school, zone: Asia/Kolkata, language: en, "
         "numbers: ["
      << kSchoolNumber << ", " << kNorthNumber << "], portfolios: {north: [" << kNorthNumber
      << "]}, past_dates: true, echo: typed, pacing: off,\n"
      << "     roster: {class_teacher: [{key: 5B, name: Sunita Rao, phone: \"919800000051\"}]}}\n";
}

NodeProcess::~NodeProcess() {
  kill_hard();
}

void NodeProcess::spawn_node(const std::vector<std::string>& more) {
  int log = ::open(this->log().c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  std::vector<std::string> words{MITR_BINARY,         "serve",  "--config",
                                 settings().string(), "--data", data().string()};
  words.insert(words.end(), more.begin(), more.end());
  pid_ = spawn(words, log, log);
  ::close(log);
}

bool NodeProcess::start_beside(const NodeProcess& leader) {
  std::filesystem::create_directories(data());
  std::filesystem::copy_file(leader.data() / "root.key", data() / "root.key");
  std::filesystem::permissions(data() / "root.key", std::filesystem::perms::owner_read |
                                                        std::filesystem::perms::owner_write);
  const auto socket = leader.data() / "postgres" / "socket";
  spawn_node({"--database", "host='" + socket.string() + "' user=mitr_app dbname=mitr"});
  auto listens = [&] { return request(port_, "GET /healthz HTTP/1.0\r\n\r\n").status == 200; };
  return becomes(listens, kStartPatience);
}

void NodeProcess::stop() {
  ::kill(pid_, SIGSTOP);
}
void NodeProcess::go_on() {
  ::kill(pid_, SIGCONT);
}

bool NodeProcess::start() {
  spawn_node({});
  bool ended = false;
  auto settled = [&] {
    ended = ::waitpid(pid_, nullptr, WNOHANG) == pid_;
    return ended || ready();
  };
  bool started = becomes(settled, kStartPatience) && !ended;
  if (ended) pid_ = 0;
  return started;
}

bool NodeProcess::ready() {
  return request(port_, "GET /readyz HTTP/1.0\r\n\r\n").status == 200;
}

void NodeProcess::kill_hard() {
  if (pid_ == 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

int NodeProcess::terminate() {
  int status = -1;
  ::kill(pid_, SIGTERM);
  ::waitpid(pid_, &status, 0);
  pid_ = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

pid_t NodeProcess::postmaster() const {
  // The first line of postmaster.pid; the file lies somewhere below the cluster's folder.
  std::error_code ignored;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(data() / "postgres", ignored)) {
    if (entry.path().filename() != "postmaster.pid") continue;
    pid_t pid = 0;
    std::ifstream(entry.path()) >> pid;
    return pid;
  }
  return 0;
}

std::pair<int, std::string> run_mitr(const std::vector<std::string>& words) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return {-1, ""};
  std::vector<std::string> all{MITR_BINARY};
  all.insert(all.end(), words.begin(), words.end());
  pid_t pid = spawn(all, ends[1], STDERR_FILENO);
  ::close(ends[1]);
  std::string printed;
  char buffer[4096];
  for (ssize_t n = 0; (n = ::read(ends[0], buffer, sizeof buffer)) > 0;)
    printed.append(buffer, static_cast<std::size_t>(n));
  ::close(ends[0]);
  int status = -1;
  ::waitpid(pid, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, printed};
}

// -- plain HTTP ----

std::uint16_t port_of(const std::string& base_url) {
  return static_cast<std::uint16_t>(std::stoi(base_url.substr(base_url.rfind(':') + 1)));
}

std::uint16_t free_port() {
  int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  if (::bind(fd, reinterpret_cast<sockaddr*>(&address), length) != 0)
    throw std::system_error(errno, std::generic_category(), "bind");
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length);
  ::close(fd);
  return ntohs(address.sin_port);
}

PlainAnswer request(std::uint16_t port, const std::string& raw) {
  PlainAnswer answer;
  int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  timeval patience{20, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string text;
  if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
    // MSG_NOSIGNAL: a server that refuses a large body closes while we still write.
    for (std::size_t sent = 0; sent < raw.size();) {
      auto n = ::send(fd, raw.data() + sent, raw.size() - sent, MSG_NOSIGNAL);
      if (n <= 0) break;
      sent += static_cast<std::size_t>(n);
    }
    char buffer[4096];
    for (ssize_t n = 0; (n = ::recv(fd, buffer, sizeof buffer, 0)) > 0;) {
      text.append(buffer, static_cast<std::size_t>(n));
      auto head = text.find("\r\n\r\n");
      auto length = text.find("Content-Length: ");
      if (head == std::string::npos || length == std::string::npos) continue;
      if (text.size() >= head + 4 + std::stoul(text.substr(length + 16))) break;
    }
  }
  ::close(fd);
  if (text.size() > 12 && text.starts_with("HTTP/1.")) answer.status = std::stoi(text.substr(9, 3));
  if (auto head = text.find("\r\n\r\n"); head != std::string::npos)
    answer.body = text.substr(head + 4);
  return answer;
}

std::string text_webhook(const std::string& phone, const std::string& name,
                         const std::string& message_id, const std::string& text) {
  nlohmann::json message{{"from", phone},    {"from_user_id", "IN.7" + phone},
                         {"id", message_id}, {"timestamp", "1790000000"},
                         {"type", "text"},   {"text", {{"body", text}}}};
  nlohmann::json contact{
      {"profile", {{"name", name}}}, {"wa_id", phone}, {"user_id", "IN.7" + phone}};
  nlohmann::json value{
      {"messaging_product", "whatsapp"},
      {"metadata", {{"display_phone_number", "910000"}, {"phone_number_id", kSchoolNumber}}},
      {"contacts", {contact}},
      {"messages", {message}}};
  nlohmann::json change{{"field", "messages"}, {"value", value}};
  nlohmann::json entry{{"id", "1"}, {"changes", {change}}};
  return nlohmann::json{{"object", "whatsapp_business_account"}, {"entry", {entry}}}.dump();
}

std::string signed_post(const std::string& body) {
  return "POST /webhook HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: "
         "application/json\r\n"
         "X-Hub-Signature-256: " +
         whatsapp::Signer({kAppSecret}).sign(body) +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace mitr
