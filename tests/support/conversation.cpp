#include "support/conversation.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

#include "support/link.h"
#include "support/script.h"
#include "support/variation.h"

namespace tcpwhy::test {

namespace {

using Problem = std::optional<std::string>;

std::optional<std::uint64_t> to_number(std::string_view word) {
    std::uint64_t number = 0;
    const char* end = word.data() + word.size();
    const auto [stop, trouble] = std::from_chars(word.data(), end, number);
    if (trouble != std::errc{} || stop != end) return {};
    return number;
}

Problem parse_counts(std::string_view text,
                     std::optional<std::pair<std::uint64_t, std::uint64_t>>& out) {
    const auto words = words_of(text);
    if (words.size() != 2) return "expected two numbers: the client's and the server's";
    const auto client = to_number(words[0]);
    const auto server = to_number(words[1]);
    if (!client || !server) return "expected two numbers: the client's and the server's";
    out.emplace(*client, *server);
    return {};
}

Problem parse_evidence(std::string_view text, std::vector<std::size_t>& out) {
    for (const auto& word : words_of(text)) {
        const auto number = to_number(word);
        if (!number || *number == 0) return "expected numbers of packets, found " + word;
        out.push_back(*number);
    }
    return {};
}

/// A check under a verdict; `key` is what stands before its colon.
Problem parse_check(std::string_view key, std::string_view value, ExpectedVerdict& verdict) {
    if (key == "also possible") {
        verdict.any_alternatives = value == "any";
        if (!verdict.any_alternatives) verdict.alternatives = list_of(value);
    } else if (key == "conn_state") {
        verdict.conn_state = value;
    } else if (key == "history") {
        verdict.history = value;
    } else if (key == "notes") {
        verdict.notes = list_of(value);
    } else if (key == "bytes") {
        return parse_counts(value, verdict.bytes);
    } else if (key == "packets") {
        return parse_counts(value, verdict.packets);
    } else if (key == "evidence") {
        return parse_evidence(value, verdict.evidence);
    } else if (key == "states") {
        const auto words = words_of(value);
        if (words.size() != 2) return "expected two states: the client's and the server's";
        verdict.states.emplace(words[0], words[1]);
    } else {
        return "unknown word: " + std::string(key);
    }
    return {};
}

/// "server:8080", "client > server:80", "client > server [2]".
Problem parse_selector(std::string_view text, ExpectedVerdict& verdict) {
    verdict.selector = text;
    auto words = words_of(text);
    if (!words.empty() && words.back().starts_with('[') && words.back().ends_with(']')) {
        const auto which = to_number(words.back().substr(1, words.back().size() - 2));
        if (!which || *which == 0) return "expected [N], found " + words.back();
        verdict.which = *which;
        words.pop_back();
    }
    const bool both = words.size() == 3 && words[1] == ">";
    if (!both && words.size() != 1) return "expected SERVER or CLIENT > SERVER";
    const auto server = parse_notation_party(words.back());
    if (!server) return server.error().what;
    verdict.server = *server;
    if (!both) return {};
    const auto client = parse_notation_party(words.front());
    if (!client) return client.error().what;
    verdict.client = *client;
    return {};
}

/// "refused  no-listener  likely  by server", or "none".
Problem parse_verdict(std::string_view text, ExpectedVerdict& verdict) {
    const auto words = words_of(text);
    verdict.none = words == std::vector<std::string>{"none"};
    if (verdict.none) return {};
    if (words.size() != 5 || words[3] != "by") {
        return "expected OUTCOME CAUSE CONFIDENCE by WHO, or none";
    }
    verdict.outcome = words[0];
    verdict.cause = words[1];
    verdict.confidence = words[2];
    verdict.by = words[4];
    return {};
}

Problem parse_party(std::string_view text, std::vector<NamedAddress>& parties) {
    const auto words = words_of(text);
    if (words.size() != 2 && words.size() != 3) return "expected party NAME ADDRESS [ADDRESS]";
    NamedAddress party{.name = words[0], .v4 = {}, .v6 = {}};
    for (std::size_t at = 1; at < words.size(); ++at) {
        const auto address = IpAddress::parse(words[at]);
        if (!address) return "no address: " + words[at];
        (address->is_v4() ? party.v4 : party.v6) = *address;
    }
    parties.push_back(std::move(party));
    return {};
}

/// "none (reason)", "no-ipv6 (reason), no-cut (reason)".
Problem parse_variations(std::string_view text, Conversation& conversation) {
    while (!trimmed(text).empty()) {
        const auto open = text.find('(');
        const auto close = text.find(')', open);
        if (close == std::string_view::npos || close <= open + 1) {
            return "each variation that is left out needs its (reason)";
        }
        std::string_view word = trimmed(text.substr(0, open));
        if (word.starts_with(',')) word = trimmed(word.substr(1));
        text.remove_prefix(close + 1);
        if (word == "none") {
            conversation.plain_only = true;
        } else if (word.starts_with("no-") && is_variation(word.substr(3))) {
            conversation.left_out.emplace_back(word.substr(3));
        } else {
            return "unknown variation: " + std::string(word);
        }
    }
    return {};
}

/// Reads a file line by line into conversations.
class ConversationParser {
public:
    explicit ConversationParser(std::string file) : file_(std::move(file)) {}

