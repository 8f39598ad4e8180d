// What the engine says of conversations, for those who write them: docs/notation.md.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

#include "source/capture_writer.h"
#include "support/trial.h"
#include "tool/update.h"

namespace tcpwhy::test {

namespace {

struct Request {
    std::vector<std::string> files;
    std::string name;
    std::string pcap;
    std::string seeds;
    bool update = false;
    bool all = false;
};

/// Prints the engine's verdicts in the plain rendering, and whether they are as expected.
void show(const Conversation& c) {
    std::cout << fmt::format("{}:{}: {}\n", c.file, c.line, c.name);
    const auto trial = try_conversation(c, variations_of(c).front());
    if (!trial || !*trial) {
        std::cout << "  " << (trial ? "cannot be rendered" : trial.error().to_string()) << "\n";
        return;
    }
    for (const auto& verdict : (*trial)->verdicts) {
        std::cout << fmt::format("  {}: {}\n{}", parties_of(verdict, (*trial)->rendering),
                                 print(verdict), explain(verdict));
    }
    for (const auto& text : differences(c, **trial)) std::cout << "  DIFFERS " << text;
}

/// Prints in which variations the conversation fails.
void show_all(const Conversation& c) {
    for (const auto& variation : variations_of(c)) {
        const auto trial = try_conversation(c, variation);
        if (!trial) {
            std::cout << "  [" << variation.to_string() << "] " << trial.error().to_string()
                      << "\n";
        } else if (*trial) {
            for (const auto& text : differences(c, **trial)) {
                std::cout << "  [" << variation.to_string() << "] " << text;
            }
        }
    }
}

Result<void> write(const Conversation& c, const Variation& variation, const std::string& path) {
    const auto rendering = render(c, variation);
    if (!rendering) return tl::unexpected<Error>(rendering.error());
    if (!*rendering) return {};
    return source::write_file(path, (*rendering)->file);
}

/// "no-listener-3": the file's name and which conversation of it.
std::string seed_name(const Conversation& c, std::size_t number) {
    return fmt::format("{}-{}", std::filesystem::path(c.file).stem().string(), number);
}

/// The plain rendering as "no-listener-3", or all of them as "no-listener-3-vxlan-IPv6".
Result<void> write_seeds(const Conversation& c, std::size_t number, const Request& request) {
    const auto variations = variations_of(c);
    const std::string path = request.seeds + "/" + seed_name(c, number);
    if (!request.all) return write(c, variations.front(), path);
    for (const auto& variation : variations) {
        const auto* family = variation.is_v6 ? "IPv6" : "IPv4";
        const auto written =
            write(c, variation, fmt::format("{}-{}-{}", path, variation.name, family));
        if (!written) return written;
    }
    return {};
}

Result<void> run(const Request& request, const std::string& file) {
    if (request.update) {
        const auto changed = update_verdicts(file);
        if (!changed) return tl::unexpected<Error>(changed.error());
        std::cout << fmt::format("{}: {} changed\n", file, *changed);
        return {};
    }
    const auto conversations = read_conversations(file);
    if (!conversations) return tl::unexpected<Error>(conversations.error());
    std::size_t number = 0;
    for (const auto& c : *conversations) {
        ++number;
        if (c.name.find(request.name) == std::string::npos) continue;
        Result<void> written;
        if (!request.pcap.empty()) {
            written = write(c, variations_of(c).front(), request.pcap);
        } else if (!request.seeds.empty()) {
            written = write_seeds(c, number, request);
        } else {
            show(c);
            if (request.all) show_all(c);
        }
        if (!written) return written;
    }
    return {};
}

}  // namespace

}  // namespace tcpwhy::test

int main(int argc, char** argv) {
    tcpwhy::test::Request request;
    CLI::App app("What the engine says of conversations");
    app.add_option("FILE", request.files, "Conversation files")->required();
    app.add_option("--name", request.name, "Only conversations whose name holds this");
    app.add_option("--pcap", request.pcap,
                   "Write the plain rendering (of the last one) to this file");
    app.add_option("--seeds", request.seeds, "Write each plain rendering into this folder");
    app.add_flag("--update", request.update, "Rewrite the expected verdicts");
    app.add_flag("--all", request.all, "Try all variations");
    CLI11_PARSE(app, argc, argv);
    int exit_code = 0;
    for (const auto& file : request.files) {
        const auto result = tcpwhy::test::run(request, file);
        if (result) continue;
        std::cerr << result.error().to_string() << '\n';
        exit_code = 2;
    }
    return exit_code;
}
