const express = require("express");
const verify = require("./verify.js");

const app = express();
app.post("/webhook", express.raw({ type: () => true, limit: "16mb" }), (request, response) => {
  // Without a body the parser leaves an object.
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  if (!verify(body, request.get("X-Hub-Signature-256"))) return response.status(401).send("refused");
  response.send("ok");
});
app.listen(Number(process.argv[2]), "127.0.0.1");
