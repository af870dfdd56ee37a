// The endpoint that the documentation of Bridge events prints for Node.js, verifier and handler word for word, on the
// platform's own HTTP server: `app.post` and `res.status` do here what the framework of the sample does.

const crypto = require('crypto');
const http = require('http');

function verifyBridgeWebhook(body, signature, timestamp, secret) {
// 1. Check timestamp (reject if older than 5 minutes)
const currentTime = Math.floor(Date.now() / 1000);
const requestTime = parseInt(timestamp);
if (currentTime - requestTime > 300) { // 300 seconds = 5 minutes
throw new Error('Request timestamp too old');
}

// 2. Construct signature payload (timestamp + body, no separator)
const signaturePayload = timestamp + body;

// 3. Generate expected signature
const expectedSignature = crypto
.createHmac('sha256', secret)
.update(signaturePayload, 'utf8')
.digest('hex');

// 4. Extract received signature (remove 'sha256=' prefix)
const receivedSignature = signature.replace('sha256=', '');

// 5. Constant-time comparison to prevent timing attacks
return crypto.timingSafeEqual(
Buffer.from(expectedSignature, 'hex'),
Buffer.from(receivedSignature, 'hex')
);
}

const routes = new Map();
const app = { post: (path, handler) => routes.set(path, handler) };

// Usage example
app.post('/webhooks/bridge-events', (req, res) => {
const signature = req.headers['x-bridge-signature'];
const timestamp = req.headers['x-bridge-timestamp'];
const apiKey = req.headers['x-bridge-api-key'];
const body = req.body; // raw body as string

try {
// Verify API key
if (apiKey !== process.env.BRIDGE_WEBHOOK_API_KEY) {
return res.status(401).send('Invalid API key');
}

// Verify signature
if (!verifyBridgeWebhook(body, signature, timestamp, process.env.BRIDGE_WEBHOOK_SECRET)) {
return res.status(401).send('Invalid signature');
}

// Process webhook
console.log('Verified webhook received:', JSON.parse(body));
res.status(200).json({ status: 'received' });
} catch (error) {
console.error('Webhook verification failed:', error.message);
res.status(401).send('Verification failed');
}
});

const server = http.createServer((req, res) => {
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', () => {
    req.body = Buffer.concat(chunks).toString('utf8');
    res.status = (status) => {
      res.statusCode = status;
      return res;
    };
    res.send = (text) => res.end(text);
    res.json = (value) => res.setHeader('Content-Type', 'application/json').end(JSON.stringify(value));
    const handler = req.method === 'POST' && routes.get(req.url.split('?')[0]);
    return handler ? handler(req, res) : res.status(404).send('Not found');
  });
});

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
