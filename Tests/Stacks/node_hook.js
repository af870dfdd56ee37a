const { createServer } = require("node:http");
const verify = require("./verify.js");

createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    const answer = (status, text) => response.writeHead(status).end(text);
    if (request.url.split("?")[0] !== "/webhook") return answer(404, "not found");
    if (request.method !== "POST") return answer(405, "POST only");
    if (!verify(Buffer.concat(parts), request.headers["x-hub-signature-256"])) return answer(401, "refused");
    answer(200, "ok");
  });
}).listen(Number(process.argv[2]), "127.0.0.1");
