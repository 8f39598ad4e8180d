#include "knowledge/explanation.h"

#include <algorithm>
#include <charconv>

#include "knowledge/describe_topics.h"
#include "knowledge/error_numbers.h"
#include "knowledge/tcp_states.h"

namespace tcpwhy {

namespace {

// One spelling for all: small letters, '-' for '_' and for blanks, no blanks around.
std::string folded(std::string_view word) {
    std::string out;
    for (const char c : word) {
        const bool gap = c == '_' || c == ' ' || c == '\t';
        if (gap && out.empty()) continue;
        out += gap ? '-' : (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
    }
    while (!out.empty() && out.back() == '-') out.pop_back();
    return out;
}

bool cut_prefix(std::string& word, std::string_view prefix) {
    if (!word.starts_with(prefix) || word.size() == prefix.size()) return false;
    word.erase(0, prefix.size());
    return true;
}

std::optional<int> whole_number(std::string_view word) {
    int number = 0;
    const char* end = word.data() + word.size();
    const auto [at, error] = std::from_chars(word.data(), end, number);
    if (error != std::errc() || at != end) return std::nullopt;
    return number;
}

bool is_alias(std::string_view word, const Explanation& of) {
    if (of.topic == Topic::error_number) {
        for (const ErrorAlias& alias : error_aliases()) {
            if (alias.name == of.name && folded(alias.alias) == word) return true;
        }
    }
    if (of.topic != Topic::tcp_state) return false;
    for (const StateMeaning& state : tcp_states()) {
        if (state.name != of.name) continue;
        for (const std::string_view alias : split_at_commas(state.aliases)) {
            if (folded(alias) == word) return true;
        }
    }
    return false;
}

bool names(std::string_view word, const Explanation& it) {
    return folded(it.name) == word || (!it.text.empty() && folded(it.text) == word) ||
           is_alias(word, it);
}

}  // namespace

std::string_view to_string(Topic topic) {
    switch (topic) {
        case Topic::cause:
            return "cause";
        case Topic::outcome:
            return "outcome";
        case Topic::error_number:
            return "errno";
        case Topic::lookup_error:
            return "lookup-error";
        case Topic::tcp_state:
            return "tcp-state";
        case Topic::reset_reason:
            return "reset-reason";
        case Topic::drop_reason:
            return "drop-reason";
    }
    return "";
}

std::string_view heading_of(Topic topic) {
    switch (topic) {
        case Topic::cause:
            return "Causes";
        case Topic::outcome:
            return "Outcomes: what the application sees";
        case Topic::error_number:
            return "Error numbers (errno)";
        case Topic::lookup_error:
            return "Error numbers of getaddrinfo()";
        case Topic::tcp_state:
            return "TCP states";
        case Topic::reset_reason:
            return "Why the Linux kernel sent a reset";
        case Topic::drop_reason:
            return "Why the Linux kernel dropped a packet";
    }
    return "";
}

const std::vector<Explanation>& all_explanations() {
    static const std::vector<Explanation> all = [] {
        std::vector<Explanation> out;
        add_causes(out);
        add_outcomes(out);
        add_error_numbers(out);
        add_lookup_errors(out);
        add_tcp_states(out);
        add_reset_reasons(out);
        add_drop_reasons(out);
        return out;
    }();
    return all;
}

std::vector<const Explanation*> explain(std::string_view word) {
    std::string wanted = folded(word);
    std::optional<Topic> only;
    if (cut_prefix(wanted, "errno-") || cut_prefix(wanted, "errno=")) only = Topic::error_number;
    if (cut_prefix(wanted, "sk-rst-reason-")) only = Topic::reset_reason;
    if (cut_prefix(wanted, "skb-drop-reason-")) only = Topic::drop_reason;
    const std::optional<int> number = whole_number(wanted);

    std::vector<const Explanation*> found;
    for (const Explanation& it : all_explanations()) {
        if (only && it.topic != *only) continue;
        if ((number && it.number == number) || names(wanted, it)) found.push_back(&it);
    }
    return found;
}

std::vector<std::string_view> names_like(std::string_view word) {
    const std::string wanted = folded(word);
    std::vector<std::string_view> beginning;
    std::vector<std::string_view> inside;
    const auto add = [](std::vector<std::string_view>& to, std::string_view name) {
        if (std::find(to.begin(), to.end(), name) == to.end()) to.push_back(name);
    };
    for (const Explanation& it : all_explanations()) {
        const std::size_t at = folded(it.name).find(wanted);
        if (at == 0) add(beginning, it.name);
        if (at != std::string::npos) add(inside, it.name);
    }
    return beginning.empty() ? inside : beginning;
}

}  // namespace tcpwhy
