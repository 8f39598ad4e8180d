// The program around its subcommands: parsing, help, errors, exit codes.
#pragma once

namespace tcpwhy::command {

/// Parses the command line, runs the subcommand it names and returns the exit status. Whatever
/// goes wrong is one line on standard error; no exception leaves it.
[[nodiscard]] int run_program(int argc, char** argv);

}  // namespace tcpwhy::command