    Problem line(std::string_view text, std::size_t number) {
        text = trimmed(text.substr(0, text.find('#')));
        if (text.empty()) return {};
        const auto colon = text.find(':');
        const std::string_view key = trimmed(text.substr(0, colon));
        const std::string_view value =
            colon == std::string_view::npos ? "" : trimmed(text.substr(colon + 1));
        if (key == "conversation") return begin(value, number);
        if (conversations_.empty()) return "expected conversation: NAME";
        if (text.front() == '+' || (text.front() >= '0' && text.front() <= '9')) {
            if (!now().verdicts.empty()) return "a packet after the verdict";
            return script_.add_packet(text, number);
        }
        if (text.starts_with("verdict")) return verdict(text, number);
        if (colon != std::string_view::npos && !now().verdicts.empty()) {
            now().verdicts.back().last_line = number;
            return parse_check(key, value, now().verdicts.back());
        }
        return statement(text, key, value, number);
    }

    Problem end() {
        if (conversations_.empty()) return "expected conversation: NAME";
        return finish();
    }
    std::vector<Conversation> take() { return std::move(conversations_); }

private:
    Conversation& now() { return conversations_.back(); }

    Problem begin(std::string_view name, std::size_t number) {
        if (!conversations_.empty()) {
            if (auto problem = finish()) return problem;
        }
        if (name.empty()) return "a conversation without a name";
        for (const auto& other : conversations_) {
            if (other.name == name) return "another conversation has this name";
        }
        conversations_.emplace_back();
        now().file = file_;
        now().line = number;
        now().name = name;
        script_ = Script();
        return {};
    }

    Problem finish() {
        if (script_.empty()) return "a conversation without packets: " + now().name;
        now().packets = script_.take();
        return {};
    }

    /// "verdict: …", "verdict SELECTOR: …". A selector may hold colons too: the one that ends it
    /// is followed by a blank.
    Problem verdict(std::string_view text, std::size_t number) {
        const auto colon = text.find(": ");
        if (colon == std::string_view::npos) return "expected verdict: OUTCOME CAUSE …";
        ExpectedVerdict expected;
        expected.line = expected.last_line = number;
        const auto selector = trimmed(text.substr(7, colon - 7));
        if (!selector.empty()) {
            if (auto problem = parse_selector(selector, expected)) return problem;
        }
        auto problem = parse_verdict(text.substr(colon + 1), expected);
        now().verdicts.push_back(std::move(expected));
        return problem;
    }

    /// Whatever is no packet and no verdict.
    Problem statement(std::string_view text, std::string_view key, std::string_view value,
                      std::size_t number) {
        if (key == "variations") return parse_variations(value, now());
        if (key == "link") {
            if (!link_of_name(value)) return "unknown link: " + std::string(value);
            now().link = value;
            return {};
        }
        if (text.starts_with("party ")) return parse_party(text.substr(6), now().parties);
        if (text.starts_with("again ")) {
            if (!now().verdicts.empty()) return "a packet after the verdict";
            return script_.again(text.substr(6), number);
        }
        if (text.starts_with("end ")) {
            now().end = parse_notation_time(trimmed(text.substr(4)));
            return now().end ? Problem() : Problem("expected end TIME");
        }
        return "unknown word: " + std::string(text.substr(0, text.find_first_of(" :")));
    }

    std::string file_;
    std::vector<Conversation> conversations_;
    Script script_;
};

}  // namespace

Result<std::vector<Conversation>> parse_conversations(const std::string& file,
                                                      std::string_view text) {
    ConversationParser parser(file);
    std::size_t number = 0;
    const auto complain = [&](const std::string& what) {
        return fail(ErrorKind::corrupt, fmt::format("{}:{}: {}", file, number, what));
    };
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        ++number;
        if (auto problem = parser.line(text.substr(0, end), number)) return complain(*problem);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (auto problem = parser.end()) return complain(*problem);
    return parser.take();
}

Result<std::vector<Conversation>> read_conversations(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return fail(ErrorKind::not_found, path + ": cannot be read");
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    return parse_conversations(path, text);
}

}  // namespace tcpwhy::test
