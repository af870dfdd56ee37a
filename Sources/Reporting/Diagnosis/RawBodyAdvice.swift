/// How an endpoint gets the bytes of a body before anything parses them, framework by framework.
package enum RawBodyAdvice {
    /// One framework and its line.
    package struct Line: Sendable, Hashable {
        /// The framework.
        package let framework: String
        /// What to write.
        package let code: String
    }

    /// The frameworks that most endpoints are written in.
    package static let lines: [Line] = [
        (
            "Express",
            "app.post(path, express.raw({ type: () => true }), handler)  // before express.json(); then req.body"
        ),
        ("Node", "const parts = []; for await (const part of req) parts.push(part); Buffer.concat(parts)"),
        ("FastAPI", "body = await request.body()"),
        ("Flask", "body = request.get_data()  # before request.json"),
        ("Django", "body = request.body  # before request.POST"),
        ("Rails", "body = request.raw_post"),
        ("Laravel", "$body = $request->getContent();"),
        ("Go", "body, err := io.ReadAll(r.Body)  // then json.Unmarshal(body, …)"),
        ("Spring", "@RequestBody byte[] body"),
    ].map { Line(framework: $0.0, code: $0.1) }
}
