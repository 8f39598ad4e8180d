#include "knowledge/describe_topics.h"

#include <algorithm>
#include <array>

#include "cause/cause.h"
#include "knowledge/error_numbers.h"
#include "knowledge/kernel_reasons.h"
#include "knowledge/tcp_states.h"

namespace tcpwhy {

namespace {

std::string_view name_of(Stage stage) {
    switch (stage) {
        case Stage::local:
            return "before a packet leaves";
        case Stage::handshake:
            return "handshake";
        case Stage::established:
            return "established connection";
        case Stage::end:
            return "end of the connection";
        case Stage::attack:
            return "attack";
        case Stage::any:
            return "any";
    }
    return "";
}

void add_part(Explanation& to, std::string_view key, std::string_view label,
              std::string_view text) {
    if (!text.empty()) to.parts.push_back({key, label, std::string(text)});
}

void add_list(Explanation& to, std::string_view key, std::string_view label,
              std::vector<std::string_view> words) {
    if (words.empty()) return;
    std::string text;
    for (const std::string_view word : words) {
        if (!text.empty()) text += ", ";
        text += word;
    }
    to.parts.push_back({key, label, std::move(text), std::move(words)});
}

std::vector<std::string_view> words_of(const SeenBy& seen_by) {
    std::vector<std::string_view> words;
    if (seen_by.packets) words.push_back("packets");
    if (seen_by.kernel) words.push_back("kernel");
    if (seen_by.host) words.push_back("host");
    if (seen_by.probe) words.push_back("probe");
    return words;
}

// The causes that can give a program that errno.
std::vector<std::string_view> causes_of_errno(std::string_view name) {
    std::vector<std::string_view> ids;
    for (const Cause* cause : catalogue()) {
        const auto errnos = split_at_commas(cause->errnos);
        if (std::find(errnos.begin(), errnos.end(), name) != errnos.end()) {
            ids.push_back(cause->id);
        }
    }
    return ids;
}

void add_drops(std::vector<Explanation>& out, std::span<const DropReason> reasons) {
    for (const DropReason& reason : reasons) {
        Explanation it{.topic = Topic::drop_reason,
                       .name = reason.name,
                       .number = {},
                       .text = {},
                       .meaning = std::string(reason.meaning),
                       .parts = {},
                       .causes = split_at_commas(reason.causes)};
        add_part(it, "beware", "Beware", reason.trap);
        out.push_back(std::move(it));
    }
}

}  // namespace

void add_outcomes(std::vector<Explanation>& out) {
    struct Words {
        Outcome outcome;
        std::string_view meaning;
    };
    for (const auto& [outcome, meaning] : std::to_array<Words>({
             {Outcome::ok, "Everything was delivered: no failure."},
             {Outcome::open, "No failure is known when observation ends."},
             {Outcome::refused, "The connection was actively refused."},
             {Outcome::reset, "A reset ended the connection, or its handshake."},
             {Outcome::timeout, "One side gave up waiting, or the handshake was never finished."},
             {Outcome::unreachable, "Somebody said, or found out, that there is no way there."},
             {Outcome::stalled, "The connection stands, and nothing moves."},
             {Outcome::local_error, "This host's own system refused before anything was sent."},
         })) {
        Explanation it{.topic = Topic::outcome,
                       .name = to_string(outcome),
                       .number = {},
                       .text = {},
                       .meaning = std::string(meaning),
                       .parts = {},
                       .causes = {}};
        for (const Cause* cause : catalogue()) {
            if (cause->outcome == outcome) it.causes.push_back(cause->id);
        }
        out.push_back(std::move(it));
    }
}

std::vector<std::string_view> split_at_commas(std::string_view list) {
    std::vector<std::string_view> words;
    while (!list.empty() && list != "-") {
        const std::size_t comma = std::min(list.find(','), list.size());
        words.push_back(list.substr(0, comma));
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return words;
}

void add_causes(std::vector<Explanation>& out) {
    for (const Cause* cause : catalogue()) {
        Explanation it{.topic = Topic::cause,
                       .name = cause->id,
                       .number = {},
                       .text = {},
                       .meaning = std::string(cause->meaning),
                       .parts = {},
                       .causes = {}};
        add_part(it, "on_the_wire", "On the wire", cause->on_the_wire);
        add_part(it, "stage", "Stage", name_of(cause->stage));
        add_part(it, "outcome", "Outcome", to_string(cause->outcome));
        add_list(it, "errnos", "errno", split_at_commas(cause->errnos));
        add_list(it, "seen_by", "Decided by", words_of(cause->seen_by));
        add_part(it, "advice", "What to do", cause->advice);
        add_part(it, "splits", "To be sure", cause->splits);
        add_part(it, "reproduce", "Reproduce", cause->reproduce);
        add_part(it, "references", "References", cause->references);
        out.push_back(std::move(it));
    }
}

void add_error_numbers(std::vector<Explanation>& out) {
    for (const ErrorNumber& error : error_numbers()) {
        Explanation it{.topic = Topic::error_number,
                       .name = error.name,
                       .number = error.number,
                       .text = error.text,
                       .meaning = std::string(error.meaning),
                       .parts = {},
                       .causes = causes_of_errno(error.name)};
        if (const ErrorDetail* detail = find_error_detail(error.name)) {
            add_part(it, "when", "When", detail->when);
            add_part(it, "icmp", "From ICMP", detail->icmp);
            add_part(it, "confused", "Beware", detail->confused);
            add_part(it, "advice", "What to do", detail->advice);
        }
        out.push_back(std::move(it));
    }
}

void add_lookup_errors(std::vector<Explanation>& out) {
    for (const LookupError& error : lookup_errors()) {
        Explanation it{.topic = Topic::lookup_error,
                       .name = error.name,
                       .number = error.number,
                       .text = error.text,
                       .meaning = std::string(error.meaning),
                       .parts = {},
                       .causes = causes_of_errno("EAI_*")};
        add_part(it, "advice", "What to do", error.advice);
        out.push_back(std::move(it));
    }
}

void add_tcp_states(std::vector<Explanation>& out) {
    for (const StateMeaning& state : tcp_states()) {
        Explanation it{.topic = Topic::tcp_state,
                       .name = state.name,
                       .number = {},
                       .text = {},
                       .meaning = std::string(state.meaning),
                       .parts = {},
                       .causes = {}};
        add_list(it, "aliases", "Also called", split_at_commas(state.aliases));
        add_part(it, "side", "Who", state.side);
        add_part(it, "lasts", "Normally", state.lasts);
        add_part(it, "pile_up", "Many of them", state.pile_up);
        add_part(it, "ends", "Ended by", state.ends);
        add_part(it, "linux", "On Linux", state.linux_says);
        add_part(it, "bug", "Common bug", state.bug);
        out.push_back(std::move(it));
    }
}

void add_reset_reasons(std::vector<Explanation>& out) {
    for (const ResetReason& reason : reset_reasons()) {
        Explanation it{.topic = Topic::reset_reason,
                       .name = reason.name,
                       .number = {},
                       .text = {},
                       .meaning = std::string(reason.meaning),
                       .parts = {},
                       .causes = split_at_commas(reason.causes)};
        add_part(it, "on_the_wire", "On the wire", reason.on_the_wire);
        add_part(it, "beware", "Beware", reason.trap);
        out.push_back(std::move(it));
    }
}

void add_drop_reasons(std::vector<Explanation>& out) {
    add_drops(out, tcp_drop_reasons());
    add_drops(out, path_drop_reasons());
}

}  // namespace tcpwhy
