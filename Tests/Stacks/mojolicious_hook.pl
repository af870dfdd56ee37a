#!/usr/bin/env perl
# GitHub's signature, verified over the raw body.
use Mojolicious::Lite -signatures;
use Digest::SHA qw(hmac_sha256_hex);
use Mojo::Util qw(secure_compare);

app->log->level('fatal');
app->mode('production');

post '/webhook' => sub ($c) {
    my $right = 'sha256=' . hmac_sha256_hex($c->req->body, $ENV{STACK_SECRET});
    return $c->render(text => 'refused', status => 401)
        unless secure_compare($right, $c->req->headers->header('X-Hub-Signature-256') // '');
    $c->render(text => 'ok');
};

app->start;
