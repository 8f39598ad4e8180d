// How a subcommand becomes part of the program.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tcpwhy/result.h"

namespace CLI {
class App;
}

namespace tcpwhy::command {

/// How a run ended: the process's exit status.
enum class ExitCode : int {
    done = 0,         ///< whatever failures were found
    failed = 1,       ///< the thing asked about failed
    bad_request = 2,  ///< usage, unreadable input, missing privilege; one line says what to do
    interrupted = 130,
};

/// Does what the command line asked for, after it was parsed. An Error is printed as one line
/// on standard error and ends the program with bad_request.
using Run = std::function<Result<ExitCode>()>;

/// One subcommand. src/command/<name>.cpp defines `extern const Command <name>_command;`, and
/// the list of all of them is generated from the folder: every *.cpp directly in src/command
/// but main.cpp is one subcommand. What several of them share stands in src/command/support/.
struct Command {
    /// Its place in `tcpwhy --help`: the lowest comes first.
    int order = 0;
    /// Adds the subcommand, its options and its help to `app` and returns what it does.
    /// The options' variables must live as long as the returned function: keep them in it.
    Run (*add)(CLI::App& app);
};

/// All subcommands of this build, in the order of the help.
[[nodiscard]] std::vector<const Command*> all_commands();

/// The options that every subcommand has.
struct CommonOptions {
    std::string format = "text";
    std::string color = "auto";  ///< "auto", "always" or "never"
    bool quiet = false;          ///< -q: no progress, no warnings
    int verbosity = 0;           ///< how often -v was given
};

/// Adds --format (one of `formats`, which always has "text" and "json"), --color, -q and -v.
/// `options` must remain live while `app` is used.
void add_common_options(CLI::App& app, CommonOptions& options,
                        const std::vector<std::string>& formats = {"text", "json"});

/// Whether to colour what goes to the open file `descriptor`: --color, else NO_COLOR and TERM,
/// else whether it is a terminal.
[[nodiscard]] bool wants_color(const CommonOptions& options, int descriptor);

/// The candidate that `word` most probably means, or empty when none is near.
[[nodiscard]] std::string nearest(std::string_view word,
                                  std::span<const std::string_view> candidates);

}  // namespace tcpwhy::command
