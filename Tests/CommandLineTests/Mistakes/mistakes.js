// Endpoints that verify signatures with one mistake each, in the idiom of Express.
//
//     node mistakes.js     prints the port that it serves, then serves /NAME for each function below
//
// The secret is the variable MISTAKE_SECRET: 64 hexadecimal digits.
'use strict';
const crypto = require('node:crypto');
const http = require('node:http');

const secret = process.env.MISTAKE_SECRET;
const hmac = (key, message) => crypto.createHmac('sha256', key).update(message);
const github = (req, expected) => req.headers['x-hub-signature-256'] === `sha256=${expected}`;

const endpoints = {
  // express.json() ran first, and the result is put into a template.
  express_object: (req, raw) => github(req, hmac(secret, `${JSON.parse(raw)}`).digest('hex')),
  // JSON.stringify for people.
  express_pretty: (req, raw) => github(req, hmac(secret, JSON.stringify(JSON.parse(raw), null, 2)).digest('hex')),
  // req.rawBody, which nothing sets.
  express_raw_body: (req) => github(req, hmac(secret, String(req.rawBody)).digest('hex')),
  // A body that is encoded once more.
  express_twice: (req, raw) => github(req, hmac(secret, JSON.stringify(raw.toString())).digest('hex')),
  // The key is decoded, because the sample of another vendor does it.
  express_base64_key: (req, raw) => github(req, hmac(Buffer.from(secret, 'base64'), raw).digest('hex')),
  // Upper case, compared as text.
  express_upper_case: (req, raw) => github(req, hmac(secret, raw).digest('hex').toUpperCase()),
  // The header of another vendor.
  express_other_header: (req, raw) => req.headers['x-signature'] === `sha256=${hmac(secret, raw).digest('hex')}`,
  // The comparison forgets the prefix.
  express_no_prefix: (req, raw) => req.headers['x-hub-signature-256'] === hmac(secret, raw).digest('hex'),
  // A timestamp in seconds, taken for milliseconds.
  express_milliseconds: (req, raw) => {
    const stamp = req.headers['x-slack-request-timestamp'];
    if (Math.abs(Date.now() - Number(stamp)) > 300_000) return false;
    return req.headers['x-slack-signature'] === `v0=${hmac(secret, `v0:${stamp}:${raw}`).digest('hex')}`;
  },
  // Slack's check, put where GitHub delivers.
  express_slack: (req, raw) => {
    const stamp = req.headers['x-slack-request-timestamp'];
    return req.headers['x-slack-signature'] === `v0=${hmac(secret, `v0:${stamp}:${raw}`).digest('hex')}`;
  },
};

const server = http.createServer(async (req, res) => {
  const parts = [];
  for await (const part of req) parts.push(part);
  let accepted = false;
  try {
    accepted = endpoints[req.url.slice(1)](req, Buffer.concat(parts));
  } catch { /* refused */ }
  res.writeHead(accepted ? 200 : 401, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(accepted ? { ok: true } : { error: 'invalid signature' }));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
