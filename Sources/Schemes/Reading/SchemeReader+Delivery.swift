internal import Bytes

// The side that sends.
extension SchemeReader {
    func delivery(_ at: JSONCursor) -> DeliveryRule? {
        let keys = [
            "success", "retries", "schedule", "timeout", "redirects", "stops", "retryAfter", "optOut", "retryHeaders",
        ]
        guard isObject(at, keys) else { return nil }
        let success = given(at, "success").flatMap(statuses) ?? StatusSet([200...299])
        let retries = given(at, "retries").flatMap { list($0, retry) } ?? []
        let schedule = given(at, "schedule").flatMap { list($0, seconds) } ?? []
        let timeout = given(at, "timeout").flatMap(span)
        let redirects = optional(try given(at, "redirects")?.integer(in: 0...20)) ?? 0
        let stops = given(at, "stops").flatMap(statuses) ?? StatusSet([])
        let honoursRetryAfter = optional(try given(at, "retryAfter")?.bool) ?? false
        return DeliveryRule(
            success: success, retries: retries, schedule: schedule, timeout: timeout, redirects: redirects,
            stops: stops, honoursRetryAfter: honoursRetryAfter, optOut: given(at, "optOut").flatMap(headerLine),
            retryHeaders: given(at, "retryHeaders").flatMap { list($0, retryHeader) } ?? [])
    }

    private func headerLine(_ at: JSONCursor) -> DeliveryRule.HeaderLine? {
        guard isObject(at, ["header", "value"]), let name = read(try at["header"].headerName) else { return nil }
        return DeliveryRule.HeaderLine(name: name, value: optional(try given(at, "value")?.headerValue))
    }

    private func retryHeader(_ at: JSONCursor) -> DeliveryRule.HeaderLine? {
        let line = headerLine(at)
        let places = Administration.places(in: .string(line?.value ?? ""))
        for place in places where place != "{retry}" {
            problems.add(at.problem("unknown placeholder '\(place)' in the value; the placeholder is {retry}"))
        }
        return line
    }

    private func seconds(_ at: JSONCursor) -> Int? { read(try at.integer(in: 0...Self.longest)) }

    private func retry(_ at: JSONCursor) -> DeliveryRule.Retry? {
        guard isObject(at, ["statuses", "attempts", "seconds"]) else { return nil }
        let statuses = given(at, "statuses").flatMap(statuses)
        return DeliveryRule.Retry(
            after: statuses.map(DeliveryRule.Failure.statuses) ?? .noAnswer,
            attempts: optional(try given(at, "attempts")?.integer(in: 1...1000)),
            seconds: optional(try given(at, "seconds")?.integer(in: 1...Self.longest)))
    }

    private func span(_ at: JSONCursor) -> ClosedRange<Int>? {
        guard isObject(at, ["least", "most"]) else { return nil }
        let least = read(try at["least"].integer(in: 1...3600))
        let most = read(try at["most"].integer(in: 1...3600))
        guard let least, let most else { return nil }
        guard least <= most else {
            problems.add(at.problem("expected \"least\" to be no more than \"most\""))
            return nil
        }
        return least...most
    }

    private func statuses(_ at: JSONCursor) -> StatusSet? { list(at, range).map(StatusSet.init) }

    private func range(_ at: JSONCursor) -> ClosedRange<Int>? {
        if let text = at.value.string, let first = text.utf8.first, text.utf8.elementsEqual([first] + Array("xx".utf8)),
            (UInt8(ascii: "2")...UInt8(ascii: "5")).contains(first)
        {
            let hundred = Int(first - UInt8(ascii: "0")) * 100
            return hundred...hundred + 99
        }
        guard at.value.string == nil else {
            problems.add(at.problem("expected a status, such as 429, or a class of statuses, such as \"5xx\""))
            return nil
        }
        return read(try at.status).map { $0...$0 }
    }
}
