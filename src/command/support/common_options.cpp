#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <string_view>

#include "command/command.h"

namespace tcpwhy::command {

namespace {

std::string joined(const std::vector<std::string>& words, std::string_view between) {
    std::string all;
    for (const std::string& word : words) {
        if (!all.empty()) all += between;
        all += word;
    }
    return all;
}

// Words of which exactly one may be given; the message names them all.
CLI::Validator one_of(const std::vector<std::string>& words) {
    return CLI::Validator(
        [words](std::string& given) -> std::string {
            for (const std::string& word : words) {
                if (word == given) return {};
            }
            const std::vector<std::string_view> views(words.begin(), words.end());
            const std::string meant = nearest(given, views);
            return "'" + given + "' is none of " + joined(words, ", ") +
                   (meant.empty() ? "" : " (did you mean '" + meant + "'?)");
        },
        "");
}

bool environment_has(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
}

}  // namespace

void add_common_options(CLI::App& app, CommonOptions& options,
                        const std::vector<std::string>& formats) {
    app.add_option("--format", options.format)
        ->description("How to print the result (default: text)")
        ->option_text(joined(formats, "|"))
        ->check(one_of(formats))
        ->group("Output");
    app.add_option("--color", options.color)
        ->description("Colours: auto is when printing to a terminal and NO_COLOR is not set")
        ->option_text("auto|always|never")
        ->check(one_of({"auto", "always", "never"}))
        ->group("Output");
    app.add_flag("-q,--quiet", options.quiet, "No progress line and no warnings")->group("Output");
    app.add_flag("-v,--verbose", options.verbosity, "Say more; twice: more still")->group("Output");
}

bool wants_color(const CommonOptions& options, int descriptor) {
    if (options.color != "auto") return options.color == "always";
    const char* terminal = std::getenv("TERM");
    return !environment_has("NO_COLOR") && ::isatty(descriptor) == 1 &&
           (terminal == nullptr || std::string_view(terminal) != "dumb");
}

}  // namespace tcpwhy::command
