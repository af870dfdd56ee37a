"""A webhook endpoint of the scheme github that rejects with the comparator it is told: equal, compare_digest.

    python3 server.py PORT COMPARATOR"""
import hashlib
import hmac
import os
import socket
import sys
import threading

SECRET = os.environ["COMPARATOR_SECRET"].encode()
COMPARATORS = {"equal": lambda given, right: given == right, "compare_digest": hmac.compare_digest}
ANSWERS = {
    True: b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    False: b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno",
}


def serve(connection, equals):
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    data = b""
    while True:
        while b"\r\n\r\n" not in data:
            more = connection.recv(65536)
            if not more:
                return
            data += more
        head, data = data.split(b"\r\n\r\n", 1)
        fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
        fields = {name.lower(): value for name, value in fields.items()}
        length = int(fields.get(b"content-length", b"0"))
        while len(data) < length:
            data += connection.recv(65536)
        body, data = data[:length], data[length:]
        right = "sha256=" + hmac.new(SECRET, body, hashlib.sha256).hexdigest()
        connection.sendall(ANSWERS[equals(fields.get(b"x-hub-signature-256", b"").decode("latin-1"), right)])


def serve_one(connection, equals):
    with connection:
        try:
            serve(connection, equals)
        except (OSError, ValueError):
            pass


def main():
    equals = COMPARATORS[sys.argv[2]]
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
    while True:
        threading.Thread(target=serve_one, args=(listener.accept()[0], equals), daemon=True).start()


main()
