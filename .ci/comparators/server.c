/* A webhook endpoint of the scheme github that rejects with the comparator it is told:
 *
 *     server PORT COMPARATOR [NANOSECONDS [ADDRESS MICROSECONDS DEVIATION]]
 *
 * memcmp, loop (stops at the first difference), or_loop (looks at every byte), delay: or_loop, and NANOSECONDS more if the
 * first half is right. Each connection has a process. With an ADDRESS to listen on, each answer waits for MICROSECONDS and
 * for what a normal distribution of the DEVIATION adds, in place of a network. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <math.h>
#include <netinet/tcp.h>
#include <openssl/hmac.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

static long nanoseconds;

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000L + time.tv_nsec;
}

static int equal_memcmp(const char *a, const char *b, size_t n) { return memcmp(a, b, n) == 0; }

static int equal_loop(const char *a, const char *b, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (a[i] != b[i]) return 0;
    return 1;
}

static int equal_or_loop(const char *a, const char *b, size_t n) {
    volatile unsigned char difference = 0;
    for (size_t i = 0; i < n; i++) difference |= (unsigned char)(a[i] ^ b[i]);
    return difference == 0;
}

/* The number of turns that take about as long as wanted: a look at the clock is longer than the shortest delays. */
static long turns;
static volatile long sink;

static void spin(long count) {
    for (long i = 0; i < count; i++) sink = i;
}

static void calibrate(void) {
    if (nanoseconds <= 0) return;
    long count = 1000000, best = 1L << 62;
    for (int round = 0; round < 20; round++) {
        long start = now();
        spin(count);
        long spent = now() - start;
        if (spent < best) best = spent;
    }
    turns = (long)((double)nanoseconds * count / best + 0.5);
}

/* What the delays took, without and with the turns: another processor or a busy one turns at another speed. */
static int taken[2][1 << 20], takenCount[2];

static int equal_delay(const char *a, const char *b, size_t n) {
    int half = equal_or_loop(a, b, n / 2);
    /* Both ways call the same function, so that a mispredicted branch costs both. */
    long start = now();
    spin(half ? turns : 0);
    long spent = now() - start;
    if (takenCount[half] < 1 << 20) taken[half][takenCount[half]++] = (int)spent;
    return equal_or_loop(a, b, n);
}

static int ascending(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }

/* Adds to the file DELAYS_TAKEN, if it is set, how many delays a connection had and the median of what they took in ns. */
static void tell_delays(void) {
    const char *path = getenv("DELAYS_TAKEN");
    if (!path || !takenCount[0] || !takenCount[1]) return;
    for (int way = 0; way < 2; way++) qsort(taken[way], (size_t)takenCount[way], sizeof **taken, ascending);
    FILE *file = fopen(path, "a");
    if (!file) return;
    fprintf(file, "%d %d\n", takenCount[1], taken[1][takenCount[1] / 2] - taken[0][takenCount[0] / 2]);
    fclose(file);
}

static double microseconds, deviation;

static void travel(void) {
    if (microseconds <= 0) return;
    double normal = sqrt(-2 * log(drand48() + 1e-12)) * cos(2 * M_PI * drand48());
    long wait = (long)(1000 * (microseconds + deviation * fabs(normal)));
    struct timespec time = {wait / 1000000000L, wait % 1000000000L};
    nanosleep(&time, NULL);
}

static const char *accepted = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
static const char *rejected = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno";

/* Neither this nor serve takes a NUL for the end: Countersign sends one in a header to learn whether it arrives. */
static const char *field(const char *head, size_t headSize, const char *name, size_t *length) {
    size_t size = strlen(name);
    const char *limit = head + headSize, *line = memmem(head, headSize, "\r\n", 2);
    while (line && line + 2 < limit) {
        const char *text = line + 2, *end = memmem(text, (size_t)(limit - text), "\r\n", 2);
        if (!end) return NULL;
        if ((size_t)(end - text) > size && strncasecmp(text, name, size) == 0 && text[size] == ':') {
            text += size + 1;
            while (*text == ' ') text++;
            *length = (size_t)(end - text);
            return text;
        }
        line = end;
    }
    return NULL;
}

static void serve(int connection, const char *secret, int (*equals)(const char *, const char *, size_t)) {
    static char data[65536];
    size_t have = 0;
    for (;;) {
        char *end;
        while (data[have] = 0, !(end = memmem(data, have, "\r\n\r\n", 4))) {
            ssize_t more = have < sizeof data - 1 ? read(connection, data + have, sizeof data - 1 - have) : 0;
            if (more <= 0) return;
            have += (size_t)more;
        }
        size_t size, head = (size_t)(end - data) + 4;
        const char *text = field(data, head, "content-length", &size);
        size_t length = text ? strtoul(text, NULL, 10) : 0;
        if (head + length >= sizeof data) return;
        while (have < head + length) {
            ssize_t more = read(connection, data + have, sizeof data - 1 - have);
            if (more <= 0) return;
            have += (size_t)more;
        }
        unsigned char mac[32];
        unsigned int macSize;
        HMAC(EVP_sha256(), secret, (int)strlen(secret), (unsigned char *)data + head, length, mac, &macSize);
        char right[72] = "sha256=";
        for (int i = 0; i < 32; i++) snprintf(right + 7 + 2 * i, 3, "%02x", mac[i]);
        const char *given = field(data, head, "x-hub-signature-256", &size);
        const char *answer = given && size == 71 && equals(given + 7, right + 7, 64) ? accepted : rejected;
        travel();
        if (write(connection, answer, strlen(answer)) < 0) return;
        have -= head + length;
        memmove(data, data + head + length, have);
    }
}

int main(int count, char **words) {
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_IGN);
    const char *name = count > 2 ? words[2] : "", *secret = getenv("COMPARATOR_SECRET");
    int (*equals)(const char *, const char *, size_t) = strcmp(name, "memcmp") == 0 ? equal_memcmp
        : strcmp(name, "loop") == 0 ? equal_loop
        : strcmp(name, "delay") == 0 ? equal_delay : equal_or_loop;
    nanoseconds = count > 3 ? atol(words[3]) : 0;
    calibrate();
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (count > 6) {
        if (inet_pton(AF_INET, words[4], &address.sin_addr) != 1) return 2;
        microseconds = atof(words[5]), deviation = atof(words[6]);
    }
    address.sin_port = htons((unsigned short)atoi(words[1]));
    if (!secret || bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 16)) return 1;
    for (;;) {
        int connection = accept(listener, NULL, NULL);
        if (connection < 0) continue;
        setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (fork() == 0) {
            close(listener);
            srand48(now());
            serve(connection, secret, equals);
            tell_delays();
            _exit(0);
        }
        close(connection);
    }
}
