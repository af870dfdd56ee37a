# Prints what zsh offers for a line: an interactive shell in a pseudo-terminal, whose completion tells what it adds.
#
# usage: complete.zsh FOLDER-OF-THE-SCRIPT FILE-FOR-THE-OFFERS LINE
zmodload zsh/zpty zsh/zselect
: >$2
zpty shell zsh -f -i
setup="PS1=; unsetopt zle_bracketed_paste; fpath=($1 \$fpath); autoload -Uz compinit; compinit -D -u"
tell="compadd () { local -a given; builtin compadd -O given \"\$@\"; print -rl -- \${^given} >>$2; builtin compadd \"\$@\" }"
zpty -w shell "$setup; $tell; bindkey '^I' complete-word; print REA''DY"
while zpty -r shell line; do [[ $line == *READY* ]] && break; done
zpty -w -n shell "$3"$'\t'
repeat 100; do
    [[ -s $2 ]] && break
    zselect -t 10
done
zpty -d shell
cat $2
