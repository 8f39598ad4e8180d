#include "command/support/help_format.h"

#include <algorithm>
#include <sstream>
#include <vector>

namespace tcpwhy::command {

namespace {

constexpr std::size_t name_column = 2;
constexpr std::size_t text_column = 30;
constexpr std::size_t line_width = 80;

// `name` in its column, then `text` wrapped beside it; a long name has a line of its own.
std::string entry(const std::string& name, const std::string& text) {
    std::string out(name_column, ' ');
    out += name;
    std::size_t column = out.size();
    if (column + 2 > text_column) {
        out += '\n';
        column = 0;
    }
    out.append(text_column - column, ' ');
    column = text_column;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        if (column > text_column && column + 1 + word.size() > line_width) {
            out += '\n';
            out.append(text_column, ' ');
            column = text_column;
        }
        if (column > text_column) {
            out += ' ';
            ++column;
        }
        out += word;
        column += word.size();
    }
    return out + '\n';
}

}  // namespace

std::string HelpFormat::make_usage(const CLI::App* app, std::string) const {
    const bool is_program = app->get_parent() == nullptr;
    std::string usage = "\nUsage: tcpwhy ";
    usage += is_program ? "COMMAND [options]" : app->get_name() + " [options]";
    for (const CLI::Option* option :
         app->get_options([](const CLI::Option* o) { return o->get_positional(); })) {
        usage += " " + make_option_usage(option);
    }
    return usage + "\n";
}

std::string HelpFormat::make_positionals(const CLI::App* app) const {
    std::string out;
    for (const CLI::Option* option :
         app->get_options([](const CLI::Option* o) { return o->get_positional(); })) {
        out += make_option(option, true);
    }
    return out.empty() ? out : "\n" + out;
}

std::string HelpFormat::make_groups(const CLI::App* app, CLI::AppFormatMode) const {
    std::string out;
    for (const std::string& group : app->get_groups()) {
        const auto options = app->get_options([&group](const CLI::Option* option) {
            return option->get_group() == group && option->nonpositional();
        });
        if (group.empty() || options.empty()) continue;
        out += "\n" + group + ":\n";
        for (const CLI::Option* option : options) out += make_option(option, false);
    }
    return out;
}

std::string HelpFormat::make_option(const CLI::Option* option, bool is_positional) const {
    std::string name = make_option_name(option, is_positional);
    std::replace(name.begin(), name.end(), ',', ' ');
    if (const auto gap = name.find(' '); gap != std::string::npos) name.replace(gap, 1, ", ");
    if (!is_positional && !option->get_option_text().empty()) {
        name += " " + option->get_option_text();
    }
    return entry(name, option->get_description());
}

std::string HelpFormat::make_subcommand(const CLI::App* subcommand) const {
    return entry(subcommand->get_name(), subcommand->get_description());
}

}  // namespace tcpwhy::command
