// What a cause is: its words and the rule that recognises it.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "connection/evidence.h"
#include "tcpwhy/verdict.h"

namespace tcpwhy {

/// A rule's answer. It never says "certain": diagnose() derives that.
struct Opinion {
    enum class Fit : std::uint8_t { ruled_out, possible, fits };
    static constexpr std::size_t max_moments = 6;

    Fit fit = Fit::ruled_out;
    std::string_view because;  ///< static text that can go to the user: no capital, no full stop
    /// The packets that decide it, in order; entries that are "none" are skipped. Pointers into
    /// the Evidence that was judged.
    std::array<const Moment*, max_moments> moments{};
    /// Indices into Evidence::icmp that decide it; -1 = none.
    std::int8_t icmp = -1;
};

/// This cause cannot be: why.
[[nodiscard]] constexpr Opinion ruled_out(std::string_view because) {
    return {Opinion::Fit::ruled_out, because, {}, -1};
}
/// This cause is not excluded, and nothing speaks for it in particular.
[[nodiscard]] constexpr Opinion possible(std::string_view because) {
    return {Opinion::Fit::possible, because, {}, -1};
}
/// This cause explains what was seen; `moments` are the packets that show it.
template <typename... Moments>
[[nodiscard]] constexpr Opinion fits(std::string_view because, const Moments&... moments) {
    static_assert(sizeof...(Moments) <= Opinion::max_moments);
    return {Opinion::Fit::fits, because, {&moments...}, -1};
}

/// Which vantage points can decide a cause: causes.tsv, column seen_by.
struct SeenBy {
    bool packets = false, kernel = false, host = false, probe = false;
};

/// Where in a connection's life a cause strikes: causes.tsv, column stage.
enum class Stage : std::uint8_t { local, handshake, established, end, attack, any };

/// One cause. Each is a constant in src/cause/causes/<id>.cpp.
struct Cause {
    std::string_view id;  ///< as in causes.tsv: frozen
    Stage stage = Stage::any;
    Outcome outcome = Outcome::reset;
    std::string_view errnos;  ///< as in causes.tsv: "ECONNRESET,EPIPE", or "-"
    SeenBy seen_by;
    /// How well this cause stands out among several that fit: more specific ones come first.
    /// diagnose() picks the highest; equal ones mean that none stands out.
    int specificity = 0;

    std::string_view meaning;      ///< one or two sentences
    std::string_view on_the_wire;  ///< what it looks like in a capture
    std::string_view advice;       ///< what to do, for a tired person: one action per sentence
    std::string_view splits;  ///< what would tell it from its alternatives; empty = nothing needed
    std::string_view reproduce;   ///< how to make it happen on one's own machine
    std::string_view references;  ///< RFC sections and kernel functions

    /// Who did it, given that it is this cause.
    By (*by)(const Evidence&) = nullptr;
    Opinion (*judge)(const Evidence&) = nullptr;
    /// One sentence for this very connection, with its addresses and figures.
    std::string (*summarize)(const Evidence&) = nullptr;
};

/// All causes, by id. Generated from the folder causes/.
[[nodiscard]] std::span<const Cause* const> catalogue();
/// The cause with that id, or nullptr.
[[nodiscard]] const Cause* find_cause(std::string_view id);

}  // namespace tcpwhy
