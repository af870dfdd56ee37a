// A webhook endpoint of the scheme github that rejects with the comparator it is told: bytes ([UInt8] ==), string
// (String ==), or_loop (looks at every byte).
//     server PORT COMPARATOR
import Foundation
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// SHA-256 (FIPS 180-4), so that nothing but the compiler is needed.
let constants: [UInt32] = {
    func roots(_ power: Double) -> [UInt32] {
        var primes = [Int](), candidate = 2
        while primes.count < 64 {
            if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
            candidate += 1
        }
        return primes.map { prime in
            let root = pow(Double(prime), power)
            return UInt32((root - root.rounded(.down)) * 4294967296)
        }
    }
    return roots(1.0 / 3) + roots(0.5).prefix(8)
}()

func sha256(_ message: [UInt8]) -> [UInt8] {
    func rotated(_ x: UInt32, _ n: UInt32) -> UInt32 { x >> n | x << (32 - n) }
    var h = Array(constants[64...])
    var padded = message + [0x80]
    while padded.count % 64 != 56 { padded.append(0) }
    padded += (0..<8).reversed().map { UInt8(truncatingIfNeeded: UInt64(message.count * 8) >> (8 * UInt64($0))) }
    var w = [UInt32](repeating: 0, count: 64)
    for start in stride(from: 0, to: padded.count, by: 64) {
        for i in 0..<16 { w[i] = (0..<4).reduce(0) { $0 << 8 | UInt32(padded[start + 4 * i + $1]) } }
        for i in 16..<64 {
            let s0 = rotated(w[i - 15], 7) ^ rotated(w[i - 15], 18) ^ w[i - 15] >> 3
            let s1 = rotated(w[i - 2], 17) ^ rotated(w[i - 2], 19) ^ w[i - 2] >> 10
            w[i] = w[i - 16] &+ s0 &+ w[i - 7] &+ s1
        }
        var v = h
        for i in 0..<64 {
            let s1 = rotated(v[4], 6) ^ rotated(v[4], 11) ^ rotated(v[4], 25)
            let t1 = v[7] &+ s1 &+ (v[4] & v[5] ^ ~v[4] & v[6]) &+ constants[i] &+ w[i]
            let s0 = rotated(v[0], 2) ^ rotated(v[0], 13) ^ rotated(v[0], 22)
            let t2 = s0 &+ (v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2])
            v = [t1 &+ t2, v[0], v[1], v[2], v[3] &+ t1, v[4], v[5], v[6]]
        }
        for i in 0..<8 { h[i] = h[i] &+ v[i] }
    }
    return h.flatMap { word in (0..<4).reversed().map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) } }
}

func hmac(_ key: [UInt8], _ message: [UInt8]) -> [UInt8] {
    let block = (key.count > 64 ? sha256(key) : key) + [UInt8](repeating: 0, count: 64)
    return sha256(block.prefix(64).map { $0 ^ 0x5C } + sha256(block.prefix(64).map { $0 ^ 0x36 } + message))
}

@inline(never) func equalBytes(_ a: [UInt8], _ b: [UInt8]) -> Bool { a == b }
@inline(never) func equalStrings(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    String(decoding: a, as: UTF8.self) == String(decoding: b, as: UTF8.self)
}
@inline(never) func equalOrLoop(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    a.count == b.count && zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}

let comparators = ["bytes": equalBytes, "string": equalStrings, "or_loop": equalOrLoop]
let words = CommandLine.arguments
guard words.count > 2, let port = UInt16(words[1]), let equals = comparators[words[2]],
    let secret = ProcessInfo.processInfo.environment["COMPARATOR_SECRET"]
else { exit(2) }
let hexDigits = Array("0123456789abcdef".utf8)
signal(SIGPIPE, SIG_IGN)

@Sendable func serve(_ connection: Int32) {
    var data = [UInt8](), chunk = [UInt8](repeating: 0, count: 65536)
    func receive() -> Bool {
        let count = read(connection, &chunk, chunk.count)
        if count > 0 { data += chunk[..<count] }
        return count > 0
    }
    let end = Array("\r\n\r\n".utf8)
    while true {
        var place: Int?
        while true {
            if data.count >= 4 { place = (0...(data.count - 4)).first { data[$0..<($0 + 4)].elementsEqual(end) } }
            if place != nil { break }
            if !receive() { return }
        }
        let head = String(decoding: data[..<place!], as: UTF8.self)
        var fields = [String: String]()
        for line in head.components(separatedBy: "\r\n").dropFirst() {
            let parts = line.components(separatedBy: ": ")
            if parts.count == 2 { fields[parts[0].lowercased()] = parts[1] }
        }
        let length = Int(fields["content-length"] ?? "0") ?? 0, start = place! + 4
        while data.count < start + length { if !receive() { return } }
        let mac = hmac(Array(secret.utf8), Array(data[start..<(start + length)]))
        let right = Array("sha256=".utf8) + mac.flatMap { [hexDigits[Int($0 >> 4)], hexDigits[Int($0 & 15)]] }
        let isEqual = equals(Array((fields["x-hub-signature-256"] ?? "").utf8), right)
        let answer = Array("HTTP/1.1 \(isEqual ? "200 OK" : "401 Unauthorized")\r\nContent-Length: 2\r\n\r\nno".utf8)
        guard write(connection, answer, answer.count) == answer.count else { return }
        data.removeFirst(start + length)
    }
}

let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
var on: Int32 = 1
setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, 4)
var address = sockaddr_in()
address.sin_family = sa_family_t(AF_INET)
address.sin_port = port.bigEndian
address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
let bound = withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
}
guard bound == 0, listen(listener, 16) == 0 else { exit(1) }
while true {
    let connection = accept(listener, nil, nil)
    guard connection >= 0 else { continue }
    setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &on, 4)
    Thread.detachNewThread {
        serve(connection)
        close(connection)
    }
}
