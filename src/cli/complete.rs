//! Scripts that complete commands, options and the names of challenges.
//!
//! clap writes the script of a shell; what it cannot know, the names of challenges, is added by a few lines that ask
//! `grade list --names`. So they follow the grade.toml of the folder that one is in.

use clap::{Arg, ArgAction, Command, CommandFactory};
use clap_complete::{Shell as Written, generate};

use super::{Cli, Shell};

/// The argument that names challenges.
const NAMES: &str = "challenges";

const BASH: &str = r#"
# Names of challenges, asked of grade itself.
_grade_and_challenges() {
    _grade "$@"
    local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"
    case "${word}" in -*) return 0 ;; esac
    case "${before}" in @OPTIONS@) return 0 ;; esac
    case "${COMP_WORDS[1]}" in @COMMANDS@) return 0 ;; esac
    COMPREPLY+=($(compgen -W "$("${COMP_WORDS[0]}" list --names 2>/dev/null)" -- "${word}"))
}

if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -F _grade_and_challenges -o nosort -o bashdefault -o default grade
else
    complete -F _grade_and_challenges -o bashdefault -o default grade
fi
"#;

const ZSH: &str = r#"
# Names of challenges, asked of grade itself; files as well.
_grade_challenges() {
    local -a names
    names=(${(f)"$(_call_program challenges ${words[1]:-grade} list --names 2>/dev/null)"})
    _alternative 'challenges:challenge:compadd -a names' 'files:file:_files'
}
"#;

const FISH: &str = r#"
# Names of challenges, asked of grade itself.
complete -c grade -n "not __fish_seen_subcommand_from @COMMANDS@" -a "(grade list --names 2>/dev/null)" -d "Challenge"
"#;

/// Goes before the end of the function that clap writes.
const POWERSHELL: &str = r"
    # Names of challenges, asked of grade itself.
    if ($wordToComplete -notlike '-*' -and $command -notmatch '^grade;(@COMMANDS@)') {
        $completions += @(grade list --names 2>$null | ForEach-Object {
            [CompletionResult]::new($_, $_, [CompletionResultType]::ParameterValue, 'Challenge')
        })
    }
";
const POWERSHELL_END: &str = "\n    $completions.Where{";

const ELVISH: &str = r"
# Names of challenges, asked of grade itself.
var grade-arguments = $edit:completion:arg-completer[grade]
set edit:completion:arg-completer[grade] = {|@words|
    $grade-arguments $@words
    var last = $words[-1]
    if (and (not (has-prefix $last -)) (not (has-value [@COMMANDS@] $words[1]))) {
        try { (external grade) list --names 2>/dev/null | from-lines } catch { nop }
    }
}
";

/// The script for a shell.
pub fn script(shell: Shell) -> String {
    let mut command = Cli::command();
    let written = match shell {
        Shell::Bash => Written::Bash,
        Shell::Zsh => Written::Zsh,
        Shell::Fish => Written::Fish,
        Shell::Power => Written::PowerShell,
        Shell::Elvish => Written::Elvish,
    };
    let mut text = Vec::new();
    generate(written, &mut command, "grade", &mut text);
    let script = String::from_utf8_lossy(&text).into_owned();
    let words = |separator| nameless(&command).join(separator);
    match shell {
        Shell::Bash => {
            let options = valued(&command).join("|");
            script + &BASH.replace("@OPTIONS@", &options).replace("@COMMANDS@", &words("|"))
        }
        Shell::Zsh => with_zsh_names(&script),
        Shell::Fish => script + &FISH.replace("@COMMANDS@", &words(" ")),
        Shell::Power => {
            let names = POWERSHELL.replace("@COMMANDS@", &words("|"));
            script.replacen(POWERSHELL_END, &format!("{names}{POWERSHELL_END}"), 1)
        }
        Shell::Elvish => script + &ELVISH.replace("@COMMANDS@", &words(" ")),
    }
}

/// In zsh's script each argument names the function that completes it; what it defines has to stand before its end,
/// where the script runs it.
fn with_zsh_names(script: &str) -> String {
    let lines: Vec<String> = script
        .lines()
        .map(|line| {
            match line.strip_prefix(&format!("'*::{NAMES} -- ")).or(line.strip_prefix(&format!("'*:{NAMES} -- "))) {
                Some(_) => line.replace(":_default'", ":_grade_challenges'"),
                None => line.to_owned(),
            }
        })
        .collect();
    let script = lines.join("\n") + "\n";
    script.replacen("\n_grade() {", &format!("{ZSH}\n_grade() {{"), 1)
}

/// Commands that take no challenge.
fn nameless(command: &Command) -> Vec<String> {
    command
        .get_subcommands()
        .filter(|inner| !inner.get_arguments().any(|argument| argument.is_positional() && argument.get_id() == NAMES))
        .map(|inner| inner.get_name().to_owned())
        .collect()
}

/// Options that are followed by a value.
fn valued(command: &Command) -> Vec<String> {
    let takes_value = |argument: &&Arg| matches!(argument.get_action(), ArgAction::Set | ArgAction::Append);
    let mut found: Vec<String> = std::iter::once(command)
        .chain(command.get_subcommands())
        .flat_map(Command::get_arguments)
        .filter(takes_value)
        .flat_map(|argument| {
            let long = argument.get_long().map(|name| format!("--{name}"));
            [long, argument.get_short().map(|name| format!("-{name}"))]
        })
        .flatten()
        .collect();
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shell_asks_for_the_names() {
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::Power, Shell::Elvish] {
            let script = script(shell);
            assert!(script.contains("list --names"), "{shell:?}");
            assert!(!script.contains("@COMMANDS@") && !script.contains("@OPTIONS@"), "{shell:?}");
            for command in Cli::command().get_subcommands() {
                assert!(script.contains(command.get_name()), "{shell:?} {}", command.get_name());
            }
        }
        assert!(script(Shell::Zsh).matches(":_grade_challenges'").count() >= 4);
        assert_eq!(
            nameless(&Cli::command()),
            ["merge", "explain", "demo", "completions", "man", "schema", "curriculum", "new", "lint"]
        );
    }
}
