// Packets as text, a line each: docs/notation.md. Printer and parser agree: whatever one writes
// the other reads, and the other way round.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "packet/tcp_flags.h"
#include "tcpwhy/result.h"
#include "tcpwhy/time.h"

namespace tcpwhy {

/// "server:8080": a name (a letter, then letters, digits, '.', '-', '_') and maybe a port.
struct NotationParty {
    std::string name;
    std::optional<std::uint16_t> port;  ///< nothing: the name's usual one
    friend bool operator==(const NotationParty&, const NotationParty&) = default;
};

/// One TCP option as it stands in the header.
struct NotationOption {
    enum class Kind : std::uint8_t {
        end,               ///< "eol"
        nop,               ///< "nop"
        mss,               ///< "mss 1460": value
        window_scale,      ///< "wscale 7": value
        sack_permitted,    ///< "sackOK"
        sack,              ///< "sack 1:100 200:300": blocks
        timestamps,        ///< "TS val 100 ecr 0": value and echo
        clock_timestamps,  ///< "TS": values by the clock
        fast_open,         ///< "FO": asks for a cookie
        fast_open_cookie,  ///< "FO cookie"
        md5,               ///< "md5"
        ao,                ///< "ao"
        mptcp_capable,     ///< "mptcp capable"
        mptcp_join,        ///< "mptcp join"
        mptcp_reset,       ///< "mptcp rst 3": value is the reason
        other,             ///< "kind 253": value is the kind
    };
    /// [first, last) in the other side's relative numbers.
    struct Block {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
        friend bool operator==(const Block&, const Block&) = default;
    };

    Kind kind = Kind::nop;
    std::uint32_t value = 0;
    std::uint32_t echo = 0;
    std::vector<Block> blocks;
    friend bool operator==(const NotationOption&, const NotationOption&) = default;
};

/// What stands in square brackets. Absent fields have the defaults that docs/notation.md names.
struct NotationFields {
    std::optional<std::uint8_t> ttl;
    std::optional<std::uint16_t> id;
    std::optional<std::uint8_t> tos;
    std::optional<bool> dont_fragment;
    std::optional<std::uint32_t> flow_label;  ///< 20 bits
    std::optional<std::uint16_t> urgent;
    std::optional<std::uint16_t> vlan;  ///< 12 bits
    std::optional<std::uint16_t> interface;
    std::optional<std::uint16_t> cut;         ///< captured bytes of the IP packet
    std::optional<std::uint32_t> raw_seq;     ///< the number on the wire
    std::optional<std::uint32_t> raw_ack;     ///< the number on the wire, also without ACK
    std::optional<std::uint16_t> quote;       ///< bytes of TCP in an ICMP error's quote
    std::optional<std::uint8_t> quoted_ttl;   ///< TTL in an ICMP error's quote
    std::optional<std::int32_t> isn_advance;  ///< "new isn 5000"; only with new_connection
    bool new_connection = false;              ///< "new", "new isn 5000"
    bool old_numbers = false;                 ///< "old"
    bool bad_checksum = false;
    bool copy = false;
    friend bool operator==(const NotationFields&, const NotationFields&) = default;
};

/// The TCP part of a segment. Numbers are relative: a side's SYN has 0.
struct NotationSegment {
    TcpFlags flags;
    std::uint32_t seq = 0;
    std::uint32_t length = 0;          ///< payload bytes
    std::optional<std::uint32_t> ack;  ///< there exactly when flags has ACK
    std::optional<std::uint16_t> window;
    std::optional<std::vector<NotationOption>> options;  ///< nothing: the ordinary ones
    friend bool operator==(const NotationSegment&, const NotationSegment&) = default;
};

/// What an ICMP error says, and of which segment.
struct NotationIcmp {
    enum class Family : std::uint8_t { either, v4, v6 };
    /// either: `name` is set and names the type in both families. v4, v6: type and code are.
    Family family = Family::either;
    std::string name;  ///< "host-unreachable", …
    std::uint8_t type = 0;
    std::uint8_t code = 0;
    std::uint32_t mtu = 0;  ///< of "too-big"
    NotationParty quoted_from;
    NotationParty quoted_to;
    TcpFlags quoted_flags;
    std::uint32_t quoted_seq = 0;
    friend bool operator==(const NotationIcmp&, const NotationIcmp&) = default;
};

/// One packet. Of `segment` and `icmp` only the one that `kind` names is meaningful.
struct NotationLine {
    enum class Kind : std::uint8_t {
        segment,
        icmp_error,
        neighbor_request,  ///< "client arp who-has server"
        neighbor_reply,    ///< "server arp reply client"
        echo_request,
        echo_reply,
        udp,
    };

    Duration at{};                ///< since the conversation's start
    bool after_previous = false;  ///< `at` counts from the line before: "+0.010"
    Kind kind = Kind::segment;
    NotationParty from;
    NotationParty to;
    NotationSegment segment;
    NotationIcmp icmp;
    NotationFields fields;
    bool odd = false;  ///< "(odd)": on purpose
    friend bool operator==(const NotationLine&, const NotationLine&) = default;
};

/// The line without a line end. Times stand right-aligned in nine columns, which indents the line
/// by four blanks in the first ten seconds. REQUIRES: names as NotationParty says; ack and flags
/// agree; no more than four SACK blocks.
[[nodiscard]] std::string print(const NotationLine& line);

/// Reads one line; a comment ("# …") at its end is left out.
/// Errors: corrupt, with the column (from 1) at which it went wrong.
[[nodiscard]] Result<NotationLine> parse_notation(std::string_view text);

/// "server:8080" alone.
[[nodiscard]] std::string print(const NotationParty& party);
[[nodiscard]] Result<NotationParty> parse_notation_party(std::string_view text);

/// "12.5", "-0.001": seconds with up to nine decimals, at most 10^9 of them.
[[nodiscard]] std::optional<Duration> parse_notation_time(std::string_view text);
/// The same, with at least three decimals: "12.500".
[[nodiscard]] std::string print_notation_time(Duration at);

/// What an ICMP (or ICMPv6) type and code are called here; by numbers where they have no name.
[[nodiscard]] NotationIcmp notation_icmp(bool is_v6, std::uint8_t type, std::uint8_t code);

/// Type and code that an ICMP error has in a family.
struct IcmpNumbers {
    std::uint8_t type = 0;
    std::uint8_t code = 0;
    friend bool operator==(const IcmpNumbers&, const IcmpNumbers&) = default;
};
/// Nothing when `icmp` exists in the other family only.
[[nodiscard]] std::optional<IcmpNumbers> icmp_numbers(const NotationIcmp& icmp, bool is_v6);

}  // namespace tcpwhy
