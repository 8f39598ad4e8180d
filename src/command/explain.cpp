#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>

#include "base/text.h"
#include "command/command.h"
#include "command/support/explanation_output.h"
#include "command/support/output_file.h"
#include "report/output.h"

namespace tcpwhy::command {

namespace {

struct ExplainRequest {
    std::vector<std::string> words;
    CommonOptions common;
};

using Found = std::vector<const Explanation*>;

std::string in_small_letters(std::string_view text) {
    std::string small(text);
    for (char& c : small) c = (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
    return small;
}

// "Did you mean …?", or where the list is.
std::string suggestion(const std::string& word, const std::vector<std::string_view>& alike) {
    constexpr std::size_t most = 8;
    if (!alike.empty()) {
        std::string names;
        for (std::size_t i = 0; i < std::min(alike.size(), most); ++i) {
            names.append(i == 0 ? "" : ", ").append(alike[i]);
        }
        if (alike.size() > most) {
            names += " and " + std::to_string(alike.size() - most) + " more";
        }
        return "Did you mean one of these: " + names + "?";
    }
    std::vector<std::string> small;
    for (const Explanation& it : all_explanations()) small.push_back(in_small_letters(it.name));
    const std::vector<std::string_view> candidates(small.begin(), small.end());
    const std::string meant = nearest(in_small_letters(word), candidates);
    for (const Explanation& it : all_explanations()) {
        if (!meant.empty() && in_small_letters(it.name) == meant) {
            return "Did you mean '" + std::string(it.name) + "'?";
        }
    }
    return "'tcpwhy explain' lists everything that can be explained";
}

// What the word names, or the one thing whose name it begins.
Result<Found> find(const std::string& word) {
    Found found = explain(word);
    if (!found.empty()) return found;
    const std::vector<std::string_view> alike = names_like(word);
    if (alike.size() == 1) return explain(alike.front());
    return fail(ErrorKind::usage,
                "explain: '" + printable(word) + "' is nothing that is known here",
                suggestion(word, alike));
}

// "connection reset by peer" and "errno 104" are one word in several arguments.
Result<Found> find_all(const std::vector<std::string>& words) {
    std::string phrase;
    for (const std::string& word : words) phrase.append(phrase.empty() ? "" : " ").append(word);
    Found all = explain(phrase);
    if (!all.empty()) return all;
    for (const std::string& word : words) {
        Result<Found> found = find(word);
        if (!found) return found;
        all.insert(all.end(), found->begin(), found->end());
    }
    return all;
}

Result<ExitCode> run(const ExplainRequest& request) {
    const OutputFile file;
    const Page page(wants_color(request.common, file.descriptor()), file.width());
    const bool as_json = request.common.format == "json";
    Output output(file.descriptor());
    if (request.words.empty()) {
        if (as_json) {
            for (const Explanation& it : all_explanations()) output.write(explanation_json(it));
        } else {
            // Whole lines for those who search them with grep.
            output.write(explanation_index(page, file.is_terminal() ? file.width() : 0));
        }
    } else {
        const Result<Found> found = find_all(request.words);
        if (!found) return tl::unexpected<Error>(found.error());
        for (const Explanation* it : *found) {
            if (as_json) {
                output.write(explanation_json(*it));
            } else {
                output.write((it == found->front() ? "" : "\n") + explanation_text(page, *it));
            }
        }
    }
    output.flush();
    if (output.error() != 0 && output.error() != EPIPE) {
        return tl::unexpected<Error>(file.write_error(output.error()));
    }
    return ExitCode::done;
}

Run add(CLI::App& program) {
    auto request = std::make_shared<ExplainRequest>();
    CLI::App* app = program.add_subcommand(
        "explain", "What a cause, an errno, a TCP state or a kernel reason means");
    app->add_option("WORD", request->words)
        ->description(
            "A cause's id, an errno (name, number or text), a TCP state, or a reset or drop reason "
            "of the Linux kernel; none: the list of all");
    add_common_options(*app, request->common);
    app->footer(
        "Examples:\n"
        "  tcpwhy explain no-listener             a cause: meaning, look, advice, how to "
        "reproduce\n"
        "  tcpwhy explain ECONNRESET              an errno; also 104, or 'Connection reset by "
        "peer'\n"
        "  tcpwhy explain CLOSE-WAIT              a TCP state, as RFC, ss or netstat name it\n"
        "  tcpwhy explain TCP_ABORT_ON_CLOSE      why the kernel sent a reset\n"
        "  tcpwhy explain | grep -i firewall      search the list");
    return [request] { return run(*request); };
}

}  // namespace

extern const Command explain_command;
const Command explain_command{.order = 60, .add = add};

}  // namespace tcpwhy::command
