// From evidence to a diagnosis, and from that to words.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "cause/cause.h"
#include "connection/evidence.h"
#include "tcpwhy/verdict.h"

namespace tcpwhy {

/// What the rules said of one connection. Cheap: no text is made here.
struct Diagnosis {
    static constexpr std::size_t max_alternatives = 12;
    struct Remaining {
        const Cause* cause = nullptr;
        Opinion opinion;
    };

    const Cause* cause = nullptr;  ///< never null after diagnose()
    Opinion opinion;               ///< what the chosen cause's rule said
    Confidence confidence = Confidence::possible;
    std::array<Remaining, max_alternatives> alternatives{};  ///< best first
    std::size_t alternative_count = 0;
};

/// Asks every cause of the catalogue and derives the confidence (CONTRACT, "confidence"):
/// certain when exactly one cause fits and every other is ruled out; likely when one fits best;
/// possible when several remain and none stands out.
[[nodiscard]] Diagnosis diagnose(const Evidence& evidence);

/// A connection with its diagnosis, as reports get it. Both references are valid during the call.
struct Judged {
    const Evidence& evidence;
    const Diagnosis& diagnosis;
    std::string_view vantage;
};

/// How much describe() writes.
struct DescribeOptions {
    bool exclusions = false;  ///< also why each other cause is ruled out
    bool ladder = false;      ///< also the decisive packets in the notation
};

/// The verdict in full, with its words.
[[nodiscard]] Verdict describe(const Judged& judged, const DescribeOptions& options = {});

/// "client sends SYN seq=0", "server answers RST,ACK ack=1 win=0": one packet in words, with
/// numbers relative to each side's initial sequence number.
[[nodiscard]] std::string say(const Moment& moment, const Evidence& evidence);

}  // namespace tcpwhy
