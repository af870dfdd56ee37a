<?php
// GitHub's signature, verified over the raw body.
ini_set('display_errors', '0');

function answer(int $status, string $text): never
{
    http_response_code($status);
    exit($text);
}

if (parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) !== '/webhook') {
    answer(404, 'not found');
}
if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
    answer(405, 'POST only');
}
$right = 'sha256=' . hash_hmac('sha256', file_get_contents('php://input'), getenv('STACK_SECRET'));
if (!hash_equals($right, $_SERVER['HTTP_X_HUB_SIGNATURE_256'] ?? '')) {
    answer(401, 'refused');
}
answer(200, 'ok');
