// How `--help` looks.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace tcpwhy::command {

/// Help in the order people look for things: what it does, usage, options by group with wrapped
/// descriptions, commands, examples.
class HelpFormat : public CLI::Formatter {
public:
    std::string make_help(const CLI::App* app, std::string name,
                          CLI::AppFormatMode mode) const override;
};

}  // namespace tcpwhy::command
