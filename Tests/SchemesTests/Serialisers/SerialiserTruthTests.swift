import Bytes
import Foundation
import Schemes
import Testing

/// What the real programs print (`make-truth.py` asks them), against what the models say they print.
@Suite("Serialiser truth")
struct SerialiserTruthTests {
    struct Truth: Decodable {
        struct Serialiser: Decodable {
            let by: String
            let outputs: [String: String?]
        }

        let inputs: [String: String]
        let serialisers: [String: Serialiser]

        static func load() throws -> Truth {
            let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "truth.json")
            return try JSONDecoder().decode(Truth.self, from: Data(contentsOf: file))
        }
    }

    @Test("there is a truth for each model and a model for each truth")
    func complete() throws {
        let truth = try Truth.load()
        #expect(Set(truth.serialisers.keys) == Set(Serialiser.all.map(\.id)))
        #expect(truth.inputs.count >= 45)
        for (id, serialiser) in truth.serialisers {
            #expect(Set(serialiser.outputs.keys) == Set(truth.inputs.keys), "\(id)")
            #expect(!serialiser.by.isEmpty)
        }
    }

    @Test("writes the same text as the real serialiser", arguments: Serialiser.all.map(\.id))
    func matches(id: String) throws {
        let truth = try Truth.load()
        let serialiser = try #require(Serialiser.named(id))
        let outputs = try #require(truth.serialisers[id]?.outputs)
        var compared = 0
        var refused = Set<String>()
        for (name, input) in truth.inputs.sorted(by: { $0.key < $1.key }) {
            let made = serialiser.serialise(try JSON.parse(Array(input.utf8)))
            guard let output = outputs[name] ?? nil else {
                refused.insert(name)
                #expect(String(decoding: made, as: UTF8.self).contains("null"), "\(name)")
                continue
            }
            #expect(made == Array(output.utf8), "\(name): \(String(decoding: made, as: UTF8.self)), not \(output)")
            compared += 1
        }
        // Only numbers beyond a double, and only where the language raises an error.
        let raises = ["go", "php", "php-array", "ruby"].contains(id)
        #expect(refused == (raises ? ["overflow", "negative-overflow"] : []))
        #expect(compared == truth.inputs.count - refused.count)
    }
}
