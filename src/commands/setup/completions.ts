import { command } from "../shared/command.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;

export default command({
  name: "completions",
  group: "Setup",
  summary: "Print a script that completes command lines in a shell",
  about: [
    "The script completes commands, flags, the values of flags, and the ids and " +
    "paths that the store has. It asks cicdstatemgr, which must be on $PATH, and " +
    "waits at most 300 ms for the store.",
  ],
  uses: { datasources: "none" },
  arguments: {
    shell: {
      type: "choice",
      value: "SHELL",
      choices: SHELLS,
      help: "The shell.",
    },
  },
  flags: {},
  examples: [
    {
      line: "completions bash",
      help:
        "Print what ~/.bashrc can load: source <(cicdstatemgr completions bash)",
    },
    {
      line: "completions zsh",
      help: "Print what a folder of $fpath can hold as _cicdstatemgr",
    },
    {
      line: "completions fish",
      help: "Print what ~/.config/fish/completions/cicdstatemgr.fish can hold",
    },
  ],
  run({ args: { shell }, out }) {
    out(SCRIPTS[shell]);
    return Promise.resolve();
  },
});

// Bash splits words at = and :, and replaces only the part after them.
const BASH = `# bash completion for cicdstatemgr

_cicdstatemgr() {
    local word line found quoted cut words=() joined=
    local i
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word=\${COMP_WORDS[i]//\\\\/}
        if [[ $word == [=:] && \${#words[@]} -gt 0 ]]; then
            words[-1]+=$word joined=1
        elif [[ $joined && \${#words[@]} -gt 0 && ! ( $i -eq $COMP_CWORD && -z $word ) ]]; then
            words[-1]+=$word joined=
        else
            words+=("$word") joined=
        fi
    done
    word=\${words[-1]}
    cut=\${word%"\${word##*[=:]}"}
    COMPREPLY=()
    found=$(cicdstatemgr __complete bash "\${words[@]}" 2>/dev/null)
    while IFS= read -r line; do
        if [[ $line == :files ]]; then
            compopt -o filenames
            while IFS= read -r line; do
                COMPREPLY+=("$line")
            done < <(compgen -f -- "\${word#"$cut"}")
        elif [[ $line == :nospace ]]; then
            compopt -o nospace
        elif [[ $line ]]; then
            printf -v quoted %q "\${line#"$cut"}"
            COMPREPLY+=("$quoted")
        fi
    done <<<"$found"
}

complete -F _cicdstatemgr cicdstatemgr
`;

const ZSH = `#compdef cicdstatemgr

_cicdstatemgr() {
    local line
    local -a lines words_only descriptions suffix
    lines=("\${(@f)$(cicdstatemgr __complete zsh "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    for line in $lines; do
        if [[ $line == :files ]]; then
            compset -P '*='
            _files
            return
        elif [[ $line == :nospace ]]; then
            suffix=(-S '')
            continue
        fi
        words_only+=("\${line%%$'\\t'*}")
        descriptions+=("\${line/$'\\t'/  -- }")
    done
    (( \${#words_only} )) || return 1
    compadd -l "\${suffix[@]}" -d descriptions -- $words_only
}

if [[ \${funcstack[1]} == _cicdstatemgr ]]; then
    _cicdstatemgr "$@"
else
    compdef _cicdstatemgr cicdstatemgr
fi
`;

const FISH = `# fish completion for cicdstatemgr

function __cicdstatemgr_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in (cicdstatemgr __complete fish $words[2..-1] 2>/dev/null)
        if test "$line" = :files
            __fish_complete_path (commandline -ct)
        else if test "$line" != :nospace
            echo $line
        end
    end
end

complete -c cicdstatemgr -f -a '(__cicdstatemgr_complete)'
`;

const SCRIPTS: Readonly<Record<typeof SHELLS[number], string>> = {
  bash: BASH,
  zsh: ZSH,
  fish: FISH,
};
