// TCP options of the notation as bytes.
#pragma once

#include <vector>

#include "notation/notation.h"
#include "support/octets.h"

namespace tcpwhy::test {

/// The options, padded with "end of options" to a multiple of four. SACK blocks count from
/// `peer_isn`; clock_timestamps must have become timestamps.
[[nodiscard]] Octets encode_options(const std::vector<NotationOption>& options,
                                    std::uint32_t peer_isn);

/// Whether that is short enough for a TCP header.
[[nodiscard]] bool options_fit(const std::vector<NotationOption>& options);

/// What Linux puts into a SYN.
[[nodiscard]] std::vector<NotationOption> usual_syn_options();

/// What Linux answers to a SYN with these options.
[[nodiscard]] std::vector<NotationOption> usual_answer(const std::vector<NotationOption>& offered);

}  // namespace tcpwhy::test
