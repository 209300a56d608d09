// P-256 keys and X.509 through OpenSSL.
#include "tests/support/tls_files.h"

#include <fstream>
#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdexcept>
#include <stdlib.h>

namespace mitr {

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

void require(bool ok, const char* what) {
  if (!ok) throw std::runtime_error(what);
}

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  require(extension != nullptr, "extension");
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

Certificate blank(EVP_PKEY* key, const char* name, long serial) {
  constexpr long kHour = 3600;
  Certificate certificate(X509_new(), &X509_free);
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kHour);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 24 * kHour);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
  return certificate;
}

void write_certificate(const std::string& path, X509* certificate) {
  FILE* file = fopen(path.c_str(), "w");
  require(file != nullptr, "file");
  PEM_write_X509(file, certificate);
  fclose(file);
}

void write_key(const std::string& path, EVP_PKEY* key) {
  FILE* file = fopen(path.c_str(), "w");
  require(file != nullptr, "file");
  PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
  fclose(file);
}

}  // namespace

struct TlsFolder::Authority {
  Key key{EVP_EC_gen("P-256"), &EVP_PKEY_free};
  Certificate certificate = blank(key.get(), "Test Authority", 1);
};

TlsFolder::TlsFolder() : authority_(std::make_unique<Authority>()) {
  std::string name = std::filesystem::temp_directory_path() / "mitr-tls-XXXXXX";
  require(mkdtemp(name.data()) != nullptr, "temporary folder");
  folder_ = name;
  X509* own = authority_->certificate.get();
  X509_set_issuer_name(own, X509_get_subject_name(own));
  add_extension(own, own, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(own, own, NID_key_usage, "critical,keyCertSign,cRLSign");
  require(X509_sign(own, authority_->key.get(), EVP_sha256()) > 0, "signature");
  write_certificate(ca_file(), own);
}

TlsFolder::~TlsFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

TlsFiles TlsFolder::issue(const std::string& names) {
  ++issued_;
  const auto stem = (folder_ / std::to_string(issued_)).string();
  const Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  const Certificate certificate = blank(key.get(), "Test Server", issued_ + 1);
  X509* issuer = authority_->certificate.get();
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
  add_extension(certificate.get(), issuer, NID_subject_alt_name, names);
  require(X509_sign(certificate.get(), authority_->key.get(), EVP_sha256()) > 0, "signature");
  write_certificate(stem + ".pem", certificate.get());
  write_key(stem + ".key", key.get());
  return {stem + ".pem", stem + ".key"};
}

std::string TlsFolder::junk_file() {
  const auto path = folder_ / "junk.pem";
  std::ofstream(path) << "not a certificate\n";
  return path;
}

}  // namespace mitr
