// GitHub's signature, verified over the raw body; shared by the endpoints in JavaScript.
const { createHmac, timingSafeEqual } = require("node:crypto");

module.exports = (body, signature) => {
  const right = Buffer.from("sha256=" + createHmac("sha256", process.env.STACK_SECRET).update(body).digest("hex"));
  const given = Buffer.from(signature ?? "", "latin1");
  return given.length === right.length && timingSafeEqual(given, right);
};
