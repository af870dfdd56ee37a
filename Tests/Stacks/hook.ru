# GitHub's signature, verified over the raw body, for every Rack server.
require "openssl"
require "rack/utils"

run(lambda do |environment|
  answer = ->(status, text) { [status, { "content-type" => "text/plain" }, [text]] }
  next answer.(404, "not found") unless environment["PATH_INFO"] == "/webhook"
  next answer.(405, "POST only") unless environment["REQUEST_METHOD"] == "POST"
  right = "sha256=" + OpenSSL::HMAC.hexdigest("SHA256", ENV.fetch("STACK_SECRET"), environment["rack.input"].read)
  next answer.(401, "refused") unless Rack::Utils.secure_compare(right, environment["HTTP_X_HUB_SIGNATURE_256"].to_s)
  answer.(200, "ok")
end)
