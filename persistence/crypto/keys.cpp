// Key files and key wrapping. A key never leaves this room in the clear except inside a SecretKey.
#include "persistence/crypto/keys.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <linux/fs.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include "persistence/crypto/chosen_randomness.h"
#include "persistence/crypto/gcm.h"

namespace mitr {
namespace {

constexpr std::size_t kKeyBytes = 32;

class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int fd() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }

 private:
  int fd_;
};

Error refused(const std::filesystem::path& file, std::string_view why) {
  return Error{Errc::kRefused, "key file " + file.string() + ": " + std::string(why)};
}

Error failed(const std::filesystem::path& file, std::string_view step) {
  return Error{Errc::kUnavailable, "key file " + file.string() + ": cannot " + std::string(step) +
                                       ": " + std::strerror(errno)};
}

Result<SecretKey> read_key(const std::filesystem::path& file) {
  File opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened.is_open()) {
    if (errno == ENOENT)
      return Error{Errc::kNotFound, "key file " + file.string() + " does not exist"};
    if (errno == EACCES) return refused(file, "this user may not read it");
    return failed(file, "open");
  }
  struct stat facts {};
  if (::fstat(opened.fd(), &facts) != 0) return failed(file, "stat");
  if (!S_ISREG(facts.st_mode)) return refused(file, "not a regular file");
  if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return refused(file, "others may use it; run: chmod 600 " + file.string());
  }
  if (facts.st_uid != ::geteuid() && facts.st_uid != 0)
    return refused(file, "it belongs to another user");
  std::array<std::uint8_t, kKeyBytes + 1> bytes{};
  std::size_t have = 0;
  while (have < bytes.size()) {
    const ssize_t got = ::read(opened.fd(), bytes.data() + have, bytes.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(file, "read");
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  if (have != kKeyBytes) {
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return refused(file, "its size is not 32 bytes");
  }
  std::array<std::uint8_t, kKeyBytes> exact{};
  std::memcpy(exact.data(), bytes.data(), exact.size());
  SecretKey key(exact);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  OPENSSL_cleanse(exact.data(), exact.size());
  return key;
}

Status write_all(int fd, const std::filesystem::path& file,
                 const std::array<std::uint8_t, kKeyBytes>& bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t put = ::write(fd, bytes.data() + done, bytes.size() - done);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return failed(file, "write");
    done += static_cast<std::size_t>(put);
  }
  if (::fsync(fd) != 0) return failed(file, "fsync");
  return Done{};
}

/// Written beside, then renamed without replacing: a crash leaves no half key, a race no
/// overwritten one.
Status create_key(const std::filesystem::path& file) {
  struct Tag;
  const std::string part = file.string() + ".part-" + to_string(random_id<Uuid<Tag>>());
  {
    File opened(::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!opened.is_open()) return failed(file, "create");
    auto written = write_all(opened.fd(), file, SecretKey::random().reveal());
    if (!written) {
      ::unlink(part.c_str());
      return written;
    }
  }
  const bool placed =
      ::renameat2(AT_FDCWD, part.c_str(), AT_FDCWD, file.c_str(), RENAME_NOREPLACE) == 0;
  const int reason = errno;
  if (!placed) ::unlink(part.c_str());
  if (!placed && reason != EEXIST) {
    errno = reason;
    return failed(file, "name");
  }
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  File parent(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!parent.is_open() || ::fsync(parent.fd()) != 0) return failed(file, "fsync the folder");
  return Done{};
}

/// The purpose ends the encoding, so its length needs no field of its own.
std::string wrapping_context(std::string_view purpose, const std::array<std::uint8_t, 16>& owner) {
  std::string context = "mitr key";
  context += static_cast<char>(gcm::kFormatVersion);
  context.append(reinterpret_cast<const char*>(owner.data()), owner.size());
  context += purpose;
  return context;
}

}  // namespace

SecretKey::~SecretKey() {
  OPENSSL_cleanse(bytes_.data(), bytes_.size());
}

SecretKey SecretKey::random() {
  SecretKey key;
  if (ChosenRandomness::take(key.bytes_.data(), key.bytes_.size())) return key;
  if (RAND_priv_bytes(key.bytes_.data(), static_cast<int>(key.bytes_.size())) != 1) {
    std::fputs("mitr: the random generator failed\n", stderr);
    std::abort();
  }
  return key;
}

bool SecretKey::operator==(const SecretKey& other) const {
  return CRYPTO_memcmp(bytes_.data(), other.bytes_.data(), bytes_.size()) == 0;
}

Result<SecretKey> load_root_key(const std::filesystem::path& file, bool create) {
  auto key = read_key(file);
  if (key || key.error().code != Errc::kNotFound || !create) return key;
  if (auto made = create_key(file); !made) return made.error();
  return read_key(file);
}

Sealed wrap_key(const SecretKey& parent, const SecretKey& key, std::string_view purpose,
                const std::array<std::uint8_t, 16>& owner) {
  const std::string_view plain(reinterpret_cast<const char*>(key.reveal().data()),
                               key.reveal().size());
  return gcm::seal(parent, wrapping_context(purpose, owner), plain);
}

Result<SecretKey> unwrap_key(const SecretKey& parent, std::string_view wrapped,
                             std::string_view purpose, const std::array<std::uint8_t, 16>& owner) {
  auto plain = gcm::open(parent, wrapping_context(purpose, owner), wrapped);
  if (!plain || plain->size() != kKeyBytes) {
    return Error{Errc::kTampered, "a wrapped " + std::string(purpose) + " key does not open"};
  }
  std::array<std::uint8_t, kKeyBytes> bytes{};
  std::memcpy(bytes.data(), plain->data(), bytes.size());
  SecretKey key(bytes);
  OPENSSL_cleanse(plain->data(), plain->size());
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return key;
}

}  // namespace mitr
