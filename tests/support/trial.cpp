#include "support/trial.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "analysis/analyze.h"

namespace tcpwhy::test {

namespace {

/// More than any conversation has at a time.
constexpr std::uint32_t max_connections = 100'000;

class Collector : public VerdictSink {
public:
    void connection(const Judged& judged) override {
        verdicts.push_back(describe(judged, {.exclusions = true, .ladder = true}));
    }
    void group(const VerdictGroup& group) override {
        groups.push_back(fmt::format("a group of {} connections: {}", group.count, group.cause));
    }
    std::vector<Verdict> verdicts;
    std::vector<std::string> groups;
};

std::string name_at(const IpAddress& address, const Rendering& rendering) {
    const auto known = rendering.names.find(address);
    return known == rendering.names.end() ? std::string() : known->second;
}

/// Whether `party` means this address: its name, or one that was made from it ("crowd.2"), and its
/// port where it says one.
bool means(const std::optional<NotationParty>& party, const SocketAddress& address,
           const Rendering& rendering) {
    if (!party) return true;
    const std::string name = name_at(address.addr, rendering);
    if (name != party->name && !name.starts_with(party->name + ".")) return false;
    return !party->port || *party->port == address.port;
}

std::string expected_text(const ExpectedVerdict& e) {
    if (e.none) return "none";
    std::string text = fmt::format("{}  {}  {}  by {}", e.outcome, e.cause, e.confidence, e.by);
    if (e.any_alternatives) return text + "; also possible: any";
    if (!e.alternatives.empty()) {
        text += fmt::format("; also possible: {}", fmt::join(e.alternatives, ", "));
    }
    return text;
}

std::vector<std::string> alternatives_of(const Verdict& verdict) {
    std::vector<std::string> names;
    for (const auto& alternative : verdict.alternatives) names.emplace_back(alternative.cause);
    return names;
}

std::string actual_text(const Verdict& verdict) {
    std::string text = print(verdict);
    const auto names = alternatives_of(verdict);
    if (!names.empty()) text += fmt::format("; also possible: {}", fmt::join(names, ", "));
    return text;
}

bool same_set(std::vector<std::string> a, std::vector<std::string> b) {
    std::ranges::sort(a);
    std::ranges::sort(b);
    return a == b;
}

bool same_verdict(const ExpectedVerdict& e, const Verdict& v) {
    return e.outcome == to_string(v.outcome) && e.cause == v.cause &&
           e.confidence == to_string(v.confidence) && e.by == to_string(v.by) &&
           (e.any_alternatives || same_set(e.alternatives, alternatives_of(v)));
}

/// Lines "what: expected …, got …" for the checks under a verdict.
class Checks {
public:
    template <typename Expected, typename Actual>
    void equal(std::string_view what, const std::optional<Expected>& expected,
               const Actual& actual) {
        if (expected && *expected != actual) differ(what, *expected, actual);
    }
    template <typename Value>
    void equal(std::string_view what, const std::optional<std::pair<Value, Value>>& expected,
               const std::pair<Value, Value>& actual) {
        if (!expected || *expected == actual) return;
        differ(what, fmt::format("{} {}", expected->first, expected->second),
               fmt::format("{} {}", actual.first, actual.second));
    }
    template <typename Expected, typename Actual>
    void differ(std::string_view what, const Expected& expected, const Actual& actual) {
        lines += fmt::format("  {}: expected {}, got {}\n", what, expected, actual);
    }
    std::string lines;
};

std::string differing_checks(const ExpectedVerdict& e, const Verdict& v,
                             const Rendering& rendering) {
    Checks checks;
    checks.equal("conn_state", e.conn_state, v.conn_state);
    checks.equal("history", e.history, v.history);
    checks.equal("states", e.states,
                 std::pair(std::string(v.client_state), std::string(v.server_state)));
    checks.equal("bytes", e.bytes, std::pair(v.client_bytes, v.server_bytes));
    checks.equal("packets", e.packets, std::pair(v.client_packets, v.server_packets));
    if (e.notes && !same_set(*e.notes, v.notes)) {
        checks.differ("notes", fmt::format("{}", fmt::join(*e.notes, ", ")),
                      fmt::format("{}", fmt::join(v.notes, ", ")));
    }
    for (const std::size_t number : e.evidence) {
        const auto has = [&](std::uint64_t frame) {
            return std::ranges::find(v.evidence, frame, &EvidenceLine::frame) != v.evidence.end();
        };
        if (number > rendering.frames.size()) {
            checks.differ("evidence", number, "a conversation of fewer packets");
        } else if (!has(rendering.frames[number - 1])) {
            checks.differ("evidence", fmt::format("packet {}", number), "other packets only");
        }
    }
    return checks.lines;
}

/// Why the expected cause was not taken.
std::string why_not(const ExpectedVerdict& e, const Verdict& v) {
    for (const auto& [cause, because] : v.excluded) {
        if (cause == e.cause) return fmt::format("  {} is ruled out: {}\n", cause, because);
    }
    return {};
}

std::string difference(const Conversation& c, const ExpectedVerdict& e, const Verdict& v,
                       const Rendering& rendering) {
    const std::string checks = differing_checks(e, v, rendering);
    const bool same = same_verdict(e, v);
    if (same && checks.empty()) return {};
    std::string text =
        fmt::format("{}:{}: {}, {}\n", c.file, e.line, c.name, parties_of(v, rendering));
    if (!same) {
        text += fmt::format("  expected {}\n  got      {}\n", expected_text(e), actual_text(v));
        text += why_not(e, v);
    }
    return text + checks + explain(v);
}

bool is_bystander(const Verdict& verdict, const Rendering& rendering) {
    return name_at(verdict.client.addr, rendering).empty() &&
           name_at(verdict.server.addr, rendering).empty();
}

}  // namespace

std::string print(const Verdict& verdict) {
    return fmt::format("{}  {}  {}  by {}", to_string(verdict.outcome), verdict.cause,
                       to_string(verdict.confidence), to_string(verdict.by));
}

std::string parties_of(const Verdict& verdict, const Rendering& rendering) {
    return fmt::format("{}:{} > {}:{}", name_at(verdict.client.addr, rendering),
                       verdict.client.port, name_at(verdict.server.addr, rendering),
                       verdict.server.port);
}

std::string explain(const Verdict& verdict) {
    std::string text = fmt::format("    {}\n", verdict.summary);
    for (const auto& line : verdict.evidence) {
        text += fmt::format("    frame {}: {}\n", line.frame, line.says);
    }
    for (const auto& alternative : verdict.alternatives) {
        text += fmt::format("    {} {}: {}\n", to_string(alternative.confidence), alternative.cause,
                            alternative.because);
    }
    text += fmt::format("    {} {}, {} {}, bytes {} {}, packets {} {}", verdict.conn_state,
                        verdict.history, verdict.client_state, verdict.server_state,
                        verdict.client_bytes, verdict.server_bytes, verdict.client_packets,
                        verdict.server_packets);
    if (!verdict.notes.empty()) text += fmt::format("; {}", fmt::join(verdict.notes, ", "));
    return text + "\n";
}

std::optional<std::string> trouble_with_ladder(const Verdict& verdict) {
    std::string pasted = "conversation: pasted\n";
    for (const auto& line : verdict.ladder) pasted += line + "\n";
    const auto read = parse_conversations("ladder", pasted);
    if (read) return {};
    return read.error().what + "\n" + pasted;
}

Result<std::optional<Trial>> try_conversation(const Conversation& conversation,
                                              const Variation& variation) {
    auto rendering = render(conversation, variation);
    if (!rendering) return tl::unexpected<Error>(rendering.error());
    if (!*rendering) return std::optional<Trial>();
    Trial trial;
    trial.rendering = **std::move(rendering);

    auto source = open_capture_bytes(trial.rendering.file, "conversation");
    if (!source) return tl::unexpected<Error>(source.error());
    Collector collector;
    AnalysisOptions options;
    options.max_connections = max_connections;
    const auto summary = analyze(**source, options, collector);
    if (!summary) return tl::unexpected<Error>(summary.error());
    if (!summary->capture.warnings.empty()) {
        return fail(ErrorKind::corrupt, "the reader warns: " + summary->capture.warnings.front());
    }
    if (!collector.groups.empty()) return fail(ErrorKind::usage, collector.groups.front());
    for (auto& verdict : collector.verdicts) {
        if (!is_bystander(verdict, trial.rendering)) trial.verdicts.push_back(std::move(verdict));
    }
    std::ranges::stable_sort(trial.verdicts, {}, &Verdict::start);
    return std::optional<Trial>(std::move(trial));
}

std::vector<const ExpectedVerdict*> expectations(const Conversation& conversation,
                                                 const Trial& trial) {
    std::vector<const ExpectedVerdict*> found(trial.verdicts.size(), nullptr);
    // The default is taken only where no selector fits.
    for (const bool by_selector : {true, false}) {
        for (const auto& e : conversation.verdicts) {
            if (e.selector.empty() == by_selector) continue;
            std::size_t nth = 0;
            for (std::size_t at = 0; at < found.size(); ++at) {
                const Verdict& v = trial.verdicts[at];
                if (!means(e.client, v.client, trial.rendering) ||
                    !means(e.server, v.server, trial.rendering)) {
                    continue;
                }
                ++nth;
                if (found[at] == nullptr && (e.which == 0 || e.which == nth)) found[at] = &e;
            }
        }
    }
    return found;
}

std::vector<std::string> differences(const Conversation& c, const Trial& trial) {
    std::vector<std::string> all;
    const auto found = expectations(c, trial);
    for (std::size_t at = 0; at < found.size(); ++at) {
        const Verdict& v = trial.verdicts[at];
        if (found[at] == nullptr || found[at]->none) {
            all.push_back(fmt::format(
                "{}:{}: {}: a connection without expected verdict: {}\n  {}\n{}", c.file, c.line,
                c.name, parties_of(v, trial.rendering), actual_text(v), explain(v)));
        } else if (auto text = difference(c, *found[at], v, trial.rendering); !text.empty()) {
            all.push_back(std::move(text));
        }
    }
    for (const auto& e : c.verdicts) {
        if (e.none || std::ranges::find(found, &e) != found.end()) continue;
        all.push_back(fmt::format("{}:{}: {}: no connection for the verdict {}\n", c.file, e.line,
                                  c.name, expected_text(e)));
    }
    if (c.verdicts.empty()) {
        all.push_back(fmt::format("{}:{}: {}: no verdict is expected\n", c.file, c.line, c.name));
    }
    return all;
}

}  // namespace tcpwhy::test
