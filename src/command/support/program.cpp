#include "command/support/program.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <new>
#include <optional>
#include <string>

#include "command/command.h"
#include "command/command_list.inc"
#include "command/support/help_format.h"
#include "tcpwhy/version.h"

namespace tcpwhy::command {

namespace {

int status(ExitCode code) {
    return static_cast<int>(code);
}

int complain(const std::string& message) {
    std::fprintf(stderr, "tcpwhy: %s\n", message.c_str());
    return status(ExitCode::bad_request);
}

// The subcommand that was named, or the program itself.
const CLI::App& named(const CLI::App& program) {
    const auto chosen = program.get_subcommands();
    return chosen.empty() ? program : *chosen.front();
}

std::string hint(const CLI::App& app) {
    const std::string command = app.get_parent() == nullptr ? "" : app.get_name() + " ";
    return ". See 'tcpwhy " + command + "--help'.";
}

// Every long option of `app`, or every subcommand.
std::vector<std::string> known_words(const CLI::App& app, bool options) {
    std::vector<std::string> words;
    if (options) {
        for (const CLI::Option* option : app.get_options()) {
            for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
        }
    } else {
        for (const CLI::App* sub : app.get_subcommands({})) words.push_back(sub->get_name());
    }
    return words;
}

std::string unknown_word(const CLI::App& app, const std::string& word) {
    const bool is_option = word.size() > 1 && word.front() == '-';
    const auto words = known_words(app, is_option);
    const std::vector<std::string_view> views(words.begin(), words.end());
    const std::string meant = nearest(word.substr(0, word.find('=')), views);
    std::string message = is_option                     ? "unknown option '"
                          : app.get_parent() == nullptr ? "unknown command '"
                                                        : "unexpected argument '";
    message += word + "'";
    if (!meant.empty()) return message + ". Did you mean '" + meant + "'?";
    return message + hint(app);
}

// One line for what the parser did not like, in place of its own many and its own exit codes.
int usage_error(const CLI::App& program, const CLI::ParseError& error) {
    const CLI::App& app = named(program);
    std::vector<std::string> rest = app.remaining();
    if (rest.empty()) rest = program.remaining();
    const bool is_missing = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
    const bool is_extra = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
    if (!rest.empty() && (is_extra || (is_missing && &app == &program))) {
        return complain(unknown_word(app, rest.front()));
    }
    std::string message = error.what();
    const std::string first_word = message.substr(0, message.find_first_of(": "));
    if (is_missing) {
        return complain(&app == &program
                            ? "no command given" + hint(app)
                            : app.get_name() + ": no " + first_word + " given" + hint(app));
    }
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
        return complain(first_word + " needs a value" + hint(app));
    }
    std::replace(message.begin(), message.end(), '\n', ' ');
    return complain(message + hint(app));
}

int parse_and_run(int argc, char** argv) {
    CLI::App program(
        "tcpwhy says why a TCP connection failed: refused, reset, timed out, unreachable\n"
        "or stuck; with the evidence, who did it, how sure that is, and what to do.");
    program.formatter(std::make_shared<HelpFormat>());
    program.name("tcpwhy");
    program.set_version_flag("--version", "tcpwhy " + std::string(version()), "Print the version");
    program.set_help_flag("-h,--help", "Print this help, or a command's: tcpwhy COMMAND --help");
    program.require_subcommand(1);

    std::vector<std::pair<CLI::App*, Run>> runs;
    for (const Command* command : all_commands()) {
        const std::size_t before = program.get_subcommands({}).size();
        Run run = command->add(program);
        CLI::App* added = program.get_subcommands({}).at(before);
        added->set_help_flag("-h,--help", "Print this help")->group("Output");
        runs.emplace_back(added, std::move(run));
    }
    try {
        program.parse(argc, argv);
    } catch (const CLI::Success& asked) {  // --help, --version
        return program.exit(asked);
    } catch (const CLI::ParseError& error) {
        return usage_error(program, error);
    }
    for (const auto& [app, run] : runs) {
        if (!app->parsed()) continue;
        const Result<ExitCode> code = run();
        return code ? status(*code) : complain(code.error().to_string());
    }
    return status(ExitCode::done);
}

}  // namespace

std::vector<const Command*> all_commands() {
    std::vector<const Command*> commands = every_command;
    std::sort(commands.begin(), commands.end(),
              [](const Command* a, const Command* b) { return a->order < b->order; });
    return commands;
}

int run_program(int argc, char** argv) {
    try {
        return parse_and_run(argc, argv);
    } catch (const std::bad_alloc&) {
        return complain("out of memory. A smaller --max-connections needs less.");
    } catch (const std::exception& error) {
        return complain(std::string("internal error: ") + error.what());
    }
}

}  // namespace tcpwhy::command
