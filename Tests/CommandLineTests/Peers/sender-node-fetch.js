// One event by the fetch of Node.js, signed as Standard Webhooks says.
//
// Arguments: the URL and the text of the event. The package for Standard Webhooks is not among Debian's, so that
// node:crypto signs.
"use strict";

const { createHmac, randomUUID } = require("node:crypto");
const { setTimeout: pause } = require("node:timers/promises");

const [url, text] = process.argv.slice(2);
const key = Buffer.from(process.env.SENDER_SECRET.slice("whsec_".length), "base64");
const id = "msg_" + randomUUID();
const body = JSON.stringify({ type: "contact.created", timestamp: new Date().toISOString(), data: { text } });

async function attempt() {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": "v1," + signature,
    },
    body,
    signal: AbortSignal.timeout(20_000),
  });
  return answer.status;
}

async function deliver() {
  for (const seconds of [0, 2, 4, 8, 16]) {
    await pause(1000 * seconds);
    const status = await attempt().catch(() => 0);
    if ((status >= 200 && status < 300) || status === 410) return;
  }
}

// What is left of an answer goes with the process.
deliver().then(() => process.exit());
