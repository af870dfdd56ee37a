internal import Catalogue
internal import ReportModel
internal import Subjects

// The set of keys that the run serves.
extension LiveSession {
    private func keySet() throws -> KeySetServer {
        guard let keySet = environment.configuration.facilities.keySet else {
            throw Obstacle.skip(.notGiven(.keySet))
        }
        return keySet
    }

    func addKey() throws -> [UInt8] {
        guard let key = try keySet().addKey() else { throw Obstacle("no RSA key could be made") }
        environment.redactor.hide(key, as: "key")
        note("a key was added to the set")
        return key
    }

    func withdrawKey(_ key: [UInt8]) throws {
        try keySet().withdrawKey(key)
        note("the key was taken out of the set")
    }

    func keyFetches() throws -> Int { try keySet().fetches }
}
