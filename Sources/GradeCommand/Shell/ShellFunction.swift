/// The shells that `grade shell` has a function for.
package enum Shell: String, CaseIterable, Sendable {
  case bash, zsh, fish

  /// What defines the function in a shell that is open.
  var invocation: String {
    switch self {
    case .bash, .zsh: "eval \"$(swift run grade shell \(rawValue))\""
    case .fish: "swift run grade shell fish | source"
    }
  }
}

/// A function `grade` for an interactive shell: it builds when sources have changed, and completes.
struct ShellFunction {
  /// How `grade` is told that it was called by the function.
  static let variable = "GRADE_COMMAND"

  let shell: Shell
  /// The checkout for directories that are in none.
  let root: String

  var text: String {
    switch shell {
    case .bash: function + bashCompletion
    case .zsh: function + zshCompletion
    case .fish: fish
    }
  }

  /// The line for the shell's own start-up file.
  var comment: String {
    switch shell {
    case .bash: "# In ~/.bashrc: eval \"$(\(quoted)/.build/debug/grade shell bash)\""
    case .zsh: "# In ~/.zshrc: eval \"$(\(quoted)/.build/debug/grade shell zsh)\""
    case .fish: "# In ~/.config/fish/config.fish: \(quoted)/.build/debug/grade shell fish | source"
    }
  }

  private var quoted: String {
    shell == .fish
      ? "'" + root.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
      : "'" + root.replacing("'", with: "'\\''") + "'"
  }

  /// For bash and zsh.
  ///
  /// The stamp is made before the build, so that what is saved meanwhile is built the next time. The
  /// package in katas/ has no katas/ in it and is never taken for the checkout.
  private var function: String {
    """
    \(comment)
    _grade_root() {
      local d=$PWD
      while [ -n "$d" ]; do
        if [ -f "$d/Package.swift" ] && [ -d "$d/katas" ] && [ -d "$d/Sources/grade" ]; then
          printf '%s\\n' "$d"
          return
        fi
        d=${d%/*}
      done
      printf '%s\\n' \(quoted)
    }

    _grade_build() {
      local b=$1/.build s=$1/.build/grade.stamp w
      if [ -x "$b/debug/grade" ] && [ -f "$s" ] &&
        [ -z "$(find "$1/Package.swift" "$1/Sources" -newer "$s" -print 2>/dev/null | head -n 1)" ]; then
        return 0
      fi
      mkdir -p "$b" && : > "$s.new" || return 70
      if [ -t 2 ]; then printf 'building the grader …\\r' >&2; fi
      if w=$(swift build --package-path "$1" --product grade 2>&1 </dev/null); then
        if [ -t 2 ]; then printf '                     \\r' >&2; fi
        mv -f "$s.new" "$s"
      else
        printf '%s\\n' "$w" >&2
        return 70
      fi
    }

    grade() {
      local r
      r=$(_grade_root)
      _grade_build "$r" || return
      \(Self.variable)=grade "$r/.build/debug/grade" "$@"
    }

    """
  }

  private var bashCompletion: String {
    """

    _grade_complete() {
      local r line
      local -a w
      local cur=${COMP_WORDS[COMP_CWORD]}
      COMPREPLY=()
      if [ "${COMP_WORDS[COMP_CWORD-1]}" = --attempt ]; then
        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$cur")
        return
      fi
      r=$(_grade_root)
      w=("${COMP_WORDS[@]:1:COMP_CWORD}")
      while IFS= read -r line; do
        COMPREPLY+=("$(printf '%q' "${line%%$'\\t'*}")")
      done < <("$r/.build/debug/grade" shell complete "${w[@]//\\\\/}" 2>/dev/null)
    }
    complete -F _grade_complete grade

    """
  }

  private var zshCompletion: String {
    """

    _grade_complete() {
      local r line
      local -a found
      if [[ ${words[CURRENT-1]} == --attempt ]]; then
        _files
        return
      fi
      r=$(_grade_root)
      for line in ${(f)"$("$r/.build/debug/grade" shell complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)"}; do
        found+=("${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}")
      done
      _describe grade found
    }
    if ! whence compdef >/dev/null; then
      autoload -Uz compinit && compinit -D
    fi
    compdef _grade_complete grade

    """
  }

  private var fish: String {
    """
    \(comment)
    function _grade_root
        set -l d $PWD
        while test -n "$d"
            if test -f "$d/Package.swift" -a -d "$d/katas" -a -d "$d/Sources/grade"
                printf '%s\\n' $d
                return
            end
            set d (string replace -r '/[^/]*$' '' -- $d)
        end
        printf '%s\\n' \(quoted)
    end

    function _grade_build
        set -l b $argv[1]/.build
        set -l s $b/grade.stamp
        if test -x $b/debug/grade -a -f $s
            if test -z "$(find $argv[1]/Package.swift $argv[1]/Sources -newer $s -print 2>/dev/null | head -n 1)"
                return 0
            end
        end
        mkdir -p $b; and true > $s.new; or return 70
        if test -t 2
            printf 'building the grader …\\r' >&2
        end
        set -l w (swift build --package-path $argv[1] --product grade 2>&1 </dev/null)
        if test $status -eq 0
            if test -t 2
                printf '                     \\r' >&2
            end
            mv -f $s.new $s
        else
            printf '%s\\n' $w >&2
            return 70
        end
    end

    function grade
        set -l r (_grade_root)
        _grade_build $r; or return
        \(Self.variable)=grade $r/.build/debug/grade $argv
    end

    function _grade_complete
        set -l r (_grade_root)
        set -l w (commandline -opc) (commandline -ct)
        $r/.build/debug/grade shell complete $w[2..] 2>/dev/null
    end
    complete -c grade -e
    complete -c grade -f -a '(_grade_complete)'
    complete -c grade -l attempt -r -F

    """
  }
}
