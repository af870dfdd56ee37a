internal import Arguments

extension ValueForm<Int64> {
    /// Unix seconds up to the end of the year 9999, the last that every format of a date can write.
    static let unixTime = ValueForm { text throws(InvalidValue) in
        do throws(InvalidValue) {
            return Int64(try ValueForm<Int>.integer(in: 0...253_402_300_799).read(text))
        } catch {
            throw InvalidValue("Please provide Unix seconds between 0 and 253402300799, the end of the year 9999.")
        }
    }
}
