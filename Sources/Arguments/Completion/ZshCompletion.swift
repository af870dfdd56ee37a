/// The completion script for zsh; `path`, `status` and `words` belong to the shell and are not used as variables.
enum ZshCompletion {
    static func script(tool: String, places: [CompletionPlace]) -> String {
        let common = PosixCompletion(tool: tool, places: places)
        let value = common.valueFunction.joined(separator: "\n")
        let body = common.body.joined(separator: "\n")
        return """
            #compdef \(tool)
            \(common.named(helpers))
            \(value)

            \(common.function)() {
                local current="${words[CURRENT]}" place='\(tool)' pending='' after=0 position=0 word
                local -a before
                before=("${(@)words[2,CURRENT-1]}")

            \(body)
            }

            if [[ ${funcstack[1]} == \(common.function) ]]; then
                \(common.function) "$@"
            else
                compdef \(common.function) \(tool)
            fi

            """
    }

    private static let helpers = #"""

        @@_offer() {
            compadd -- "$@"
        }

        @@_describe() {
            local -a names texts
            while (($# > 1)); do
                names+=("$1")
                texts+=("$1  $2")
                shift 2
            done
            compadd -l -d texts -- "${names[@]}"
        }

        @@_files() {
            if [[ $1 == -d ]]; then _files -/; else _files; fi
        }

        @@_after_equals() {
            compset -P '*='
        }

        """#
}
