// OpenSSL settings. TLS 1.3 as OpenSSL offers it; of TLS 1.2 only forward-secret AEAD suites.
#include "actors/http/tls.h"

#include <boost/asio/ip/address.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <utility>

namespace mitr::net {

namespace {

namespace ssl = boost::asio::ssl;

constexpr const char* kTls12Suites = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr unsigned char kSessionContext[] = "mitr";

bool make_strict(SSL_CTX* context) {
  ERR_clear_error();
  SSL_CTX_set_options(
      context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  const bool strict = SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
                      SSL_CTX_set_cipher_list(context, kTls12Suites) == 1;
  ERR_clear_error();
  return strict;
}

Error unusable(const char* what, const std::string& file, const std::string& why) {
  ERR_clear_error();
  return Error{Errc::kInvalidConfig,
               std::string("TLS ") + what + " '" + file + "' cannot be used: " + why};
}

}  // namespace

Result<TlsContext> server_tls(const TlsFiles& files) {
  boost::system::error_code ec;
  try {
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    SSL_CTX* native = context->native_handle();
    if (!make_strict(native)) return Error{Errc::kInternal, "OpenSSL refused the TLS settings"};
    // Resumption by ticket only: nothing about sessions is held in memory.
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_session_id_context(native, kSessionContext, sizeof kSessionContext - 1);
    context->use_certificate_chain_file(files.certificate, ec);
    if (ec) return unusable("certificate", files.certificate, ec.message());
    context->use_private_key_file(files.private_key, ssl::context::pem, ec);
    if (ec) return unusable("private key", files.private_key, ec.message());
    if (SSL_CTX_check_private_key(native) != 1)
      return unusable("private key", files.private_key, "it does not belong to the certificate");
    return context;
  } catch (const std::exception& e) {
    ERR_clear_error();
    return Error{Errc::kInternal, std::string("no TLS context: ") + e.what()};
  }
}

Result<TlsContext> client_tls(const std::string& ca_file) {
  boost::system::error_code ec;
  try {
    auto context = std::make_shared<ssl::context>(ssl::context::tls_client);
    if (!make_strict(context->native_handle()))
      return Error{Errc::kInternal, "OpenSSL refused the TLS settings"};
    context->set_verify_mode(ssl::verify_peer);
    context->set_default_verify_paths(ec);
    if (ec)
      return Error{Errc::kInvalidConfig,
                   "the system's CA certificates cannot be read: " + ec.message()};
    if (!ca_file.empty()) context->load_verify_file(ca_file, ec);
    if (ec) return unusable("CA file", ca_file, ec.message());
    return context;
  } catch (const std::exception& e) {
    ERR_clear_error();
    return Error{Errc::kInternal, std::string("no TLS context: ") + e.what()};
  }
}

bool expect_peer(SSL* ssl, const std::string& host) {
  ERR_clear_error();
  X509_VERIFY_PARAM* wanted = SSL_get0_param(ssl);
  X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  boost::system::error_code not_address;
  boost::asio::ip::make_address(host, not_address);
  bool set = false;
  if (!not_address) {
    set = X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str()) == 1;
  } else {
    set = X509_VERIFY_PARAM_set1_host(wanted, host.c_str(), host.size()) == 1 &&
          SSL_set_tlsext_host_name(ssl, host.c_str()) == 1;
  }
  ERR_clear_error();
  return set;
}

}  // namespace mitr::net
