internal import Arguments
internal import Bytes
internal import ReportModel

extension ValueForm<Shard> {
    static let shard = ValueForm { text throws(InvalidValue) in
        if text == "env" { return try ShardVariables.read() }
        let numbers = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { ASCII.decimal($0).flatMap(Int.init(exactly:)) ?? 0 }
        guard numbers.count == 2, numbers[0] >= 1, numbers[0] <= numbers[1] else {
            throw InvalidValue("Write the part and the number of parts, such as 2/4.")
        }
        return Shard(number: numbers[0], count: numbers[1])
    }
}
