internal import Bytes
internal import Cryptography
package import ReportModel
package import Schemes

/// Finds the recipe by which a target verifies, by asking it: each request is signed by some of the recipes that are
/// left, and the answer halves them as nearly as it can.
package struct LiveSearch {
    /// What came of a question.
    package enum Answer: Sendable {
        /// It was accepted.
        case accepted
        /// It was refused.
        case refused
        /// The search must end.
        case end(Diagnosis.RecipeSearch.End)
    }

    private let limit: Int
    private let hypotheses: [Hypothesis]
    private let next: () -> RequestContext
    private let ask: (SignedRequest) -> Answer
    private let readsLists: Bool

    /// The most signatures in one header; many servers refuse header lines beyond 4 KiB.
    private static let mostInList = 50
    /// How often a recipe is asked again before it is named, and how often a wrong signature in its place: at least, and
    /// as long as the limit allows.
    private static let repetitions = 2
    private static let mostRepetitions = 5

    /// Prepares a search.
    ///
    /// - Parameters:
    ///   - limit: the most requests.
    ///   - triesPairs: whether pairs of steps are tried when no single one fits.
    ///   - next: makes the context of a fresh request.
    ///   - ask: sends a request.
    package init(
        _ space: RecipeSpace, limit: Int, triesPairs: Bool = false, next: @escaping () -> RequestContext,
        ask: @escaping (SignedRequest) -> Answer
    ) {
        self.limit = limit
        self.next = next
        self.ask = ask
        let single = space.steps.map { [$0] }
        let steps = triesPairs ? single + Self.pairs(space) : single
        hypotheses = steps.enumerated().map { Hypothesis(number: $0, steps: $1) }
        readsLists =
            switch space.scheme.signature.grammar {
            case .fields, .list: true
            case .value, .token: false
            }
    }

    /// Pairs of steps about different aspects, the likeliest first.
    private static func pairs(_ space: RecipeSpace) -> [[Step]] {
        let aspects = [space.bodies, space.timestamps, space.messages, space.keys, space.codes, space.texts]
        var pairs = [[Step]]()
        for (place, first) in aspects.enumerated() {
            for second in aspects[(place + 1)...] { pairs += first.flatMap { step in second.map { [step, $0] } } }
        }
        return Array(pairs.sorted { $0[0].weight * $0[1].weight > $1[0].weight * $1[1].weight }.prefix(2000))
    }

    /// One question: what it asks about, and how.
    private struct Question {
        var carried: [Hypothesis]
        let variant: BodyVariant
        /// Whether a refusal rules out what it carried.
        var isDecisive = true
        /// Whether all that it carries made the same request.
        var isOfOneMark = false
    }

    private struct State {
        var left: [Hypothesis]
        /// What identifies the request of each hypothesis, by the variant of the body.
        let marks: [(variant: BodyVariant, marks: [Int: [UInt8]])]
        /// Whether a request that was signed by one of those left was accepted.
        var isAmongThem = false
        /// Those that were in a list which was refused: ruled out if the target reads lists, which is not known.
        var inRefusedList = Set<Int>()
        var requests = 0
        var tried = Set<Int>()

        /// How likely a hypothesis is beside the others.
        func weight(_ hypothesis: Hypothesis) -> Double {
            Double(hypothesis.weight) / (inRefusedList.contains(hypothesis.number) ? 3 : 1)
        }

        func weight(_ hypotheses: [Hypothesis]) -> Double { hypotheses.reduce(0) { $0 + weight($1) } }
    }

    /// Searches.
    package func run() -> Diagnosis.Finding {
        var state = beginning()
        var end: Diagnosis.RecipeSearch.End?
        while !state.left.isEmpty, end == nil {
            guard let question = question(state) else { break }
            guard state.requests + (state.isAmongThem ? 0 : 2 * Self.repetitions) < limit else {
                end = .limit
                break
            }
            let questioner = Questioner(next())
            var carried = question.carried
            // What made the same request by chance, as Base64 does in both alphabets, may make another one of this body.
            if question.isOfOneMark {
                carried = questioner.alike([carried[0]], among: carried, question.variant)
            }
            guard let request = questioner.request(carried, question.variant) else { break }
            state.requests += 1
            let numbers = Set(carried.map(\.number))
            state.tried.formUnion(numbers)
            switch ask(request) {
            case .accepted:
                state.left = questioner.alike(carried, among: state.left, question.variant)
                state.isAmongThem = true
            case .refused where question.isDecisive: state.left.removeAll { numbers.contains($0.number) }
            case .refused: state.inRefusedList.formUnion(numbers)
            case .end(let reason): end = reason
            }
        }
        if end == nil, state.isAmongThem { end = confirm(&state) }
        guard end == nil, state.isAmongThem, !state.left.isEmpty else {
            return .noRecipe(search(state, untried: hypothesesLeft(state), end: end))
        }
        let sorted = state.left.sorted { ($0.weight, $1.number) > ($1.weight, $0.number) }
        return .recipe(
            Diagnosis.RecipeFinding(
                alternatives: sorted.map { $0.steps.map(\.deviation).sorted { $0.aspect < $1.aspect } },
                search: search(state, untried: 0, end: nil)))
    }

    /// How many recipes were never tried.
    private func hypothesesLeft(_ state: State) -> Int { state.left.count { !state.tried.contains($0.number) } }

    private func search(
        _ state: State, untried: Int, end: Diagnosis.RecipeSearch.End?
    ) -> Diagnosis.RecipeSearch {
        Diagnosis.RecipeSearch(tried: state.tried.count, untried: untried, requests: state.requests, end: end)
    }

    /// The plain valid request was refused before the search began, and with it all recipes that make the same request.
    private func beginning() -> State {
        let questioner = Questioner(next())
        var all = [(variant: BodyVariant, marks: [Int: [UInt8]])]()
        var left = hypotheses
        for variant in BodyVariant.allCases {
            guard let draft = questioner.draft(variant) else { continue }
            let body = BodySource(draft.body)
            var marks = [Int: [UInt8]]()
            for hypothesis in left { marks[hypothesis.number] = questioner.mark(hypothesis, draft, body) }
            if variant == .plain {
                let documented = questioner.mark(Hypothesis(number: -1, steps: []), draft, body)
                left.removeAll { marks[$0.number] == documented || marks[$0.number] == nil }
            }
            all.append((variant, marks))
        }
        return State(left: left, marks: all)
    }

    /// Returns the question that halves the weight of what is left most nearly; `nil` when none can tell it apart.
    private func question(_ state: State) -> Question? {
        let total = state.weight(state.left)
        var best: (question: Question, gain: Double)?
        func consider(_ question: Question) {
            let isUseful = state.isAmongThem ? question.carried.count < state.left.count : true
            guard isUseful, !question.carried.isEmpty else { return }
            let weight = state.weight(question.carried)
            let gain = min(weight, total - weight)
            if best.map({ gain > $0.gain }) ?? true { best = (question, gain) }
        }
        for (variant, marks) in state.marks {
            let classes = classes(state, marks)
            for carried in classes { consider(Question(carried: carried, variant: variant, isOfOneMark: true)) }
            for bundle in [Hypothesis.Bundle.headers, .schemes, .list] where bundle != .list || readsLists {
                let members = classes.filter { members in
                    members[0].bundle == bundle
                        && (bundle != .list || state.isAmongThem || !state.inRefusedList.contains(members[0].number))
                }
                guard members.count > 1 else { continue }
                consider(bundled(members, bundle, variant, state, total: total))
            }
        }
        return best?.question
    }

    /// Returns the question that carries as much of a bundle as it may: half, where one of it is known to be right.
    private func bundled(
        _ members: [[Hypothesis]], _ bundle: Hypothesis.Bundle, _ variant: BodyVariant, _ state: State, total: Double
    ) -> Question {
        // A target that reads one signature of a list has ruled out nothing.
        var question = Question(carried: [], variant: variant, isDecisive: bundle != .list || state.isAmongThem)
        var names = Set<String>()
        for carried in members.prefix(Self.mostInList) {
            guard !state.isAmongThem || state.weight(question.carried) < total / 2 else { break }
            if case .scheme(let other) = carried[0].steps[0].change,
                !other.signatureHeaders.allSatisfy({ names.insert($0.lowercased()).inserted })
            {
                continue
            }
            question.carried += carried
        }
        return question
    }

    /// Groups what is left by the request that it makes, the heaviest group first.
    private func classes(_ state: State, _ marks: [Int: [UInt8]]) -> [[Hypothesis]] {
        var groups = [[Hypothesis]]()
        var places = [[UInt8]: Int]()
        for hypothesis in state.left {
            guard let mark = marks[hypothesis.number] else { continue }
            if let place = places[mark] {
                groups[place].append(hypothesis)
            } else {
                places[mark] = groups.count
                groups.append([hypothesis])
            }
        }
        let weights = groups.map(state.weight)
        return groups.indices.sorted { (weights[$0], $1) > (weights[$1], $0) }.map { groups[$0] }
    }

    /// Asks about the recipe again, and about the same with a wrong signature, in turn. Recipes that made the same request
    /// by chance, as Base64 does in both alphabets where a code has neither `+` nor `/`, are told apart on the way.
    ///
    /// - Returns: why it can't be named; `nil` when it can.
    private func confirm(_ state: inout State) -> Diagnosis.RecipeSearch.End? {
        var confirmed = 0
        while confirmed < Self.mostRepetitions {
            if confirmed >= Self.repetitions, state.requests + 2 > limit { return nil }
            guard let first = state.left.first else { return .unsteady }
            let questioner = Questioner(next())
            switch again(questioner, first, &state) {
            case .accepted: state.left = questioner.alike([first], among: state.left, .plain)
            case .refused:
                let refused = Set(questioner.alike([first], among: state.left, .plain).map(\.number))
                state.left.removeAll { refused.contains($0.number) }
                confirmed = 0
                continue
            case .end(let reason): return reason
            }
            switch again(Questioner(next(), isForged: true), first, &state) {
            case .accepted: return .unsteady
            case .refused: confirmed += 1
            case .end(let reason): return reason
            }
        }
        return nil
    }

    private func again(_ questioner: Questioner, _ hypothesis: Hypothesis, _ state: inout State) -> Answer {
        guard state.requests < limit else { return .end(.limit) }
        guard let request = questioner.request([hypothesis], .plain) else { return .end(.unsteady) }
        state.requests += 1
        return ask(request)
    }
}
