// A webhook endpoint of the scheme github that rejects with the comparator it is told: equal, timingSafeEqual.
//     node server.js PORT COMPARATOR
const crypto = require("node:crypto");
const http = require("node:http");

const secret = process.env.COMPARATOR_SECRET;
const comparators = {
  equal: (given, right) => given === right,
  timingSafeEqual: (given, right) =>
    given.length === right.length && crypto.timingSafeEqual(Buffer.from(given), Buffer.from(right)),
};
const equals = comparators[process.argv[3]];

http.createServer({ keepAliveTimeout: 60000 }, (request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const right = "sha256=" + crypto.createHmac("sha256", secret).update(Buffer.concat(chunks)).digest("hex");
    const given = request.headers["x-hub-signature-256"] || "";
    response.statusCode = equals(given, right) ? 200 : 401;
    response.end("no");
  });
}).listen(Number(process.argv[2]), "127.0.0.1");
