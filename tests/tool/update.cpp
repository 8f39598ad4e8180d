#include "tool/update.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "support/trial.h"

namespace tcpwhy::test {

namespace {

std::vector<std::string> lines_of(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

std::string comment_of(const std::string& line) {
    const auto at = line.find('#');
    return at == std::string::npos ? "" : "    " + line.substr(at);
}

std::string evidence_of(const Verdict& v, const Rendering& rendering) {
    std::vector<std::size_t> numbers;
    for (const auto& line : v.evidence) {
        const auto at = std::ranges::find(rendering.frames, line.frame);
        if (at == rendering.frames.end()) continue;
        numbers.push_back(static_cast<std::size_t>(at - rendering.frames.begin()) + 1);
    }
    return fmt::format("{}", fmt::join(numbers, " "));
}

/// The value of a check as it is now; nothing for what is no check or does not change.
std::optional<std::string> value_now(std::string_view key, const Verdict& v,
                                     const Rendering& rendering) {
    if (key == "conn_state") return v.conn_state;
    if (key == "history") return v.history;
    if (key == "states") return fmt::format("{} {}", v.client_state, v.server_state);
    if (key == "bytes") return fmt::format("{} {}", v.client_bytes, v.server_bytes);
    if (key == "packets") return fmt::format("{} {}", v.client_packets, v.server_packets);
    if (key == "notes") return fmt::format("{}", fmt::join(v.notes, ", "));
    if (key == "evidence") return evidence_of(v, rendering);
    return {};
}

std::string alternatives_line(const Verdict& v) {
    std::vector<std::string_view> names;
    for (const auto& alternative : v.alternatives) names.push_back(alternative.cause);
    return fmt::format("    also possible: {}", fmt::join(names, ", "));
}

/// Verdict and checks, from e.line to e.last_line, as they are to be now.
std::vector<std::string> verdict_lines(const std::vector<std::string>& lines,
                                       const ExpectedVerdict& e, const Verdict& v,
                                       const Rendering& rendering) {
    const std::string& old = lines[e.line - 1];
    const std::string head = e.selector.empty() ? "verdict" : "verdict " + e.selector;
    std::vector<std::string> fresh{head + ": " + print(v) + comment_of(old)};
    if (!e.any_alternatives && !v.alternatives.empty()) fresh.push_back(alternatives_line(v));
    for (std::size_t at = e.line; at < e.last_line; ++at) {
        const std::string_view line = lines[at];
        const auto key = trimmed(line.substr(0, line.find(':')));
        if (key == "also possible" && !e.any_alternatives) continue;
        const auto value = value_now(key, v, rendering);
        fresh.push_back(value ? fmt::format("    {}: {}{}", key, *value, comment_of(lines[at]))
                              : lines[at]);
    }
    return fresh;
}

/// The first verdict that this expectation covers. Errors: usage where others differ from it.
Result<const Verdict*> covered_by(const ExpectedVerdict& e, const Conversation& c,
                                  const Trial& trial) {
    const Verdict* first = nullptr;
    const auto found = expectations(c, trial);
    for (std::size_t at = 0; at < found.size(); ++at) {
        if (found[at] != &e) continue;
        const Verdict& v = trial.verdicts[at];
        if (first == nullptr) first = &v;
        if (print(*first) + alternatives_line(*first) != print(v) + alternatives_line(v)) {
            return fail(ErrorKind::usage,
                        fmt::format("{}:{}: connections differ: {} is {}, {} is {}", c.file, e.line,
                                    parties_of(*first, trial.rendering), print(*first),
                                    parties_of(v, trial.rendering), print(v)));
        }
    }
    return first;
}

/// A conversation without verdicts gets one for each connection.
std::vector<std::string> first_verdicts(const Trial& trial) {
    std::vector<std::string> fresh;
    for (const auto& v : trial.verdicts) {
        const bool only = trial.verdicts.size() == 1;
        const std::string head = only ? "verdict" : "verdict " + parties_of(v, trial.rendering);
        fresh.push_back(head + ": " + print(v));
        if (!v.alternatives.empty()) fresh.push_back(alternatives_line(v));
    }
    if (fresh.empty()) fresh.emplace_back("verdict: none");
    return fresh;
}

/// Rewrites one conversation's part of `lines`; whether that changed anything. From the file's end
/// to its start, so that the numbers of the lines above stay right.
Result<bool> update(const Conversation& c, std::vector<std::string>& lines) {
    auto trial = try_conversation(c, variations_of(c).front());
    if (!trial) return tl::unexpected<Error>(trial.error());
    if (!*trial) return false;
    const auto before = lines;
    if (c.verdicts.empty()) {
        const auto fresh = first_verdicts(**trial);
        lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(c.packets.back().line),
                     fresh.begin(), fresh.end());
    }
    for (auto e = c.verdicts.rbegin(); e != c.verdicts.rend(); ++e) {
        if (e->none) continue;
        const auto verdict = covered_by(*e, c, **trial);
        if (!verdict) return tl::unexpected<Error>(verdict.error());
        if (*verdict == nullptr) continue;
        const auto fresh = verdict_lines(lines, *e, **verdict, (*trial)->rendering);
        const auto first = lines.begin() + static_cast<std::ptrdiff_t>(e->line - 1);
        lines.erase(first, lines.begin() + static_cast<std::ptrdiff_t>(e->last_line));
        lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(e->line - 1), fresh.begin(),
                     fresh.end());
    }
    return lines != before;
}

}  // namespace

Result<int> update_verdicts(const std::string& path) {
    const auto conversations = read_conversations(path);
    if (!conversations) return tl::unexpected<Error>(conversations.error());
    auto lines = lines_of(path);
    int changed = 0;
    for (auto c = conversations->rbegin(); c != conversations->rend(); ++c) {
        const auto result = update(*c, lines);
        if (!result) return tl::unexpected<Error>(result.error());
        if (*result) ++changed;
    }
    if (changed != 0) {
        std::ofstream stream(path, std::ios::binary | std::ios::trunc);
        for (const auto& line : lines) stream << line << '\n';
        if (!stream.flush()) return fail(ErrorKind::io, path + ": cannot be written");
    }
    return changed;
}

}  // namespace tcpwhy::test
