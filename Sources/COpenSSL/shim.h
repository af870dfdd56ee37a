#ifndef COUNTERSIGN_COPENSSL_SHIM_H
#define COUNTERSIGN_COPENSSL_SHIM_H

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// Function-like macros are not imported into Swift: these carry the ones we need, type-checked by C.

static inline int countersign_ssl_set_server_name(SSL *ssl, const char *name) {
    return (int)SSL_set_tlsext_host_name(ssl, name);
}

static inline int countersign_ssl_ctx_set_minimum_tls12(SSL_CTX *context) {
    return (int)SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
}

// TLS 1.0 and 1.1 alone, as servers of old offer them. Their ciphers and digests are below today's level of security.
static inline int countersign_ssl_ctx_offer_old_versions(SSL_CTX *context) {
    return SSL_CTX_set_min_proto_version(context, TLS1_VERSION) == 1 &&
           SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION) == 1 &&
           SSL_CTX_set_cipher_list(context, "DEFAULT:@SECLEVEL=0") == 1;
}

// Every version that the library has, down to TLS 1.0.
static inline int countersign_ssl_ctx_take_old_versions(SSL_CTX *context) {
    return SSL_CTX_set_min_proto_version(context, TLS1_VERSION) == 1 &&
           SSL_CTX_set_cipher_list(context, "DEFAULT:@SECLEVEL=0") == 1;
}

static const int countersign_text_ascii = MBSTRING_ASC;

// A write that must wait may continue from another buffer, and a part of it may go out first.
static inline void countersign_ssl_ctx_allow_partial_writes(SSL_CTX *context) {
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
}

#endif
