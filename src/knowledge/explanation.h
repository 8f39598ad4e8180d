// What a word means: of a cause, an outcome, an errno, a TCP state or a kernel reason, all in one
// form.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tcpwhy {

/// What kind of thing is explained.
enum class Topic {
    cause,
    outcome,
    error_number,
    lookup_error,
    tcp_state,
    reset_reason,
    drop_reason
};
/// "cause", "outcome", "errno", "lookup-error", "tcp-state", "reset-reason", "drop-reason".
[[nodiscard]] std::string_view to_string(Topic topic);
/// As a heading: "Causes", "Error numbers", …
[[nodiscard]] std::string_view heading_of(Topic topic);

/// One aspect of an explanation.
struct Part {
    std::string_view key;                   ///< in JSON: "on_the_wire"
    std::string_view label;                 ///< for a person: "On the wire"
    std::string text;                       ///< never empty; of a list: its words with ", " between
    std::vector<std::string_view> words{};  ///< filled where the part is a list
};

/// All that is to be said of one thing.
struct Explanation {
    Topic topic = Topic::cause;
    std::string_view name;      ///< "no-listener", "ECONNRESET", "CLOSE-WAIT", "NO_SOCKET"
    std::optional<int> number;  ///< of an errno
    std::string_view text;      ///< an errno's text: "Connection reset by peer"; empty for others
    std::string meaning;        ///< one or two sentences
    std::vector<Part> parts;    ///< in the order to be shown
    std::vector<std::string_view> causes;  ///< ids of the catalogue that this is about
};

/// Everything that can be explained, by topic and in each in its natural order.
[[nodiscard]] const std::vector<Explanation>& all_explanations();

/// All meanings of `word`: an id or name in any case and with - or _, an errno's number or text,
/// with or without "errno ", "SK_RST_REASON_" and "SKB_DROP_REASON_". Empty when there is none.
[[nodiscard]] std::vector<const Explanation*> explain(std::string_view word);

/// Names that begin with `word`, or (none does) have it inside, in any case; in order, each once.
[[nodiscard]] std::vector<std::string_view> names_like(std::string_view word);

}  // namespace tcpwhy
