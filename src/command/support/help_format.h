// How `--help` looks.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace tcpwhy::command {

/// Help in the order people look for things: what it does, usage, options by group with wrapped
/// descriptions, commands, examples.
class HelpFormat : public CLI::Formatter {
public:
    std::string make_usage(const CLI::App* app, std::string name) const override;
    std::string make_groups(const CLI::App* app, CLI::AppFormatMode mode) const override;
    std::string make_positionals(const CLI::App* app) const override;
    std::string make_option(const CLI::Option* option, bool is_positional) const override;
    std::string make_subcommand(const CLI::App* subcommand) const override;
};

}  // namespace tcpwhy::command
