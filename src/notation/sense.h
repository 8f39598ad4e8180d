// Refuses packets that cannot be meant: docs/notation.md, "Nonsense is refused".
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>

#include "notation/notation.h"

namespace tcpwhy {

/// Follows a conversation packet by packet, of any number of connections. A party's port is part of
/// who it is, so either all lines of a connection have their ports or none has.
class SenseCheck {
public:
    /// What is wrong with the packet, or nothing; lines marked (odd) are only remembered.
    [[nodiscard]] std::optional<std::string> check(const NotationLine& line);

private:
    /// What one side has sent, in its relative numbers.
    struct Side {
        bool seen = false;
        std::optional<std::uint32_t> syn;
        std::uint32_t end = 0;  ///< the number after the highest it sent
        std::optional<std::uint32_t> fin_end;
    };
    struct Sides {
        std::array<Side, 2> of;
        bool has_previous = false;
    };

    [[nodiscard]] std::optional<std::string> check_segment(const NotationLine& line);
    [[nodiscard]] std::optional<std::string> check_quote(const NotationIcmp& icmp) const;
    [[nodiscard]] std::optional<std::string> check_sending(const NotationSegment& s,
                                                           const Side& own, bool is_first) const;
    [[nodiscard]] std::optional<std::string> check_acks(const NotationSegment& s,
                                                        const Side& peer) const;
    static void remember(const NotationSegment& s, Side& own);

    std::optional<Duration> last_;
    std::map<std::pair<std::string, std::string>, Sides> connections_;
    std::set<std::string> sent_;  ///< segments by what an ICMP error can quote of them
};

/// Marks those of a conversation's lines "(odd)" that a reader would refuse otherwise. For who
/// prints a choice of a connection's packets, so that it can be read again.
void mark_odd(std::span<NotationLine> lines);

}  // namespace tcpwhy
