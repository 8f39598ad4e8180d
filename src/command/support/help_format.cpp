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

std::vector<const CLI::Option*> positionals(const CLI::App& app) {
    return app.get_options([](const CLI::Option* option) { return option->get_positional(); });
}

std::string usage(const CLI::App& app) {
    const bool is_program = app.get_parent() == nullptr;
    std::string line = "Usage: tcpwhy ";
    line += is_program ? "COMMAND [options]" : app.get_name() + " [options]";
    for (const CLI::Option* option : positionals(app)) {
        const bool many = option->get_expected_max() > 1;
        const std::string name = option->get_name(true) + (many ? "..." : "");
        line += option->get_required() ? " " + name : " [" + name + "]";
    }
    return line + "\n";
}

// "-o, --output FILE"
std::string names(const CLI::Option& option) {
    std::string name = option.get_name(false, true);
    if (const auto comma = name.find(','); comma != std::string::npos) name.insert(comma + 1, " ");
    return option.get_option_text().empty() ? name : name + " " + option.get_option_text();
}

}  // namespace

std::string HelpFormat::make_help(const CLI::App* app, std::string, CLI::AppFormatMode) const {
    std::string out = app->get_description() + "\n\n" + usage(*app);
    std::string arguments;
    for (const CLI::Option* option : positionals(*app)) {
        arguments += entry(option->get_name(true), option->get_description());
    }
    if (!arguments.empty()) out += "\n" + arguments;
    const auto commands = app->get_subcommands({});
    if (!commands.empty()) out += "\nCommands:\n";
    for (const CLI::App* command : commands) {
        out += entry(command->get_name(), command->get_description());
    }
    for (const std::string& group : app->get_groups()) {
        const auto options = app->get_options([&group](const CLI::Option* option) {
            return option->get_group() == group && option->nonpositional();
        });
        if (group.empty() || options.empty()) continue;
        out += "\n" + group + ":\n";
        for (const CLI::Option* option : options) {
            out += entry(names(*option), option->get_description());
        }
    }
    if (!app->get_footer().empty()) out += "\n" + app->get_footer() + "\n";
    return out;
}

}  // namespace tcpwhy::command
