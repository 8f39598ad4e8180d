// The ways in which each conversation is rendered: docs/notation.md, "Variations".
#pragma once

#include <string_view>

#include "support/stage.h"

namespace tcpwhy::test {

/// A capture file of a conversation, and how to find its packets again.
struct Rendering {
    Octets file;
    std::vector<std::uint64_t> frames;  ///< frames[i]: where the script's packet i + 1 went
    std::map<IpAddress, std::string> names;
};

/// One variation in one family.
struct Variation {
    std::string_view name;
    bool is_v6 = false;
    /// "plain, IPv6".
    [[nodiscard]] std::string to_string() const;
};

/// Whether there is a variation (or family) of that name.
[[nodiscard]] bool is_variation(std::string_view name);

/// Those that this conversation is to be run in. The first is the plain one in IPv4, unless the
/// conversation leaves IPv4 out.
[[nodiscard]] std::vector<Variation> variations_of(const Conversation& conversation);

/// The capture. Nothing where the variation cannot carry the conversation (ARP without Ethernet,
/// several interfaces in a pcap). Errors: usage, for a conversation that cannot be rendered in this
/// family at all.
[[nodiscard]] Result<std::optional<Rendering>> render(const Conversation& conversation,
                                                      const Variation& variation);

}  // namespace tcpwhy::test
