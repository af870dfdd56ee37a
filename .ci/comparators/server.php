<?php
// A webhook endpoint of the scheme github that rejects with the comparator it is told: equal, hash_equals. PHP's own
// web server closes each connection, so it speaks HTTP itself.
//     php server.php PORT COMPARATOR
$secret = getenv("COMPARATOR_SECRET");
$safe = $argv[2] === "hash_equals";
pcntl_signal(SIGCHLD, SIG_IGN);
$listener = stream_socket_server("tcp://127.0.0.1:" . $argv[1]);
while ($connection = stream_socket_accept($listener, -1)) {
    if (pcntl_fork() > 0) {
        fclose($connection);
        continue;
    }
    socket_set_option(socket_import_stream($connection), SOL_TCP, TCP_NODELAY, 1);
    while (($line = fgets($connection)) !== false) {
        $fields = [];
        while (($line = fgets($connection)) !== false && ($line = rtrim($line)) !== "") {
            [$name, $value] = [...explode(":", $line, 2), ""];
            $fields[strtolower($name)] = ltrim($value);
        }
        $body = stream_get_contents($connection, (int)($fields["content-length"] ?? 0));
        $right = "sha256=" . hash_hmac("sha256", $body, $secret);
        $given = $fields["x-hub-signature-256"] ?? "";
        $equal = $safe ? hash_equals($right, $given) : $right == $given;
        fwrite($connection, $equal
            ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
            : "HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno");
    }
    exit;
}
