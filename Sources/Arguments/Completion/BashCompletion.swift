/// The completion script for bash.
enum BashCompletion {
    static func script(tool: String, places: [CompletionPlace]) -> String {
        let common = PosixCompletion(tool: tool, places: places)
        let head = "# bash completion for \(tool)\n" + common.named(helpers)
        let value = common.valueFunction.joined(separator: "\n")
        let body = common.body.joined(separator: "\n")
        return """
            \(head)
            \(value)

            \(common.function)() {
                local current='' prefix='' place='\(tool)' pending='' after=0 position=0 word
                local -a before
            \(common.named(words))
            \(body)
            }

            complete -F \(common.function) \(tool)

            """
    }

    private static let helpers = #"""

        @@_offer() {
            local candidate cut='' status=1
            # Readline replaces only what follows the last colon where it cuts words there.
            if [[ $COMP_WORDBREAKS == *:* && $current == *:* ]]; then cut=${current%"${current##*:}"}; fi
            for candidate in "$@"; do
                [[ $candidate == "$current"* ]] || continue
                if [[ $candidate == *: ]]; then compopt -o nospace 2>/dev/null; fi
                candidate=$prefix$candidate
                COMPREPLY+=("${candidate#"$cut"}")
                status=0
            done
            return $status
        }

        @@_describe() {
            local -a names=()
            while (($# > 1)); do
                names+=("$1")
                shift 2
            done
            @@_offer "${names[@]}"
        }

        @@_files() {
            local candidate kind=-f
            if [[ $1 == -d ]]; then kind=-d; fi
            compopt -o filenames 2>/dev/null
            while IFS= read -r candidate; do
                COMPREPLY+=("$prefix$candidate")
            done < <(compgen "$kind" -- "$current")
        }

        @@_after_equals() {
            if [[ $COMP_WORDBREAKS != *=* ]]; then prefix=$pending=; fi
            current=${current#*=}
        }

        """#

    /// Puts together again what bash cut at `=` and `:`; the joined word must be in the line, or a space was between.
    private static let words = #"""
            local -a whole=()
            local index count=0 joined
            for ((index = 1; index <= COMP_CWORD; index++)); do
                word=${COMP_WORDS[index]}
                if ((count > 0)); then
                    joined=${whole[count - 1]}$word
                    if [[ $word == [:=]* || ${whole[count - 1]} == *[:=] ]] && [[ $COMP_LINE == *"$joined"* ]]; then
                        whole[count - 1]=$joined
                        continue
                    fi
                fi
                whole[count]=$word
                count=$((count + 1))
            done
            COMPREPLY=()
            if ((count > 0)); then
                current=${whole[count - 1]}
                before=("${whole[@]:0:count-1}")
            fi

        """#
}
