// Computes HMAC-SHA256 under one key over and over, with one reused context, and prints how many it computed in a second
// of processor time. The only argument is the length of the message.
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
    size_t length = count > 1 ? strtoul(arguments[1], NULL, 10) : 1024;
    unsigned char *message = malloc(length), key[64], code[32], right[32];
    memset(message, 'x', length);
    memset(key, 'k', sizeof key);
    EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(mac);
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string("digest", "sha256", 0), OSSL_PARAM_construct_end()};
    if (!EVP_MAC_init(context, key, sizeof key, parameters)) return 1;
    memset(right, 0, sizeof right);
    double best = 0;
    unsigned equal = 0;
    for (int round = 0; round < 8; round++) {
        size_t done = 0, written;
        double start = now(), elapsed;
        do {
            for (int i = 0; i < 10000; i++, done++) {
                EVP_MAC_init(context, NULL, 0, NULL);
                EVP_MAC_update(context, message, length);
                EVP_MAC_final(context, code, &written, sizeof code);
                equal += CRYPTO_memcmp(code, right, sizeof code) == 0;
            }
            elapsed = now() - start;
        } while (elapsed < 0.25);
        if ((double)done / elapsed > best) best = (double)done / elapsed;
    }
    printf("%.0f\n", best + equal);
}
